/* model/decode.c: see decode.h. */
#include "model/decode.h"

#include "core/sort.h"
#include "model/decode_hint.h"
#include "model/kustomization.h"
#include "yaml/json.h"
#include "yaml/number.h"
#include "yaml/resolve.h"

#include <inttypes.h>

/* All lists of structs have this layout. */
typedef struct raw_list {
    void *items;
    size_t count;
} raw_list;

/* --- messages ---------------------------------------------------------------------------------------------------- */

static const char *kind_of(const node *n) {
    if (n->kind == NODE_MAPPING) return "a mapping";
    if (n->kind == NODE_SEQUENCE) return "a list";
    switch (n->tag) {
    case TAG_INT: return "a number";
    case TAG_FLOAT: return "a number with a fraction";
    case TAG_BOOL: return "a boolean";
    default: return "a text";
    }
}

static const char *const wanted_names[] = {
    [WANTED_TEXT] = "a text",      [WANTED_BOOL] = "true or false",    [WANTED_INTEGER] = "a whole number of 64 bits",
    [WANTED_LIST] = "a list",      [WANTED_TEXTS] = "a list of texts", [WANTED_TEXT_MAP] = "a mapping of texts",
    [WANTED_MAPPING] = "a mapping"};

static strata_status wrong_type(scope *sc, const char *what, wanted_value wanted, const node *n) {
    return scope_fail_hint(sc, DIAGNOSTIC_FIELD_TYPE, n->where, decode_hint_value(wanted, n), "%s must be %s, not %s",
                           what, wanted_names[wanted], kind_of(n));
}

static strata_status wrong_item(scope *sc, const char *what, const node *n) {
    return scope_fail_hint(sc, DIAGNOSTIC_FIELD_TYPE, n->where, decode_hint_item(text_from(what), n),
                           "an entry of %s must be a text, not %s", what, kind_of(n));
}

static strata_status wrong_struct(scope *sc, const struct_type *type, const node *n) {
    return scope_fail_hint(sc, DIAGNOSTIC_FIELD_TYPE, n->where, decode_hint_struct(sc, type, n),
                           "%s must be a mapping, not %s", type->name, kind_of(n));
}

