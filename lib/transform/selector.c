/* transform/selector.c: see selector.h; after kustomize's types/selector.go and resmap's Select. */
#include "transform/selector.h"

#include "core/regex.h"
#include "model/near_miss.h"
#include "transform/label_selector.h"

typedef enum selector_part { PART_GROUP, PART_VERSION, PART_KIND, PART_NAME, PART_NAMESPACE, PART_COUNT } selector_part;

/* A label or annotation selector, parsed when it is first asked about. */
typedef struct lazy_labels {
    text expression;
    bool parsed;
    label_selector selector;
} lazy_labels;

struct selector_pattern {
    const allocator *from;
    origin where;
    text texts[PART_COUNT];
    regex *parts[PART_COUNT]; /* NULL where the text is empty */
    lazy_labels *labels;      /* two of them: labels, annotations */
};

enum { LABELS, ANNOTATIONS };

void selector_free(selector_pattern *p) {
    if (!p) return;
    for (size_t i = 0; i < PART_COUNT; i++)
        regex_free(p->parts[i]);
    p->from->release(p, p->from->user);
}

static strata_status compile_part(scope *sc, selector_pattern *p, selector_part part) {
    static const char *const names[PART_COUNT] = {"group", "version", "kind", "name", "namespace"};
    text why;
    if (text_empty(p->texts[part])) return STRATA_OK;
    TRY(regex_compile_whole(sc, p->texts[part], &p->parts[part], &why));
    if (p->parts[part]) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_SELECTOR, p->where, "the %s \"%.*s\" is no regular expression: %.*s", names[part],
                      TEXT_ARG(p->texts[part]), TEXT_ARG(why));
}

strata_status selector_compile(scope *sc, const selector *s, selector_pattern **out) {
    *out = NULL;
    lazy_labels *labels = ARENA_ARRAY(sc->arena, lazy_labels, 2);
    selector_pattern *p = sc->from->allocate(sizeof *p, sc->from->user);
    if (!p) return scope_no_memory(sc);
    *p = (selector_pattern){.from = sc->from,
                            .where = s->where,
                            .texts = {s->type.group, s->type.version, s->type.kind, s->name, s->name_space},
                            .labels = labels};
    strata_status status = labels ? STRATA_OK : scope_no_memory(sc);
    for (int i = 0; i < PART_COUNT && status == STRATA_OK; i++)
        status = compile_part(sc, p, (selector_part)i);
    if (status != STRATA_OK) {
        selector_free(p);
        return status;
    }
    labels[LABELS].expression = s->label_selector;
    labels[ANNOTATIONS].expression = s->annotation_selector;
    *out = p;
    return STRATA_OK;
}

static strata_status part_matches(scope *sc, const selector_pattern *p, selector_part part, text value, bool *out) {
    *out = true;
    return p->parts[part] ? regex_matches(sc, p->parts[part], value, out) : STRATA_OK;
}

strata_status selector_matches_type(scope *sc, const selector_pattern *p, gvk type, bool *out) {
    TRY(part_matches(sc, p, PART_KIND, type.kind, out));
    if (*out) TRY(part_matches(sc, p, PART_GROUP, type.group, out));
    if (*out) TRY(part_matches(sc, p, PART_VERSION, type.version, out));
    return STRATA_OK;
}

strata_status selector_matches_name(scope *sc, const selector_pattern *p, text name, bool *out) {
    return part_matches(sc, p, PART_NAME, name, out);
}

strata_status selector_matches_namespace(scope *sc, const selector_pattern *p, text name_space, bool *out) {
    return part_matches(sc, p, PART_NAMESPACE, name_space, out);
}

bool selector_plain_name(const selector_pattern *p, text *out) {
    *out = p->texts[PART_NAME];
    return p->parts[PART_NAME] && regex_is_plain(p->parts[PART_NAME]);
}

/* --- labels and annotations -------------------------------------------------------------------------------------- */

static strata_status parsed(scope *sc, const selector_pattern *p, lazy_labels *labels) {
    if (labels->parsed) return STRATA_OK;
    TRY(label_selector_parse(sc, labels->expression, p->where, &labels->selector));
    labels->parsed = true;
    return STRATA_OK;
}

