/* yaml/parser.c: see parser.h. */
#include "yaml/parser.h"

#include "yaml/scan_cursor.h"

static bool refuse(parser *p, const token *t, const char *problem) {
    p->scan.problem = problem;
    p->scan.problem_at = (size_t)(t->start.at < 0 ? 0 : t->start.at);
    return false;
}

/* --- comments ---------------------------------------------------------------------------------------------------- */

static void join_comment(buffer *to, text comment) {
    if (to->size) buffer_add_char(to, '\n');
    buffer_add_text(to, comment);
}

/* Takes the comments that belong to this token or to what was before it. */
static void unfold_comments(parser *p, const token *t) {
    scanner *s = &p->scan;
    for (; s->comment_head < s->comment_count; s->comment_head++) {
        const yaml_comment *comment = &s->comment_queue[s->comment_head];
        if (t->start.at < comment->belongs.at) return;
        switch (comment->kind) {
        case COMMENT_HEAD:
            if (t->type == TOKEN_BLOCK_END) return; /* it waits for what follows */
            join_comment(&p->head, comment->value);
            break;
        case COMMENT_LINE: join_comment(&p->line, comment->value); break;
        case COMMENT_FOOT: join_comment(&p->foot, comment->value); break;
        }
    }
}

static bool take_comments(parser *p, yaml_event *out) {
    p->stem = TEXT_EMPTY;
    if (!scan_keep(&p->scan, &p->head, &out->head_comment) || !scan_keep(&p->scan, &p->line, &out->line_comment) ||
        !scan_keep(&p->scan, &p->foot, &out->foot_comment))
        return false;
    buffer_clear(&p->head);
    buffer_clear(&p->line);
    buffer_clear(&p->foot);
    return true;
}

/* --- tokens and states ------------------------------------------------------------------------------------------- */

static const token *peek(parser *p) {
    const token *t = scanner_peek(&p->scan);
    if (t) unfold_comments(p, t);
    return t;
}

static const token *skip_and_peek(parser *p) {
    scanner_skip(&p->scan);
    return peek(p);
}

static bool push_state(parser *p, parser_state state) {
    parser_state *states = scanner_grow(&p->scan, p->states, p->state_count, &p->state_room, sizeof *states);
    if (!states) return false;
    p->states = states;
    states[p->state_count++] = state;
    return true;
}

static void pop_state(parser *p) { p->state = p->states[--p->state_count]; }

static bool empty_scalar(yaml_event *out, long at) {
    *out = (yaml_event){
        .type = EVENT_SCALAR, .style = STYLE_PLAIN, .at = (size_t)at, .end = (size_t)at, .value = TEXT_EMPTY};
    return true;
}

static size_t place_of(const token *t) { return (size_t)(t->start.at < 0 ? 0 : t->start.at); }
static size_t end_of(const token *t) { return (size_t)(t->end.at < 0 ? 0 : t->end.at); }

/* --- directives and documents ------------------------------------------------------------------------------------ */

static const text *find_handle(const parser *p, text handle) {
    for (size_t i = 0; i < p->handle_count; i++)
        if (text_equal(p->handles[i].handle, handle)) return &p->handles[i].prefix;
    return NULL;
}

static bool add_handle(parser *p, text handle, text prefix) {
    tag_handle *handles = scanner_grow(&p->scan, p->handles, p->handle_count, &p->handle_room, sizeof *handles);
    if (!handles) return false;
    p->handles = handles;
    handles[p->handle_count++] = (tag_handle){handle, prefix};
    return true;
}

static bool add_default_handles(parser *p) {
    if (!find_handle(p, TEXT("!")) && !add_handle(p, TEXT("!"), TEXT("!"))) return false;
    return find_handle(p, TEXT("!!")) || add_handle(p, TEXT("!!"), TEXT("tag:yaml.org,2002:"));
}

