/* package/format.c: see format.h. */
#include "package/format.h"

#include "core/sort.h"
#include "function/annotation.h"

/* Of a field that belongs in two places the later one counts. */
static const char *const known_fields[] = {
    "name", "generateName", "namespace", "clusterName", "apiVersion", "kind", "metadata", "type", "labels",
    "annotations", "spec", "status",
    /* Secrets and ConfigMaps */
    "stringData", "data", "binaryData",
    /* workloads */
    "parallelism", "completions", "backoffLimit", "replicas", "selector", "manualSelector", "template",
    "ttlSecondsAfterFinished", "volumeClaimTemplates", "service", "serviceName", "podManagementPolicy",
    "updateStrategy", "strategy", "minReadySeconds", "revision", "revisionHistoryLimit", "paused",
    "progressDeadlineSeconds",
    /* pods */
    "restartPolicy", "terminationGracePeriodSeconds", "activeDeadlineSeconds", "dnsPolicy", "serviceAccountName",
    "serviceAccount", "automountServiceAccountToken", "nodeName", "hostNetwork", "hostPID", "hostIPC",
    "shareProcessNamespace", "hostname", "subdomain", "schedulerName", "priorityClassName", "priority",
    "runtimeClassName", "enableServiceLinks", "nodeSelector", "hostAliases", "initContainers", "containers", "volumes",
    "imagePullSecrets", "affinity", "tolerations", "dnsConfig", "readinessGates",
    /* containers */
    "image", "command", "args", "workingDir", "ports", "envFrom", "env", "resources", "volumeMounts", "volumeDevices",
    "livenessProbe", "readinessProbe", "lifecycle", "terminationMessagePath", "terminationMessagePolicy",
    "imagePullPolicy", "securityContext", "stdin", "stdinOnce", "tty",
    /* Services and their ports */
    "clusterIP", "externalIPs", "loadBalancerIP", "loadBalancerSourceRanges", "externalName", "externalTrafficPolicy",
    "sessionAffinity", "protocol", "port", "targetPort", "hostPort", "containerPort", "hostIP",
    /* volumes and variables */
    "readOnly", "mountPath", "subPath", "subPathExpr", "mountPropagation", "value", "valueFrom", "fieldRef",
    "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "prefix", "configMapRef", "secretRef"};

/* Lists that are sorted: the path of fields to them, whatever lists lie on the way, and what they are sorted by. */
typedef struct sorted_list {
    const char *path[4];
    size_t size;
    const char *field; /* NULL: the elements themselves */
} sorted_list;
static const sorted_list sorted_lists[] = {
    {{"spec", "template", "spec", "containers"}, 4, "name"},
    {{"webhooks", "rules", "operations"}, 3, NULL},
};
enum { LIST_COUNT = sizeof sorted_lists / sizeof *sorted_lists, OFF_PATH = UINT8_MAX };

static const char *const sorted_kinds[] = {
    "CronJob", "DaemonSet", "Deployment", "Job", "ReplicaSet", "StatefulSet", "ValidatingWebhookConfiguration"};
static const char *const sorted_versions[] = {
    "apps/v1",       "apps/v1beta1",       "apps/v1beta2", "batch/v1",
    "batch/v1beta1", "extensions/v1beta1", "v1",           "admissionregistration.k8s.io/v1"};

strata_status field_order_init(scope *sc, field_order *out) {
    *out = (field_order){0};
    for (size_t i = 0; i < sizeof known_fields / sizeof *known_fields; i++)
        if (!table_add(&out->ranks, sc->arena, text_from(known_fields[i]), (void *)(uintptr_t)(i + 1)))
            return scope_no_memory(sc);
    return STRATA_OK;
}

size_t field_order_rank(const field_order *order, text name) {
    return (size_t)(uintptr_t)table_get(&order->ranks, name);
}

/* --- sorting ----------------------------------------------------------------------------------------------------- */

typedef struct formatter {
    scope *sc;
    const field_order *order;
    bool sorts_lists;
    uint32_t depth;
} formatter;

/* How far the path to a node has come along each of the sorted lists' paths. */
typedef struct list_progress {
    uint8_t at[LIST_COUNT];
} list_progress;

typedef struct ranked_pair {
    node_pair pair;
    size_t rank;
} ranked_pair;

static int compare_pairs(const void *a, const void *b, void *user) {
    const ranked_pair *x = a, *y = b;
    (void)user;
    if (x->rank && y->rank) return x->rank < y->rank ? -1 : x->rank > y->rank;
    if (x->rank || y->rank) return x->rank ? -1 : 1;
    return text_compare(node_text(x->pair.key), node_text(y->pair.key));
}

static strata_status sort_pairs(formatter *f, node *mapping) {
    ranked_pair *ranked = ARENA_ARRAY(f->sc->arena, ranked_pair, mapping->count + 1);
    if (!ranked) return scope_no_memory(f->sc);
    for (uint32_t i = 0; i < mapping->count; i++)
        ranked[i] = (ranked_pair){mapping->pairs[i], field_order_rank(f->order, node_text(mapping->pairs[i].key))};
    if (!sort_stable(f->sc->from, ranked, mapping->count, sizeof *ranked, compare_pairs, NULL))
        return scope_no_memory(f->sc);
    for (uint32_t i = 0; i < mapping->count; i++)
        mapping->pairs[i] = ranked[i].pair;
    return STRATA_OK;
}

static int compare_elements(const void *a, const void *b, void *user) {
    const node *x = *(node *const *)a, *y = *(node *const *)b;
    const char *field = user;
    if (!field) return text_compare(node_text(x), node_text(y));
    return text_compare(node_text(node_get(x, text_from(field))), node_text(node_get(y, text_from(field))));
}

static strata_status sort_elements(formatter *f, node *sequence, const list_progress *progress) {
    for (size_t i = 0; i < LIST_COUNT; i++)
        if (progress->at[i] == sorted_lists[i].size &&
            !sort_stable(f->sc->from, sequence->items, sequence->count, sizeof *sequence->items, compare_elements,
                         (void *)(uintptr_t)sorted_lists[i].field))
            return scope_no_memory(f->sc);
    return STRATA_OK;
}

static list_progress step_into(const list_progress *progress, text key) {
    list_progress next;
    for (size_t i = 0; i < LIST_COUNT; i++) {
        size_t at = progress->at[i];
        bool follows = at < sorted_lists[i].size && text_is(key, sorted_lists[i].path[at]);
        next.at[i] = follows ? (uint8_t)(at + 1) : OFF_PATH;
    }
    return next;
}

static strata_status format_node(formatter *f, node *n, const list_progress *progress) {
    if (n->kind != NODE_MAPPING && n->kind != NODE_SEQUENCE) return STRATA_OK;
    if (f->depth >= f->sc->limits->nesting)
        return scope_fail(f->sc, DIAGNOSTIC_LIMIT, n->where, "the document is nested more than %u levels deep",
                          (unsigned)f->sc->limits->nesting);
    f->depth++;
    if (n->kind == NODE_MAPPING) {
        TRY(sort_pairs(f, n));
        for (uint32_t i = 0; i < n->count; i++) {
            list_progress next = step_into(progress, node_text(n->pairs[i].key));
            TRY(format_node(f, n->pairs[i].value, &next));
        }
    } else {
        if (f->sorts_lists) TRY(sort_elements(f, n, progress));
        for (uint32_t i = 0; i < n->count; i++)
            TRY(format_node(f, n->items[i], progress));
    }
    f->depth--;
    return STRATA_OK;
}

/* --- resources --------------------------------------------------------------------------------------------------- */

static bool is_one_of(text t, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_is(t, names[i])) return true;
    return false;
}

