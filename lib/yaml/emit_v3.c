/* yaml/emit_v3.c: see emit_v3.h. */
#include "yaml/emit_v3.h"

#include "core/utf8.h"
#include "yaml/escape.h"
#include "yaml/refold.h"

enum { INDENT = 2 };

void emit_v3_begin(emitter_v3 *e, buffer *out) {
    *e = (emitter_v3){.out = out, .indent = -1, .foot_indent = -1, .whitespace = true, .indention = true};
}

static void put(emitter_v3 *e, const char *bytes, size_t size) {
    buffer_add(e->out, bytes, size);
    e->column++;
}

static void put_text(emitter_v3 *e, text t) {
    buffer_add_text(e->out, t);
    for (size_t i = 0; i < t.size; i++)
        e->column += ((unsigned char)t.data[i] & 0xC0) != 0x80;
}

/* One character, whose length it returns. */
static size_t put_character(emitter_v3 *e, text t, size_t i) {
    size_t length;
    utf8_decode(t.data + i, t.size - i, &length);
    put(e, t.data + i, length);
    return length;
}

static size_t break_at(text t, size_t i) { return yaml_break_length(t.data + i, t.size - i); }

static void put_break(emitter_v3 *e, text t, size_t i, size_t length) {
    buffer_add(e->out, t.data + i, length);
    e->column = 0;
    e->indention = true;
}

void emit_v3_break(emitter_v3 *e) { put_break(e, TEXT("\n"), 0, 1); }

void emit_v3_indent(emitter_v3 *e) {
    int indent = e->indent < 0 ? 0 : e->indent;
    if (!e->indention || e->column > indent || (e->column == indent && !e->whitespace)) emit_v3_break(e);
    if (e->foot_indent == indent) emit_v3_break(e);
    while (e->column < indent)
        put(e, " ", 1);
    e->whitespace = true;
    e->foot_indent = -1;
}

void emit_v3_indicator(emitter_v3 *e, const char *indicator, bool need_space, bool is_space, bool is_indention) {
    if (need_space && !e->whitespace) put(e, " ", 1);
    put_text(e, text_from(indicator));
    e->whitespace = is_space;
    e->indention = e->indention && is_indention;
}

void emit_v3_name(emitter_v3 *e, text name) {
    put_text(e, name);
    e->whitespace = false;
    e->indention = false;
}

int emit_v3_deeper(emitter_v3 *e, bool flow, bool in_sequence, bool compact) {
    int before = e->indent;
    if (e->indent < 0)
        e->indent = flow ? INDENT : 0;
    else if (in_sequence)
        e->indent += 2; /* "- " */
    else
        e->indent = INDENT * ((e->indent + INDENT) / INDENT) - (compact ? 2 : 0);
    return before;
}

/* --- comments ------------------------------------------------------------------------------------------------- */

static void write_comment(emitter_v3 *e, text comment) {
    bool after_break = false, has_mark = false;
    for (size_t i = 0; i < comment.size;) {
        size_t length = break_at(comment, i);
        if (length) {
            put_break(e, comment, i, length);
            i += length;
            after_break = true;
            has_mark = false;
            continue;
        }
        if (after_break) emit_v3_indent(e);
        if (!has_mark && comment.data[i] != '#') put_text(e, TEXT("# "));
        has_mark = true;
        i += put_character(e, comment, i);
        e->indention = false;
        after_break = false;
    }
    if (!after_break) emit_v3_break(e);
    e->whitespace = true;
}

static void remember_foot(emitter_v3 *e) { e->foot_indent = e->indent < 0 ? 0 : e->indent; }

void emit_v3_head_comment(emitter_v3 *e) {
    if (e->tail_comment.size) {
        emit_v3_indent(e);
        write_comment(e, e->tail_comment);
        e->tail_comment = TEXT_EMPTY;
        remember_foot(e);
    }
    if (e->head_comment.size == 0) return;
    emit_v3_indent(e);
    write_comment(e, e->head_comment);
    e->head_comment = TEXT_EMPTY;
}

void emit_v3_line_comment(emitter_v3 *e) {
    if (e->line_comment.size == 0) return;
    if (!e->whitespace) put(e, " ", 1);
    write_comment(e, e->line_comment);
    e->line_comment = TEXT_EMPTY;
}

void emit_v3_foot_comment(emitter_v3 *e) {
    if (e->foot_comment.size == 0) return;
    emit_v3_indent(e);
    write_comment(e, e->foot_comment);
    e->foot_comment = TEXT_EMPTY;
    remember_foot(e);
}

/* --- tags ----------------------------------------------------------------------------------------------------- */

