/*
 * yaml/write_v3.c: a document as kyaml's RNode.String writes it; see writer.h.
 *
 * The upper half of go-yaml v3's encoder (encode.go, node) and emitter (emitterc.go): the walk, and when the comments
 * of a node are due. The root's document_head and foot comment are the document's. Cost: linear, a few calls a
 * character.
 */
#include "core/base64.h"
#include "core/utf8.h"
#include "yaml/emit_v3.h"
#include "yaml/resolve.h"
#include "yaml/tree.h"
#include "yaml/writer.h"

enum { LONGEST_SIMPLE_KEY = 128 };

typedef struct v3_writer {
    scope *sc;
    emitter_v3 emit;
    uint32_t flow_level;
    uint32_t depth;
} v3_writer;

/* Where a node stands. */
typedef enum v3_place { AT_ROOT, IN_BLOCK_SEQUENCE, IN_FLOW_SEQUENCE, IN_MAPPING } v3_place;

static strata_status finish(v3_writer *w, const node *n, v3_place place);

/* --- what goes out for a node --------------------------------------------------------------------------------- */

static text tag_text(const node *n) {
    static const char *const names[] = {"",         "!!str",   "!!int", "!!float", "!!bool", "!!null", "!!timestamp",
                                        "!!binary", "!!merge", "!!map", "!!seq"};
    if (n->tag == TAG_CUSTOM && n->extra) return n->extra->tag;
    return n->tag < sizeof names / sizeof *names ? text_from(names[n->tag]) : TEXT_EMPTY;
}

/* A scalar ready to be written. */
typedef struct v3_scalar {
    text value;
    node_style style;
    short_tag tag;
    bool simple_key;
} v3_scalar;

static size_t tag_size(const v3_scalar *s) { return s->tag.handle.size + s->tag.suffix.size; }

static node_style wanted_style(const node *n, bool force_quotes) {
    if (n->style != STYLE_PLAIN) return (node_style)n->style;
    if (n->count && memchr(n->data, '\n', n->count)) return STYLE_LITERAL;
    return force_quotes ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN;
}

/* Whether the tag goes without saying, and whether it then takes quotes to say it. */
static bool is_implied(const node *n, bool *force_quotes) {
    *force_quotes = false;
    if (n->tag == TAG_UNSET) return true;
    if (n->flags & NODE_TAGGED) return false;
    if (n->tag == TAG_STR && n->style != STYLE_PLAIN) return true;
    node_tag inferred = resolve_tag_v3(node_text(n));
    if (inferred == TAG_MERGE) inferred = TAG_STR; /* the parser alone knows << */
    if (inferred == n->tag) return true;
    *force_quotes = n->tag == TAG_STR;
    return *force_quotes;
}

static strata_status prepare_scalar(v3_writer *w, const node *n, bool is_key, v3_scalar *out) {
    bool force_quotes;
    *out = (v3_scalar){.value = node_text(n)};
    if (!is_implied(n, &force_quotes)) out->tag = emit_v3_short_tag(tag_text(n));
    node_style wanted = wanted_style(n, force_quotes);
    if (!utf8_is_valid(out->value)) {
        if (n->tag != TAG_UNSET)
            return scope_fail(w->sc, DIAGNOSTIC_YAML_VALUE, n->where,
                              "the text can't be written: it is not valid UTF-8");
        out->tag = emit_v3_short_tag(TEXT("!!binary"));
        out->value = base64_encode(w->sc->arena, out->value, 70);
        if (!out->value.data) return scope_no_memory(w->sc);
        if (n->style == STYLE_PLAIN)
            wanted = text_find_char(out->value, '\n') != SIZE_MAX ? STYLE_LITERAL : STYLE_PLAIN;
    }
    scalar_shape shape = shape_of(out->value);
    out->simple_key = is_key && shape_is_simple_key(&shape, out->value, tag_size(out));
    out->style = shape_style_v3(&shape, out->value, wanted, w->flow_level > 0, out->simple_key);
    return STRATA_OK;
}

/* The tag of a collection is written only when it is another than that of its kind. */
static short_tag collection_tag(const node *n) {
    bool implied = n->tag == TAG_UNSET || (n->tag == (n->kind == NODE_MAPPING ? TAG_MAP : TAG_SEQ));
    return implied && !(n->flags & NODE_TAGGED) ? (short_tag){TEXT_EMPTY, TEXT_EMPTY} : emit_v3_short_tag(tag_text(n));
}