/* The directives at hand; the token after them, NULL when one is refused. */
static const token *read_directives(parser *p, const token *t) {
    bool has_version = false;
    while (t && (t->type == TOKEN_VERSION || t->type == TOKEN_TAG_DIRECTIVE)) {
        if (t->type == TOKEN_VERSION) {
            if (has_version) return refuse(p, t, "a second %YAML directive"), NULL;
            if (t->other_version) return refuse(p, t, "only version 1.1 of YAML is known"), NULL;
            has_version = true;
        } else {
            if (find_handle(p, t->value)) return refuse(p, t, "a second %TAG directive for a handle"), NULL;
            if (!add_handle(p, t->value, t->suffix)) return NULL;
        }
        t = skip_and_peek(p);
    }
    return t && add_default_handles(p) ? t : NULL;
}

/* Of a comment at the top of the text, what stands above its last empty line is the head of the document. */
static bool split_document_head(parser *p, yaml_event *out) {
    const char *data = p->head.data;
    for (size_t i = p->head.size ? p->head.size - 1 : 0; i > 0; i--) {
        if (data[i] != '\n') continue;
        size_t size;
        if (i == p->head.size - 1)
            size = i;
        else if (data[i - 1] == '\n')
            size = i - 1;
        else
            continue;
        out->head_comment = text_copy(p->scan.arena, text_of(data, size));
        if (!out->head_comment.data) return !(p->scan.no_memory = true);
        p->head.size -= i + 1;
        memmove(p->head.data, p->head.data + i + 1, p->head.size);
        return true;
    }
    return true;
}

static bool document_start(parser *p, yaml_event *out, bool first) {
    const token *t = peek(p);
    while (t && !first && t->type == TOKEN_DOCUMENT_END)
        t = skip_and_peek(p);
    if (!t) return false;
    if (t->type == TOKEN_STREAM_END) {
        p->state = STATE_END;
        *out = (yaml_event){.type = EVENT_STREAM_END, .at = place_of(t)};
        return true;
    }
    *out = (yaml_event){.type = EVENT_DOCUMENT_START, .at = place_of(t)};
    if (!push_state(p, STATE_DOCUMENT_END)) return false;
    bool bare = t->type != TOKEN_VERSION && t->type != TOKEN_TAG_DIRECTIVE && t->type != TOKEN_DOCUMENT_START;
    if (first && bare) {
        p->state = STATE_BLOCK_NODE;
        return add_default_handles(p) && split_document_head(p, out);
    }
    t = read_directives(p, t);
    if (!t) return false;
    if (t->type != TOKEN_DOCUMENT_START) return refuse(p, t, "a document must begin with --- here");
    p->state = STATE_DOCUMENT_CONTENT;
    scanner_skip(&p->scan);
    return true;
}

static bool document_end(parser *p, yaml_event *out) {
    const token *t = peek(p);
    if (!t) return false;
    *out = (yaml_event){.type = EVENT_DOCUMENT_END, .at = place_of(t)};
    if (t->type == TOKEN_DOCUMENT_END) scanner_skip(&p->scan);
    p->handle_count = 0;
    p->state = STATE_DOCUMENT;
    if (!take_comments(p, out)) return false;
    if (out->head_comment.size && !out->foot_comment.size) {
        out->foot_comment = out->head_comment;
        out->head_comment = TEXT_EMPTY;
    }
    return true;
}

/* --- nodes ------------------------------------------------------------------------------------------------------- */

static bool resolve_tag(parser *p, const token *t, text *out) {
    *out = t->suffix;
    if (t->value.size == 0) return true;
    const text *prefix = find_handle(p, t->value);
    if (!prefix) return refuse(p, t, "a tag with a handle that no %TAG directive declares");
    *out = TEXT_CONCAT(p->scan.arena, *prefix, t->suffix);
    if (!out->data) p->scan.no_memory = true;
    return out->data != NULL;
}

