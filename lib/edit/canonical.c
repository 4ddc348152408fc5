/* edit/canonical.c: see canonical.h; after the json tags of kustomize's api/types and encoding/json's omitempty. */
#include "edit/canonical.h"

#include "core/sort.h"
#include "yaml/json.h"
#include "yaml/writer.h"

/* --- making nodes ------------------------------------------------------------------------------------------------- */

node *canonical_text(scope *sc, text value) { return node_new_scalar(sc->arena, value, TAG_STR, STYLE_DOUBLE_QUOTED); }

strata_status canonical_add(scope *sc, node *mapping, text key, node *value) {
    node *name = canonical_text(sc, key);
    return name && value && node_add(sc->arena, mapping, name, value) ? STRATA_OK : scope_no_memory(sc);
}

strata_status canonical_add_bool(scope *sc, node *mapping, text key, bool value) {
    if (!value) return STRATA_OK;
    return canonical_add(sc, mapping, key, node_new_scalar(sc->arena, TEXT("true"), TAG_BOOL, STYLE_PLAIN));
}

strata_status canonical_set_text(scope *sc, node *mapping, text key, text value) {
    node *old = node_get(mapping, key);
    if (text_empty(value)) {
        node_remove(mapping, key);
        return STRATA_OK;
    }
    if (!old) return canonical_add(sc, mapping, key, canonical_text(sc, value));
    node_set_text(old, value, TAG_STR);
    return STRATA_OK;
}

static strata_status collection(scope *sc, node *mapping, text key, node *made, node **out) {
    *out = node_get(mapping, key);
    if (*out) return STRATA_OK;
    *out = made;
    return canonical_add(sc, mapping, key, made);
}

strata_status canonical_list(scope *sc, node *mapping, text key, node **out) {
    return collection(sc, mapping, key, node_new_sequence(sc->arena), out);
}

strata_status canonical_mapping(scope *sc, node *mapping, text key, node **out) {
    return collection(sc, mapping, key, node_new_mapping(sc->arena), out);
}

void canonical_drop_empty(node *mapping, text key) {
    const node *value = node_get(mapping, key);
    if (value && value->kind != NODE_SCALAR && value->count == 0) node_remove(mapping, key);
}

strata_status canonical_append_text(scope *sc, node *list, text value) {
    node *item = canonical_text(sc, value);
    return item && node_append(sc->arena, list, item) ? STRATA_OK : scope_no_memory(sc);
}

