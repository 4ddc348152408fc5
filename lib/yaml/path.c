/*
 * yaml/path.c: cutting paths, and following them to one node; after kyaml's utils/pathsplitter.go and yaml/fns.go
 * (PathGetter and the filters that it is made of). See path.h.
 */
#include "yaml/path.h"

#include "yaml/path_kinds.h"

/* --- cutting ----------------------------------------------------------------------------------------------------- */

static strata_status add_part(scope *sc, text_list *out, text part) {
    return text_list_add(sc->arena, out, part) ? STRATA_OK : scope_no_memory(sc);
}

strata_status path_split(scope *sc, text path, char delimiter, text_list *out) {
    *out = (text_list){NULL, 0, 0};
    if (path.size && path.data[0] == delimiter) path = text_after(path, 1);
    char *copy = arena_chars(sc->arena, path.size + 1);
    if (!copy) return scope_no_memory(sc);
    size_t begin = 0, end = 0;
    for (size_t i = 0; i < path.size; i++) {
        if (path.data[i] != delimiter) {
            copy[end++] = path.data[i];
        } else if (end > begin && copy[end - 1] == '\\') {
            copy[end - 1] = delimiter;
        } else {
            TRY(add_part(sc, out, text_of(copy + begin, end - begin)));
            begin = end;
        }
    }
    return add_part(sc, out, text_of(copy + begin, end - begin));
}

/* The parts from `from` to `to` with the delimiter between them; data is NULL when memory is out. */
static text join_parts(arena *a, const text *from, const text *to, char delimiter) {
    size_t size = (size_t)(to - from);
    for (const text *part = from; part < to; part++)
        size += part->size;
    char *joined = arena_chars(a, size), *end = joined;
    if (!joined) return text_of(NULL, 0);
    for (const text *part = from; part < to; part++) {
        if (part > from) *end++ = delimiter;
        if (part->size) memcpy(end, part->data, part->size);
        end += part->size;
    }
    return text_of(joined, (size_t)(end - joined));
}

/* The number of the part after the one that closes the bracket that part `at` opens. */
static size_t bracket_end(const text_list *parts, size_t at) {
    do
        at++;
    while (at < parts->count && !text_ends(parts->items[at - 1], TEXT("]")));
    return at;
}

strata_status path_split_bracketed(scope *sc, text path, char delimiter, text_list *out) {
    text_list parts;
    TRY(path_split(sc, path, delimiter, &parts));
    *out = (text_list){NULL, 0, 0};
    for (size_t i = 0, next; i < parts.count; i = next) {
        text part = parts.items[i];
        next = i + 1;
        if (text_starts(part, TEXT("[")) && !text_ends(part, TEXT("]"))) {
            next = bracket_end(&parts, i);
            part = join_parts(sc->arena, parts.items + i, parts.items + next, delimiter);
            if (!part.data) return scope_no_memory(sc);
            if (text_find_char(part, '=') == SIZE_MAX) part = text_trim_chars(part, "[]");
        }
        TRY(add_part(sc, out, part));
    }
    return STRATA_OK;
}