/* An anchor and a tag, in either order; the token after them, NULL when the text is refused. */
static const token *read_properties(parser *p, const token *t, yaml_event *out) {
    bool has_anchor = false, has_tag = false;
    while (t && ((t->type == TOKEN_ANCHOR && !has_anchor) || (t->type == TOKEN_TAG && !has_tag))) {
        if (t->type == TOKEN_ANCHOR) {
            has_anchor = true;
            out->anchor = t->value;
        } else {
            has_tag = true;
            if (!resolve_tag(p, t, &out->tag)) return NULL;
        }
        t = skip_and_peek(p);
    }
    return t;
}

static bool begin_flow(parser *p, yaml_event *out, yaml_event_type type, parser_state state) {
    out->type = type;
    out->flow = true;
    p->state = state;
    return take_comments(p, out);
}

static bool begin_block(parser *p, yaml_event *out, yaml_event_type type, parser_state state) {
    out->type = type;
    p->state = state;
    out->head_comment = p->stem;
    p->stem = TEXT_EMPTY;
    return true;
}

static bool scalar(parser *p, const token *t, yaml_event *out) {
    out->type = EVENT_SCALAR;
    out->style = t->style;
    out->value = t->value;
    out->end = end_of(t);
    pop_state(p);
    if (!take_comments(p, out)) return false;
    scanner_skip(&p->scan);
    return true;
}

static bool alias(parser *p, const token *t, yaml_event *out) {
    *out = (yaml_event){.type = EVENT_ALIAS, .at = place_of(t), .end = end_of(t), .anchor = t->value};
    pop_state(p);
    if (!take_comments(p, out)) return false;
    scanner_skip(&p->scan);
    return true;
}

static bool parse_node(parser *p, yaml_event *out, bool block, bool indentless) {
    const token *t = peek(p);
    if (!t) return false;
    if (t->type == TOKEN_ALIAS) return alias(p, t, out);
    *out = (yaml_event){.type = EVENT_SCALAR, .style = STYLE_PLAIN, .at = place_of(t), .value = TEXT_EMPTY};
    t = read_properties(p, t, out);
    if (!t) return false;
    if (indentless && t->type == TOKEN_BLOCK_ENTRY) {
        out->type = EVENT_SEQUENCE_START;
        p->state = STATE_INDENTLESS;
        return true;
    }
    switch (t->type) {
    case TOKEN_SCALAR: return scalar(p, t, out);
    case TOKEN_FLOW_SEQUENCE_START: return begin_flow(p, out, EVENT_SEQUENCE_START, STATE_FLOW_SEQUENCE_FIRST);
    case TOKEN_FLOW_MAPPING_START: return begin_flow(p, out, EVENT_MAPPING_START, STATE_FLOW_MAPPING_FIRST);
    case TOKEN_BLOCK_SEQUENCE_START:
        if (block) return begin_block(p, out, EVENT_SEQUENCE_START, STATE_SEQUENCE_FIRST);
        break;
    case TOKEN_BLOCK_MAPPING_START:
        if (block) return begin_block(p, out, EVENT_MAPPING_START, STATE_MAPPING_FIRST);
        break;
    default: break;
    }
    if (out->anchor.size == 0 && out->tag.size == 0) return refuse(p, t, "a value is missing here");
    pop_state(p);
    return true;
}

static bool document_content(parser *p, yaml_event *out) {
    const token *t = peek(p);
    if (!t) return false;
    switch (t->type) {
    case TOKEN_VERSION:
    case TOKEN_TAG_DIRECTIVE:
    case TOKEN_DOCUMENT_START:
    case TOKEN_DOCUMENT_END:
    case TOKEN_STREAM_END: pop_state(p); return empty_scalar(out, t->start.at);
    default: return parse_node(p, out, true, false);
    }
}

/* --- block collections ------------------------------------------------------------------------------------------- */

