/*
 * model/resource_annotations.c: labels and annotations of a resource, and its history as annotations.
 *
 * kustomize keeps a resource's history in annotations; strata writes it there only around steps that can read or change
 * annotations in general. After kyaml's rnode.go (setMapInMetadata) and kustomize's api/resource/resource.go.
 */
#include "model/resource.h"

#include "core/table.h"
#include "yaml/resolve.h"

/* Up to here comparing each with each other is quicker than a table. */
enum { MANY_ANNOTATIONS = 64 };

#define DOMAIN "internal.config.kubernetes.io/"

static const text previous_kinds_key = TEXT_INIT(DOMAIN "previousKinds");
static const text previous_names_key = TEXT_INIT(DOMAIN "previousNames");
static const text previous_namespaces_key = TEXT_INIT(DOMAIN "previousNamespaces");
static const text prefixes_key = TEXT_INIT(DOMAIN "prefixes");
static const text suffixes_key = TEXT_INIT(DOMAIN "suffixes");
static const text referred_by_key = TEXT_INIT(DOMAIN "refBy");
static const text behavior_key = TEXT_INIT(DOMAIN "generatorBehavior");
static const text needs_hash_key = TEXT_INIT(DOMAIN "needsHashSuffix");
static const text allow_name_change_key = TEXT_INIT(DOMAIN "allowNameChange");
static const text allow_kind_change_key = TEXT_INIT(DOMAIN "allowKindChange");
static const text helm_generated_key = TEXT_INIT(DOMAIN "helm-generated");
static const text origin_key = TEXT_INIT("config.kubernetes.io/origin");
static const text transformations_key = TEXT_INIT("alpha.config.kubernetes.io/transformations");

/* Those of a build that are no history of ours: file paths and ids that functions and readers leave. */
static const text file_keys[] = {
    TEXT_INIT(DOMAIN "path"),
    TEXT_INIT(DOMAIN "index"),
    TEXT_INIT(DOMAIN "seqindent"),
    TEXT_INIT(DOMAIN "id"),
    TEXT_INIT(DOMAIN "annotations-migration-resource-id"),
    TEXT_INIT("config.kubernetes.io/path"),
    TEXT_INIT("config.kubernetes.io/index"),
    TEXT_INIT("config.k8s.io/id"),
};

/* --- the maps in metadata ------------------------------------------------------------------------------------------
 */

/* The reference takes the items of a list for keys and values in turn, and panics on an odd number of them. */
static strata_status read_items(scope *sc, const node *list, text_map *out) {
    if (list->count % 2)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, list->where, "labels and annotations must be mappings");
    for (uint32_t i = 0; i < list->count; i += 2)
        if (!text_map_set(sc->arena, out, node_text(list->items[i]), node_text(list->items[i + 1])))
            return scope_no_memory(sc);
    return STRATA_OK;
}

