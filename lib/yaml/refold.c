/*
 * yaml/refold.c: see refold.h. Two steps, as in the reference: the lines that emitterc.go's folded writer would write
 * (indentation left out), and what scannerc.go makes of these lines.
 */
#include "yaml/refold.h"

#include "yaml/shape.h"

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static size_t break_at(text t, size_t i) { return yaml_break_length(t.data + i, t.size - i); }

/*
 * The emitter asks whether a blank follows, so that a fold before it isn't doubled; but it looks at the beginning of
 * the whole text instead of the place at hand.
 */
static bool begins_with_blank(text t) {
    size_t i = 0, length;
    while (i < t.size && (length = break_at(t, i)))
        i += length;
    return i < t.size && is_blank(t.data[i]);
}

void refold_lines(buffer *out, text t) {
    bool doubling = !begins_with_blank(t);
    bool after_break = true, indented_line = true;
    for (size_t i = 0; i < t.size;) {
        size_t length = break_at(t, i);
        if (length) {
            if (!after_break && !indented_line && t.data[i] == '\n' && doubling) buffer_add_char(out, '\n');
            buffer_add(out, t.data + i, length);
            i += length;
            after_break = true;
            continue;
        }
        if (after_break) indented_line = is_blank(t.data[i]);
        buffer_add_char(out, t.data[i++]);
        after_break = false;
    }
}

typedef enum chomping { CHOMP_STRIP, CHOMP_CLIP, CHOMP_KEEP } chomping;

static chomping chomping_of(text t) {
    size_t last = yaml_break_before(t, t.size);
    if (last == 0) return CHOMP_STRIP;
    return last == t.size || yaml_break_before(t, t.size - last) ? CHOMP_KEEP : CHOMP_CLIP;
}

/* Reads the lines at `in` as a folded scalar; `out` may have as many bytes. */
static size_t read_folded(char *out, text in, chomping chomp) {
    size_t n = 0, i = 0, length;
    text first_break = TEXT_EMPTY; /* the one that ends the line before */
    bool after_indented = false;
    size_t breaks = 0; /* where the breaks after it begin */
    while (i < in.size && (length = break_at(in, i)))
        i += length;
    while (i < in.size) {
        bool indented = is_blank(in.data[i]);
        size_t more = i - breaks;
        if (!after_indented && !indented && first_break.size && first_break.data[0] == '\n') {
            if (more == 0) out[n++] = ' ';
        } else {
            memcpy(out + n, first_break.data, first_break.size);
            n += first_break.size;
        }
        memcpy(out + n, in.data + breaks, more);
        n += more;
        after_indented = indented;
        while (i < in.size && !break_at(in, i))
            out[n++] = in.data[i++];
        first_break = i < in.size ? text_of(in.data + i, break_at(in, i)) : TEXT_EMPTY;
        breaks = i += first_break.size;
        while (i < in.size && (length = break_at(in, i)))
            i += length;
    }
    if (chomp != CHOMP_STRIP) {
        memcpy(out + n, first_break.data, first_break.size);
        n += first_break.size;
    }
    if (chomp == CHOMP_KEEP) {
        memcpy(out + n, in.data + breaks, in.size - breaks);
        n += in.size - breaks;
    }
    return n;
}

text refold(arena *a, text value) {
    buffer lines;
    buffer_init(&lines, a->from, 0);
    refold_lines(&lines, value);
    text result = {NULL, 0};
    char *out = buffer_failed(&lines) ? NULL : arena_chars(a, lines.size);
    if (out) result = text_of(out, read_folded(out, buffer_text(&lines), chomping_of(value)));
    buffer_free(&lines);
    return result;
}
