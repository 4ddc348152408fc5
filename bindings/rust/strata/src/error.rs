//! What goes wrong, and where.

use crate::strings::owned;
use std::fmt;
use strata_sys as sys;

/// The kind of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// Only in warnings.
    Ok,
    NoMemory,
    Invalid,
    NotFound,
    Conflict,
    Refused,
    Limit,
    Io,
    Command,
    Cancelled,
    Usage,
}

impl Status {
    fn from_c(status: sys::strata_status) -> Status {
        match status {
            sys::STRATA_OK => Status::Ok,
            sys::STRATA_NO_MEMORY => Status::NoMemory,
            sys::STRATA_NOT_FOUND => Status::NotFound,
            sys::STRATA_CONFLICT => Status::Conflict,
            sys::STRATA_REFUSED => Status::Refused,
            sys::STRATA_LIMIT => Status::Limit,
            sys::STRATA_IO => Status::Io,
            sys::STRATA_COMMAND => Status::Command,
            sys::STRATA_CANCELLED => Status::Cancelled,
            sys::STRATA_USAGE => Status::Usage,
            _ => Status::Invalid,
        }
    }
}

/// What led to a diagnostic, or another place that has a part in it. Without a place `file` is empty and `line` 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub message: String,
    pub file: String,
    pub line: u32,
    pub column: u32,
}

/// What went wrong in a call, and where; also the form of warnings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    pub status: Status,
    /// One sentence.
    pub message: String,
    /// The stable number of the diagnostic; 0 when there is none.
    pub code: i32,
    /// Its stable short name, such as "unknown-field".
    pub name: String,
    /// Empty when it has no place.
    pub file: String,
    /// From 1; 0 when unknown.
    pub line: u32,
    /// From 1, in bytes; 0 when unknown.
    pub column: u32,
    /// What might help, or empty.
    pub hint: String,
    /// The text of that line, or empty.
    pub excerpt: String,
    pub notes: Vec<Note>,
}

impl Error {
    pub(crate) fn plain(status: Status, message: &str) -> Error {
        Error {
            status,
            message: message.to_owned(),
            code: 0,
            name: String::new(),
            file: String::new(),
            line: 0,
            column: 0,
            hint: String::new(),
            excerpt: String::new(),
            notes: Vec::new(),
        }
    }

    /// # Safety
    /// `from` is an error object of the library.
    pub(crate) unsafe fn read(status: sys::strata_status, from: *const sys::strata_error) -> Error {
        let notes = (0..sys::strata_error_note_count(from)).map(|i| {
            let note = sys::strata_error_note_at(from, i);
            Note { message: owned(note.message), file: owned(note.file), line: note.line, column: note.column }
        });
        Error {
            status: Status::from_c(status),
            message: owned(sys::strata_error_message(from)),
            code: sys::strata_error_code(from),
            name: owned(sys::strata_error_name(from)),
            file: owned(sys::strata_error_file(from)),
            line: sys::strata_error_line(from),
            column: sys::strata_error_column(from),
            hint: owned(sys::strata_error_hint(from)),
            excerpt: owned(sys::strata_error_excerpt(from)),
            notes: notes.collect(),
        }
    }
}

/// "file:line:column: message \[name\]".
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        }
        f.write_str(&self.message)?;
        if !self.name.is_empty() {
            write!(f, " [{}]", self.name)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// The library's error object during a call.
pub(crate) struct Failure(*mut sys::strata_error);

impl Failure {
    pub fn new() -> Failure {
        Failure(unsafe { sys::strata_error_new() })
    }

    pub fn pointer(&self) -> *mut sys::strata_error {
        self.0
    }

    pub fn check(&self, status: sys::strata_status) -> Result<(), Error> {
        match status {
            sys::STRATA_OK => Ok(()),
            _ => Err(unsafe { Error::read(status, self.0) }),
        }
    }
}

impl Drop for Failure {
    fn drop(&mut self) {
        unsafe { sys::strata_error_free(self.0) }
    }
}