/* Of the comments before a dash and behind it, the former belong to the collection that begins behind the dash. */
static bool split_stem(parser *p, const token *t, size_t stem_size) {
    if (stem_size == 0 || (t->type != TOKEN_BLOCK_SEQUENCE_START && t->type != TOKEN_BLOCK_MAPPING_START)) return true;
    p->stem = text_copy(p->scan.arena, text_of(p->head.data, stem_size));
    if (!p->stem.data) return !(p->scan.no_memory = true);
    size_t left = p->head.size > stem_size ? p->head.size - stem_size - 1 : 0;
    memmove(p->head.data, p->head.data + (p->head.size - left), left);
    p->head.size = left;
    return true;
}

/* The token behind a dash; NULL when it is refused. */
static const token *pass_dash(parser *p) {
    size_t stem_size = p->head.size;
    const token *dash = scanner_peek(&p->scan);
    p->indicator = place_of(dash);
    scanner_skip(&p->scan);
    const token *t = peek(p);
    return t && split_stem(p, t, stem_size) ? t : NULL;
}

static bool end_collection(parser *p, const token *t, yaml_event *out, yaml_event_type type) {
    *out = (yaml_event){.type = type, .at = place_of(t), .end = end_of(t)};
    pop_state(p);
    return true;
}

static bool sequence_entry(parser *p, yaml_event *out) {
    if (p->state == STATE_SEQUENCE_FIRST) {
        if (!peek(p)) return false;
        scanner_skip(&p->scan);
    }
    const token *t = peek(p);
    if (!t) return false;
    if (t->type == TOKEN_BLOCK_ENTRY) {
        long after = t->end.at;
        t = pass_dash(p);
        if (!t) return false;
        p->state = STATE_SEQUENCE;
        if (t->type == TOKEN_BLOCK_ENTRY || t->type == TOKEN_BLOCK_END) return empty_scalar(out, after);
        return push_state(p, STATE_SEQUENCE) && parse_node(p, out, true, false);
    }
    if (t->type != TOKEN_BLOCK_END) return refuse(p, t, "neither an item of the sequence nor its end");
    end_collection(p, t, out, EVENT_SEQUENCE_END);
    scanner_skip(&p->scan);
    return true;
}

static bool indentless_entry(parser *p, yaml_event *out) {
    const token *t = peek(p);
    if (!t) return false;
    if (t->type != TOKEN_BLOCK_ENTRY) return end_collection(p, t, out, EVENT_SEQUENCE_END);
    long after = t->end.at;
    t = pass_dash(p);
    if (!t) return false;
    p->state = STATE_INDENTLESS;
    if (t->type == TOKEN_BLOCK_ENTRY || t->type == TOKEN_KEY || t->type == TOKEN_VALUE || t->type == TOKEN_BLOCK_END)
        return empty_scalar(out, after);
    return push_state(p, STATE_INDENTLESS) && parse_node(p, out, true, false);
}

/* What is behind the indicator of a key or value, which may be nothing. */
static bool part_of_pair(parser *p, yaml_event *out, parser_state next) {
    const token *t = peek(p);
    long after = t->end.at;
    p->indicator = place_of(t);
    t = skip_and_peek(p);
    if (!t) return false;
    p->state = next;
    if (t->type == TOKEN_KEY || t->type == TOKEN_VALUE || t->type == TOKEN_BLOCK_END) return empty_scalar(out, after);
    return push_state(p, next) && parse_node(p, out, true, true);
}

static bool mapping_key(parser *p, yaml_event *out) {
    if (p->state == STATE_MAPPING_FIRST) {
        if (!peek(p)) return false;
        scanner_skip(&p->scan);
    }
    const token *t = peek(p);
    if (!t) return false;
    if (t->type == TOKEN_KEY) return part_of_pair(p, out, STATE_MAPPING_VALUE);
    if (t->type != TOKEN_BLOCK_END) return refuse(p, t, "neither a key of the mapping nor its end");
    end_collection(p, t, out, EVENT_MAPPING_END);
    if (!take_comments(p, out)) return false;
    scanner_skip(&p->scan);
    return true;
}

static bool mapping_value(parser *p, yaml_event *out) {
    const token *t = peek(p);
    if (!t) return false;
    if (t->type == TOKEN_VALUE) return part_of_pair(p, out, STATE_MAPPING_KEY);
    p->state = STATE_MAPPING_KEY;
    return empty_scalar(out, t->start.at);
}

