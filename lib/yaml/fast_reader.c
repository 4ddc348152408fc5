/*
 * yaml/fast_reader.c: the collections of the fast reader; see fast_reader.h. Lines and scalars are in fast_scan.c.
 *
 * A function that reads a node leaves the cursor at the next content, at f->column. Children of a collection wait on a
 * stack until it is complete and are copied out at their exact size.
 */
#include "yaml/fast_reader.h"

#include "yaml/fast_scan.h"

static bool read_node(fast_reader *f, long column, long parent, node **out);

/* --- nodes ------------------------------------------------------------------------------------------------------- */

static node *make_empty(fast_reader *f, const char *where) {
    node *n = fast_make_scalar(f, where, TEXT_EMPTY, TAG_NULL, STYLE_PLAIN);
    if (n) n->flags = NODE_EMPTY;
    return n;
}

static bool push(fast_reader *f, node *n) {
    if (!n) return false;
    if (f->stacked == f->stack_size) {
        size_t larger = f->stack_size ? f->stack_size * 2 : 256;
        node **stack = f->from->reallocate(f->stack, larger * sizeof *stack, f->from->user);
        if (!stack) {
            f->no_memory = true;
            return false;
        }
        f->stack = stack;
        f->stack_size = larger;
    }
    f->stack[f->stacked++] = n;
    return true;
}

/* Makes a collection of what lies on the stack above `base`. Pairs lie there as key, value, key, value. */
static bool close_collection(fast_reader *f, node *n, size_t base) {
    size_t count = f->stacked - base;
    f->stacked = base;
    bool mapping = n->kind == NODE_MAPPING;
    n->tag = mapping ? TAG_MAP : TAG_SEQ;
    n->count = n->capacity = (uint32_t)(mapping ? count / 2 : count);
    if (count == 0) return true;
    n->items = arena_alloc(f->arena, count * sizeof *n->items);
    if (!n->items) {
        f->no_memory = true;
        return false;
    }
    memcpy(n->items, f->stack + base, count * sizeof *n->items);
    return true;
}

/* --- flow collections on one line -------------------------------------------------------------------------------- */

static void skip_spaces(fast_reader *f) {
    while (f->at < f->end && *f->at == ' ')
        f->at++;
}

static bool read_flow(fast_reader *f, node **out);

static bool read_flow_value(fast_reader *f, node **out) {
    bool is_key;
    if (fast_ends_line(f, f->at)) return false;
    if (*f->at == '[' || *f->at == '{') return read_flow(f, out);
    return fast_scan_scalar(f, true, out, &is_key) && !is_key;
}

static bool read_flow_pair(fast_reader *f) {
    node *key, *value;
    bool is_key;
    if (!fast_scan_scalar(f, true, &key, &is_key) || !is_key || !push(f, key)) return false;
    f->at++;
    skip_spaces(f);
    return read_flow_value(f, &value) && push(f, value);
}

static bool read_flow(fast_reader *f, node **out) {
    bool mapping = *f->at == '{';
    char closing = mapping ? '}' : ']';
    node *n = fast_make_node(f, mapping ? NODE_MAPPING : NODE_SEQUENCE, f->at);
    size_t base = f->stacked;
    if (!n || ++f->depth > f->deepest) return false;
    n->flags = NODE_FLOW;
    f->at++;
    for (;;) {
        skip_spaces(f);
        if (fast_ends_line(f, f->at)) return false;
        if (*f->at == closing) break;
        if (mapping) {
            if (!read_flow_pair(f)) return false;
        } else {
            node *item;
            if (!read_flow_value(f, &item) || !push(f, item)) return false;
        }
        skip_spaces(f);
        if (fast_ends_line(f, f->at) || (*f->at != ',' && *f->at != closing)) return false;
        if (*f->at == ',') f->at++;
    }
    f->at++;
    f->depth--;
    *out = n;
    return close_collection(f, n, base);
}

/* --- block collections ------------------------------------------------------------------------------------------- */

/* What follows "key:" or "- " on later lines. A sequence may stand at the column of its mapping's keys. */
static bool read_on_next_lines(fast_reader *f, long column, bool in_mapping, const char *where, node **out) {
    if (!fast_next_line(f)) return false;
    if (f->column > column) return read_node(f, f->column, column, out);
    bool dash = f->column == column && *f->at == '-' && fast_is_space_or_end(f, f->at + 1);
    if (in_mapping && dash) return read_node(f, column, column - 1, out);
    *out = make_empty(f, where);
    return *out != NULL;
}

