/*
 * model/resource_id.c: identities; after kyaml's resid/gvk.go and resid.go. See resource_id.h.
 */
#include "model/resource_id.h"

static const text default_namespace = TEXT_INIT("default");
static const text no_namespace = TEXT_INIT("_non_namespaceable_");

void gvk_split_api_version(text api_version, text *group, text *version) {
    size_t slash = text_find_char(api_version, '/');
    if (slash == SIZE_MAX) {
        *group = TEXT_EMPTY;
        *version = api_version;
        return;
    }
    *group = text_slice(api_version, 0, slash);
    *version = text_after(api_version, slash + 1);
}

bool gvk_equal(gvk a, gvk b) {
    return text_equal(a.kind, b.kind) && text_equal(a.version, b.version) && text_equal(a.group, b.group);
}

static bool part_selected(text part, text selector) { return text_empty(selector) || text_equal(part, selector); }

bool gvk_selected(gvk type, gvk selector) {
    return part_selected(type.group, selector.group) && part_selected(type.version, selector.version) &&
           part_selected(type.kind, selector.kind);
}

text resource_id_effective_namespace(const resource_id *id) {
    if (id->cluster_scoped) return no_namespace;
    if (text_empty(id->name_space)) return default_namespace;
    return id->name_space;
}

bool resource_id_same_namespace(const resource_id *a, const resource_id *b) {
    return text_equal(resource_id_effective_namespace(a), resource_id_effective_namespace(b));
}

bool resource_id_equal(const resource_id *a, const resource_id *b) {
    return text_equal(a->name, b->name) && gvk_equal(a->type, b->type) && resource_id_same_namespace(a, b);
}

static text part_or(text part, text stand_in) { return text_empty(part) ? stand_in : part; }

text resource_id_format(arena *a, const resource_id *id) {
    return TEXT_CONCAT(a, part_or(id->type.kind, TEXT("[noKind]")), TEXT("."),
                       part_or(id->type.version, TEXT("[noVer]")), TEXT("."), part_or(id->type.group, TEXT("[noGrp]")),
                       TEXT("/"), part_or(id->name, TEXT("[noName]")), TEXT("."),
                       part_or(id->name_space, TEXT("[noNs]")));
}