short_tag emit_v3_short_tag(text tag) {
    text prefix = TEXT("tag:yaml.org,2002:");
    if (text_starts(tag, TEXT("!!"))) return (short_tag){TEXT("!!"), text_after(tag, 2)};
    if (text_starts(tag, TEXT("!"))) return (short_tag){TEXT("!"), text_after(tag, 1)};
    if (text_starts(tag, prefix)) return (short_tag){TEXT("!!"), text_after(tag, prefix.size)};
    return (short_tag){TEXT_EMPTY, tag};
}

static void write_tag_content(emitter_v3 *e, text content) {
    for (size_t i = 0; i < content.size; i++) {
        unsigned char c = (unsigned char)content.data[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                     (c && strchr("-;/?:@&=+$,_.~*'()[]", c));
        char escaped[4] = {'%', "0123456789ABCDEF"[c >> 4], "0123456789ABCDEF"[c & 15], '\0'};
        if (plain)
            put(e, content.data + i, 1);
        else
            put_text(e, text_of(escaped, 3));
    }
}

void emit_v3_tag(emitter_v3 *e, short_tag tag) {
    if (tag.handle.size == 0 && tag.suffix.size == 0) return;
    if (!e->whitespace) put(e, " ", 1);
    put_text(e, tag.handle.size ? tag.handle : TEXT("!<"));
    write_tag_content(e, tag.suffix);
    if (tag.handle.size == 0) put(e, ">", 1);
    e->whitespace = e->indention = false;
}

/* --- scalars -------------------------------------------------------------------------------------------------- */

static void write_plain(emitter_v3 *e, text t) {
    if (t.size > 0) {
        if (!e->whitespace) put(e, " ", 1);
        put_text(e, t);
        e->whitespace = false;
    }
    e->indention = false;
}

static void write_single_quoted(emitter_v3 *e, text t) {
    bool after_break = false;
    emit_v3_indicator(e, "'", true, false, false);
    for (size_t i = 0; i < t.size;) {
        size_t length = break_at(t, i);
        if (length) {
            if (!after_break && t.data[i] == '\n') emit_v3_break(e);
            put_break(e, t, i, length);
            i += length;
            after_break = true;
            continue;
        }
        if (after_break) emit_v3_indent(e);
        if (t.data[i] == '\'') put(e, "'", 1);
        i += put_character(e, t, i);
        e->indention = after_break = false;
    }
    emit_v3_indicator(e, "'", false, false, false);
}

static void write_double_quoted(emitter_v3 *e, text t) {
    bool escape_all = escape_is_total(t);
    emit_v3_indicator(e, "\"", true, false, false);
    for (size_t i = 0; i < t.size;)
        i += escape_add(e->out, t, i, escape_all);
    emit_v3_indicator(e, "\"", false, false, false);
}

static void write_header(emitter_v3 *e, text t, const char *style) {
    emit_v3_indicator(e, style, true, false, false);
    if (t.data[0] == ' ' || break_at(t, 0)) emit_v3_indicator(e, "2", false, false, false);
    size_t last = yaml_break_before(t, t.size);
    if (last == 0)
        emit_v3_indicator(e, "-", false, false, false);
    else if (last == t.size || yaml_break_before(t, t.size - last))
        emit_v3_indicator(e, "+", false, false, false);
    if (e->line_comment.size)
        emit_v3_line_comment(e);
    else
        emit_v3_break(e);
    e->whitespace = true;
}

/* Lines of a block; those of a folded one have their breaks doubled already. */
static void write_block(emitter_v3 *e, text lines) {
    bool after_break = true;
    for (size_t i = 0; i < lines.size;) {
        size_t length = break_at(lines, i);
        if (length) {
            put_break(e, lines, i, length);
            i += length;
            after_break = true;
            continue;
        }
        if (after_break) emit_v3_indent(e);
        i += put_character(e, lines, i);
        e->indention = after_break = false;
    }
}

static void write_folded(emitter_v3 *e, text t) {
    buffer lines;
    buffer_init(&lines, e->out->from, 0);
    refold_lines(&lines, t);
    write_block(e, buffer_text(&lines));
    if (buffer_failed(&lines)) e->out->failure = lines.failure;
    buffer_free(&lines);
}

void emit_v3_scalar(emitter_v3 *e, text t, node_style style) {
    switch (style) {
    case STYLE_PLAIN: write_plain(e, t); return;
    case STYLE_SINGLE_QUOTED: write_single_quoted(e, t); return;
    case STYLE_DOUBLE_QUOTED: write_double_quoted(e, t); return;
    case STYLE_LITERAL:
        write_header(e, t, "|");
        write_block(e, t);
        return;
    case STYLE_FOLDED:
        write_header(e, t, ">");
        write_folded(e, t);
        return;
    }
}
