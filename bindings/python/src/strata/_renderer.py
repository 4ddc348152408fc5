"""Options for builds, and builds."""

from __future__ import annotations

import enum
import posixpath
from typing import Any, Mapping, Sequence, Union

from ._errors import check, new_error
from ._overrides import Overrides
from ._overrides import make as make_overrides
from ._result import Result
from ._strata import ffi, lib
from ._strings import Keeper, Path, encode

Files = Mapping[str, Union[str, bytes]]


class LoadRestriction(enum.Enum):
    ROOT_ONLY = lib.STRATA_LOAD_ROOT_ONLY  #: files lie in or below the root of the kustomization that names them
    ANYWHERE = lib.STRATA_LOAD_ANYWHERE  #: files may lie anywhere, still inside `root` when that is given


class Reorder(enum.Enum):
    UNSPECIFIED = lib.STRATA_REORDER_UNSPECIFIED
    NONE = lib.STRATA_REORDER_NONE
    LEGACY = lib.STRATA_REORDER_LEGACY


def _tree(files: Files) -> Any:
    """A file system in memory. Paths may be relative: they start from "/"."""
    keeper, kept = Keeper(), []
    made = ffi.new("strata_file[]", max(len(files), 1))
    for place, (path, data) in zip(made, files.items()):
        content = ffi.from_buffer(data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape"))
        kept.append(content)
        place.path = keeper.string(posixpath.normpath("/" + path.lstrip("/")))
        place.data = ffi.cast("const char *", content)
        place.size = len(content)
    out, error = ffi.new("strata_filesystem **"), new_error()
    check(lib.strata_filesystem_new_memory(out, made, len(files), error), error)
    return ffi.gc(out[0], lib.strata_filesystem_free)


class Renderer:
    """Options that many builds share. All doors are closed by default: a build reads files in and below the roots of
    its kustomizations, starts no program and opens no connection.

    With `files`, a mapping from paths to contents, builds read these and no disk. Any number of threads may use one
    renderer at once; a build releases the GIL.
    """

    def __init__(
        self,
        *,
        files: Files | None = None,
        working_directory: Path | None = None,
        root: Path | None = None,
        load_restriction: LoadRestriction = LoadRestriction.ROOT_ONLY,
        fetch: bool = False,
        helm: bool = False,
        helm_command: str | None = None,
        helm_kube_version: str | None = None,
        helm_api_versions: Sequence[str] = (),
        plugins: bool = False,
        exec: bool = False,  # the name of the door, as in the library's options
        environment: Mapping[str, str] | None = None,
        reorder: Reorder = Reorder.UNSPECIFIED,
        managed_by_label: bool = False,
        strict: bool = False,
        cache_size: int = 0,
        jobs: int = 1,
    ) -> None:
        keeper = Keeper()
        options = ffi.new("strata_renderer_options *")
        lib.strata_renderer_options_init(options)
        self._tree = None if files is None else _tree(files)
        if self._tree is not None:
            options.filesystem = self._tree
        options.working_directory = keeper.string(working_directory)
        options.root = keeper.string(root)
        options.load_restriction = load_restriction.value
        options.fetch_enable = fetch
        options.helm_enable = helm
        options.helm_command = keeper.string(helm_command)
        options.helm_kube_version = keeper.string(helm_kube_version)
        options.helm_api_versions = keeper.strings(helm_api_versions)
        options.plugins_enable = plugins
        options.exec_enable = exec
        if environment is not None:
            options.environment = keeper.strings(f"{name}={value}" for name, value in environment.items())
        options.reorder = reorder.value
        options.managed_by_label = managed_by_label
        options.strict = strict
        options.cache_size = cache_size
        options.jobs = jobs
        out, error = ffi.new("strata_renderer **"), new_error()
        check(lib.strata_renderer_new(out, options, error), error)
        self._renderer = ffi.gc(out[0], lib.strata_renderer_free)

    def render(self, target: Path = ".", overrides: Overrides | None = None) -> Result:
        """Builds a directory with a kustomization file; raises StrataError, which says where the mistake is."""
        options = ffi.new("strata_build_options *")
        lib.strata_build_options_init(options)
        made = None if overrides is None else make_overrides(overrides)
        if made is not None:
            options.overrides = made
        out, error = ffi.new("strata_result **"), new_error()
        check(lib.strata_build_run_with(out, self._renderer, encode(target), options, error), error)
        return Result(out[0])


def render(target: Path | Files = ".", overrides: Overrides | None = None, **options: Any) -> Result:
    """Builds one target: a directory, or a mapping from paths to contents with the kustomization file at its top.

    The other arguments are those of `Renderer`.
    """
    if isinstance(target, Mapping):
        return Renderer(files=target, **options).render("/", overrides)
    return Renderer(**options).render(target, overrides)
