"""What goes wrong, as exceptions that say where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._strata import ffi, lib
from ._strings import decode


@dataclass(frozen=True)
class Note:
    """What led to a diagnostic, or another place that has a part in it. `file` is "" and `line` 0 without a place."""

    message: str
    file: str
    line: int
    column: int


class _Diagnostic:
    message: str  #: one sentence
    code: int  #: the stable number, see docs/diagnostics.md; 0 when there is none
    name: str  #: its stable short name, such as "unknown-field"
    file: str  #: "" when it has no place
    line: int  #: from 1; 0 when unknown
    column: int  #: from 1, in bytes; 0 when unknown
    hint: str  #: what might help, or ""
    excerpt: str  #: the text of that line, or ""
    notes: tuple[Note, ...]

    def _read(self, error: Any) -> None:
        self.message = decode(lib.strata_error_message(error))
        self.code = lib.strata_error_code(error)
        self.name = decode(lib.strata_error_name(error))
        self.file = decode(lib.strata_error_file(error))
        self.line = lib.strata_error_line(error)
        self.column = lib.strata_error_column(error)
        self.hint = decode(lib.strata_error_hint(error))
        self.excerpt = decode(lib.strata_error_excerpt(error))
        notes = (lib.strata_error_note_at(error, i) for i in range(lib.strata_error_note_count(error)))
        self.notes = tuple(Note(decode(n.message), decode(n.file), n.line, n.column) for n in notes)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.file else ""
        name = f" [{self.name}]" if self.name else ""
        return f"{place}{self.message}{name}"


class StrataError(_Diagnostic, Exception):
    """A call that failed. `str()` gives "file:line:column: message [name]"."""

    def __init__(self, error: Any) -> None:
        self._read(error)
        Exception.__init__(self, str(self))


class StrataWarning(_Diagnostic):
    """A warning of a build that succeeded."""

    def __init__(self, error: Any) -> None:
        self._read(error)


def new_error() -> Any:
    error = lib.strata_error_new()
    if error == ffi.NULL:
        raise MemoryError
    return ffi.gc(error, lib.strata_error_free)


def check(status: int, error: Any) -> None:
    if status == lib.STRATA_NO_MEMORY:
        raise MemoryError(decode(lib.strata_error_message(error)))
    if status != lib.STRATA_OK:
        raise StrataError(error)
