"""Renders Kubernetes manifests the way kustomize does, in the process.

    import strata

    result = strata.render("overlays/production")
    print(result.yaml)

`render` is for one build. A `Renderer` holds options for many, and may be used by any number of threads at once.
"""

from ._errors import Note, StrataError, StrataWarning
from ._overrides import Overrides, Patch
from ._renderer import LoadRestriction, Renderer, Reorder, render
from ._result import Field, Input, Resource, Result
from ._strata import ffi as _ffi
from ._strata import lib as _lib

__version__: str = _ffi.string(_lib.strata_version()).decode()

__all__ = [
    "Field",
    "Input",
    "LoadRestriction",
    "Note",
    "Overrides",
    "Patch",
    "Renderer",
    "Reorder",
    "Resource",
    "Result",
    "StrataError",
    "StrataWarning",
    "render",
]