/* kustomize keeps the history of a resource in its annotations, where a selector can see it. */
static bool asks_for_history(const label_selector *s) {
    for (size_t i = 0; i < s->count; i++)
        if (text_starts(s->items[i].key, TEXT("internal.config.kubernetes.io/"))) return true;
    return false;
}

static strata_status annotations_of(scope *sc, const label_selector *s, resource *r, text_map *out) {
    if (!asks_for_history(s)) return resource_annotations(sc, r, out);
    resource *copy = resource_copy(sc->arena, r);
    if (!copy) return scope_no_memory(sc);
    TRY(resource_export_history(sc, copy));
    return resource_annotations(sc, copy, out);
}

/* The reference reads both maps before it looks at what is asked for; lists of an odd length fail then. */
static strata_status read_lists(scope *sc, const resource *r) {
    text_map map;
    const node *metadata = NODE_GET(r->root, "metadata");
    if (node_is_sequence(NODE_GET(metadata, "annotations"))) TRY(resource_annotations(sc, r, &map));
    return node_is_sequence(NODE_GET(metadata, "labels")) ? resource_labels(sc, r, &map) : STRATA_OK;
}

strata_status selector_matches_labels(scope *sc, const selector_pattern *p, resource *r, bool *out) {
    text_map map;
    TRY(read_lists(sc, r));
    lazy_labels *labels = &p->labels[LABELS], *annotations = &p->labels[ANNOTATIONS];
    *out = true;
    if (!text_empty(labels->expression)) {
        TRY(parsed(sc, p, labels));
        TRY(resource_labels(sc, r, &map));
        TRY(label_selector_matches(sc, &labels->selector, &map, p->where, out));
    }
    if (!*out || text_empty(annotations->expression)) return STRATA_OK;
    TRY(parsed(sc, p, annotations));
    TRY(annotations_of(sc, &annotations->selector, r, &map));
    return label_selector_matches(sc, &annotations->selector, &map, p->where, out);
}

/* --- whole resources --------------------------------------------------------------------------------------------- */

/* Namespace and name may be those of the original or of the current id; the type is the current one. */
static strata_status selects(scope *sc, const selector_pattern *p, const resource_set *set, resource *r, bool *out) {
    resource_id current = resource_current_id(r, set->schema);
    resource_id original = r->previous_count ? resource_original_id(r, set->schema) : current;
    TRY(selector_matches_namespace(sc, p, resource_id_effective_namespace(&original), out));
    if (!*out) TRY(selector_matches_namespace(sc, p, resource_id_effective_namespace(&current), out));
    if (!*out) return STRATA_OK;
    TRY(selector_matches_name(sc, p, original.name, out));
    if (!*out) TRY(selector_matches_name(sc, p, current.name, out));
    if (*out) TRY(selector_matches_type(sc, p, current.type, out));
    if (*out) TRY(selector_matches_labels(sc, p, r, out));
    return STRATA_OK;
}

static strata_status select_among(scope *sc, const selector_pattern *p, resource_set *set, resource_list *out) {
    resource_list candidates = {set->items, set->count, 0};
    text name;
    if (selector_plain_name(p, &name)) TRY(resource_set_find_name(sc, set, name, &candidates));
    for (size_t i = 0; i < candidates.count; i++) {
        bool selected;
        resources_look_ahead(candidates.items, candidates.count, i);
        TRY(selects(sc, p, set, candidates.items[i], &selected));
        if (selected && !resource_list_add(sc->arena, out, candidates.items[i])) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

strata_status selector_select(scope *sc, resource_set *set, const selector *s, resource_list *out) {
    selector_pattern *p;
    *out = (resource_list){NULL, 0, 0};
    TRY(selector_compile(sc, s, &p));
    strata_status status = select_among(sc, p, set, out);
    selector_free(p);
    if (status == STRATA_OK) return STRATA_OK;
    return scope_note(sc, status, s->where, "in this selector");
}

text selector_near_miss(scope *sc, const resource_set *set, const selector *s) {
    const resource_id wanted = {.type = s->type, .name = s->name, .name_space = s->name_space};
    return near_miss_hint(sc, set, &wanted, false);
}
