//! Renders Kubernetes manifests the way kustomize does, in the process: it calls libstrata.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let renderer = strata::Renderer::new(&strata::Options::default())?;
//! let mut output = renderer.build("overlays/production", None)?;
//! print!("{}", output.yaml()?);
//! # Ok(())
//! # }
//! ```
//!
//! A [`Renderer`] is `Send` and `Sync`: any number of threads may build with it at once, and none waits for another. An
//! [`Output`] is `Send` but not `Sync`: the library wants one thread at a time in it.

mod error;
mod output;
mod overrides;
mod renderer;
mod strings;

pub use error::{Error, Note, Status};
pub use output::{Input, Output, Resource};
pub use overrides::{Overrides, Patch};
pub use renderer::{LoadRestriction, Options, Renderer, Reorder};

/// The version of libstrata, such as "0.1.0".
pub fn version() -> String {
    unsafe { strings::owned(strata_sys::strata_version()) }
}

/// The release of kustomize whose output libstrata reproduces, such as "v5.8.2".
pub fn reference() -> String {
    unsafe { strings::owned(strata_sys::strata_version_reference()) }
}
