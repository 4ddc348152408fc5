/* schema/kind_order.c: see kind_order.h. */
#include "schema/kind_order.h"

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

int kind_rank(text kind) {
    for (int i = 0; i < FIRST_COUNT; i++)
        if (text_is(kind, kinds_first[i])) return i - FIRST_COUNT;
    for (int i = 0; i < LAST_COUNT; i++)
        if (text_is(kind, kinds_last[i])) return i + 1;
    return 0;
}

/* Steps through "group_version_kind" without building it. */
typedef struct sort_key {
    text parts[5];
} sort_key;

static sort_key sort_key_of(const text type[3]) {
    return (sort_key){{text_empty(type[0]) ? TEXT("~G") : type[0], TEXT("_"),
                       text_empty(type[1]) ? TEXT("~V") : type[1], TEXT("_"),
                       text_empty(type[2]) ? TEXT("~K") : type[2]}};
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

int kind_compare(const text a[3], const text b[3]) {
    int rank_a = kind_rank(a[2]), rank_b = kind_rank(b[2]);
    if (rank_a != rank_b) return rank_a < rank_b ? -1 : 1;
    sort_key key_a = sort_key_of(a), key_b = sort_key_of(b);
    return compare_sort_keys(&key_a, &key_b);
}