/* A key is at the place of its first pair and has the value of its last. */
static strata_status read_large_map(scope *sc, const node *map, text_map *out) {
    table places = {0};
    *out = (text_map){ARENA_ARRAY(sc->arena, text_pair, map->count), 0, map->count};
    if (!out->items) return scope_no_memory(sc);
    for (uint32_t i = 0; i < map->count; i++) {
        text_pair pair = {node_text(map->pairs[i].key), node_text(map->pairs[i].value)};
        text_pair *first = table_get(&places, pair.key);
        if (first) {
            first->value = pair.value;
            continue;
        }
        out->items[out->count] = pair;
        if (!table_add(&places, sc->arena, pair.key, &out->items[out->count++])) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status read_map(scope *sc, const resource *r, text field, text_map *out) {
    *out = (text_map){NULL, 0, 0};
    const node *map = node_get(NODE_GET(r->root, "metadata"), field);
    if (node_is_sequence(map)) return read_items(sc, map, out);
    if (node_is_mapping(map) && map->count > MANY_ANNOTATIONS) return read_large_map(sc, map, out);
    for (uint32_t i = 0; node_is_mapping(map) && i < map->count; i++)
        if (!text_map_set(sc->arena, out, node_text(map->pairs[i].key), node_text(map->pairs[i].value)))
            return scope_no_memory(sc);
    return STRATA_OK;
}

strata_status resource_labels(scope *sc, const resource *r, text_map *out) {
    return read_map(sc, r, TEXT("labels"), out);
}

strata_status resource_annotations(scope *sc, const resource *r, text_map *out) {
    return read_map(sc, r, TEXT("annotations"), out);
}

static node *string_value(arena *a, text value) {
    return node_new_scalar(a, value, TAG_STR, resolve_is_yaml11_non_string(value) ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN);
}

/* kyaml takes a field without a name for the mapping itself, and panics since that is no scalar. */
static strata_status refuse_empty_key(scope *sc, const resource *r, text key) {
    if (!text_empty(key)) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, r->root->where, "a label or annotation has an empty key");
}

/*
 * With the field there twice, the values go into what is left of it: FieldSetter keeps the style of what it replaces. A
 * null gets content and stays a null, which the reference reads but does not write.
 */
static strata_status write_into(scope *sc, node *metadata, text field, const text_map *sorted) {
    node *rest = node_get(metadata, field);
    if (node_is_null(rest)) {
        if (!(rest = node_new_mapping(sc->arena))) return scope_no_memory(sc);
        rest->tag = TAG_NULL;
        if (!node_set(sc->arena, metadata, field, rest)) return scope_no_memory(sc);
    }
    if (rest->kind != NODE_MAPPING)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, rest->where, "labels and annotations must be mappings");
    for (size_t i = 0; i < sorted->count; i++) {
        node *value = string_value(sc->arena, sorted->items[i].value);
        const node *old = node_get(rest, sorted->items[i].key);
        if (value && node_is_scalar(old)) value->style = old->style;
        if (!node_set(sc->arena, rest, sorted->items[i].key, value)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status write_map(scope *sc, resource *r, text field, const text_map *values) {
    node *metadata = NODE_GET(r->root, "metadata");
    if (!metadata) {
        metadata = node_new_mapping(sc->arena);
        if (!metadata || !node_set(sc->arena, r->root, TEXT("metadata"), metadata)) return scope_no_memory(sc);
    }
    if (node_is_null(metadata)) return STRATA_OK;
    if (metadata->kind != NODE_MAPPING)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_METADATA, metadata->where, "metadata is not a mapping");
    size_t at = node_find(metadata, field);
    if (at != SIZE_MAX) node_remove_at(metadata, at); /* the first, like kyaml's Clear */
    if (values->count == 0) return STRATA_OK;
    for (size_t i = 0; i < values->count; i++)
        TRY(refuse_empty_key(sc, r, values->items[i].key));
    text_map sorted = *values;
    sorted.items = arena_alloc(sc->arena, values->count * sizeof *sorted.items);
    if (!sorted.items) return scope_no_memory(sc);
    memcpy(sorted.items, values->items, values->count * sizeof *sorted.items);
    text_map_sort(&sorted);
    if (node_get(metadata, field)) return write_into(sc, metadata, field, &sorted);
    node *map = node_new_mapping(sc->arena);
    if (!map) return scope_no_memory(sc);
    map->tag = TAG_UNSET; /* as the reference makes it: content hashes of other kinds than ConfigMap see that */
    for (size_t i = 0; i < sorted.count; i++)
        if (!node_add(sc->arena, map, node_new_scalar(sc->arena, sorted.items[i].key, TAG_UNSET, STYLE_PLAIN),
                      string_value(sc->arena, sorted.items[i].value)))
            return scope_no_memory(sc);
    return node_set(sc->arena, metadata, field, map) ? STRATA_OK : scope_no_memory(sc);
}

strata_status resource_set_labels(scope *sc, resource *r, const text_map *labels) {
    return write_map(sc, r, TEXT("labels"), labels);
}

strata_status resource_set_annotations(scope *sc, resource *r, const text_map *annotations) {
    return write_map(sc, r, TEXT("annotations"), annotations);
}

/* --- history to annotations ----------------------------------------------------------------------------------------
 */

static const text behavior_names[] = {TEXT_INIT("unspecified"), TEXT_INIT("create"), TEXT_INIT("replace"),
                                      TEXT_INIT("merge")};

static text join(arena *a, const text *items, size_t count) {
    if (count < 2) return count ? items[0] : TEXT_EMPTY;
    text *parts = ARENA_ARRAY(a, text, 2 * count);
    if (!parts) return text_of(NULL, 0);
    for (size_t i = 0; i < count; i++) {
        parts[2 * i] = items[i];
        parts[2 * i + 1] = TEXT(",");
    }
    return text_concat(a, 2 * count - 1, parts);
}

static bool put(arena *a, text_map *map, text key, text value) {
    return value.data && (text_empty(value) || text_map_set(a, map, key, value));
}

static bool put_list(arena *a, text_map *map, text key, const text_list *list) {
    return list->count == 0 || put(a, map, key, join(a, list->items, list->count));
}

static bool put_previous(arena *a, text_map *map, const resource *r) {
    if (r->previous_count == 0) return true;
    text *columns = ARENA_ARRAY(a, text, 3 * r->previous_count);
    if (!columns) return false;
    text *kinds = columns, *names = kinds + r->previous_count, *spaces = names + r->previous_count;
    for (size_t i = 0; i < r->previous_count; i++) {
        kinds[i] = r->previous[i].kind;
        names[i] = r->previous[i].name;
        spaces[i] = r->previous[i].name_space;
    }
    return put(a, map, previous_kinds_key, join(a, kinds, r->previous_count)) &&
           put(a, map, previous_names_key, join(a, names, r->previous_count)) &&
           put(a, map, previous_namespaces_key, join(a, spaces, r->previous_count));
}

static bool put_flag(arena *a, text_map *map, text key, bool set, text value) {
    return !set || put(a, map, key, value);
}

/* The mapping of annotations, made when there is none; *out is NULL when metadata is null. */
static strata_status need_annotations(scope *sc, resource *r, node **out) {
    node *metadata = NODE_GET(r->root, "metadata");
    static const text_map none = {NULL, 0, 0};
    if (!metadata) TRY(resource_set_annotations(sc, r, &none));
    metadata = NODE_GET(r->root, "metadata");
    *out = NODE_GET(metadata, "annotations");
    if (node_is_mapping(*out)) return STRATA_OK;
    *out = node_is_mapping(metadata) && !node_is_null(metadata) ? node_new_mapping(sc->arena) : NULL;
    if (*out && !node_set(sc->arena, metadata, TEXT("annotations"), *out)) return scope_no_memory(sc);
    return STRATA_OK;
}

/* Adds to the annotations, and leaves those that are there as they are: a null among them stays null. */
static strata_status add_annotations(scope *sc, resource *r, const text_map *values) {
    node *annotations;
    TRY(need_annotations(sc, r, &annotations));
    for (size_t i = 0; annotations && i < values->count; i++)
        if (!node_set(sc->arena, annotations, values->items[i].key, string_value(sc->arena, values->items[i].value)))
            return scope_no_memory(sc);
    return STRATA_OK;
}

strata_status resource_export_history(scope *sc, resource *r) {
    arena *a = sc->arena;
    text_map map = {NULL, 0, 0};
    bool is_generated = r->behavior != BEHAVIOR_UNSET;
    text behavior = is_generated ? behavior_names[r->behavior] : TEXT_EMPTY;
    if (!put_previous(a, &map, r) || !put_list(a, &map, prefixes_key, &r->prefixes) ||
        !put_list(a, &map, suffixes_key, &r->suffixes) || !put_list(a, &map, referred_by_key, &r->referred_by) ||
        !put_flag(a, &map, behavior_key, is_generated, behavior) ||
        !put_flag(a, &map, needs_hash_key, r->needs_hash, TEXT("enabled")) ||
        !put_flag(a, &map, allow_name_change_key, r->allow_name_change, TEXT("enabled")) ||
        !put_flag(a, &map, allow_kind_change_key, r->allow_kind_change, TEXT("enabled")) ||
        !put_flag(a, &map, helm_generated_key, r->helm_generated, TEXT("true")))
        return scope_no_memory(sc);
    return map.count ? add_annotations(sc, r, &map) : STRATA_OK;
}

/* AnnotationSetter: a new value is in single quotes, another one has the style of what it replaces. */
static strata_status note(scope *sc, node *annotations, text key, text value) {
    const node *old = node_get(annotations, key);
    if (text_empty(value) || (old && text_equal(node_text(old), value))) return STRATA_OK;
    node *changed = node_new_scalar(sc->arena, value, TAG_STR, old ? (node_style)old->style : STYLE_SINGLE_QUOTED);
    return node_set(sc->arena, annotations, key, changed) ? STRATA_OK : scope_no_memory(sc);
}

strata_status resource_note_history(scope *sc, resource *r) {
    static const text *const keys[] = {&prefixes_key, &suffixes_key, &previous_names_key, &previous_namespaces_key,
                                       &previous_kinds_key};
    text_map history = {NULL, 0, 0};
    node *annotations;
    if (!put_previous(sc->arena, &history, r) || !put_list(sc->arena, &history, prefixes_key, &r->prefixes) ||
        !put_list(sc->arena, &history, suffixes_key, &r->suffixes))
        return scope_no_memory(sc);
    TRY(need_annotations(sc, r, &annotations));
    for (size_t i = 0; annotations && i < sizeof keys / sizeof *keys; i++) {
        const text *value = text_map_get(&history, *keys[i]);
        if (value) TRY(note(sc, annotations, *keys[i], *value));
    }
    return STRATA_OK;
}

/* --- annotations to history ----------------------------------------------------------------------------------------
 */

/* strings.Split(value, ","). */
static bool split(arena *a, text value, text_list *out) {
    *out = (text_list){NULL, 0, 0};
    text part;
    bool more;
    do {
        more = text_cut(&value, ',', &part);
        if (!text_list_add(a, out, part)) return false;
    } while (more);
    return true;
}

static bool take_list(arena *a, const text_map *map, text key, text_list *out) {
    const text *value = text_map_get(map, key);
    *out = (text_list){NULL, 0, 0};
    return !value || split(a, *value, out);
}

static strata_status take_previous(scope *sc, resource *r, const text_map *map) {
    text_list names, spaces, kinds;
    if (!take_list(sc->arena, map, previous_names_key, &names) ||
        !take_list(sc->arena, map, previous_namespaces_key, &spaces) ||
        !take_list(sc->arena, map, previous_kinds_key, &kinds))
        return scope_no_memory(sc);
    r->previous = NULL;
    r->indexed_in = NULL;
    r->previous_count = r->previous_capacity = 0;
    if (names.count == 0) return STRATA_OK;
    if (names.count != spaces.count || names.count != kinds.count)
        return scope_fail(sc, DIAGNOSTIC_RESOURCE_NAME, r->root->where,
                          "the annotations with the former names, namespaces and kinds have different lengths");
    r->previous = ARENA_ARRAY(sc->arena, previous_id, names.count);
    if (!r->previous) return scope_no_memory(sc);
    r->previous_count = r->previous_capacity = names.count;
    for (size_t i = 0; i < names.count; i++)
        r->previous[i] = (previous_id){kinds.items[i], names.items[i], spaces.items[i]};
    return STRATA_OK;
}

static bool is_enabled(const text_map *map, text key) {
    const text *value = text_map_get(map, key);
    return value && text_is(*value, "enabled");
}

generation_behavior generation_behavior_of(text name) {
    for (size_t i = BEHAVIOR_CREATE; i <= BEHAVIOR_MERGE; i++)
        if (text_equal(name, behavior_names[i])) return (generation_behavior)i;
    return BEHAVIOR_UNSPECIFIED;
}

static bool is_history_key(text key) {
    static const text *const keys[] = {&previous_kinds_key,    &previous_names_key, &previous_namespaces_key,
                                       &prefixes_key,          &suffixes_key,       &referred_by_key,
                                       &behavior_key,          &needs_hash_key,     &allow_name_change_key,
                                       &allow_kind_change_key, &helm_generated_key};
    if (!text_starts(key, TEXT(DOMAIN))) return false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (text_equal(key, *keys[i])) return true;
    return false;
}

/* Leaves the other annotations as they are. */
static void drop_history(resource *r) {
    node *metadata = NODE_GET(r->root, "metadata");
    node *annotations = NODE_GET(metadata, "annotations");
    if (!node_is_mapping(annotations)) return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < annotations->count; i++)
        if (!is_history_key(node_text(annotations->pairs[i].key))) annotations->pairs[kept++] = annotations->pairs[i];
    bool emptied = kept == 0 && annotations->count > 0;
    annotations->count = kept;
    if (emptied) node_remove(metadata, TEXT("annotations"));
}

strata_status resource_import_history(scope *sc, resource *r) {
    text_map map;
    TRY(resource_annotations(sc, r, &map));
    TRY(take_previous(sc, r, &map));
    if (!take_list(sc->arena, &map, prefixes_key, &r->prefixes) ||
        !take_list(sc->arena, &map, suffixes_key, &r->suffixes) ||
        !take_list(sc->arena, &map, referred_by_key, &r->referred_by))
        return scope_no_memory(sc);
    const text *behavior = text_map_get(&map, behavior_key);
    r->behavior = behavior ? generation_behavior_of(*behavior) : BEHAVIOR_UNSET;
    r->needs_hash = is_enabled(&map, needs_hash_key);
    r->allow_name_change = is_enabled(&map, allow_name_change_key);
    r->allow_kind_change = is_enabled(&map, allow_kind_change_key);
    r->helm_generated = text_map_get(&map, helm_generated_key) != NULL;
    if (!r->history_in_tree) drop_history(r);
    return STRATA_OK;
}

/* --- the end of a build --------------------------------------------------------------------------------------------
 */

static bool dropped_at_end(text key, bool keep_origin, bool keep_transformations) {
    if (!keep_origin && text_equal(key, origin_key)) return true;
    if (!keep_transformations && text_equal(key, transformations_key)) return true;
    for (size_t i = 0; i < sizeof file_keys / sizeof *file_keys; i++)
        if (text_equal(key, file_keys[i])) return true;
    return is_history_key(key);
}

/* Of several pairs with one key the last counts. */
static bool repeated_later(const node *map, uint32_t index) {
    text key = node_text(map->pairs[index].key);
    for (uint32_t i = index + 1; i < map->count; i++)
        if (text_equal(node_text(map->pairs[i].key), key)) return true;
    return false;
}

/* The same for all pairs of a large mapping: (*out)[i] is whether pair i is the last of its key. */
static strata_status find_last_of_each(scope *sc, const node *map, bool **out) {
    table seen = {0};
    *out = ARENA_ARRAY(sc->arena, bool, map->count);
    if (!*out) return scope_no_memory(sc);
    for (uint32_t i = map->count; i-- > 0;) {
        text key = node_text(map->pairs[i].key);
        if (table_find(&seen, key)) continue;
        (*out)[i] = true;
        if (!table_add(&seen, sc->arena, key, NULL)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static void drop_at_end(text_map *map, bool keep_origin, bool keep_transformations) {
    size_t kept = 0;
    for (size_t i = 0; i < map->count; i++)
        if (!dropped_at_end(map->items[i].key, keep_origin, keep_transformations)) map->items[kept++] = map->items[i];
    map->count = kept;
}

/*
 * The reference reads the annotations, drops some and sets them again, three times: what belongs to the build, the
 * origin, the transformations. With several annotations mappings each turn takes the first of them.
 */
static strata_status finish_in_turns(scope *sc, resource *r, bool keep_origin, bool keep_transformations) {
    text_map map;
    TRY(resource_annotations(sc, r, &map));
    drop_at_end(&map, true, true);
    if (map.count || NODE_GET(NODE_GET(r->root, "metadata"), "annotations")->count)
        TRY(resource_set_annotations(sc, r, &map));
    for (int turn = 0; turn < 2; turn++) {
        if (turn == 0 ? keep_origin : keep_transformations) continue;
        TRY(resource_annotations(sc, r, &map));
        drop_at_end(&map, keep_origin, keep_transformations);
        TRY(resource_set_annotations(sc, r, &map));
    }
    node *metadata = NODE_GET(r->root, "metadata");
    const node *left = NODE_GET(metadata, "annotations");
    if (!node_is_mapping(left) || !node_is_null(left)) return STRATA_OK;
    node *null = node_new_scalar(sc->arena, TEXT("null"), TAG_NULL, STYLE_PLAIN);
    return node_set(sc->arena, metadata, TEXT("annotations"), null) ? STRATA_OK : scope_no_memory(sc);
}

static bool has_several(const node *metadata) {
    size_t count = 0;
    for (uint32_t i = 0; node_is_mapping(metadata) && i < metadata->count; i++)
        count += text_is(node_text(metadata->pairs[i].key), "annotations");
    return count > 1;
}

/*
 * The reference reads all annotations as texts and sets them again, so whatever type they had, they are strings then,
 * and a value that is no scalar becomes the empty string. Keys lose their quotes and types.
 */
strata_status resource_finish_annotations(scope *sc, resource *r, bool keep_origin, bool keep_transformations) {
    node *metadata = NODE_GET(r->root, "metadata");
    node *map = NODE_GET(metadata, "annotations");
    bool rewrites = !keep_origin || !keep_transformations;
    if (has_several(metadata) || (node_is_mapping(map) && node_is_null(map)))
        return finish_in_turns(sc, r, keep_origin, keep_transformations);
    if (!node_is_mapping(map) || map->count == 0) {
        text_map items;
        TRY(resource_annotations(sc, r, &items));
        return rewrites ? resource_set_annotations(sc, r, &items) : STRATA_OK;
    }
    uint32_t kept = 0;
    bool *is_last = NULL;
    if (map->count > MANY_ANNOTATIONS) TRY(find_last_of_each(sc, map, &is_last));
    for (uint32_t i = 0; i < map->count; i++) {
        node_pair pair = map->pairs[i];
        if (dropped_at_end(node_text(pair.key), keep_origin, keep_transformations)) continue;
        if (is_last ? !is_last[i] : repeated_later(map, i)) continue;
        text key = node_text(pair.key), value = node_text(pair.value);
        TRY(refuse_empty_key(sc, r, key));
        pair.key = node_new_scalar(sc->arena, key, TAG_UNSET, STYLE_PLAIN);
        pair.value = string_value(sc->arena, value);
        if (!pair.key || !pair.value) return scope_no_memory(sc);
        map->pairs[kept++] = pair;
    }
    map->count = kept;
    if (kept == 0) node_remove(metadata, TEXT("annotations"));
    return STRATA_OK;
}