bool path_part_number(text part, int64_t *out) {
    bool negative = text_starts(part, TEXT("-"));
    size_t at = negative || text_starts(part, TEXT("+")) ? 1 : 0;
    if (at == part.size) return false;
    uint64_t value = 0, most = (uint64_t)INT64_MAX + negative;
    for (; at < part.size; at++) {
        unsigned digit = (unsigned)(unsigned char)part.data[at] - '0';
        if (digit > 9 || value > (most - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool path_part_is_plain(text part) {
    return part.size && is_letter(part.data[0]) && is_letter(part.data[part.size - 1]);
}

bool path_part_is_element(text part) { return text_starts(part, TEXT("[")) && text_ends(part, TEXT("]")); }

bool path_part_split_element(text part, text *name, text *value) {
    text rest = part;
    if (text_ends(rest, TEXT("]"))) rest.size--;
    if (text_starts(rest, TEXT("["))) rest = text_after(rest, 1);
    if (!text_cut(&rest, '=', name)) return false;
    *value = rest;
    return true;
}

/* --- following --------------------------------------------------------------------------------------------------- */

static const char *kind_name(const node *n) {
    static const char *const names[] = {"a scalar", "a sequence", "a mapping"};
    return names[n->kind];
}

/* ErrorIfInvalid: null counts as any kind. */
strata_status path_want_kind(scope *sc, const node *n, node_kind kind, text part) {
    if (node_is_null(n) || n->kind == kind) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, n->where, "\"%.*s\" asks for %s, but here is %s", TEXT_ARG(part),
                      kind == NODE_MAPPING ? "a mapping" : "a sequence", kind_name(n));
}

/* An empty node of that kind, without a tag; NULL when memory is out. */
node *path_new_node(arena *a, node_kind kind) {
    node *n = kind == NODE_SCALAR     ? node_new_scalar(a, TEXT_EMPTY, TAG_UNSET, STYLE_PLAIN)
              : kind == NODE_SEQUENCE ? node_new_sequence(a)
                                      : node_new_mapping(a);
    if (n) n->tag = TAG_UNSET;
    return n;
}

/* What a part that is missing has to become, so that the part after it can be followed. */
node_kind path_kind_before(text next, node_kind last) {
    int64_t number;
    if (path_part_is_element(next) || (path_part_number(next, &number) && number >= 0)) return NODE_SEQUENCE;
    return text_empty(next) ? last : NODE_MAPPING;
}

static strata_status get_field(scope *sc, node *from, text part, text next, const node_kind *create, node **out) {
    TRY(path_want_kind(sc, from, NODE_MAPPING, part));
    if (node_is_null(from)) return STRATA_OK;
    *out = node_get(from, part);
    if (*out || !create) return STRATA_OK;
    *out = path_new_node(sc->arena, path_kind_before(next, *create));
    return *out && node_set(sc->arena, from, part, *out) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status get_at(scope *sc, node *from, text part, int64_t index, node **out) {
    if (index < 0)
        return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, from->where, "the index %.*s is negative", TEXT_ARG(part));
    TRY(path_want_kind(sc, from, NODE_SEQUENCE, part));
    if (from->kind == NODE_SEQUENCE && (uint64_t)index < from->count) *out = from->items[index];
    return STRATA_OK;
}

static strata_status get_last(scope *sc, node *from, text part, node **out) {
    TRY(path_want_kind(sc, from, NODE_SEQUENCE, part));
    if (from->kind != NODE_SEQUENCE || from->count == 0)
        return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, from->where, "\"-\" asks for the last element of an empty list");
    *out = from->items[from->count - 1];
    return STRATA_OK;
}

static bool element_matches(const node *element, text name, text value) {
    if (text_empty(name)) return text_equal(node_text(element), value);
    if (node_is_null(element) || element->kind != NODE_MAPPING) return false;
    const node *field = node_get(element, name);
    return field && text_equal(node_text(field), value);
}

node *path_new_element(arena *a, text name, text value) {
    node *scalar = node_new_scalar(a, value, TAG_UNSET, STYLE_PLAIN);
    if (!scalar || text_empty(name)) return scalar;
    node *element = path_new_node(a, NODE_MAPPING);
    return element && node_set(a, element, name, scalar) ? element : NULL;
}

static strata_status get_element(scope *sc, node *from, text part, const node_kind *create, node **out) {
    text name, value;
    if (!path_part_split_element(part, &name, &value))
        return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, from->where, "%.*s should be [field=value]", TEXT_ARG(part));
    TRY(path_want_kind(sc, from, NODE_SEQUENCE, part));
    for (uint32_t i = 0; from->kind == NODE_SEQUENCE && i < from->count; i++) {
        if (!element_matches(from->items[i], name, value)) continue;
        *out = from->items[i];
        return STRATA_OK;
    }
    if (!create) return STRATA_OK;
    *out = path_new_element(sc->arena, name, value);
    if (!*out) return scope_no_memory(sc);
    return from->kind != NODE_SEQUENCE || node_append(sc->arena, from, *out) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status get_part(scope *sc, node *from, text part, text next, const node_kind *create, node **out) {
    int64_t index;
    *out = NULL;
    if (path_part_is_plain(part)) return get_field(sc, from, part, next, create, out);
    if (path_part_number(part, &index)) return get_at(sc, from, part, index, out);
    if (text_is(part, "-")) return get_last(sc, from, part, out);
    if (text_is(part, "*"))
        return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, from->where, "\"*\" can't be used in this path");
    if (path_part_is_element(part)) return get_element(sc, from, part, create, out);
    return get_field(sc, from, part, next, create, out);
}

/* The next part that is not blank, trimmed; the empty text at the end. */
static text next_part(const text *parts, size_t count, size_t *at) {
    while (*at < count) {
        text part = parts[(*at)++];
        if (path_part_is_plain(part)) return part;
        part = text_trim(part);
        if (!text_empty(part)) return part;
    }
    return TEXT_EMPTY;
}

strata_status path_get(scope *sc, node *root, const text *parts, size_t count, const node_kind *create, node **out) {
    size_t at = 0;
    uint32_t depth = 0;
    *out = root;
    text part = next_part(parts, count, &at);
    while (*out && !text_empty(part)) {
        text next = next_part(parts, count, &at);
        if (create && ++depth > sc->limits->nesting)
            return scope_fail(sc, DIAGNOSTIC_LIMIT, root->where, "a path has more than %u parts (nesting limit)",
                              sc->limits->nesting);
        TRY(get_part(sc, *out, part, next, create, out));
        part = next;
    }
    return STRATA_OK;
}