static strata_status unknown_field(scope *sc, const struct_type *type, const node *key) {
    text name = node_text(key);
    return scope_fail_hint(sc, DIAGNOSTIC_UNKNOWN_FIELD, key->where, decode_hint_field(sc, type, name),
                           "unknown field \"%.*s\" in %s", TEXT_ARG(name), type->name);
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

/* The length of the character at the start of `t`, and in *out what Go's encoding/json folds it to. */
static size_t fold(text t, char *out) {
    if (text_starts(t, TEXT("\u212a"))) { /* the Kelvin sign */
        *out = 'K';
        return 3;
    }
    if (text_starts(t, TEXT("\u017f"))) { /* the long s */
        *out = 'S';
        return 2;
    }
    *out = t.data[0] >= 'a' && t.data[0] <= 'z' ? (char)(t.data[0] - 'a' + 'A') : t.data[0];
    return 1;
}

/* Whether a key is a field's name, which is ASCII, in any case. */
static bool is_name(text key, text name) {
    size_t matched = 0;
    for (; matched < name.size && !text_empty(key); matched++) {
        char in_key, in_name;
        key = text_after(key, fold(key, &in_key));
        fold(text_after(name, matched), &in_name);
        if (in_key != in_name) return false;
    }
    return matched == name.size && text_empty(key);
}

static const field_row *find_row(const struct_type *type, text key, decode_mode mode) {
    for (size_t i = 0; i < type->count; i++)
        if (text_equal(text_from(type->rows[i].key), key)) return &type->rows[i];
    for (size_t i = 0; mode != DECODE_EXACT && i < type->count; i++)
        if (is_name(key, text_from(type->rows[i].key))) return &type->rows[i];
    return NULL;
}

const field_row *decode_find_row(const struct_type *type, text key) { return find_row(type, key, DECODE_STRICT); }

static int compare_keys(const void *a, const void *b, void *user) {
    (void)user;
    return text_compare(node_text(((const node_pair *)a)->key), node_text(((const node_pair *)b)->key));
}

/* The pairs in the order in which they stand in JSON. */
static strata_status sorted_pairs(scope *sc, const node *mapping, node_pair **out) {
    size_t size = mapping->count * sizeof **out;
    *out = arena_alloc(sc->arena, size);
    if (!*out) return scope_no_memory(sc);
    if (size) memcpy(*out, mapping->pairs, size);
    return sort_stable(sc->from, *out, mapping->count, sizeof **out, compare_keys, NULL) ? STRATA_OK
                                                                                         : scope_no_memory(sc);
}

/* --- scalars ----------------------------------------------------------------------------------------------------- */

/*
 * A number as sigs.k8s.io/yaml writes it where a text is wanted, floats in single precision; go-yaml takes its text. A
 * float that JSON writes as a whole number is one.
 */
static strata_status number_as_text(scope *sc, const node *n, decode_mode mode, text *out) {
    scalar_value value = resolve_v2(node_text(n));
    char digits[40];
    if (value.type == SCALAR_FLOAT) {
        scalar_value whole = resolve_v2(text_of(digits, format_float_json(value.real, digits)));
        if (whole.type != SCALAR_FLOAT) value = whole;
    }
    if (value.type == SCALAR_INT)
        *out = text_format(sc->arena, "%" PRId64, value.integer);
    else if (value.type == SCALAR_UINT)
        *out = text_format(sc->arena, "%" PRIu64, value.unsigned_integer);
    else if (mode == DECODE_EXACT)
        *out = text_copy(sc->arena, text_of(digits, format_float_go(value.real, digits)));
    else
        *out = text_copy(sc->arena, text_of(digits, format_float_single(value.real, digits)));
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

/* Whether a value may stand where a text is wanted. */
static bool takes_text(const node *n, decode_mode mode) {
    bool takes_all = mode == DECODE_LENIENT || mode == DECODE_EXACT;
    return n->kind == NODE_SCALAR && (takes_all || n->tag == TAG_STR);
}

static strata_status decode_text(scope *sc, const char *what, const node *n, decode_mode mode, text *out) {
    if (!takes_text(n, mode)) return wrong_type(sc, what, WANTED_TEXT, n);
    if (n->tag == TAG_INT || n->tag == TAG_FLOAT) return number_as_text(sc, n, mode, out);
    *out = node_text(n);
    return STRATA_OK;
}

/* Where go-yaml v3 knows that a boolean is wanted, it takes the texts that YAML 1.1 has for them beside true and false.
 */
static strata_status decode_bool(scope *sc, const char *what, const node *n, decode_mode mode, bool *out) {
    scalar_value value = resolve_v2(node_text(n));
    bool is_word = value.type == SCALAR_BOOL && !text_equal_ignoring_case(node_text(n), TEXT("true")) &&
                   !text_equal_ignoring_case(node_text(n), TEXT("false"));
    bool is_bool = n->tag == TAG_BOOL || (mode == DECODE_EXACT && is_word);
    if (n->kind != NODE_SCALAR || !is_bool) return wrong_type(sc, what, WANTED_BOOL, n);
    *out = value.boolean;
    return STRATA_OK;
}

/* Floats without a fraction are whole numbers in JSON, up to 1e21. */
static strata_status decode_integer(scope *sc, const char *what, const node *n, int64_t *out) {
    scalar_value value = resolve_v2(node_text(n));
    if (n->kind != NODE_SCALAR || (n->tag != TAG_INT && n->tag != TAG_FLOAT) || value.type != SCALAR_INT)
        return wrong_type(sc, what, WANTED_INTEGER, n);
    *out = value.integer;
    return STRATA_OK;
}

/* --- collections ------------------------------------------------------------------------------------------------- */

/* Gives a list another length: the items that it keeps stay, new ones are zero. */
static strata_status resize(scope *sc, void *list, size_t count, size_t size) {
    raw_list old, made = {arena_array(sc->arena, count ? count : 1, size), count};
    if (!made.items) return scope_no_memory(sc);
    memcpy(&old, list, sizeof old);
    size_t kept = old.count < count ? old.count : count;
    if (kept) memcpy(made.items, old.items, kept * size);
    memcpy(list, &made, sizeof made);
    return STRATA_OK;
}

static strata_status decode_texts(scope *sc, const char *what, const node *n, decode_mode mode, located_list *out) {
    if (n->kind != NODE_SEQUENCE) return wrong_type(sc, what, WANTED_TEXTS, n);
    TRY(resize(sc, out, n->count, sizeof *out->items));
    for (uint32_t i = 0; i < n->count; i++) {
        out->items[i].where = n->items[i]->where;
        if (!out->items[i].value.data) out->items[i].value = TEXT_EMPTY;
        if (n->items[i]->tag == TAG_NULL) continue;
        if (!takes_text(n->items[i], mode)) return wrong_item(sc, what, n->items[i]);
        TRY(decode_text(sc, what, n->items[i], mode, &out->items[i].value));
    }
    return STRATA_OK;
}

static strata_status decode_map(scope *sc, const char *what, const node *n, decode_mode mode, text_map *out) {
    if (n->kind != NODE_MAPPING) return wrong_type(sc, what, WANTED_TEXT_MAP, n);
    text_map more = {ARENA_ARRAY(sc->arena, text_pair, (size_t)n->count + 1), n->count, (size_t)n->count + 1};
    if (!more.items) return scope_no_memory(sc);
    for (uint32_t i = 0; i < n->count; i++) {
        more.items[i] = (text_pair){node_text(n->pairs[i].key), TEXT_EMPTY};
        if (n->pairs[i].value->tag == TAG_NULL) continue;
        if (!takes_text(n->pairs[i].value, mode)) return wrong_item(sc, what, n->pairs[i].value);
        TRY(decode_text(sc, what, n->pairs[i].value, mode, &more.items[i].value));
    }
    return text_map_join(sc->arena, out, &more, out) ? STRATA_OK : scope_no_memory(sc);
}

/* The mapping over the one that is there: values of equal keys are replaced. */
static strata_status decode_mapping(scope *sc, const char *what, const node *n, const node **out) {
    if (n->kind != NODE_MAPPING) return wrong_type(sc, what, WANTED_MAPPING, n);
    if (!*out) {
        *out = n;
        return STRATA_OK;
    }
    node *joined = node_new_mapping(sc->arena);
    if (!joined) return scope_no_memory(sc);
    joined->where = n->where;
    for (uint32_t i = 0; i < (*out)->count; i++)
        if (!node_add(sc->arena, joined, (*out)->pairs[i].key, (*out)->pairs[i].value)) return scope_no_memory(sc);
    for (uint32_t i = 0; i < n->count; i++)
        if (!node_add(sc->arena, joined, n->pairs[i].key, n->pairs[i].value)) return scope_no_memory(sc);
    *out = joined;
    return json_drop_repeated_keys(sc, joined);
}

/* --- structs ------------------------------------------------------------------------------------------------------ */

static strata_status decode_fields(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out,
                                   field_seen *seen);

static strata_status decode_items(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out) {
    if (n->kind != NODE_SEQUENCE) return wrong_type(sc, type->name, WANTED_LIST, n);
    TRY(resize(sc, out, n->count, type->size));
    raw_list list;
    memcpy(&list, out, sizeof list);
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->items[i]->tag == TAG_NULL) continue;
        TRY(decode_fields(sc, type, n->items[i], mode, (char *)list.items + i * type->size, NULL));
    }
    return STRATA_OK;
}

