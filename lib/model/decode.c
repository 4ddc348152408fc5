/* model/decode.c: see decode.h. */
#include "model/decode.h"

#include "core/suggest.h"
#include "model/kustomization.h"
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
    case TAG_INT:
    case TAG_FLOAT: return "a number";
    case TAG_BOOL: return "a boolean";
    default: return "a text";
    }
}

static strata_status wrong_type(scope *sc, const char *what, const char *wanted, const node *n) {
    const char *quotes = n->kind == NODE_SCALAR && (n->tag == TAG_BOOL || n->tag == TAG_INT || n->tag == TAG_FLOAT) &&
                                 strcmp(wanted, "a text") == 0
                             ? "put it in quotes to make it a text"
                             : "";
    return scope_fail_hint(sc, DIAGNOSTIC_FIELD_TYPE, n->where, text_from(quotes), "%s must be %s, not %s", what,
                           wanted, kind_of(n));
}

static strata_status unknown_field(scope *sc, const struct_type *type, const node *key) {
    text name = node_text(key), nearest = TEXT_EMPTY;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < type->count; i++) {
        text known = text_from(type->rows[i].key);
        size_t distance = text_distance(name, known);
        if (distance >= best || !suggest_is_near(name, known)) continue;
        nearest = known;
        best = distance;
    }
    text hint = text_empty(nearest) ? TEXT_EMPTY : text_format(sc->arena, "did you mean %.*s?", TEXT_ARG(nearest));
    return scope_fail_hint(sc, DIAGNOSTIC_UNKNOWN_FIELD, key->where, hint, "unknown field \"%.*s\" in %s",
                           TEXT_ARG(name), type->name);
}

/* --- scalars ----------------------------------------------------------------------------------------------------- */

/* What counts as a string once it is JSON: everything but null, booleans and numbers; dates stay texts. */
static bool is_text(const node *n) {
    return n->kind == NODE_SCALAR && (n->tag == TAG_STR || n->tag == TAG_TIMESTAMP || n->tag == TAG_BINARY ||
                                      n->tag == TAG_CUSTOM || n->tag == TAG_MERGE || n->tag == TAG_UNSET);
}

static bool is_true(text t) {
    static const char *const words[] = {"y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_is(t, words[i])) return true;
    return false;
}

/* A number as Go's strconv formats its value: 0x10 is 16, and 1.50 is 1.5. */
static strata_status number_as_text(scope *sc, const node *n, text *out) {
    scalar_value value = resolve_v2(node_text(n));
    char digits[32];
    switch (value.type) {
    case SCALAR_INT: *out = text_format(sc->arena, "%" PRId64, value.integer); break;
    case SCALAR_UINT: *out = text_format(sc->arena, "%" PRIu64, value.unsigned_integer); break;
    case SCALAR_FLOAT: *out = text_copy(sc->arena, text_of(digits, format_float_go(value.real, digits))); break;
    default: *out = node_text(n);
    }
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

static strata_status decode_text(scope *sc, const char *what, const node *n, decode_mode mode, text *out) {
    if (is_text(n)) {
        *out = node_text(n);
        return STRATA_OK;
    }
    if (mode != DECODE_LENIENT || n->kind != NODE_SCALAR) return wrong_type(sc, what, "a text", n);
    if (n->tag == TAG_INT || n->tag == TAG_FLOAT) return number_as_text(sc, n, out);
    *out = node_text(n);
    if (n->tag == TAG_BOOL) *out = is_true(*out) ? TEXT("true") : TEXT("false");
    return STRATA_OK;
}

static strata_status decode_bool(scope *sc, const char *what, const node *n, bool *out) {
    if (n->kind != NODE_SCALAR || n->tag != TAG_BOOL) return wrong_type(sc, what, "true or false", n);
    *out = is_true(node_text(n));
    return STRATA_OK;
}

static strata_status decode_integer(scope *sc, const char *what, const node *n, int64_t *out) {
    if (n->kind != NODE_SCALAR || (n->tag != TAG_INT && n->tag != TAG_FLOAT))
        return wrong_type(sc, what, "a whole number", n);
    scalar_value value = resolve_v2(node_text(n));
    if (value.type == SCALAR_INT) {
        *out = value.integer;
        return STRATA_OK;
    }
    /* A float without a fraction is a whole number in JSON. */
    bool whole = value.type == SCALAR_FLOAT && value.real >= -9e15 && value.real <= 9e15 &&
                 (double)(int64_t)value.real == value.real;
    if (!whole) return wrong_type(sc, what, "a whole number", n);
    *out = (int64_t)value.real;
    return STRATA_OK;
}

/* --- collections ------------------------------------------------------------------------------------------------- */

static strata_status decode_texts(scope *sc, const char *what, const node *n, decode_mode mode, located_list *out) {
    if (n->kind != NODE_SEQUENCE) return wrong_type(sc, what, "a list of texts", n);
    *out = (located_list){ARENA_ARRAY(sc->arena, located, n->count ? n->count : 1), n->count};
    if (!out->items) return scope_no_memory(sc);
    for (uint32_t i = 0; i < n->count; i++) {
        out->items[i].where = n->items[i]->where;
        out->items[i].value = TEXT_EMPTY;
        if (n->items[i]->tag != TAG_NULL) TRY(decode_text(sc, what, n->items[i], mode, &out->items[i].value));
    }
    return STRATA_OK;
}

strata_status decode_text_map(scope *sc, const char *what, const node *n, decode_mode mode, text_map *out) {
    if (n->kind != NODE_MAPPING) return wrong_type(sc, what, "a mapping of texts", n);
    for (uint32_t i = 0; i < n->count; i++) {
        text value = TEXT_EMPTY;
        if (n->pairs[i].value->tag != TAG_NULL) TRY(decode_text(sc, what, n->pairs[i].value, mode, &value));
        if (!text_map_set(sc->arena, out, node_text(n->pairs[i].key), value)) return scope_no_memory(sc);
    }
    text_map_sort(out);
    return STRATA_OK;
}

strata_status decode_structs(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out) {
    if (n->kind != NODE_SEQUENCE) return wrong_type(sc, type->name, "one of a list", n);
    raw_list list = {arena_array(sc->arena, n->count ? n->count : 1, type->size), n->count};
    if (!list.items) return scope_no_memory(sc);
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->items[i]->tag == TAG_NULL) continue;
        TRY(decode_struct(sc, type, n->items[i], mode, (char *)list.items + i * type->size));
    }
    memcpy(out, &list, sizeof list);
    return STRATA_OK;
}