static bool is_block(const v3_writer *w, const node *n) {
    return n->count > 0 && w->flow_level == 0 && !(n->flags & NODE_FLOW);
}

/* --- comments ------------------------------------------------------------------------------------------------- */

static void pend(text *slot, text comment) {
    if (comment.size) *slot = comment;
}

/* The comments that come with the beginning of a node: with all of it when it is a scalar. */
static void begin(v3_writer *w, const node *n, text tail) {
    pend(&w->emit.tail_comment, n->kind == NODE_SEQUENCE ? TEXT_EMPTY : tail);
    if (!n->extra) return;
    pend(&w->emit.head_comment, n->extra->head_comment);
    if (n->kind == NODE_MAPPING || n->kind == NODE_SEQUENCE) return;
    pend(&w->emit.line_comment, n->extra->line_comment);
    pend(&w->emit.foot_comment, n->extra->foot_comment);
}

/* Those that come with the end of a collection. */
static void end(v3_writer *w, const node *n, text tail) {
    pend(&w->emit.tail_comment, tail);
    if (!n->extra) return;
    pend(&w->emit.line_comment, n->extra->line_comment);
    pend(&w->emit.foot_comment, n->extra->foot_comment);
}

static bool is_followed_by_comment(const v3_writer *w) {
    return w->emit.line_comment.size + w->emit.foot_comment.size + w->emit.tail_comment.size > 0;
}

static void write_comments_after(v3_writer *w) {
    emit_v3_line_comment(&w->emit);
    emit_v3_foot_comment(&w->emit);
}

/* A comment beside a key whose value begins on the next line is written now; others go with the value. */
static void write_key_line_comment(v3_writer *w, const node *value) {
    emitter_v3 *e = &w->emit;
    if (e->key_line_comment.size == 0) return;
    if (value->kind == NODE_SCALAR) {
        if (e->line_comment.size) return;
        e->line_comment = e->key_line_comment;
        e->key_line_comment = TEXT_EMPTY;
    } else if (!(value->flags & NODE_FLOW)) {
        text kept = e->line_comment;
        e->line_comment = e->key_line_comment;
        emit_v3_line_comment(e);
        e->key_line_comment = TEXT_EMPTY;
        e->line_comment = kept;
    }
}

/* --- nodes ---------------------------------------------------------------------------------------------------- */

/* "&name", or "*name" for an alias. */
static void write_anchor(v3_writer *w, const node *n) {
    emitter_v3 *e = &w->emit;
    if (!n->extra || n->extra->anchor.size == 0) return;
    emit_v3_indicator(e, n->kind == NODE_ALIAS ? "*" : "&", true, false, false);
    emit_v3_name(e, n->extra->anchor);
}

static void write_scalar(v3_writer *w, const v3_scalar *s, v3_place place) {
    emit_v3_tag(&w->emit, s->tag);
    int before = emit_v3_deeper(&w->emit, true, place == IN_BLOCK_SEQUENCE, false);
    emit_v3_scalar(&w->emit, s->value, s->style);
    w->emit.indent = before;
}

/* A scalar as a whole, the tag of a collection: the rest is for finish, after the comments of what came before. */
static strata_status open(v3_writer *w, const node *n, v3_place place) {
    write_anchor(w, n);
    if (n->kind == NODE_ALIAS) return STRATA_OK;
    if (n->kind != NODE_SCALAR) {
        emit_v3_tag(&w->emit, collection_tag(n));
        return STRATA_OK;
    }
    v3_scalar scalar;
    TRY(prepare_scalar(w, n, false, &scalar));
    write_scalar(w, &scalar, place);
    return STRATA_OK;
}

/* Its foot comment is written before the next key. */
static strata_status write_collection_key(v3_writer *w, const node *key) {
    node bare = *key;
    node_extra extra = key->extra ? *key->extra : (node_extra){.tag = TEXT_EMPTY};
    extra.foot_comment = TEXT_EMPTY;
    bare.extra = &extra;
    TRY(open(w, &bare, IN_MAPPING));
    return finish(w, &bare, IN_MAPPING);
}

