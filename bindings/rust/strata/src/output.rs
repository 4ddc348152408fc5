//! What a build made.

use crate::error::{Error, Failure};
use crate::strings::{owned, owned_sized};
use std::marker::PhantomData;
use std::os::raw::c_char;
use std::ptr::{null, null_mut};
use strata_sys as sys;

/// A file that a build read: its path or URL, and the SHA-256 of its bytes in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub path: String,
    pub digest: String,
}

/// The stream, and what it consists of.
///
/// Texts are made when they are asked for first, so the methods take `&mut self`.
pub struct Output {
    result: *mut sys::strata_result,
}

// A result may move to another thread; only one may use it at a time, which `&mut` sees to (strata/result.h).
unsafe impl Send for Output {}

type TextCall<T> =
    unsafe extern "C" fn(*mut *const c_char, *mut usize, *mut T, *mut sys::strata_error) -> sys::strata_status;

fn text<T>(call: TextCall<T>, of: *mut T) -> Result<String, Error> {
    let (mut data, mut size) = (null(), 0);
    let failure = Failure::new();
    failure.check(unsafe { call(&mut data, &mut size, of, failure.pointer()) })?;
    Ok(unsafe { owned_sized(data, size) })
}

impl Output {
    pub(crate) fn own(result: *mut sys::strata_result) -> Output {
        Output { result }
    }

    /// The whole stream, byte for byte what `kustomize build` prints.
    pub fn yaml(&mut self) -> Result<String, Error> {
        text(sys::strata_result_stream, self.result)
    }

    /// How many resources there are.
    pub fn len(&self) -> usize {
        unsafe { sys::strata_result_resource_count(self.result) }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The resource with that number, from 0, in the order of the stream.
    pub fn resource(&mut self, index: usize) -> Result<Resource<'_>, Error> {
        let mut resource = null_mut();
        let failure = Failure::new();
        let status = unsafe { sys::strata_result_resource(&mut resource, self.result, index, failure.pointer()) };
        failure.check(status)?;
        Ok(Resource { resource, _output: PhantomData })
    }

    /// The container images of all resources, each once.
    pub fn images(&mut self) -> Result<Vec<String>, Error> {
        let (mut images, mut count) = (null(), 0);
        let failure = Failure::new();
        let status = unsafe { sys::strata_result_images(&mut images, &mut count, self.result, failure.pointer()) };
        failure.check(status)?;
        Ok((0..count).map(|i| unsafe { owned(*images.add(i)) }).collect())
    }

    /// The files that the build read: while they have these digests, it gives the same result again.
    pub fn inputs(&mut self) -> Result<Vec<Input>, Error> {
        let failure = Failure::new();
        (0..unsafe { sys::strata_result_input_count(self.result) })
            .map(|i| {
                let mut digest = null();
                let status = unsafe { sys::strata_result_input_digest(&mut digest, self.result, i, failure.pointer()) };
                failure.check(status)?;
                let path = unsafe { owned(sys::strata_result_input_at(self.result, i)) };
                Ok(Input { path, digest: unsafe { owned(digest) } })
            })
            .collect()
    }

    /// The warnings of the build, in the order in which they arose.
    pub fn warnings(&self) -> Vec<Error> {
        (0..unsafe { sys::strata_result_warning_count(self.result) })
            .map(|i| unsafe { Error::read(sys::STRATA_OK, sys::strata_result_warning_at(self.result, i)) })
            .collect()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        unsafe { sys::strata_result_free(self.result) }
    }
}

/// One resource of an output.
pub struct Resource<'a> {
    resource: *mut sys::strata_resource,
    _output: PhantomData<&'a mut Output>,
}

macro_rules! text_parts {
    ($($(#[$doc:meta])* $name:ident: $call:ident,)*) => {$(
        $(#[$doc])*
        pub fn $name(&self) -> String {
            unsafe { owned(sys::$call(self.resource)) }
        }
    )*};
}

impl Resource<'_> {
    text_parts! {
        /// Empty for the core group.
        group: strata_resource_group,
        version: strata_resource_version,
        kind: strata_resource_kind,
        name: strata_resource_name,
        /// Empty when the resource has none.
        namespace: strata_resource_namespace,
        /// The file in which its document stands.
        file: strata_resource_file,
    }

    /// From 1; 0 when unknown.
    pub fn line(&self) -> u32 {
        unsafe { sys::strata_resource_line(self.resource) }
    }

    /// The resource as it stands in the stream.
    pub fn yaml(&mut self) -> Result<String, Error> {
        text(sys::strata_resource_yaml, self.resource)
    }

    /// One line of JSON with sorted keys.
    pub fn json(&mut self) -> Result<String, Error> {
        text(sys::strata_resource_json, self.resource)
    }
}
