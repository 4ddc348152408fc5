/* yaml/reader.c: joins the steps of reading; see reader.h. */
#include "yaml/reader.h"

#include "yaml/decode_v2.h"
#include "yaml/dialect.h"
#include "yaml/document_cache.h"
#include "yaml/duplicate_keys.h"
#include "yaml/encoding.h"
#include "yaml/expand.h"
#include "yaml/fast_reader.h"
#include "yaml/fy_events.h"
#include "yaml/pieces.h"
#include "yaml/resolve.h"
#include "yaml/tree.h"

typedef struct reading {
    scope *sc;
    const yaml_options *options;
    text name;
    origin included_from;
    fy_events events;
} reading;

bool node_list_add(arena *a, node_list *list, node *n) {
    node **items = arena_grow(a, list->items, &list->capacity, list->count + 1, sizeof *items);
    if (!items) return false;
    list->items = items;
    list->items[list->count++] = n;
    return true;
}

/* Nothing is said about types yet: decode_v2 looks at every scalar. */
static node_tag tag_later(text plain) {
    (void)plain;
    return TAG_STR;
}

/* --- from the dialect's own events ------------------------------------------------------------------------------- */

static strata_status build_own(parser *p, tree *t) {
    for (;;) {
        yaml_event event;
        parser_result result = parser_next(p, &event);
        if (result == PARSER_NO_MEMORY) return scope_no_memory(t->sc);
        if (result == PARSER_REFUSED) return dialect_refuse(t->sc, p, t->first);
        TRY(tree_add(t, &event));
        if (event.type == EVENT_DOCUMENT_END || event.type == EVENT_STREAM_END) return STRATA_OK;
    }
}

static strata_status read_own(scope *sc, text piece, bool v2, tree *t) {
    parser p;
    strata_status status = parser_init(&p, piece, !v2, sc->arena, sc->from) ? build_own(&p, t) : scope_no_memory(sc);
    parser_free(&p);
    return status;
}

/* --- from libfyaml's events -------------------------------------------------------------------------------------- */

/* *refused when libfyaml doesn't take what go-yaml takes. */
static strata_status read_with_libfyaml(reading *r, text piece, tree *t, bool *refused) {
    if (!fy_events_open(&r->events, r->sc->arena, piece)) return scope_no_memory(r->sc);
    for (;;) {
        yaml_event event;
        fy_result result = fy_events_next(&r->events, &event);
        *refused = result == FY_REFUSED;
        if (result == FY_NO_MEMORY) return scope_no_memory(r->sc);
        if (result == FY_REFUSED) return STRATA_OK;
        TRY(tree_add(t, &event));
        if (event.type == EVENT_DOCUMENT_END || event.type == EVENT_STREAM_END) return STRATA_OK;
    }
}

/* The way of all texts that the fast reader leaves. */
static strata_status read_fully(reading *r, text piece, origin first, node **out) {
    tree t;
    bool v2 = r->options->dialect == YAML_V2, odd;
    tree_init(&t, r->sc, first, ORIGIN_UNKNOWN);
    t.bang_is_string = v2;
    t.comments = r->options->keep_comments ? TREE_ALL_COMMENTS : v2 ? TREE_NO_COMMENTS : TREE_JSON_COMMENTS;
    t.keep_anchors = r->options->keep_aliases;
    TRY(dialect_check(r->sc, piece, first, v2, t.comments, &odd));
    strata_status status = odd ? STRATA_OK : read_with_libfyaml(r, piece, &t, &odd);
    if (status == STRATA_OK && odd) {
        tree_restart(&t);
        status = read_own(r->sc, piece, v2, &t);
    }
    bool expands = t.root && !v2 && (t.has_aliases || t.has_merges) && !r->options->keep_aliases;
    if (status == STRATA_OK && expands) status = expand(r->sc, t.root);
    *out = t.root;
    tree_free(&t);
    return status;
}

/* --- documents --------------------------------------------------------------------------------------------------- */

/* Without the byte order mark. A text in UTF-16 becomes a source of its own, since places are counted in UTF-8. */
static strata_status decode_piece(reading *r, text *piece, origin *first) {
    text utf8 = encoding_to_utf8(r->sc->arena, *piece);
    bool is_slice = utf8.data && utf8.data >= piece->data && utf8.data <= piece->data + piece->size;
    if (is_slice)
        *first += (origin)(utf8.data - piece->data);
    else if (!utf8.data || !origin_add(r->sc->origins, r->sc->arena, r->name, utf8, r->included_from, first))
        return scope_no_memory(r->sc);
    *piece = utf8;
    return STRATA_OK;
}