/* A value that begins on the line of its key or dash, and can't be a collection of the block kind. */
static bool read_value(fast_reader *f, long column, node **out) {
    const char *where = f->at;
    bool is_key = false;
    switch (*f->at) {
    case '|':
    case '>':
        if (!fast_read_literal(f, column, out)) return false;
        break;
    case '[':
    case '{':
        if (!read_flow(f, out) || !fast_end_of_value(f)) return false;
        break;
    default:
        if (fast_scan_scalar(f, false, out, &is_key) && !is_key && fast_end_of_value(f) && fast_next_line(f) &&
            f->column <= column)
            return true;
        f->at = where;
        if (f->no_memory || !fast_read_folded(f, column, out)) return false;
    }
    /* A line that is indented deeper would go on with the value. */
    return fast_next_line(f) && f->column <= column;
}

static bool read_pair(fast_reader *f, long column) {
    node *key, *value;
    bool is_key;
    if (!fast_scan_scalar(f, false, &key, &is_key) || !is_key || !push(f, key)) return false;
    const char *after = ++f->at;
    skip_spaces(f);
    bool alone = fast_ends_line(f, f->at) || (*f->at == '#' && f->at > after);
    if (alone && !fast_end_of_value(f)) return false;
    if (!(alone ? read_on_next_lines(f, column, true, after, &value) : read_value(f, column, &value))) return false;
    return push(f, value);
}

/* The cursor is at the first key; its pairs all begin at `column`. */
static bool read_mapping(fast_reader *f, long column, node **out) {
    size_t base = f->stacked;
    node *n = fast_make_node(f, NODE_MAPPING, f->at);
    if (!n) return false;
    do {
        if (!read_pair(f, column)) return false;
    } while (f->column == column);
    *out = n;
    return f->column < column && close_collection(f, n, base);
}

static bool read_item(fast_reader *f, long column, node **out) {
    const char *dash = f->at++;
    const char *after = f->at;
    skip_spaces(f);
    if (fast_ends_line(f, f->at) || (*f->at == '#' && f->at > after))
        return fast_end_of_value(f) && read_on_next_lines(f, column, false, after, out);
    return read_node(f, column + (f->at - dash), column, out);
}

static bool read_sequence(fast_reader *f, long column, node **out) {
    size_t base = f->stacked;
    node *n = fast_make_node(f, NODE_SEQUENCE, f->at);
    if (!n) return false;
    do {
        node *item;
        if (!read_item(f, column, &item) || !push(f, item)) return false;
    } while (f->column == column && *f->at == '-' && fast_is_space_or_end(f, f->at + 1));
    *out = n;
    return f->column <= column && close_collection(f, n, base);
}

/*
 * The node at the cursor, whose content begins at `column`; `parent` is the column of the collection around it, which
 * deeper lines belong to. Afterwards the cursor is at the next content, at f->column.
 */
static bool read_node(fast_reader *f, long column, long parent, node **out) {
    if (f->depth >= f->deepest) return false;
    f->depth++;
    bool done, is_key = false;
    if (*f->at == '-' && fast_is_space_or_end(f, f->at + 1)) {
        done = read_sequence(f, column, out);
    } else if (*f->at == '[' || *f->at == '{' || *f->at == '|' || *f->at == '>') {
        done = read_value(f, parent, out);
    } else {
        done = fast_begins_with_key(f, &is_key) && (is_key ? read_mapping(f, column, out) : read_value(f, parent, out));
    }
    f->depth--;
    return done;
}

/* --- documents --------------------------------------------------------------------------------------------------- */

/* A first line "---" is passed over. */
static bool skip_start_marker(fast_reader *f) {
    bool marked = f->end - f->at >= 4 && memcmp(f->at, "---\n", 4) == 0;
    if (marked) f->at += 4;
    return marked;
}

static bool read_document(fast_reader *f, node **out) {
    *out = NULL;
    bool marked = skip_start_marker(f);
    if (!fast_find_content(f)) return false;
    if (f->column == NO_CONTENT) return !marked; /* behind "---" it would be a null */
    return read_node(f, f->column, -1, out) && f->column == NO_CONTENT;
}

fast_result fast_read(scope *sc, text bytes, origin first, fast_resolver resolve, node **out) {
    fast_reader f = {.at = bytes.data,
                     .start = bytes.data,
                     .end = bytes.data + bytes.size,
                     .first = first,
                     .arena = sc->arena,
                     .resolve = resolve,
                     .from = sc->from,
                     .deepest = sc->limits->nesting};
    bool done = read_document(&f, out);
    if (f.stack) f.from->release(f.stack, f.from->user);
    if (f.no_memory) return FAST_NO_MEMORY;
    return done ? FAST_DONE : FAST_UNKNOWN;
}
