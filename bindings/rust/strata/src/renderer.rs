//! Options for builds, and builds.

use crate::error::{Error, Failure};
use crate::output::Output;
use crate::overrides::Overrides;
use crate::strings::Keeper;
use std::mem::{size_of, MaybeUninit};
use std::ptr::{null, null_mut};
use strata_sys as sys;

/// Which files a kustomization may name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoadRestriction {
    /// Files in or below the root of the kustomization that names them.
    #[default]
    RootOnly = 0,
    /// Any file, still inside `Options::root` when that is given.
    Anywhere = 1,
}

/// In which order resources come out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reorder {
    #[default]
    Unspecified = 0,
    None = 1,
    Legacy = 2,
}

/// What many builds share. All doors are closed by default: a build reads files in and below the roots of its
/// kustomizations, starts no program and opens no connection.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read instead of the disk: absolute paths and contents.
    pub files: Option<Vec<(String, Vec<u8>)>>,
    /// What relative targets start from; `None` is the process's own.
    pub working_directory: Option<String>,
    /// A directory outside of which nothing is ever read.
    pub root: Option<String>,
    pub load_restriction: LoadRestriction,
    /// Allows git repositories and http(s) URLs.
    pub fetch: bool,
    /// Allows charts, through the helm command.
    pub helm: bool,
    pub helm_command: Option<String>,
    pub helm_kube_version: Option<String>,
    pub helm_api_versions: Vec<String>,
    /// "NAME=value": all that programs inherit; `None` is nothing but a plain PATH.
    pub environment: Option<Vec<String>>,
    /// Allows generators, transformers and validators that are not built in, and those that are executables.
    pub plugins: bool,
    pub exec: bool,
    pub reorder: Reorder,
    pub managed_by_label: bool,
    /// Makes the first warning an error.
    pub strict: bool,
    /// How many bytes of parsed files are kept for later builds.
    pub cache_size: usize,
    /// How many threads one large build may use; 0 and 1: no others.
    pub jobs: usize,
}

struct Tree(*mut sys::strata_filesystem);

impl Tree {
    fn new(files: &[(String, Vec<u8>)]) -> Result<Tree, Error> {
        let mut keeper = Keeper::default();
        let mut given = Vec::with_capacity(files.len());
        for (path, data) in files {
            given.push(sys::strata_file { path: keeper.text(path)?, data: data.as_ptr().cast(), size: data.len() });
        }
        let mut tree = Tree(null_mut());
        let failure = Failure::new();
        let status =
            unsafe { sys::strata_filesystem_new_memory(&mut tree.0, given.as_ptr(), given.len(), failure.pointer()) };
        failure.check(status).map(|()| tree)
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        unsafe { sys::strata_filesystem_free(self.0) }
    }
}

/// Options for builds. Any number of threads may build with one renderer at once.
pub struct Renderer {
    renderer: *mut sys::strata_renderer,
    _tree: Option<Tree>, // dropped after the renderer, which `drop` frees
}

// A renderer never changes what a build can see, and a tree is only read once it is made (strata/renderer.h,
// strata/filesystem.h); no call is bound to a thread.
unsafe impl Send for Renderer {}
unsafe impl Sync for Renderer {}

impl Renderer {
    pub fn new(options: &Options) -> Result<Renderer, Error> {
        let mut keeper = Keeper::default();
        let tree = options.files.as_deref().map(Tree::new).transpose()?;
        let mut given = MaybeUninit::<sys::strata_renderer_options>::zeroed();
        let mut given = unsafe {
            sys::strata_renderer_options_init_size(given.as_mut_ptr(), size_of::<sys::strata_renderer_options>());
            given.assume_init()
        };
        given.filesystem = tree.as_ref().map_or(null(), |tree| tree.0);
        given.working_directory = keeper.optional(options.working_directory.as_deref())?;
        given.root = keeper.optional(options.root.as_deref())?;
        given.load_restriction = options.load_restriction as u32;
        given.fetch_enable = options.fetch;
        given.helm_enable = options.helm;
        given.helm_command = keeper.optional(options.helm_command.as_deref())?;
        given.helm_kube_version = keeper.optional(options.helm_kube_version.as_deref())?;
        given.helm_api_versions = keeper.list(&options.helm_api_versions)?;
        if let Some(environment) = &options.environment {
            given.environment = keeper.list(environment)?;
        }
        given.plugins_enable = options.plugins;
        given.exec_enable = options.exec;
        given.reorder = options.reorder as u32;
        given.managed_by_label = options.managed_by_label;
        given.strict = options.strict;
        given.cache_size = options.cache_size;
        given.jobs = options.jobs;
        let mut renderer = Renderer { renderer: null_mut(), _tree: tree };
        let failure = Failure::new();
        let status = unsafe { sys::strata_renderer_new(&mut renderer.renderer, &given, failure.pointer()) };
        failure.check(status).map(|()| renderer)
    }

    /// Builds a directory with a kustomization file, as `kustomize build` does.
    pub fn build(&self, target: &str, overrides: Option<&Overrides>) -> Result<Output, Error> {
        let mut keeper = Keeper::default();
        let made = overrides.map(Overrides::make).transpose()?;
        let mut options = MaybeUninit::<sys::strata_build_options>::zeroed();
        let mut options = unsafe {
            sys::strata_build_options_init_size(options.as_mut_ptr(), size_of::<sys::strata_build_options>());
            options.assume_init()
        };
        options.overrides = made.as_ref().map_or(null(), |made| made.pointer());
        let mut result = null_mut();
        let failure = Failure::new();
        let target = keeper.text(target)?;
        let status =
            unsafe { sys::strata_build_run_with(&mut result, self.renderer, target, &options, failure.pointer()) };
        failure.check(status).map(|()| Output::own(result))
    }
}

impl Drop for Renderer {
    fn drop(&mut self) {
        unsafe { sys::strata_renderer_free(self.renderer) }
    }
}