static strata_status read_root(reading *r, text piece, origin first, node **out) {
    bool v2 = r->options->dialect == YAML_V2;
    const char *problem;
    fast_result result = FAST_UNKNOWN;
    if (!r->options->keep_comments && encoding_first_bad(piece, &problem) == SIZE_MAX)
        result = fast_read(r->sc, piece, first, v2 ? tag_later : resolve_tag_v3, out);
    if (result == FAST_NO_MEMORY) return scope_no_memory(r->sc);
    if (result == FAST_UNKNOWN) TRY(read_fully(r, piece, first, out));
    if (!*out) return STRATA_OK;
    if (v2) return decode_v2(r->sc, *out, r->options->refuse_duplicate_keys);
    return r->options->refuse_duplicate_keys ? duplicate_keys_refuse(r->sc, *out) : STRATA_OK;
}

static strata_status read_piece(reading *r, text piece, origin first, node_list *out) {
    node *root = NULL;
    TRY(decode_piece(r, &piece, &first));
    TRY(read_root(r, piece, first, &root));
    bool is_empty = root && (r->options->keep_empty ? node_is_null(root) : node_is_null_or_empty(root));
    bool dropped = !root || (r->options->dialect == YAML_RESOURCE && is_empty);
    return dropped || node_list_add(r->sc->arena, out, root) ? STRATA_OK : scope_no_memory(r->sc);
}

static strata_status read_pieces(reading *r, text bytes, origin first, node_list *out) {
    pieces p;
    text piece;
    const char *bad;
    uint32_t count = 0;
    pieces_begin(&p, bytes);
    while (pieces_next(&p, &piece, &bad)) {
        if (count++ >= r->sc->limits->documents)
            return scope_fail(r->sc, DIAGNOSTIC_LIMIT, first, "more than %u documents in a file",
                              r->sc->limits->documents);
        if (bad)
            return scope_fail(r->sc, DIAGNOSTIC_YAML_SYNTAX, first + (origin)(bad - bytes.data),
                              "nothing but a comment may follow --- on its line");
        TRY(read_piece(r, piece, first + (origin)(piece.data - bytes.data), out));
    }
    out->pieces = count;
    return STRATA_OK;
}

/* The text has its numbers from `first` on. */
static strata_status read_text(reading *r, text bytes, origin first, node_list *out) {
    bool resources = r->options->dialect == YAML_RESOURCE;
    strata_status status = resources ? read_pieces(r, bytes, first, out) : read_piece(r, bytes, first, out);
    fy_events_close(&r->events);
    return status;
}

static text normalize(scope *sc, text bytes, const yaml_options *options) {
    return options->dialect == YAML_RESOURCE ? pieces_normalize(sc->arena, bytes) : bytes;
}

/* Whether the documents are those that a pack holds. */
static bool is_plain_resource(const yaml_options *options) {
    return options->dialect == YAML_RESOURCE && !options->keep_comments && !options->refuse_duplicate_keys &&
           !options->keep_empty && !options->keep_aliases;
}

strata_status yaml_read(scope *sc, text name, text bytes, origin included_from, const yaml_options *options,
                        node_list *out) {
    document_pack *pack = sc->documents && is_plain_resource(options) ? document_cache_get(sc->documents, bytes) : NULL;
    if (pack) return document_pack_take(sc, pack, name, included_from, out);
    reading r = {.sc = sc, .options = options, .name = name, .included_from = included_from};
    origin first;
    bytes = normalize(sc, bytes, options);
    if (!bytes.data || !origin_add(sc->origins, sc->arena, name, bytes, included_from, &first))
        return scope_no_memory(sc);
    return read_text(&r, bytes, first, out);
}

strata_status yaml_read_part(scope *sc, text whole, size_t from, size_t to, origin first, node_list *out) {
    static const yaml_options options = {.dialect = YAML_RESOURCE};
    reading r = {.sc = sc, .options = &options, .name = origin_file(sc->origins, first)};
    return read_text(&r, text_slice(whole, from, to), first + (origin)from, out);
}

strata_status yaml_read_inline(scope *sc, origin where, text bytes, const yaml_options *options, node_list *out) {
    reading r = {.sc = sc, .options = options, .name = origin_file(sc->origins, where), .included_from = where};
    origin first;
    bytes = normalize(sc, bytes, options);
    if (!bytes.data || !origin_add_inline(sc->origins, sc->arena, bytes, where, &first)) return scope_no_memory(sc);
    return read_text(&r, bytes, first, out);
}
