"""What a build made."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import Any, Iterator

from ._errors import StrataWarning, check, new_error
from ._strata import ffi, lib
from ._strings import decode, decode_sized, encode


@dataclass(frozen=True)
class Input:
    """A file that a build read: its path or URL, and the SHA-256 of its bytes in hexadecimal."""

    path: str
    digest: str


@dataclass(frozen=True)
class Field:
    """A field of a resource, and where its value was written ("" and 0 when that is unknown)."""

    value: Any
    file: str
    line: int
    column: int


class Resource:
    """One resource of a result."""

    def __init__(self, result: Result, pointer: Any) -> None:
        self._result = result
        self._pointer = pointer
        self.group: str = decode(lib.strata_resource_group(pointer))
        self.version: str = decode(lib.strata_resource_version(pointer))
        self.kind: str = decode(lib.strata_resource_kind(pointer))
        self.name: str = decode(lib.strata_resource_name(pointer))
        self.namespace: str = decode(lib.strata_resource_namespace(pointer))
        self.file: str = decode(lib.strata_resource_file(pointer))  #: the file in which its document stands
        self.line: int = lib.strata_resource_line(pointer)
        self.column: int = lib.strata_resource_column(pointer)

    def _text(self, call: Any) -> str:
        data, size, error = ffi.new("const char **"), ffi.new("size_t *"), new_error()
        with self._result._lock:
            check(call(data, size, self._pointer, error), error)
            return decode_sized(data[0], size[0])

    @property
    def yaml(self) -> str:
        return self._text(lib.strata_resource_yaml)

    @property
    def json(self) -> str:
        """One line, keys sorted."""
        return self._text(lib.strata_resource_json)

    def to_dict(self) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(self.json)
        return made

    def field(self, path: str) -> Field | None:
        """The field at a path as replacements write it ("spec.template.spec.containers.[name=web].image").

        None when there is no such field or it is null.
        """
        found, error = ffi.new("strata_field **"), new_error()
        with self._result._lock:
            status = lib.strata_resource_field(found, self._pointer, encode(path), error)
        if status == lib.STRATA_NOT_FOUND:
            return None
        check(status, error)
        field = ffi.gc(found[0], lib.strata_field_free)
        size = ffi.new("size_t *")
        text = decode_sized(lib.strata_field_text(field, size), size[0])
        is_string = lib.strata_field_type(field) == lib.STRATA_TYPE_STRING
        return Field(
            text if is_string else json.loads(text),
            decode(lib.strata_field_file(field)),
            lib.strata_field_line(field),
            lib.strata_field_column(field),
        )

    def __repr__(self) -> str:
        return f"<strata.Resource {self.kind} {self.namespace + '/' if self.namespace else ''}{self.name}>"


class Result:
    """The stream, and what it consists of. Iterating gives each resource as a dict; `len()` counts them."""

    def __init__(self, pointer: Any) -> None:
        self._pointer = ffi.gc(pointer, lib.strata_result_free)
        self._lock = threading.Lock()  # the library wants one thread at a time in a result

    def to_bytes(self) -> bytes:
        """The whole stream, byte for byte what `kustomize build` prints."""
        data, size, error = ffi.new("const char **"), ffi.new("size_t *"), new_error()
        with self._lock:
            check(lib.strata_result_stream(data, size, self._pointer, error), error)
            stream: bytes = ffi.buffer(data[0], size[0])[:]
            return stream

    @property
    def yaml(self) -> str:
        return self.to_bytes().decode("utf-8", "surrogateescape")

    @property
    def resources(self) -> list[Resource]:
        return [self._resource(i) for i in range(len(self))]

    def _resource(self, index: int) -> Resource:
        made, error = ffi.new("strata_resource **"), new_error()
        with self._lock:
            check(lib.strata_result_resource(made, self._pointer, index, error), error)
            return Resource(self, made[0])

    @property
    def images(self) -> list[str]:
        """The container images of all resources, each once."""
        images, count, error = ffi.new("const char *const **"), ffi.new("size_t *"), new_error()
        with self._lock:
            check(lib.strata_result_images(images, count, self._pointer, error), error)
            return [decode(images[0][i]) for i in range(count[0])]

    @property
    def inputs(self) -> list[Input]:
        """The files that the build read: while they have these digests, it gives the same result again."""
        digest, error = ffi.new("const char **"), new_error()
        inputs = []
        with self._lock:
            for i in range(lib.strata_result_input_count(self._pointer)):
                check(lib.strata_result_input_digest(digest, self._pointer, i, error), error)
                inputs.append(Input(decode(lib.strata_result_input_at(self._pointer, i)), decode(digest[0])))
        return inputs

    @property
    def warnings(self) -> list[StrataWarning]:
        count = lib.strata_result_warning_count(self._pointer)
        return [StrataWarning(lib.strata_result_warning_at(self._pointer, i)) for i in range(count)]

    def __len__(self) -> int:
        return int(lib.strata_result_resource_count(self._pointer))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (resource.to_dict() for resource in self.resources)

    def __str__(self) -> str:
        return self.yaml