static strata_status is_wanted(scope *sc, const node *root, bool *out) {
    const node *given =
        node_get(node_at(root, "metadata", "annotations", NULL), TEXT("config.kubernetes.io/formatting"));
    text strategy = node_text(given);
    *out = !given || text_is(strategy, "standard");
    if (*out || text_is(strategy, "none")) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_FORMATTING, given->where, "formatting annotation has illegal value %.*s",
                      TEXT_ARG(strategy));
}

strata_status format_resources(work *w, const node_list *resources) {
    field_order order;
    TRY(field_order_init(&w->sc, &order));
    for (size_t i = 0; i < resources->count; i++) {
        node *root = resources->items[i];
        const node *kind = NODE_GET(root, "kind"), *version = NODE_GET(root, "apiVersion");
        bool wanted;
        TRY(is_wanted(&w->sc, root, &wanted));
        if (!wanted || !kind || !version) continue;
        formatter f = {.sc = &w->sc, .order = &order};
        f.sorts_lists =
            is_one_of(node_text(kind), sorted_kinds, sizeof sorted_kinds / sizeof *sorted_kinds) &&
            is_one_of(node_text(version), sorted_versions, sizeof sorted_versions / sizeof *sorted_versions);
        list_progress start = {{0}};
        TRY(format_node(&f, root, &start));
    }
    return STRATA_OK;
}
