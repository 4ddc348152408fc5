//! Declarations of libstrata's C interface, as far as the crate `strata` calls it. What each function takes, gives and
//! owns is said in the headers of the same names (`include/strata/`).
//!
//! Structs that begin with their size are filled in by their `_init_size` function, which is given
//! `size_of` of the Rust struct.
#![allow(non_camel_case_types)]

use std::os::raw::{c_char, c_int, c_uint, c_void};

macro_rules! opaque {
    ($($name:ident),*) => {$(
        #[repr(C)]
        pub struct $name {
            _data: [u8; 0],
            _marker: core::marker::PhantomData<(*mut u8, core::marker::PhantomPinned)>,
        }
    )*};
}

opaque!(
    strata_error,
    strata_renderer,
    strata_result,
    strata_resource,
    strata_field,
    strata_filesystem,
    strata_overrides
);

pub type strata_status = c_uint;
pub const STRATA_OK: strata_status = 0;
pub const STRATA_NO_MEMORY: strata_status = 1;
pub const STRATA_INVALID: strata_status = 2;
pub const STRATA_NOT_FOUND: strata_status = 3;
pub const STRATA_CONFLICT: strata_status = 4;
pub const STRATA_REFUSED: strata_status = 5;
pub const STRATA_LIMIT: strata_status = 6;
pub const STRATA_IO: strata_status = 7;
pub const STRATA_COMMAND: strata_status = 8;
pub const STRATA_CANCELLED: strata_status = 9;
pub const STRATA_USAGE: strata_status = 10;

pub const STRATA_METADATA_PLAIN: c_uint = 0;
pub const STRATA_METADATA_SELECTORS: c_uint = 1;
pub const STRATA_METADATA_TEMPLATES: c_uint = 2;
pub const STRATA_COMPONENT_OPTIONAL: c_uint = 1;

pub const STRATA_TYPE_STRING: c_uint = 3;

#[repr(C)]
pub struct strata_error_note {
    pub message: *const c_char,
    pub file: *const c_char,
    pub line: u32,
    pub column: u32,
}

#[repr(C)]
pub struct strata_file {
    pub path: *const c_char,
    pub data: *const c_char,
    pub size: usize,
}

#[repr(C)]
pub struct strata_renderer_options {
    pub size: usize,
    pub allocator: *const c_void,
    pub limits: *const c_void,
    pub filesystem: *const strata_filesystem,
    pub working_directory: *const c_char,
    pub root: *const c_char,
    pub load_restriction: c_uint,
    pub fetch_enable: bool,
    pub fetch: *const c_void,
    pub environment: *const *const c_char,
    pub helm_enable: bool,
    pub helm_debug: bool,
    pub helm_command: *const c_char,
    pub helm_kube_version: *const c_char,
    pub helm_api_versions: *const *const c_char,
    pub plugins_enable: bool,
    pub exec_enable: bool,
    pub function_network: bool,
    pub function_as_current_user: bool,
    pub function_mounts: *const *const c_char,
    pub function_environment: *const *const c_char,
    pub reorder: c_uint,
    pub managed_by_label: bool,
    pub strict: bool,
    pub warning: Option<unsafe extern "C" fn(*const strata_error, *mut c_void)>,
    pub warning_user: *mut c_void,
    pub log: Option<unsafe extern "C" fn(*const c_char, usize, *mut c_void)>,
    pub log_user: *mut c_void,
    pub cache_size: usize,
    pub jobs: usize,
    pub cancellation: *const c_void,
}

#[repr(C)]
pub struct strata_patch {
    pub size: usize,
    pub patch: *const c_char,
    pub path: *const c_char,
    pub group: *const c_char,
    pub version: *const c_char,
    pub kind: *const c_char,
    pub name: *const c_char,
    pub name_space: *const c_char,
    pub label_selector: *const c_char,
    pub annotation_selector: *const c_char,
    pub allow_name_change: c_int,
    pub allow_kind_change: c_int,
}

#[repr(C)]
pub struct strata_build_options {
    pub size: usize,
    pub overrides: *const strata_overrides,
}