static strata_status refuse_null_items(scope *sc, const field_row *row, const node *n) {
    for (uint32_t i = 0; row->no_null_items && i < n->count; i++)
        if (n->items[i]->tag == TAG_NULL)
            return scope_fail(sc, DIAGNOSTIC_FIELD_TYPE, n->items[i]->where, "an item of %s is empty", row->key);
    return STRATA_OK;
}

static strata_status decode_new_struct(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out) {
    void *made;
    memcpy(&made, out, sizeof made);
    if (!made && !(made = arena_zalloc(sc->arena, type->size))) return scope_no_memory(sc);
    TRY(decode_fields(sc, type, n, mode, made, NULL));
    memcpy(out, &made, sizeof made);
    return STRATA_OK;
}

static strata_status decode_new_located(scope *sc, const char *what, const node *n, decode_mode mode, void *out) {
    located *made = ARENA_NEW(sc->arena, located);
    if (!made) return scope_no_memory(sc);
    made->where = n->where;
    TRY(decode_text(sc, what, n, mode, &made->value));
    memcpy(out, &made, sizeof made);
    return STRATA_OK;
}

static strata_status decode_field(scope *sc, const field_row *row, const node *n, decode_mode mode, void *member) {
    switch (row->type) {
    case FIELD_TEXT: return decode_text(sc, row->key, n, mode, member);
    case FIELD_LOCATED:
        ((located *)member)->where = n->where;
        return decode_text(sc, row->key, n, mode, &((located *)member)->value);
    case FIELD_LOCATED_NEW: return decode_new_located(sc, row->key, n, mode, member);
    case FIELD_BOOL: return decode_bool(sc, row->key, n, mode, member);
    case FIELD_INTEGER: return decode_integer(sc, row->key, n, member);
    case FIELD_TEXTS: return decode_texts(sc, row->key, n, mode, member);
    case FIELD_TEXT_MAP: return decode_map(sc, row->key, n, mode, member);
    case FIELD_MAPPING: return decode_mapping(sc, row->key, n, member);
    case FIELD_STRUCT: return decode_fields(sc, row->nested, n, mode, member, NULL);
    case FIELD_STRUCT_NEW: return decode_new_struct(sc, row->nested, n, mode, member);
    case FIELD_STRUCTS: break;
    }
    if (n->kind != NODE_SEQUENCE) return wrong_type(sc, row->key, WANTED_LIST, n);
    TRY(refuse_null_items(sc, row, n));
    return decode_items(sc, row->nested, n, mode, member);
}

