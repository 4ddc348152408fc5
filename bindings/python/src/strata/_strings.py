"""Text between Python and the library: UTF-8, with bytes that are none carried through as surrogates."""

from __future__ import annotations

import os
from typing import Any, Iterable, Union

from ._strata import ffi

Path = Union[str, "os.PathLike[str]"]


def encode(value: Path) -> bytes:
    data = os.fspath(value).encode("utf-8", "surrogateescape")
    if b"\0" in data:
        raise ValueError("a NUL can't be part of this text")
    return data


def decode(pointer: Any) -> str:
    data: bytes = ffi.string(pointer)
    return data.decode("utf-8", "surrogateescape")


def decode_sized(pointer: Any, size: int) -> str:
    data: bytes = ffi.buffer(pointer, size)[:]
    return data.decode("utf-8", "surrogateescape")


class Keeper:
    """C strings that live as long as this object; the library copies them during its call."""

    def __init__(self) -> None:
        self._kept: list[Any] = []

    def string(self, value: Path | None) -> Any:
        if value is None:
            return ffi.NULL
        self._kept.append(ffi.new("char[]", encode(value)))
        return self._kept[-1]

    def strings(self, values: Iterable[str]) -> Any:
        """A NULL-terminated array."""
        pointers = [self.string(value) for value in values]
        self._kept.append(ffi.new("const char *[]", [*pointers, ffi.NULL]))
        return self._kept[-1]