bool canonical_has_text(const node *list, text value) {
    for (uint32_t i = 0; list && i < list->count; i++)
        if (text_equal(node_text(list->items[i]), value)) return true;
    return false;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* Fields that are written even when they are empty: the name of the struct and the key. */
static const char *const kept_fields[][2] = {
    {"a replica", "count"}, {"a var", "name"}, {"the objref of a var", "name"}};

static bool is_kept(const struct_type *type, const char *key) {
    for (size_t i = 0; i < sizeof kept_fields / sizeof *kept_fields; i++)
        if (strcmp(kept_fields[i][0], type->name) == 0 && strcmp(kept_fields[i][1], key) == 0) return true;
    return false;
}

static strata_status read_struct(scope *sc, const struct_type *type, const node *n, node **out);

static node *new_like(scope *sc, const node *n, bool sequence) {
    node *made = sequence ? node_new_sequence(sc->arena) : node_new_mapping(sc->arena);
    if (made) made->where = n->where;
    return made;
}

static node *empty_text(scope *sc, const node *n) {
    node *made = canonical_text(sc, TEXT_EMPTY);
    if (made) made->where = n->where;
    return made;
}

/* Null is the zero value of an item or of a value in a mapping of texts. */
static strata_status read_items(scope *sc, const field_row *row, const node *n, node **out) {
    *out = new_like(sc, n, true);
    if (!*out) return scope_no_memory(sc);
    for (uint32_t i = 0; i < n->count; i++) {
        node *item = n->items[i];
        if (item->tag == TAG_NULL) item = row->type == FIELD_TEXTS ? empty_text(sc, item) : new_like(sc, item, false);
        if (item && row->type == FIELD_STRUCTS) TRY(read_struct(sc, row->nested, item, &item));
        if (!item || !node_append(sc->arena, *out, item)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status read_text_map(scope *sc, const node *n, node **out) {
    *out = new_like(sc, n, false);
    if (!*out) return scope_no_memory(sc);
    for (uint32_t i = 0; i < n->count; i++) {
        node *value = n->pairs[i].value;
        if (value->tag == TAG_NULL) value = empty_text(sc, value);
        if (!value || !node_add(sc->arena, *out, n->pairs[i].key, value)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

/* A value as the field has it; NULL when the field is not written. */
static strata_status read_value(scope *sc, const struct_type *type, const field_row *row, node *n, node **out) {
    bool empty = false;
    *out = n;
    switch (row->type) {
    case FIELD_TEXT:
    case FIELD_LOCATED: empty = n->count == 0; break;
    case FIELD_LOCATED_NEW: break;
    case FIELD_BOOL: empty = text_is(node_text(n), "false"); break;
    case FIELD_INTEGER: empty = text_is(node_text(n), "0"); break;
    case FIELD_MAPPING: empty = n->count == 0; break;
    case FIELD_TEXTS:
    case FIELD_STRUCTS:
        TRY(read_items(sc, row, n, out));
        empty = (*out)->count == 0;
        break;
    case FIELD_TEXT_MAP:
        TRY(read_text_map(sc, n, out));
        empty = (*out)->count == 0;
        break;
    case FIELD_STRUCT:
    case FIELD_STRUCT_NEW: TRY(read_struct(sc, row->nested, n, out)); break;
    }
    if (empty && !is_kept(type, row->key)) *out = NULL;
    return STRATA_OK;
}

static strata_status put(scope *sc, node *mapping, const field_row *row, node *key, node *value) {
    node *proper = canonical_text(sc, text_from(row->key));
    if (!proper) return scope_no_memory(sc);
    proper->where = key->where;
    if (!text_equal(node_text(key), node_text(proper))) proper->flags |= CANONICAL_RESPELLED;
    return node_add(sc->arena, mapping, proper, value) ? STRATA_OK : scope_no_memory(sc);
}

/* What is written though the file does not have it. */
static strata_status fill_in(scope *sc, const struct_type *type, node *mapping) {
    if (strcmp(type->name, "a var") != 0) return STRATA_OK;
    node *made;
    TRY(canonical_mapping(sc, mapping, TEXT("objref"), &made));
    if (!node_get(made, TEXT("name"))) TRY(canonical_add(sc, made, TEXT("name"), canonical_text(sc, TEXT_EMPTY)));
    TRY(canonical_mapping(sc, mapping, TEXT("fieldref"), &made));
    if (!node_get(mapping, TEXT("name"))) TRY(canonical_add(sc, mapping, TEXT("name"), canonical_text(sc, TEXT_EMPTY)));
    return STRATA_OK;
}

/* Of each field the pair that counts: of several spellings of a key the last one in byte order. */
static strata_status choose_pairs(scope *sc, const struct_type *type, const node *n, const node_pair ***out) {
    *out = ARENA_ARRAY(sc->arena, const node_pair *, type->count);
    if (!*out) return scope_no_memory(sc);
    for (uint32_t i = 0; i < n->count; i++) {
        const node_pair *pair = &n->pairs[i];
        const field_row *row = decode_find_row(type, node_text(pair->key));
        if (!row) continue;
        const node_pair **chosen = &(*out)[row - type->rows];
        if (!*chosen || text_compare(node_text((*chosen)->key), node_text(pair->key)) < 0) *chosen = pair;
    }
    return STRATA_OK;
}

static strata_status read_struct(scope *sc, const struct_type *type, const node *n, node **out) {
    const node_pair **chosen;
    *out = new_like(sc, n, false);
    if (!*out) return scope_no_memory(sc);
    TRY(choose_pairs(sc, type, n, &chosen));
    for (uint32_t i = 0; i < n->count; i++) {
        const node_pair *pair = &n->pairs[i];
        const field_row *row = decode_find_row(type, node_text(pair->key));
        node *value = NULL;
        if (!row || chosen[row - type->rows] != pair || pair->value->tag == TAG_NULL) continue;
        TRY(read_value(sc, type, row, pair->value, &value));
        if (value) TRY(put(sc, *out, row, pair->key, value));
    }
    return fill_in(sc, type, *out);
}

strata_status canonical_of(scope *sc, const node *root, node **out) {
    *out = node_new_mapping(sc->arena);
    kustomization_file *checked = ARENA_NEW(sc->arena, kustomization_file);
    if (!*out || !checked) return scope_no_memory(sc);
    if (!root || root->tag == TAG_NULL) return STRATA_OK;
    node *json;
    TRY(decode_struct(sc, &kustomization_type, root, DECODE_STRICT, checked));
    TRY(json_from_yaml(sc, root, &json));
    return read_struct(sc, &kustomization_type, json, out);
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */

/* Fields mostly stand in one order, from some place on: so each is looked for behind the one before it. */
static bool equal_mappings(const node *a, const node *b) {
    uint32_t next = 0;
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++) {
        text key = node_text(a->pairs[i].key);
        size_t at = next < b->count && text_equal(node_text(b->pairs[next].key), key) ? next : node_find(b, key);
        if (at == SIZE_MAX || !canonical_equal(a->pairs[i].value, b->pairs[at].value)) return false;
        next = (uint32_t)at + 1;
    }
    return true;
}

/* Depth is bounded by the reader. */
bool canonical_equal(const node *a, const node *b) {
    if (a->kind != b->kind) return false;
    if (a->kind == NODE_MAPPING) return equal_mappings(a, b);
    if (a->kind == NODE_SCALAR) return a->tag == b->tag && text_equal(node_text(a), node_text(b));
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!canonical_equal(a->items[i], b->items[i])) return false;
    return true;
}

bool canonical_is_respelled(const node *n) {
    for (uint32_t i = 0; n->kind == NODE_SEQUENCE && i < n->count; i++)
        if (canonical_is_respelled(n->items[i])) return true;
    for (uint32_t i = 0; n->kind == NODE_MAPPING && i < n->count; i++)
        if ((n->pairs[i].key->flags & CANONICAL_RESPELLED) || canonical_is_respelled(n->pairs[i].value)) return true;
    return false;
}

/* --- the order of keys -------------------------------------------------------------------------------------------- */

static int compare_pairs(const void *a, const void *b, void *user) {
    (void)user;
    return yaml_key_compare(node_text(((const node_pair *)a)->key), node_text(((const node_pair *)b)->key));
}

/* Of what lies below the top, whose fields have an order of their own. */
static strata_status sort_new(scope *sc, node *n) {
    if (n->kind == NODE_MAPPING && !n->where && n->count &&
        !sort_stable(sc->from, n->pairs, n->count, sizeof *n->pairs, compare_pairs, NULL))
        return scope_no_memory(sc);
    for (uint32_t i = 0; n->kind != NODE_SCALAR && i < n->count; i++)
        TRY(sort_new(sc, n->kind == NODE_MAPPING ? n->pairs[i].value : n->items[i]));
    return STRATA_OK;
}

strata_status canonical_sort_new(scope *sc, node *tree) {
    for (uint32_t i = 0; i < tree->count; i++)
        TRY(sort_new(sc, tree->pairs[i].value));
    return STRATA_OK;
}

/* --- deprecated fields -------------------------------------------------------------------------------------------- */

/* Renames the pair, which keeps its place and so its text in the file. */
static void rename_pair(node *mapping, size_t at, text name) { node_set_text(mapping->pairs[at].key, name, TAG_STR); }

strata_status canonical_move_list(scope *sc, node *tree, text from, text to) {
    size_t at = node_find(tree, from);
    if (at == SIZE_MAX) return STRATA_OK;
    node *list = node_get(tree, to);
    if (!list) {
        rename_pair(tree, at, to);
        return STRATA_OK;
    }
    const node *old = tree->pairs[at].value;
    for (uint32_t i = 0; i < old->count; i++)
        if (!node_append(sc->arena, list, old->items[i])) return scope_no_memory(sc);
    node_remove_at(tree, at);
    return STRATA_OK;
}

static strata_status move_env(scope *sc, node *entries) {
    for (uint32_t i = 0; entries && i < entries->count; i++) {
        node *entry = entries->items[i];
        size_t at = node_find(entry, TEXT("env"));
        if (at == SIZE_MAX) continue;
        node *value = entry->pairs[at].value, *envs = NODE_GET(entry, "envs");
        if (envs) {
            if (!node_append(sc->arena, envs, value)) return scope_no_memory(sc);
            node_remove_at(entry, at);
            continue;
        }
        envs = node_new_sequence(sc->arena);
        if (!envs || !node_append(sc->arena, envs, value)) return scope_no_memory(sc);
        rename_pair(entry, at, TEXT("envs"));
        entry->pairs[at].value = envs;
    }
    return STRATA_OK;
}

/* makeHelmChartFromHca: what concerns one chart. */
static strata_status convert_chart(scope *sc, const node *old, node **out) {
    static const char *const fields[][2] = {
        {"chartName", "name"},          {"chartVersion", "version"},     {"chartRepoUrl", "repo"},
        {"values", "valuesFile"},       {"valuesLocal", "valuesInline"}, {"valuesMerge", "valuesMerge"},
        {"releaseName", "releaseName"},
    };
    *out = node_new_mapping(sc->arena);
    if (!*out) return scope_no_memory(sc);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        node *value = node_get(old, text_from(fields[i][0]));
        if (value) TRY(canonical_add(sc, *out, text_from(fields[i][1]), value));
    }
    return STRATA_OK;
}

static strata_status set_globals(scope *sc, node *tree, const node *charts) {
    text homes[2] = {TEXT_EMPTY, TEXT_EMPTY};
    static const char *const fields[2][2] = {{"chartHome", "chartHome"}, {"helmHome", "configHome"}};
    for (uint32_t i = 0; i < charts->count; i++)
        for (size_t k = 0; k < 2; k++) {
            text home = node_text(node_get(charts->items[i], text_from(fields[k][0])));
            if (!text_empty(home)) homes[k] = home;
        }
    if (NODE_GET(tree, "helmGlobals") || (text_empty(homes[0]) && text_empty(homes[1]))) return STRATA_OK;
    node *globals;
    TRY(canonical_mapping(sc, tree, TEXT("helmGlobals"), &globals));
    for (size_t k = 0; k < 2; k++)
        TRY(canonical_set_text(sc, globals, text_from(fields[k][1]), homes[k]));
    return STRATA_OK;
}

static strata_status move_charts(scope *sc, node *tree) {
    const node *old = NODE_GET(tree, "helmChartInflationGenerator");
    if (!old) return STRATA_OK;
    node *charts;
    TRY(set_globals(sc, tree, old));
    TRY(canonical_list(sc, tree, TEXT("helmCharts"), &charts));
    for (uint32_t i = 0; i < old->count; i++) {
        node *chart;
        TRY(convert_chart(sc, old->items[i], &chart));
        if (!node_append(sc->arena, charts, chart)) return scope_no_memory(sc);
    }
    node_remove(tree, TEXT("helmChartInflationGenerator"));
    return STRATA_OK;
}

strata_status canonical_migrate(scope *sc, node *tree) {
    bool component = text_is(node_text(NODE_GET(tree, "kind")), "Component");
    if (!NODE_GET(tree, "apiVersion"))
        TRY(canonical_set_text(sc, tree, TEXT("apiVersion"),
                               component ? TEXT("kustomize.config.k8s.io/v1alpha1")
                                         : TEXT("kustomize.config.k8s.io/v1beta1")));
    if (!NODE_GET(tree, "kind")) TRY(canonical_set_text(sc, tree, TEXT("kind"), TEXT("Kustomization")));
    TRY(canonical_move_list(sc, tree, TEXT("bases"), TEXT("resources")));
    TRY(canonical_move_list(sc, tree, TEXT("imageTags"), TEXT("images")));
    TRY(move_env(sc, NODE_GET(tree, "configMapGenerator")));
    TRY(move_env(sc, NODE_GET(tree, "secretGenerator")));
    return move_charts(sc, tree);
}