/* --- fields ------------------------------------------------------------------------------------------------------ */

static strata_status decode_new_struct(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out) {
    void *made = arena_zalloc(sc->arena, type->size);
    if (!made) return scope_no_memory(sc);
    TRY(decode_struct(sc, type, n, mode, made));
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
    case FIELD_LOCATED: ((located *)member)->where = n->where; return decode_text(sc, row->key, n, mode, member);
    case FIELD_LOCATED_NEW: return decode_new_located(sc, row->key, n, mode, member);
    case FIELD_BOOL: return decode_bool(sc, row->key, n, member);
    case FIELD_INTEGER: return decode_integer(sc, row->key, n, member);
    case FIELD_TEXTS: return decode_texts(sc, row->key, n, mode, member);
    case FIELD_TEXT_MAP: return decode_text_map(sc, row->key, n, mode, member);
    case FIELD_STRUCT: return decode_struct(sc, row->nested, n, mode, member);
    case FIELD_STRUCT_NEW: return decode_new_struct(sc, row->nested, n, mode, member);
    case FIELD_STRUCTS:
        if (n->kind != NODE_SEQUENCE) return wrong_type(sc, row->key, "a list", n);
        return decode_structs(sc, row->nested, n, mode, member);
    case FIELD_MAPPING:
        if (n->kind != NODE_MAPPING) return wrong_type(sc, row->key, "a mapping", n);
        memcpy(member, &n, sizeof n);
        return STRATA_OK;
    case FIELD_IGNORED: break;
    }
    return STRATA_OK;
}

static const field_row *find_row(const struct_type *type, text key) {
    for (size_t i = 0; i < type->count; i++)
        if (text_equal(text_from(type->rows[i].key), key)) return &type->rows[i];
    for (size_t i = 0; i < type->count; i++)
        if (text_equal_ignoring_case(text_from(type->rows[i].key), key)) return &type->rows[i];
    return NULL;
}

enum { MOST_FIELDS = 64 };

/* For each row the number of the pair that counts, plus 1: the byte-larger spelling of a key, then the later one. */
static strata_status find_winners(scope *sc, const struct_type *type, const node *n, decode_mode mode,
                                  uint32_t winners[MOST_FIELDS]) {
    for (uint32_t i = 0; i < n->count; i++) {
        const field_row *row = find_row(type, node_text(n->pairs[i].key));
        if (!row && mode == DECODE_STRICT) return unknown_field(sc, type, n->pairs[i].key);
        if (!row) continue;
        uint32_t *winner = &winners[row - type->rows];
        if (*winner && text_compare(node_text(n->pairs[*winner - 1].key), node_text(n->pairs[i].key)) > 0) continue;
        *winner = i + 1;
    }
    return STRATA_OK;
}

static strata_status decode_pair(scope *sc, const field_row *row, const node *value, decode_mode mode, char *out) {
    if (value->tag == TAG_NULL) return STRATA_OK;
    if (row->given) {
        bool given = true;
        memcpy(out + row->given, &given, sizeof given);
    }
    if (row->place) memcpy(out + row->place, &value->where, sizeof(origin));
    if (row->promoted && mode == DECODE_LENIENT) mode = DECODE_PROMOTED;
    return decode_field(sc, row, value, mode, out + row->offset);
}

strata_status decode_struct(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out) {
    uint32_t winners[MOST_FIELDS] = {0};
    if (n->kind != NODE_MAPPING) return wrong_type(sc, type->name, "a mapping", n);
    if (type->has_place) memcpy(out, &n->where, sizeof(origin));
    TRY(find_winners(sc, type, n, mode, winners));
    for (uint32_t i = 0; i < n->count; i++) {
        const field_row *row = find_row(type, node_text(n->pairs[i].key));
        if (row && winners[row - type->rows] == i + 1) TRY(decode_pair(sc, row, n->pairs[i].value, mode, out));
    }
    return STRATA_OK;
}

strata_status decode_refuse_unknown(scope *sc, const struct_type *type, const node *n) {
    for (uint32_t i = 0; node_is_mapping(n) && i < n->count; i++) {
        const field_row *row = find_row(type, node_text(n->pairs[i].key));
        const node *value = n->pairs[i].value;
        if (!row) return unknown_field(sc, type, n->pairs[i].key);
        if (row->type == FIELD_STRUCT || row->type == FIELD_STRUCT_NEW)
            TRY(decode_refuse_unknown(sc, row->nested, value));
        for (uint32_t k = 0; row->type == FIELD_STRUCTS && node_is_sequence(value) && k < value->count; k++)
            TRY(decode_refuse_unknown(sc, row->nested, value->items[k]));
    }
    return STRATA_OK;
}
