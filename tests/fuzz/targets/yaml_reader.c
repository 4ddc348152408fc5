/*
 * tests/fuzz/targets/yaml_reader.c: any bytes through each of the readers, and the three makers of nodes (the fast
 * reader, libfyaml's events, the dialect's own) against each other wherever more than one of them may be taken.
 */
#include "fuzz.h"

#include "core/error.h"
#include "yaml/dialect.h"
#include "yaml/encoding.h"
#include "yaml/fast_reader.h"
#include "yaml/fy_events.h"
#include "yaml/resolve.h"

/* Equal nodes, styles included. */
static bool same(const node *a, const node *b) {
    if (!a || !b) return a == b;
    if (a->kind != b->kind || a->tag != b->tag || a->style != b->style || a->count != b->count) return false;
    if ((a->flags & NODE_FLOW) != (b->flags & NODE_FLOW)) return false;
    if (a->kind == NODE_SCALAR) return text_equal(node_text(a), node_text(b));
    if (a->kind != NODE_MAPPING && a->kind != NODE_SEQUENCE) return true;
    size_t count = a->kind == NODE_MAPPING ? (size_t)a->count * 2 : a->count;
    for (size_t i = 0; i < count; i++)
        if (!same(a->items[i], b->items[i])) return false;
    return true;
}

static bool at_end(const yaml_event *event) {
    return event->type == EVENT_DOCUMENT_END || event->type == EVENT_STREAM_END;
}

static bool read_own(scope *sc, text piece, node **out) {
    tree t;
    parser p;
    yaml_event event;
    tree_init(&t, sc, 1, ORIGIN_UNKNOWN);
    bool going = parser_init(&p, piece, true, sc->arena, sc->from);
    do
        going = going && parser_next(&p, &event) == PARSER_EVENT && tree_add(&t, &event) == STRATA_OK;
    while (going && !at_end(&event));
    parser_free(&p);
    *out = t.root;
    tree_free(&t);
    return going;
}

static bool read_libfyaml(scope *sc, text piece, node **out) {
    tree t;
    fy_events f = {0};
    yaml_event event;
    tree_init(&t, sc, 1, ORIGIN_UNKNOWN);
    bool going = fy_events_open(&f, sc->arena, piece);
    do
        going = going && fy_events_next(&f, &event) == FY_EVENT && tree_add(&t, &event) == STRATA_OK;
    while (going && !at_end(&event));
    fy_events_close(&f);
    *out = t.root;
    tree_free(&t);
    return going;
}

static void compare(scope *sc, text piece) {
    node *own, *other;
    bool odd;
    const char *problem;
    if (encoding_first_bad(piece, &problem) != SIZE_MAX) return;
    fast_result fast = fast_read(sc, piece, 1, resolve_tag_v3, &other);
    strata_status status = dialect_check(sc, piece, 1, false, TREE_JSON_COMMENTS, &odd);
    fuzz_require(fast != FAST_DONE || status == STRATA_OK, "the fast reader takes only what the dialect takes");
    if (status == STRATA_OK && read_own(sc, piece, &own)) {
        if (fast == FAST_DONE) fuzz_require(same(own, other), "the fast reader gives the dialect's nodes");
        if (!odd && read_libfyaml(sc, piece, &other))
            fuzz_require(same(own, other), "libfyaml gives the dialect's nodes");
    }
    error_clear(sc->error);
}

strata_status fuzz_one(scope *sc, text input) {
    compare(sc, input);
    for (int i = 0; i < 12; i++) {
        node_list documents = {.items = NULL};
        yaml_options options = {.dialect = (yaml_dialect)(i % 3),
                                .keep_comments = i >= 3 && i < 6,
                                .refuse_duplicate_keys = i >= 6 && i < 9,
                                .keep_aliases = i >= 9};
        error_clear(sc->error);
        strata_status status = yaml_read(sc, TEXT("input"), input, ORIGIN_UNKNOWN, &options, &documents);
        fuzz_require(strata_error_status(sc->error) == status, "a failure, and only a failure, is described");
        for (size_t k = 0; status == STRATA_OK && k < documents.count; k++)
            fuzz_require(documents.items[k] != NULL, "there are no documents without a root");
    }
    return strata_error_status(sc->error);
}
