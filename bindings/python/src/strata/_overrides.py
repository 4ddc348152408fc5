"""Changes to a target's kustomization for one build; no file is touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Sequence

from ._errors import check, new_error
from ._strata import ffi, lib
from ._strings import Keeper


@dataclass(frozen=True)
class Patch:
    """An entry of `patches`: a strategic merge or JSON patch as text, or the path of its file.

    Without any part of a target the patch itself names its resource. Names and namespaces are regular expressions.
    """

    patch: str | None = None
    path: str | None = None
    group: str | None = None
    version: str | None = None
    kind: str | None = None
    name: str | None = None
    namespace: str | None = None
    label_selector: str | None = None
    annotation_selector: str | None = None


@dataclass(frozen=True)
class Overrides:
    """What is applied to a target as if its kustomization file said so.

    `images` are written as `kustomize edit set image` takes them ("nginx=registry.example/nginx:1.27"); `patches` are
    `Patch` objects or the texts of patches that name their resource themselves. None leaves what the file says, ""
    takes it away.
    """

    namespace: str | None = None
    name_prefix: str | None = None
    name_suffix: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    label_selectors: bool = False  #: put the labels in selectors and templates too, as `commonLabels` are
    label_templates: bool = False  #: put them in templates too (`includeTemplates`)
    annotations: Mapping[str, str] = field(default_factory=dict)
    images: Sequence[str] = ()
    replicas: Mapping[str, int] = field(default_factory=dict)
    patches: Sequence[Patch | str] = ()
    components: Sequence[str] = ()
    ignore_missing_components: bool = False


def _add_patch(overrides: Any, entry: Patch | str, error: Any) -> None:
    patch = Patch(patch=entry) if isinstance(entry, str) else entry
    keeper = Keeper()
    made = ffi.new("strata_patch *")
    lib.strata_patch_init(made)
    made.patch = keeper.string(patch.patch)
    made.path = keeper.string(patch.path)
    made.group = keeper.string(patch.group)
    made.version = keeper.string(patch.version)
    made.kind = keeper.string(patch.kind)
    made.name = keeper.string(patch.name)
    made.name_space = keeper.string(patch.namespace)
    made.label_selector = keeper.string(patch.label_selector)
    made.annotation_selector = keeper.string(patch.annotation_selector)
    check(lib.strata_overrides_add_patch(overrides, made, error), error)


def make(overrides: Overrides) -> Any:
    """The library's object for them."""
    made = lib.strata_overrides_new()
    if made == ffi.NULL:
        raise MemoryError
    made = ffi.gc(made, lib.strata_overrides_free)
    error = new_error()
    text = Keeper().string
    check(lib.strata_overrides_set_namespace(made, text(overrides.namespace), error), error)
    check(lib.strata_overrides_set_name_prefix(made, text(overrides.name_prefix), error), error)
    check(lib.strata_overrides_set_name_suffix(made, text(overrides.name_suffix), error), error)
    flags = lib.STRATA_METADATA_PLAIN
    if overrides.label_selectors:
        flags = lib.STRATA_METADATA_SELECTORS
    elif overrides.label_templates:
        flags = lib.STRATA_METADATA_TEMPLATES
    for key, value in overrides.labels.items():
        check(lib.strata_overrides_set_label(made, text(key), text(value), flags, error), error)
    for key, value in overrides.annotations.items():
        plain = lib.STRATA_METADATA_PLAIN
        check(lib.strata_overrides_set_annotation(made, text(key), text(value), plain, error), error)
    for image in overrides.images:
        check(lib.strata_overrides_set_image(made, text(image), error), error)
    for name, count in overrides.replicas.items():
        check(lib.strata_overrides_set_replicas(made, text(name), count, error), error)
    for patch in overrides.patches:
        _add_patch(made, patch, error)
    optional = lib.STRATA_COMPONENT_OPTIONAL if overrides.ignore_missing_components else 0
    for path in overrides.components:
        check(lib.strata_overrides_add_component(made, text(path), optional, error), error)
    return made
