/* model/decode_hint.c: see decode_hint.h. */
#include "model/decode_hint.h"

#include "core/suggest.h"
#include "yaml/resolve.h"

enum { SHORTEST_WORD = 3, MOST_FIELDS = 10, MOST_OWNERS = 2 };

static text or_empty(text t) { return t.data ? t : TEXT_EMPTY; }

/* --- unknown fields ---------------------------------------------------------------------------------------------- */

static text did_you_mean(scope *sc, const field_row *row) {
    if (!row->successor) return or_empty(text_format(sc->arena, "did you mean %s?", row->key));
    return or_empty(
        text_format(sc->arena, "did you mean %s? It is deprecated; %s is its successor", row->key, row->successor));
}

static const field_row *nearest(const struct_type *type, text name) {
    const field_row *best = NULL;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < type->count; i++) {
        text known = text_from(type->rows[i].key);
        size_t distance = text_distance(name, known);
        if (distance >= best_distance || !suggest_is_near(name, known)) continue;
        best = &type->rows[i];
        best_distance = distance;
    }
    return best;
}

/* "prefix" for namePrefix, "annotations" for commonAnnotations; NULL when several fields may be meant. */
static const field_row *longer_name(scope *sc, const struct_type *type, text name) {
    const field_row *found = NULL, *at_end = NULL;
    size_t found_count = 0, end_count = 0;
    text word = text_to_lower(sc->arena, name);
    if (!word.data) return NULL;
    if (text_ends(word, TEXT("s"))) word.size--;
    if (word.size < SHORTEST_WORD) return NULL;
    for (size_t i = 0; i < type->count; i++) {
        text known = text_to_lower(sc->arena, text_from(type->rows[i].key));
        if (!known.data || type->rows[i].successor || !text_contains(known, word)) continue;
        found = &type->rows[i];
        found_count++;
        if (text_ends(known, TEXT("s"))) known.size--;
        if (!text_ends(known, word)) continue;
        at_end = found;
        end_count++;
    }
    if (end_count == 1) return at_end;
    return found_count == 1 ? found : NULL;
}

static bool has_field(const struct_type *type, text name) {
    for (size_t i = 0; type && i < type->count; i++)
        if (text_equal_ignoring_case(text_from(type->rows[i].key), name)) return true;
    return false;
}

/* The fields of `type` whose mappings have such a field; "newTag" stands in an entry of images. */
static text owner(scope *sc, const struct_type *type, text name) {
    const field_row *owners[MOST_OWNERS];
    size_t count = 0;
    for (size_t i = 0; i < type->count; i++) {
        const field_row *row = &type->rows[i];
        if (row->successor || !has_field(row->nested, name)) continue;
        if (count == MOST_OWNERS) return TEXT_EMPTY;
        owners[count++] = row;
    }
    if (count == 0) return TEXT_EMPTY;
    const char *entry = owners[0]->type == FIELD_STRUCTS ? "an entry of " : "";
    text more = count > 1 ? text_format(sc->arena, " or %s", owners[1]->key) : TEXT_EMPTY;
    return or_empty(text_format(sc->arena, "%.*s belongs into %s%s%.*s: check the indentation", TEXT_ARG(name), entry,
                                owners[0]->key, TEXT_ARG(more)));
}

static text all_fields(scope *sc, const struct_type *type) {
    text list = TEXT_EMPTY;
    if (type->count > MOST_FIELDS) return TEXT_EMPTY;
    for (size_t i = 0; i < type->count && list.data; i++) {
        text before = i == 0 ? TEXT("it takes ") : i + 1 < type->count ? TEXT(", ") : TEXT(" and ");
        list = TEXT_CONCAT(sc->arena, list, before, text_from(type->rows[i].key));
    }
    return or_empty(list);
}

text decode_hint_field(scope *sc, const struct_type *type, text name) {
    const field_row *row = nearest(type, name);
    if (!row) row = longer_name(sc, type, name);
    if (row) return did_you_mean(sc, row);
    text hint = owner(sc, type, name);
    return text_empty(hint) ? all_fields(sc, type) : hint;
}

/* --- wrong types ------------------------------------------------------------------------------------------------- */

static bool is_quoted(const node *n) { return n->kind == NODE_SCALAR && n->tag == TAG_STR; }

static bool holds(const node *n, scalar_type type) { return is_quoted(n) && resolve_v2(node_text(n)).type == type; }

text decode_hint_value(wanted_value wanted, const node *n) {
    bool is_text = is_quoted(n);
    switch (wanted) {
    case WANTED_TEXT: return n->kind == NODE_SCALAR ? TEXT("put it in quotes to make it a text") : TEXT_EMPTY;
    case WANTED_BOOL: return holds(n, SCALAR_BOOL) ? TEXT("leave the quotes away") : TEXT_EMPTY;
    case WANTED_INTEGER: return holds(n, SCALAR_INT) ? TEXT("leave the quotes away") : TEXT_EMPTY;
    case WANTED_LIST: return n->kind == NODE_MAPPING ? TEXT("begin each entry with a dash") : TEXT_EMPTY;
    case WANTED_TEXTS: return is_text ? TEXT("write it as the entry of a list, behind a dash") : TEXT_EMPTY;
    case WANTED_TEXT_MAP:
    case WANTED_MAPPING: return n->kind == NODE_SEQUENCE ? TEXT("leave the dash away") : TEXT_EMPTY;
    }
    return TEXT_EMPTY;
}

text decode_hint_item(text key, const node *n) {
    static const struct {
        text key;
        text hint;
    } mappings[] = {
        {TEXT_INIT("literals"), TEXT_INIT("write it as KEY=VALUE")},
        {TEXT_INIT("files"), TEXT_INIT("write it as PATH or KEY=PATH")},
        {TEXT_INIT("generators"), TEXT_INIT("begin the entry with |- to make a text of the YAML")},
        {TEXT_INIT("transformers"), TEXT_INIT("begin the entry with |- to make a text of the YAML")},
        {TEXT_INIT("validators"), TEXT_INIT("begin the entry with |- to make a text of the YAML")},
        {TEXT_INIT("patchesStrategicMerge"), TEXT_INIT("begin the entry with |- to make a text of the YAML")},
    };
    for (size_t i = 0; n->kind == NODE_MAPPING && i < sizeof mappings / sizeof *mappings; i++)
        if (text_equal(mappings[i].key, key)) return mappings[i].hint;
    return decode_hint_value(WANTED_TEXT, n);
}

text decode_hint_struct(scope *sc, const struct_type *type, const node *n) {
    if (n->kind == NODE_SEQUENCE) return decode_hint_value(WANTED_MAPPING, n);
    if (text_find(node_text(n), TEXT(" - ")) != SIZE_MAX)
        return TEXT("is a colon missing at the end of its first line?");
    return has_field(type, TEXT("path")) ? TEXT("a file is named as 'path: FILE'") : all_fields(sc, type);
}