extern "C" {
    pub fn strata_version() -> *const c_char;
    pub fn strata_version_reference() -> *const c_char;

    pub fn strata_error_new() -> *mut strata_error;
    pub fn strata_error_free(error: *mut strata_error);
    pub fn strata_error_code(error: *const strata_error) -> c_int;
    pub fn strata_error_name(error: *const strata_error) -> *const c_char;
    pub fn strata_error_message(error: *const strata_error) -> *const c_char;
    pub fn strata_error_hint(error: *const strata_error) -> *const c_char;
    pub fn strata_error_file(error: *const strata_error) -> *const c_char;
    pub fn strata_error_line(error: *const strata_error) -> u32;
    pub fn strata_error_column(error: *const strata_error) -> u32;
    pub fn strata_error_excerpt(error: *const strata_error) -> *const c_char;
    pub fn strata_error_note_count(error: *const strata_error) -> usize;
    pub fn strata_error_note_at(error: *const strata_error, index: usize) -> strata_error_note;

    pub fn strata_filesystem_new_memory(
        out: *mut *mut strata_filesystem,
        files: *const strata_file,
        count: usize,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_filesystem_free(filesystem: *mut strata_filesystem);

    pub fn strata_renderer_options_init_size(out: *mut strata_renderer_options, size: usize);
    pub fn strata_renderer_new(
        out: *mut *mut strata_renderer,
        options: *const strata_renderer_options,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_renderer_free(renderer: *mut strata_renderer);

    pub fn strata_overrides_new() -> *mut strata_overrides;
    pub fn strata_overrides_free(overrides: *mut strata_overrides);
    pub fn strata_overrides_set_namespace(
        overrides: *mut strata_overrides,
        value: *const c_char,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_overrides_set_name_prefix(
        overrides: *mut strata_overrides,
        value: *const c_char,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_overrides_set_name_suffix(
        overrides: *mut strata_overrides,
        value: *const c_char,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_overrides_set_label(
        overrides: *mut strata_overrides,
        key: *const c_char,
        value: *const c_char,
        flags: c_uint,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_overrides_set_annotation(
        overrides: *mut strata_overrides,
        key: *const c_char,
        value: *const c_char,
        flags: c_uint,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_overrides_set_image(
        overrides: *mut strata_overrides,
        image: *const c_char,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_overrides_set_replicas(
        overrides: *mut strata_overrides,
        name: *const c_char,
        count: i64,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_patch_init_size(out: *mut strata_patch, size: usize);
    pub fn strata_overrides_add_patch(
        overrides: *mut strata_overrides,
        patch: *const strata_patch,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_overrides_add_component(
        overrides: *mut strata_overrides,
        path: *const c_char,
        flags: c_uint,
        error: *mut strata_error,
    ) -> strata_status;

    pub fn strata_build_options_init_size(out: *mut strata_build_options, size: usize);
    pub fn strata_build_run_with(
        out: *mut *mut strata_result,
        renderer: *const strata_renderer,
        target: *const c_char,
        options: *const strata_build_options,
        error: *mut strata_error,
    ) -> strata_status;

    pub fn strata_result_free(result: *mut strata_result);
    pub fn strata_result_stream(
        out_data: *mut *const c_char,
        out_size: *mut usize,
        result: *mut strata_result,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_result_resource_count(result: *const strata_result) -> usize;
    pub fn strata_result_resource(
        out: *mut *mut strata_resource,
        result: *mut strata_result,
        index: usize,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_result_input_count(result: *const strata_result) -> usize;
    pub fn strata_result_input_at(result: *const strata_result, index: usize) -> *const c_char;
    pub fn strata_result_input_digest(
        out: *mut *const c_char,
        result: *mut strata_result,
        index: usize,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_result_images(
        out: *mut *const *const c_char,
        out_count: *mut usize,
        result: *mut strata_result,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_result_warning_count(result: *const strata_result) -> usize;
    pub fn strata_result_warning_at(result: *const strata_result, index: usize) -> *const strata_error;

    pub fn strata_resource_group(resource: *const strata_resource) -> *const c_char;
    pub fn strata_resource_version(resource: *const strata_resource) -> *const c_char;
    pub fn strata_resource_kind(resource: *const strata_resource) -> *const c_char;
    pub fn strata_resource_name(resource: *const strata_resource) -> *const c_char;
    pub fn strata_resource_namespace(resource: *const strata_resource) -> *const c_char;
    pub fn strata_resource_file(resource: *const strata_resource) -> *const c_char;
    pub fn strata_resource_line(resource: *const strata_resource) -> u32;
    pub fn strata_resource_column(resource: *const strata_resource) -> u32;
    pub fn strata_resource_yaml(
        out_data: *mut *const c_char,
        out_size: *mut usize,
        resource: *mut strata_resource,
        error: *mut strata_error,
    ) -> strata_status;
    pub fn strata_resource_json(
        out_data: *mut *const c_char,
        out_size: *mut usize,
        resource: *mut strata_resource,
        error: *mut strata_error,
    ) -> strata_status;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem::{offset_of, size_of};

    macro_rules! layout {
        ($name:ident: $($member:ident),*) => {
            (stringify!($name), size_of::<$name>(), vec![$((stringify!($member), offset_of!($name, $member))),*])
        };
    }

    /// The C library's own list of its structs, which a test there holds against the headers.
    #[test]
    fn structs_are_laid_out_as_in_c() {
        let list = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/abi/layout.txt");
        let list = std::fs::read_to_string(list).unwrap();
        let structs = [
            layout!(strata_renderer_options: size, allocator, limits, filesystem, working_directory, root,
                load_restriction, fetch_enable, fetch, environment, helm_enable, helm_debug, helm_command,
                helm_kube_version, helm_api_versions, plugins_enable, exec_enable, function_network,
                function_as_current_user, function_mounts, function_environment, reorder, managed_by_label, strict,
                warning, warning_user, log, log_user, cache_size, jobs,
                cancellation),
            layout!(strata_patch: size, patch, path, group, version, kind, name, name_space, label_selector,
                annotation_selector, allow_name_change, allow_kind_change),
            layout!(strata_file: path, data, size),
        ];
        for (name, size, members) in structs {
            let start = format!("struct {name} ");
            let line = list.lines().find(|line| line.starts_with(&start)).unwrap();
            let members: Vec<String> = members.iter().map(|(member, offset)| format!("{member}@{offset}")).collect();
            assert_eq!(line, format!("struct {name} {size}: {}", members.join(" ")));
        }
    }
}
