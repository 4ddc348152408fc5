package strata

/*
#include <strata/strata.h>
*/
import "C"

import (
	"fmt"
	"io/fs"
)

// Status is the kind of a failure.
type Status int

const (
	NoMemory  Status = C.STRATA_NO_MEMORY
	Invalid   Status = C.STRATA_INVALID
	NotFound  Status = C.STRATA_NOT_FOUND
	Conflict  Status = C.STRATA_CONFLICT
	Refused   Status = C.STRATA_REFUSED
	Limit     Status = C.STRATA_LIMIT
	IO        Status = C.STRATA_IO
	Command   Status = C.STRATA_COMMAND
	Cancelled Status = C.STRATA_CANCELLED
	Usage     Status = C.STRATA_USAGE
)

// Note says what led to a diagnostic, or names another place that has a part in it.
type Note struct {
	Message string
	File    string // "" without a place
	Line    int
	Column  int
}

// Error is what went wrong in a build, and where; also the form of warnings.
type Error struct {
	Status  Status // 0 for a warning
	Message string // one sentence
	Code    int    // the stable number of the diagnostic; 0 when there is none
	Name    string // its stable short name, such as "unknown-field"
	File    string // "" when it has no place
	Line    int    // from 1; 0 when unknown
	Column  int    // from 1, in bytes; 0 when unknown
	Hint    string // what might help, or ""
	Excerpt string // the text of that line, or ""
	Notes   []Note
}

// Error gives "file:line:column: message [name]".
func (e *Error) Error() string {
	text := e.Message
	if e.File != "" {
		text = fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, text)
	}
	if e.Name != "" {
		text += " [" + e.Name + "]"
	}
	return text
}

// Is makes errors.Is(err, fs.ErrNotExist) true for what was not found.
func (e *Error) Is(target error) bool { return target == fs.ErrNotExist && e.Status == NotFound }

func newError(status C.strata_status, from *C.strata_error) *Error {
	e := &Error{
		Status:  Status(status),
		Message: C.GoString(C.strata_error_message(from)),
		Code:    int(C.strata_error_code(from)),
		Name:    C.GoString(C.strata_error_name(from)),
		File:    C.GoString(C.strata_error_file(from)),
		Line:    int(C.strata_error_line(from)),
		Column:  int(C.strata_error_column(from)),
		Hint:    C.GoString(C.strata_error_hint(from)),
		Excerpt: C.GoString(C.strata_error_excerpt(from)),
	}
	for i := C.size_t(0); i < C.strata_error_note_count(from); i++ {
		note := C.strata_error_note_at(from, i)
		e.Notes = append(e.Notes, Note{C.GoString(note.message), C.GoString(note.file), int(note.line), int(note.column)})
	}
	return e
}
