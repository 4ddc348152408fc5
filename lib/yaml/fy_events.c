/* yaml/fy_events.c: see fy_events.h. The flags are those with which libfyaml accepts what go-yaml does. */
#include "yaml/fy_events.h"

#include <libfyaml.h>

/* Depth is counted by who builds the nodes; keys may repeat; flow text needs no indentation; *.json is no special. */
static const struct fy_parse_cfg configuration = {
    .flags = FYPCF_DISABLE_DEPTH_LIMIT | FYPCF_ALLOW_DUPLICATE_KEYS | FYPCF_SLOPPY_FLOW_INDENTATION | FYPCF_JSON_NONE |
             FYPCF_QUIET | FYPCF_COLLECT_DIAG,
};

/* libfyaml would print what it has to say. */
static void say_nothing(struct fy_diag *diag, void *user, const char *data, size_t size) {
    (void)diag;
    (void)user;
    (void)data;
    (void)size;
}

static bool make_diag(fy_events *f) {
    struct fy_diag_cfg silent;
    fy_diag_cfg_default(&silent);
    silent.fp = NULL;
    silent.output_fn = say_nothing;
    f->diag = fy_diag_create(&silent);
    if (!f->diag) return false;
    fy_diag_set_collect_errors(f->diag, true);
    return true;
}

bool fy_events_open(fy_events *f, arena *a, text bytes) {
    if (f->parser) fy_events_close(f);
    if (!make_diag(f)) return false;
    struct fy_parse_cfg own = configuration;
    own.diag = f->diag;
    f->parser = fy_parser_create(&own);
    f->bytes = bytes;
    f->arena = a;
    return f->parser &&
           fy_parser_set_string(f->parser, bytes.size ? bytes.data : "\n", bytes.size ? bytes.size : 1) == 0;
}

void fy_events_close(fy_events *f) {
    if (f->parser) fy_parser_destroy(f->parser);
    if (f->diag) fy_diag_destroy(f->diag);
    f->parser = NULL;
    f->diag = NULL;
}

/* The text of a token: the slice of the input when it is one, a copy otherwise. */
static bool token_text(fy_events *f, struct fy_token *token, text *out) {
    *out = TEXT_EMPTY;
    if (!token) return true;
    size_t size = 0;
    const char *data = fy_token_get_text(token, &size);
    if (!data) return false;
    if (size == 0) return true;
    *out = text_of(data, size);
    bool is_slice = data >= f->bytes.data && data + size <= f->bytes.data + f->bytes.size;
    if (!is_slice) *out = text_copy(f->arena, *out);
    return out->data != NULL;
}

static node_style style_of(struct fy_token *scalar) {
    switch (scalar ? fy_token_scalar_style(scalar) : FYSS_PLAIN) {
    case FYSS_SINGLE_QUOTED: return STYLE_SINGLE_QUOTED;
    case FYSS_DOUBLE_QUOTED: return STYLE_DOUBLE_QUOTED;
    case FYSS_LITERAL: return STYLE_LITERAL;
    case FYSS_FOLDED: return STYLE_FOLDED;
    default: return STYLE_PLAIN;
    }
}

static void set_place(const fy_events *f, struct fy_event *event, yaml_event *out) {
    struct fy_token *anchor = fy_event_get_anchor_token(event), *tag = fy_event_get_tag_token(event);
    const struct fy_mark *mark = fy_event_start_mark(event), *other;
    size_t at = mark ? mark->input_pos : 0;
    /* libfyaml's quoted scalars begin behind the quote. */
    bool quoted = out->type == EVENT_SCALAR && (out->style == STYLE_SINGLE_QUOTED || out->style == STYLE_DOUBLE_QUOTED);
    if (quoted && at > 0) at--;
    if (anchor && (other = fy_token_start_mark(anchor)) && other->input_pos && other->input_pos - 1 < at)
        at = other->input_pos - 1;
    if (tag && (other = fy_token_start_mark(tag)) && other->input_pos < at) at = other->input_pos;
    out->at = at < f->bytes.size ? at : f->bytes.size;
}

static bool set_node(fy_events *f, struct fy_event *event, yaml_event *out) {
    set_place(f, event, out);
    return token_text(f, fy_event_get_anchor_token(event), &out->anchor) &&
           token_text(f, fy_event_get_tag_token(event), &out->tag);
}

static bool convert(fy_events *f, struct fy_event *event, yaml_event *out) {
    switch (event->type) {
    case FYET_DOCUMENT_START: out->type = EVENT_DOCUMENT_START; return true;
    case FYET_DOCUMENT_END: out->type = EVENT_DOCUMENT_END; return true;
    case FYET_SEQUENCE_END: out->type = EVENT_SEQUENCE_END; return true;
    case FYET_MAPPING_END: out->type = EVENT_MAPPING_END; return true;
    case FYET_ALIAS:
        out->type = EVENT_ALIAS;
        set_place(f, event, out);
        return token_text(f, event->alias.anchor, &out->anchor);
    case FYET_SCALAR:
        out->type = EVENT_SCALAR;
        out->style = style_of(event->scalar.value);
        return set_node(f, event, out) && token_text(f, event->scalar.value, &out->value);
    case FYET_SEQUENCE_START:
    case FYET_MAPPING_START:
        out->type = event->type == FYET_MAPPING_START ? EVENT_MAPPING_START : EVENT_SEQUENCE_START;
        out->flow = fy_event_get_node_style(event) == FYNS_FLOW;
        return set_node(f, event, out);
    default: out->type = EVENT_STREAM_END; return true;
    }
}

fy_result fy_events_next(fy_events *f, yaml_event *out) {
    for (;;) {
        struct fy_event *event = fy_parser_parse(f->parser);
        memset(out, 0, sizeof *out);
        if (!event) return FY_REFUSED;
        bool is_start = event->type == FYET_STREAM_START;
        bool done = is_start || convert(f, event, out);
        fy_parser_event_free(f->parser, event);
        if (!done) return FY_NO_MEMORY;
        if (!is_start) return FY_EVENT;
    }
}