/* What null does to a field: lists, mappings and pointers are gone, other fields stay as they are. */
static void clear_field(const field_row *row, void *member) {
    static const raw_list no_list;
    static const text_map no_map;
    static const void *const no_pointer;
    switch (row->type) {
    case FIELD_TEXTS:
    case FIELD_STRUCTS: memcpy(member, &no_list, sizeof no_list); break;
    case FIELD_TEXT_MAP: memcpy(member, &no_map, sizeof no_map); break;
    case FIELD_LOCATED_NEW:
    case FIELD_MAPPING:
    case FIELD_STRUCT_NEW: memcpy(member, &no_pointer, sizeof no_pointer); break;
    default: break;
    }
}

static strata_status decode_pair(scope *sc, const field_row *row, const node *value, decode_mode mode, char *out) {
    bool given = value->tag != TAG_NULL;
    if (row->given) memcpy(out + row->given, &given, sizeof given);
    if (!given) {
        clear_field(row, out + row->offset);
        return STRATA_OK;
    }
    if (row->place) memcpy(out + row->place, &value->where, sizeof(origin));
    if (row->promoted && mode == DECODE_LENIENT) mode = DECODE_PROMOTED;
    return decode_field(sc, row, value, mode, out + row->offset);
}

static strata_status refuse_unknown_keys(scope *sc, const struct_type *type, const node *n) {
    for (uint32_t i = 0; i < n->count; i++)
        if (!find_row(type, node_text(n->pairs[i].key), DECODE_STRICT)) return unknown_field(sc, type, n->pairs[i].key);
    return STRATA_OK;
}

static strata_status decode_fields(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out,
                                   field_seen *seen) {
    node_pair *pairs;
    if (n->kind != NODE_MAPPING) return wrong_struct(sc, type, n);
    if (type->has_place) memcpy(out, &n->where, sizeof(origin));
    if (mode == DECODE_STRICT) TRY(refuse_unknown_keys(sc, type, n));
    TRY(sorted_pairs(sc, n, &pairs));
    for (uint32_t i = 0; i < n->count; i++) {
        const field_row *row = find_row(type, node_text(pairs[i].key), mode);
        if (!row) continue;
        TRY(decode_pair(sc, row, pairs[i].value, mode, out));
        if (seen) seen[row - type->rows] = (field_seen){pairs[i].key, pairs[i].value->tag != TAG_NULL};
    }
    return STRATA_OK;
}

/* --- from outside: YAML becomes JSON first ------------------------------------------------------------------------ */

strata_status decode_struct_seen(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out,
                                 field_seen *seen) {
    node *json;
    TRY(json_from_yaml(sc, n, &json));
    return decode_fields(sc, type, json, mode, out, seen);
}

strata_status decode_struct(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out) {
    return decode_struct_seen(sc, type, n, mode, out, NULL);
}

strata_status decode_structs(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out) {
    node *json;
    TRY(json_from_yaml(sc, n, &json));
    return decode_items(sc, type, json, mode, out);
}

static strata_status make_text(scope *sc, node *n) {
    text t;
    if (n->kind != NODE_SCALAR || (n->tag != TAG_INT && n->tag != TAG_FLOAT && n->tag != TAG_BOOL)) return STRATA_OK;
    TRY(decode_text(sc, "", n, DECODE_LENIENT, &t));
    node_set_text(n, t, TAG_STR);
    n->style = STYLE_DOUBLE_QUOTED;
    return STRATA_OK;
}

strata_status decode_make_texts(scope *sc, const struct_type *type, node *mapping) {
    for (uint32_t i = 0; i < mapping->count; i++) {
        const field_row *row = find_row(type, node_text(mapping->pairs[i].key), DECODE_LENIENT);
        node *value = mapping->pairs[i].value;
        if (row && (row->type == FIELD_TEXT || row->type == FIELD_LOCATED)) TRY(make_text(sc, value));
        for (uint32_t k = 0; row && row->type == FIELD_TEXTS && node_is_sequence(value) && k < value->count; k++)
            TRY(make_text(sc, value->items[k]));
    }
    return STRATA_OK;
}

strata_status decode_refuse_unknown(scope *sc, const struct_type *type, const node *n) {
    for (uint32_t i = 0; node_is_mapping(n) && i < n->count; i++) {
        const field_row *row = find_row(type, node_text(n->pairs[i].key), DECODE_STRICT);
        const node *value = n->pairs[i].value;
        if (!row) return unknown_field(sc, type, n->pairs[i].key);
        if (row->type == FIELD_STRUCT || row->type == FIELD_STRUCT_NEW)
            TRY(decode_refuse_unknown(sc, row->nested, value));
        for (uint32_t k = 0; row->type == FIELD_STRUCTS && node_is_sequence(value) && k < value->count; k++)
            TRY(decode_refuse_unknown(sc, row->nested, value->items[k]));
    }
    return STRATA_OK;
}
