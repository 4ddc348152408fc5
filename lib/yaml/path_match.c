/*
 * yaml/path_match.c: following a path to all nodes that it leads to; after kyaml's yaml/match.go (PathMatcher). See
 * path.h.
 *
 * kyaml tests elements against "[name=regexp]" by their text as YAML, quotes and all, anywhere in it. It also makes
 * elements that don't match their own expression, and then looks for them without end: that is an error here.
 */
#include "core/regex.h"
#include "yaml/path.h"
#include "yaml/path_kinds.h"
#include "yaml/writer.h"

typedef struct path_walk {
    const text *parts;
    size_t count;
    const node_kind *create;
    node_list *out;
} path_walk;

static strata_status match_from(scope *sc, path_walk *w, node *from, size_t at);

/* The part after `at`; the empty text at the end. */
static text part_after(const path_walk *w, size_t at) { return at + 1 < w->count ? w->parts[at + 1] : TEXT_EMPTY; }

static strata_status add_found(scope *sc, path_walk *w, node *n) {
    return node_list_add(sc->arena, w->out, n) ? STRATA_OK : scope_no_memory(sc);
}

/* --- fields ------------------------------------------------------------------------------------------------------ */

/* A path that goes on below a scalar: what the scalar's text says as YAML. It is a document of its own. */
static strata_status match_inside_scalar(scope *sc, path_walk *w, const node *scalar, size_t at) {
    static const yaml_options options = {.dialect = YAML_V3};
    node_list documents = {0};
    TRY(yaml_read_inline(sc, scalar->where, node_text(scalar), &options, &documents));
    if (documents.count == 0 || !documents.items[0])
        return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, scalar->where, "the path leads into a text with nothing in it");
    return match_from(sc, w, documents.items[0], at);
}

/* kyaml takes an empty name to mean the node itself, if that is an empty scalar. */
static strata_status match_unnamed(scope *sc, node *from, node **out) {
    *out = NULL;
    if (node_is_null(from)) return STRATA_OK;
    if (from->kind != NODE_SCALAR)
        return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, from->where, "the path has an empty part");
    if (from->count == 0) *out = from;
    return STRATA_OK;
}

static strata_status match_field(scope *sc, path_walk *w, node *from, size_t at) {
    text part = w->parts[at];
    node *field;
    if (text_empty(part)) {
        TRY(match_unnamed(sc, from, &field));
    } else {
        TRY(path_want_kind(sc, from, NODE_MAPPING, part));
        field = node_is_null(from) ? NULL : node_get(from, part);
    }
    if (!field && w->create) {
        field = path_new_node(sc->arena, path_kind_before(part_after(w, at), *w->create));
        if (!field) return scope_no_memory(sc);
        if (from->kind == NODE_MAPPING && !node_is_null(from) && !node_set(sc->arena, from, part, field))
            return scope_no_memory(sc);
    }
    if (!field) return STRATA_OK;
    if (field->kind == NODE_SCALAR && at + 1 < w->count) return match_inside_scalar(sc, w, field, at + 1);
    return match_from(sc, w, field, at + 1);
}

/* --- elements ---------------------------------------------------------------------------------------------------- */

static strata_status match_every(scope *sc, path_walk *w, node *from, size_t at) {
    TRY(path_want_kind(sc, from, NODE_SEQUENCE, w->parts[at]));
    for (uint32_t i = 0; from->kind == NODE_SEQUENCE && i < from->count; i++)
        TRY(match_from(sc, w, from->items[i], at + 1));
    return STRATA_OK;
}

