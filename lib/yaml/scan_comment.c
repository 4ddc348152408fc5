/*
 * yaml/scan_comment.c: which token a comment belongs to; see scanner.h.
 *
 * go-yaml tells head comments (above what they belong to), line comments (behind it) and foot comments (below it,
 * before an empty line or at another column) apart while it scans. Where they end up decides how a document is written
 * with its comments, and a head or line comment that is JSON changes how lists merge.
 */
#include "yaml/scan_cursor.h"

enum { FARTHEST_LOOK = 512 }; /* go-yaml looks no farther ahead for the next comment */

static bool add(scanner *s, yaml_comment *comment, const buffer *lines) {
    return scan_keep(s, lines, &comment->value) && scanner_add_comment(s, comment);
}

/* Passes blanks and breaks up to `seen`, and adds the rest of the line there to `out`. */
static void take_comment(scanner *s, long seen, buffer *out, yaml_mark *start) {
    bool any = false;
    for (;;) {
        if (scan_is_break_or_end(s, 0)) {
            if (s->mark.at >= seen) return;
            scan_skip_break(s);
        } else if (s->mark.at >= seen) {
            if (!any && start) *start = s->mark;
            any = true;
            scan_take(s, out);
        } else {
            scan_skip(s);
        }
    }
}

bool scan_line_comment(scanner *s, yaml_mark belongs) {
    if (!s->comments || s->newlines > 0) return true;
    size_t ahead = 0;
    while (ahead < FARTHEST_LOOK && scan_is_blank(s, ahead))
        ahead++;
    if (ahead == FARTHEST_LOOK || scan_byte(s, ahead) != '#') return true;
    yaml_comment comment = {.kind = COMMENT_LINE, .belongs = belongs};
    buffer_clear(&s->value);
    take_comment(s, s->mark.at + (long)ahead, &s->value, &comment.start);
    return add(s, &comment, &s->value);
}

/* A comment behind a dash that begins a sequence looks like the head of what follows. */
void scan_line_comment_to_head(scanner *s) {
    if (s->comment_head == s->comment_count || s->count < 2) return;
    yaml_comment *last = &s->comment_queue[s->comment_count - 1];
    if (last->kind != COMMENT_LINE || scan_break_size(s, 0)) return;
    if (s->tokens[s->count - 2].type != TOKEN_BLOCK_SEQUENCE_START || s->tokens[s->count - 1].type != TOKEN_BLOCK_ENTRY)
        return;
    last->kind = COMMENT_HEAD;
    if (last->start.line == s->mark.line - 1) last->belongs = s->mark;
}

/* A run of comment lines, while it is read. */
typedef struct comment_run {
    yaml_comment at_hand; /* .scan, .belongs and .start of the lines in s->value */
    token_type before;    /* the token before the run */
    long foot_line;       /* where a foot of that token would begin */
    bool first_gap;       /* no empty line has been seen yet */
    bool after_gap;       /* the last line was empty */
    yaml_mark ahead;      /* the place of the look ahead */
} comment_run;

static long inner_indent(const scanner *s) { return s->indent < 0 ? 0 : s->indent; }

/* The lines so far are a foot: what comes now begins a new comment. */
static bool end_foot(scanner *s, comment_run *run) {
    run->at_hand.kind = COMMENT_FOOT;
    run->at_hand.end = run->ahead;
    if (!add(s, &run->at_hand, &s->value)) return false;
    run->at_hand.scan = run->at_hand.belongs = run->ahead;
    buffer_clear(&s->value);
    return true;
}

/* At a line break, the end, or the bracket that closes the flow collection around. */
static bool end_line(scanner *s, comment_run *run, bool closes, bool at_end) {
    if (!closes && run->after_gap) return true;
    const yaml_mark start = run->at_hand.start;
    bool left = start.column - 1 < inner_indent(s);
    bool foot = closes || (run->first_gap && ((start.line == run->foot_line && run->before != TOKEN_VALUE) || left));
    if (s->value.size == 0) return true;
    if (foot) {
        if (left) run->at_hand.belongs = start;
        return end_foot(s, run);
    }
    if (!at_end) buffer_add_char(&s->value, '\n');
    return true;
}

static void begin_run(scanner *s, yaml_mark scan_mark, comment_run *run) {
    *run = (comment_run){.foot_line = -1, .before = TOKEN_STREAM_END, .first_gap = s->newlines <= 1};
    run->at_hand.scan = scan_mark;
    if (s->count) {
        const token *before = &s->tokens[s->count - 1];
        if (before->type == TOKEN_FLOW_ENTRY && s->count > 1) before--;
        run->before = before->type;
        run->at_hand.belongs = before->start;
    }
    if (scan_mark.line > 0) {
        run->foot_line = s->mark.line - s->newlines + 1;
        if (s->newlines == 0 && s->mark.column > 1) run->foot_line++;
    }
    buffer_clear(&s->value);
}

/* Looks for the next '#', `offset` bytes from the cursor on: *found is false when something else comes first. */
static bool look_ahead(scanner *s, comment_run *run, size_t offset, bool *found) {
    *found = false;
    for (; offset < FARTHEST_LOOK; offset++) {
        unsigned char c = scan_byte(s, offset);
        run->ahead.at = s->mark.at + (long)offset;
        run->ahead.column++;
        if (scan_is_blank(s, offset)) continue;
        bool closes = s->flow_level > 0 && (c == ']' || c == '}');
        bool breaks = scan_break_size(s, offset) > 0;
        if (closes || breaks || c == 0) {
            if (!end_line(s, run, closes, c == 0)) return false;
            if (!breaks) return true;
            run->first_gap = false;
            run->after_gap = true;
            run->ahead.column = 0;
            run->ahead.line++;
            continue;
        }
        long column = run->ahead.column;
        bool elsewhere = column - 1 < inner_indent(s) && column != run->at_hand.start.column;
        if (s->value.size && elsewhere && !end_foot(s, run)) return false;
        *found = c == '#';
        return true;
    }
    return true;
}

static void skip_comment(scanner *s) {
    while (!scan_is_break_or_end(s, 0))
        scan_skip(s);
}

bool scan_comments(scanner *s, yaml_mark scan_mark) {
    comment_run run;
    bool found;
    if (!s->comments) {
        skip_comment(s);
        return true;
    }
    begin_run(s, scan_mark, &run);
    run.ahead = s->mark;
    /* Behind a comment the look begins after its line break. */
    for (size_t offset = 0; look_ahead(s, &run, offset, &found) && found; offset = 1) {
        if (s->value.size == 0)
            run.at_hand.start = run.ahead;
        else
            buffer_add_char(&s->value, '\n');
        run.after_gap = false;
        take_comment(s, run.ahead.at, &s->value, NULL);
        run.ahead.line = s->mark.line;
        run.ahead.column = 0;
    }
    if (s->no_memory) return false;
    if (s->value.size == 0) return true;
    run.at_hand.kind = COMMENT_HEAD;
    run.at_hand.belongs = run.at_hand.start;
    run.at_hand.end = run.ahead;
    run.at_hand.end.at--;
    return add(s, &run.at_hand, &s->value);
}