/* --- flow collections -------------------------------------------------------------------------------------------- */

static bool flow_node(parser *p, yaml_event *out, parser_state next) {
    return push_state(p, next) && parse_node(p, out, false, false);
}

static bool end_flow(parser *p, const token *t, yaml_event *out, yaml_event_type type) {
    end_collection(p, t, out, type);
    if (!take_comments(p, out)) return false;
    scanner_skip(&p->scan);
    return true;
}

/* To the next entry of a flow collection, or the bracket that closes it. NULL when the text is refused. */
static const token *next_entry(parser *p, bool first, token_type closing) {
    const token *t = peek(p);
    if (!t) return NULL;
    if (first) return skip_and_peek(p);
    if (t->type == closing) return t;
    if (t->type != TOKEN_FLOW_ENTRY) return refuse(p, t, "neither a comma nor the end of the collection"), NULL;
    return skip_and_peek(p);
}

static bool flow_sequence_entry(parser *p, yaml_event *out) {
    const token *t = next_entry(p, p->state == STATE_FLOW_SEQUENCE_FIRST, TOKEN_FLOW_SEQUENCE_END);
    if (!t) return false;
    if (t->type == TOKEN_FLOW_SEQUENCE_END) return end_flow(p, t, out, EVENT_SEQUENCE_END);
    if (t->type != TOKEN_KEY) return flow_node(p, out, STATE_FLOW_SEQUENCE);
    *out = (yaml_event){.type = EVENT_MAPPING_START, .at = place_of(t), .flow = true};
    p->state = STATE_PAIR_KEY;
    scanner_skip(&p->scan);
    return true;
}

static bool pair_key(parser *p, yaml_event *out) {
    const token *t = peek(p);
    if (!t) return false;
    if (t->type != TOKEN_VALUE && t->type != TOKEN_FLOW_ENTRY && t->type != TOKEN_FLOW_SEQUENCE_END)
        return flow_node(p, out, STATE_PAIR_VALUE);
    long after = t->end.at;
    scanner_skip(&p->scan);
    p->state = STATE_PAIR_VALUE;
    return empty_scalar(out, after);
}

/* A value in a flow collection; `closing` closes the collection. */
static bool flow_value(parser *p, yaml_event *out, token_type closing, parser_state next) {
    const token *t = peek(p);
    if (!t) return false;
    if (t->type == TOKEN_VALUE) {
        p->indicator = place_of(t);
        t = skip_and_peek(p);
        if (!t) return false;
        if (t->type != TOKEN_FLOW_ENTRY && t->type != closing) return flow_node(p, out, next);
    }
    p->state = next;
    return empty_scalar(out, t->start.at);
}

static bool pair_end(parser *p, yaml_event *out) {
    const token *t = peek(p);
    if (!t) return false;
    p->state = STATE_FLOW_SEQUENCE;
    *out = (yaml_event){.type = EVENT_MAPPING_END, .at = place_of(t)};
    return true;
}

static bool flow_mapping_key(parser *p, yaml_event *out) {
    const token *t = next_entry(p, p->state == STATE_FLOW_MAPPING_FIRST, TOKEN_FLOW_MAPPING_END);
    if (!t) return false;
    if (t->type == TOKEN_FLOW_MAPPING_END) return end_flow(p, t, out, EVENT_MAPPING_END);
    if (t->type != TOKEN_KEY) return flow_node(p, out, STATE_FLOW_MAPPING_EMPTY_VALUE);
    t = skip_and_peek(p);
    if (!t) return false;
    if (t->type != TOKEN_VALUE && t->type != TOKEN_FLOW_ENTRY && t->type != TOKEN_FLOW_MAPPING_END)
        return flow_node(p, out, STATE_FLOW_MAPPING_VALUE);
    p->state = STATE_FLOW_MAPPING_VALUE;
    return empty_scalar(out, t->start.at);
}

