//! Text between Rust and the library.

use crate::error::{Error, Status};
use std::ffi::{CStr, CString};
use std::os::raw::c_char;

/// # Safety
/// `text` ends with a NUL and lives during the call.
pub unsafe fn owned(text: *const c_char) -> String {
    CStr::from_ptr(text).to_string_lossy().into_owned()
}

/// # Safety
/// `data` has `size` bytes and lives during the call.
pub unsafe fn owned_sized(data: *const c_char, size: usize) -> String {
    String::from_utf8_lossy(std::slice::from_raw_parts(data.cast::<u8>(), size)).into_owned()
}

/// C strings that live until the library has copied them.
#[derive(Default)]
pub struct Keeper {
    texts: Vec<CString>,
    lists: Vec<Vec<*const c_char>>,
}

impl Keeper {
    pub fn text(&mut self, text: &str) -> Result<*const c_char, Error> {
        let made = CString::new(text).map_err(|_| Error::plain(Status::Usage, "a NUL can't be part of this text"))?;
        // The bytes don't move when the vector does.
        let pointer = made.as_ptr();
        self.texts.push(made);
        Ok(pointer)
    }

    pub fn optional(&mut self, text: Option<&str>) -> Result<*const c_char, Error> {
        text.map_or(Ok(std::ptr::null()), |text| self.text(text))
    }

    /// A NULL-terminated array.
    pub fn list(&mut self, texts: &[String]) -> Result<*const *const c_char, Error> {
        let mut list = texts.iter().map(|text| self.text(text)).collect::<Result<Vec<_>, _>>()?;
        list.push(std::ptr::null());
        let pointer = list.as_ptr();
        self.lists.push(list);
        Ok(pointer)
    }
}