/* A key; *simple when a colon follows on the same line. */
static strata_status write_key(v3_writer *w, const node *key, bool *simple) {
    bool block = w->flow_level == 0;
    v3_scalar scalar;
    if (key->kind == NODE_SCALAR) {
        TRY(prepare_scalar(w, key, true, &scalar));
        *simple = scalar.simple_key;
    } else if (key->kind == NODE_ALIAS) {
        *simple = true;
        write_anchor(w, key);
        emit_v3_name(&w->emit, TEXT(" "));
        return STRATA_OK;
    } else {
        short_tag tag = collection_tag(key);
        *simple = key->count == 0 && tag.handle.size + tag.suffix.size <= LONGEST_SIMPLE_KEY;
    }
    if (!*simple) emit_v3_indicator(&w->emit, "?", true, false, block);
    if (key->kind != NODE_SCALAR) return write_collection_key(w, key);
    write_anchor(w, key);
    write_scalar(w, &scalar, IN_MAPPING);
    return STRATA_OK;
}

static text foot_comment(const node *n) { return n->extra ? n->extra->foot_comment : TEXT_EMPTY; }

/* The comment below a key is written before the next one: its value may be long. */
static void begin_key(v3_writer *w, const node *key, text tail) {
    text own = w->emit.foot_comment;
    begin(w, key, tail);
    if (key->kind == NODE_SCALAR) w->emit.foot_comment = own;
}

static strata_status finish_block_sequence(v3_writer *w, const node *n, v3_place place) {
    emitter_v3 *e = &w->emit;
    int before = e->indent;
    for (uint32_t i = 0; i < n->count; i++) {
        begin(w, n->items[i], TEXT_EMPTY);
        bool compact = place == IN_MAPPING && (e->column == 0 || !e->indention);
        if (i == 0) emit_v3_deeper(e, false, place == IN_BLOCK_SEQUENCE, compact);
        emit_v3_head_comment(e);
        emit_v3_indent(e);
        emit_v3_indicator(e, "-", true, false, true);
        TRY(open(w, n->items[i], IN_BLOCK_SEQUENCE));
        write_comments_after(w);
        TRY(finish(w, n->items[i], IN_BLOCK_SEQUENCE));
    }
    end(w, n, TEXT_EMPTY);
    e->indent = before;
    return STRATA_OK;
}

static strata_status write_block_value(v3_writer *w, const node *value, bool simple) {
    begin(w, value, TEXT_EMPTY);
    if (!simple) emit_v3_indent(&w->emit);
    emit_v3_indicator(&w->emit, ":", !simple, false, !simple);
    write_key_line_comment(w, value);
    TRY(open(w, value, IN_MAPPING));
    write_comments_after(w);
    return finish(w, value, IN_MAPPING);
}

static strata_status finish_block_mapping(v3_writer *w, const node *n, v3_place place) {
    emitter_v3 *e = &w->emit;
    int before = e->indent;
    text tail = TEXT_EMPTY;
    for (uint32_t i = 0; i < n->count; i++) {
        const node *key = n->pairs[i].key;
        bool simple = true;
        begin_key(w, key, tail);
        tail = foot_comment(key);
        if (i == 0) emit_v3_deeper(e, false, place == IN_BLOCK_SEQUENCE, false);
        emit_v3_head_comment(e);
        emit_v3_indent(e);
        if (e->line_comment.size) {
            e->key_line_comment = e->line_comment;
            e->line_comment = TEXT_EMPTY;
        }
        TRY(write_key(w, key, &simple));
        TRY(write_block_value(w, n->pairs[i].value, simple));
    }
    end(w, n, tail);
    emit_v3_head_comment(e);
    e->indent = before;
    return STRATA_OK;
}

static int enter_flow(v3_writer *w, const char *bracket, v3_place place) {
    emit_v3_indicator(&w->emit, bracket, true, true, false);
    int before = emit_v3_deeper(&w->emit, true, place == IN_BLOCK_SEQUENCE, false);
    w->flow_level++;
    return before;
}

static void leave_flow(v3_writer *w, const char *bracket, int indent, bool at_line_start) {
    w->flow_level--;
    w->emit.indent = indent;
    if (at_line_start && w->emit.column == 0) emit_v3_indent(&w->emit);
    emit_v3_indicator(&w->emit, bracket, false, false, false);
    write_comments_after(w);
}

static void begin_flow_entry(v3_writer *w, bool comma) {
    if (comma) emit_v3_indicator(&w->emit, ",", false, false, false);
    emit_v3_head_comment(&w->emit);
    if (w->emit.column == 0) emit_v3_indent(&w->emit);
}

