/*
 * model/resource_id.c: identities; after kyaml's resid/gvk.go and resid.go. See resource_id.h.
 */
#include "model/resource_id.h"

static const text default_namespace = TEXT_INIT("default");
static const text no_namespace = TEXT_INIT("_non_namespaceable_");

/* Kinds that come first in kustomize's order, then those that come last; all others are between. */
static const char *const kinds_first[] = {
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
};
static const char *const kinds_last[] = {"MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"};

enum { FIRST_COUNT = sizeof kinds_first / sizeof *kinds_first, LAST_COUNT = sizeof kinds_last / sizeof *kinds_last };

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

text gvk_api_version(arena *a, gvk type) {
    if (text_empty(type.group)) return type.version.data ? type.version : TEXT_EMPTY;
    return TEXT_CONCAT(a, type.group, TEXT("/"), type.version);
}

bool gvk_equal(gvk a, gvk b) {
    return text_equal(a.kind, b.kind) && text_equal(a.version, b.version) && text_equal(a.group, b.group);
}

static bool part_selected(text part, text selector) { return text_empty(selector) || text_equal(part, selector); }

bool gvk_selected(gvk type, gvk selector) {
    return part_selected(type.group, selector.group) && part_selected(type.version, selector.version) &&
           part_selected(type.kind, selector.kind);
}

int gvk_kind_rank(text kind) {
    for (int i = 0; i < FIRST_COUNT; i++)
        if (text_is(kind, kinds_first[i])) return i - FIRST_COUNT;
    for (int i = 0; i < LAST_COUNT; i++)
        if (text_is(kind, kinds_last[i])) return i + 1;
    return 0;
}

/* Steps through "group_version_kind" with the stand-ins for empty parts, without building it. */
typedef struct sort_key {
    text parts[5];
} sort_key;

static sort_key sort_key_of(gvk type) {
    return (sort_key){{text_empty(type.group) ? TEXT("~G") : type.group, TEXT("_"),
                       text_empty(type.version) ? TEXT("~V") : type.version, TEXT("_"),
                       text_empty(type.kind) ? TEXT("~K") : type.kind}};
}

static int compare_sort_keys(const sort_key *a, const sort_key *b) {
    size_t part_a = 0, part_b = 0, at_a = 0, at_b = 0;
    for (;;) {
        while (part_a < 5 && at_a == a->parts[part_a].size)
            part_a++, at_a = 0;
        while (part_b < 5 && at_b == b->parts[part_b].size)
            part_b++, at_b = 0;
        if (part_a == 5 || part_b == 5) return (part_a != 5) - (part_b != 5);
        unsigned char ca = (unsigned char)a->parts[part_a].data[at_a++];
        unsigned char cb = (unsigned char)b->parts[part_b].data[at_b++];
        if (ca != cb) return ca < cb ? -1 : 1;
    }
}

int gvk_compare(gvk a, gvk b) {
    int rank_a = gvk_kind_rank(a.kind), rank_b = gvk_kind_rank(b.kind);
    if (rank_a != rank_b) return rank_a < rank_b ? -1 : 1;
    sort_key key_a = sort_key_of(a), key_b = sort_key_of(b);
    return compare_sort_keys(&key_a, &key_b);
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