static strata_status append(scope *sc, node *sequence, node *element) {
    if (!element) return scope_no_memory(sc);
    if (sequence->kind != NODE_SEQUENCE) return STRATA_OK; /* null: kyaml adds to what is never written */
    return node_append(sc->arena, sequence, element) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status match_index(scope *sc, path_walk *w, node *from, size_t at, int64_t index) {
    TRY(path_want_kind(sc, from, NODE_SEQUENCE, w->parts[at]));
    uint32_t count = from->kind == NODE_SEQUENCE ? from->count : 0;
    if ((uint64_t)index == count && w->create) {
        node *element = path_new_node(sc->arena, path_kind_before(part_after(w, at), *w->create));
        TRY(append(sc, from, element));
        return match_from(sc, w, element, at + 1);
    }
    if ((uint64_t)index >= count)
        return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, from->where, "the path asks for element %lld of a list of %u",
                          (long long)index, count);
    return match_from(sc, w, from->items[index], at + 1);
}

/* Whether the text of a node as YAML has a match in it. */
static strata_status text_matches(scope *sc, regex *expression, const node *n, bool *out) {
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    strata_status status = yaml_write_v3(sc, n, &b);
    if (status == STRATA_OK && buffer_failed(&b)) status = scope_no_memory(sc);
    if (status == STRATA_OK) status = regex_matches(sc, expression, text_trim(buffer_text(&b)), out);
    buffer_free(&b);
    return status;
}

typedef struct element_test {
    text name; /* empty: the element itself is compared */
    regex *expression;
} element_test;

/* Follows the path from the element if it matches. One that is compared itself is found, whatever the path has left. */
static strata_status match_element(scope *sc, path_walk *w, const element_test *test, node *element, size_t at) {
    const node *compared = text_empty(test->name) ? element : node_get(element, test->name);
    bool matches = false;
    if (compared) TRY(text_matches(sc, test->expression, compared, &matches));
    if (!matches) return STRATA_OK;
    return text_empty(test->name) ? add_found(sc, w, element) : match_from(sc, w, element, at + 1);
}

static strata_status match_elements_by(scope *sc, path_walk *w, const element_test *test, text value, node *from,
                                       size_t at) {
    size_t before = w->out->count;
    for (uint32_t i = 0; from->kind == NODE_SEQUENCE && i < from->count; i++)
        TRY(match_element(sc, w, test, from->items[i], at));
    if (w->out->count > before || !w->create) return STRATA_OK;
    node *element = path_new_element(sc->arena, test->name, value);
    TRY(append(sc, from, element));
    TRY(match_element(sc, w, test, element, at));
    if (w->out->count > before) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, from->where,
                      "an element made for %.*s does not match it: write the value as a plain text to create one",
                      TEXT_ARG(w->parts[at]));
}

static strata_status match_elements(scope *sc, path_walk *w, node *from, size_t at) {
    text value;
    element_test test;
    if (!path_part_split_element(w->parts[at], &test.name, &value))
        return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, from->where, "%.*s should be [field=value]",
                          TEXT_ARG(w->parts[at]));
    TRY(path_want_kind(sc, from, NODE_SEQUENCE, w->parts[at]));
    text why;
    TRY(regex_compile(sc, value, &test.expression, &why));
    if (!test.expression)
        return scope_fail(sc, DIAGNOSTIC_FIELD_PATH, from->where, "%.*s is no regular expression: %.*s",
                          TEXT_ARG(value), TEXT_ARG(why));
    strata_status status = match_elements_by(sc, w, &test, value, from, at);
    regex_free(test.expression);
    return status;
}

/* --- all --------------------------------------------------------------------------------------------------------- */

static strata_status match_from(scope *sc, path_walk *w, node *from, size_t at) {
    int64_t index;
    if (at == w->count) return add_found(sc, w, from);
    if (at > sc->limits->nesting)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, from->where, "a path has more than %u parts (nesting limit)",
                          sc->limits->nesting);
    text part = w->parts[at];
    if (path_part_number(part, &index) && index >= 0) return match_index(sc, w, from, at, index);
    if (path_part_is_element(part)) return match_elements(sc, w, from, at);
    if (text_is(part, "*")) return match_every(sc, w, from, at);
    return match_field(sc, w, from, at);
}

strata_status path_match(scope *sc, node *root, const text *parts, size_t count, const node_kind *create,
                         node_list *out) {
    path_walk w = {parts, count, create, out};
    return match_from(sc, &w, root, 0);
}