/* An item or value, and the comma when a comment stands between it and the next; *comma: whether that is still to come.
 */
static strata_status write_flow_value(v3_writer *w, const node *n, v3_place place, bool *comma) {
    *comma = !is_followed_by_comment(w);
    TRY(open(w, n, place));
    if (is_followed_by_comment(w)) emit_v3_indicator(&w->emit, ",", false, false, false);
    write_comments_after(w);
    return finish(w, n, place);
}

static strata_status finish_flow_sequence(v3_writer *w, const node *n, v3_place place) {
    int before = w->emit.indent;
    bool comma = false;
    for (uint32_t i = 0; i < n->count; i++) {
        begin(w, n->items[i], TEXT_EMPTY);
        if (i == 0) before = enter_flow(w, "[", place);
        begin_flow_entry(w, comma);
        TRY(write_flow_value(w, n->items[i], IN_FLOW_SEQUENCE, &comma));
    }
    end(w, n, TEXT_EMPTY);
    if (n->count == 0) before = enter_flow(w, "[", place);
    leave_flow(w, "]", before, true);
    return STRATA_OK;
}

static strata_status finish_flow_mapping(v3_writer *w, const node *n, v3_place place) {
    emitter_v3 *e = &w->emit;
    int before = e->indent;
    bool comma = false;
    text tail = TEXT_EMPTY;
    for (uint32_t i = 0; i < n->count; i++) {
        const node *key = n->pairs[i].key;
        bool simple = true;
        begin_key(w, key, tail);
        tail = foot_comment(key);
        if (i == 0) before = enter_flow(w, "{", place);
        begin_flow_entry(w, comma);
        TRY(write_key(w, key, &simple));
        begin(w, n->pairs[i].value, TEXT_EMPTY);
        emit_v3_indicator(e, ":", !simple, false, false);
        TRY(write_flow_value(w, n->pairs[i].value, IN_MAPPING, &comma));
    }
    end(w, n, tail);
    if (n->count == 0) before = enter_flow(w, "{", place);
    if (comma && e->head_comment.size + e->foot_comment.size + e->tail_comment.size > 0)
        emit_v3_indicator(e, ",", false, false, false);
    emit_v3_head_comment(e);
    leave_flow(w, "}", before, false);
    return STRATA_OK;
}

static strata_status finish(v3_writer *w, const node *n, v3_place place) {
    if (n->kind == NODE_SCALAR || n->kind == NODE_ALIAS || buffer_failed(w->emit.out)) return STRATA_OK;
    if (w->depth >= w->sc->limits->nesting)
        return scope_fail(w->sc, DIAGNOSTIC_LIMIT, n->where, "the document is nested more than %u levels deep",
                          (unsigned)w->sc->limits->nesting);
    w->depth++;
    if (n->kind == NODE_MAPPING)
        TRY(is_block(w, n) ? finish_block_mapping(w, n, place) : finish_flow_mapping(w, n, place));
    else
        TRY(is_block(w, n) ? finish_block_sequence(w, n, place) : finish_flow_sequence(w, n, place));
    w->depth--;
    return STRATA_OK;
}

static strata_status write_document(v3_writer *w, const node *root) {
    emitter_v3 *e = &w->emit;
    node_extra own = root->extra ? *root->extra : (node_extra){.tag = TEXT_EMPTY};
    node bare = *root;
    text foot = own.foot_comment;
    own.foot_comment = TEXT_EMPTY;
    bare.extra = &own;
    if (own.document_head.size) {
        e->head_comment = own.document_head;
        emit_v3_head_comment(e);
        emit_v3_break(e);
    }
    begin(w, &bare, TEXT_EMPTY);
    TRY(open(w, &bare, AT_ROOT));
    write_comments_after(w);
    TRY(finish(w, &bare, AT_ROOT));
    pend(&e->foot_comment, foot);
    e->foot_indent = 0;
    emit_v3_foot_comment(e);
    e->foot_indent = -1;
    emit_v3_indent(e);
    return STRATA_OK;
}

strata_status yaml_write_v3(scope *sc, const node *document, buffer *out) {
    v3_writer w = {.sc = sc};
    emit_v3_begin(&w.emit, out);
    TRY(write_document(&w, document));
    if (out->failure == BUFFER_TOO_LARGE)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, document->where, "the output is larger than %zu bytes", out->ceiling);
    return buffer_failed(out) ? scope_no_memory(sc) : STRATA_OK;
}