static bool flow_mapping_without_value(parser *p, yaml_event *out) {
    const token *t = peek(p);
    if (!t) return false;
    p->state = STATE_FLOW_MAPPING_KEY;
    return empty_scalar(out, t->start.at);
}

/* --- the machine ------------------------------------------------------------------------------------------------- */

static bool step(parser *p, yaml_event *out) {
    switch (p->state) {
    case STATE_FIRST_DOCUMENT: return document_start(p, out, true);
    case STATE_DOCUMENT: return document_start(p, out, false);
    case STATE_DOCUMENT_CONTENT: return document_content(p, out);
    case STATE_DOCUMENT_END: return document_end(p, out);
    case STATE_BLOCK_NODE: return parse_node(p, out, true, false);
    case STATE_SEQUENCE_FIRST:
    case STATE_SEQUENCE: return sequence_entry(p, out);
    case STATE_INDENTLESS: return indentless_entry(p, out);
    case STATE_MAPPING_FIRST:
    case STATE_MAPPING_KEY: return mapping_key(p, out);
    case STATE_MAPPING_VALUE: return mapping_value(p, out);
    case STATE_FLOW_SEQUENCE_FIRST:
    case STATE_FLOW_SEQUENCE: return flow_sequence_entry(p, out);
    case STATE_PAIR_KEY: return pair_key(p, out);
    case STATE_PAIR_VALUE: return flow_value(p, out, TOKEN_FLOW_SEQUENCE_END, STATE_PAIR_END);
    case STATE_PAIR_END: return pair_end(p, out);
    case STATE_FLOW_MAPPING_FIRST:
    case STATE_FLOW_MAPPING_KEY: return flow_mapping_key(p, out);
    case STATE_FLOW_MAPPING_VALUE: return flow_value(p, out, TOKEN_FLOW_MAPPING_END, STATE_FLOW_MAPPING_KEY);
    case STATE_FLOW_MAPPING_EMPTY_VALUE: return flow_mapping_without_value(p, out);
    case STATE_END: break;
    }
    *out = (yaml_event){.type = EVENT_STREAM_END, .at = p->scan.bytes.size};
    return true;
}

bool parser_init(parser *p, text bytes, bool comments, arena *a, const allocator *from) {
    *p = (parser){.state = STATE_FIRST_DOCUMENT, .stem = TEXT_EMPTY};
    buffer_init(&p->head, from, 0);
    buffer_init(&p->line, from, 0);
    buffer_init(&p->foot, from, 0);
    if (!scanner_init(&p->scan, bytes, a, from)) return false;
    p->scan.comments = comments;
    p->scan.lookahead = comments ? 2 : 0;
    return true;
}

void parser_free(parser *p) {
    const allocator *from = p->scan.from;
    if (!from) return;
    if (p->states) from->release(p->states, from->user);
    if (p->handles) from->release(p->handles, from->user);
    buffer_free(&p->head);
    buffer_free(&p->line);
    buffer_free(&p->foot);
    scanner_free(&p->scan);
}

/* A text of which a part was lost must not pass for the whole. */
static bool is_out_of_memory(const scanner *s) {
    return s->no_memory || buffer_failed(&s->value) || buffer_failed(&s->blanks) || buffer_failed(&s->breaks);
}

parser_result parser_next(parser *p, yaml_event *out) {
    p->indicator = SIZE_MAX;
    bool done = step(p, out);
    out->indicator = p->indicator;
    if (is_out_of_memory(&p->scan)) return PARSER_NO_MEMORY;
    bool may_stop = !done || out->type == EVENT_DOCUMENT_END || out->type == EVENT_STREAM_END;
    if (may_stop && scanner_saw_bad_byte(&p->scan)) {
        p->scan.problem = p->scan.bad_problem;
        p->scan.problem_at = p->scan.bad_at;
        done = false;
    }
    return done ? PARSER_EVENT : PARSER_REFUSED;
}
