/* core/error.c: strata_error; see error.h and strata/error.h. */
#include "core/error.h"

#include <stdlib.h>

void error_init(strata_error *e, const allocator *from) {
    memset(e, 0, sizeof *e);
    e->from = from ? from : &allocator_libc;
}

static void release(const strata_error *e, const void *block) {
    if (block) e->from->release((void *)(uintptr_t)block, e->from->user);
}

void error_clear(strata_error *e) {
    release(e, e->message);
    release(e, e->hint);
    release(e, e->file);
    release(e, e->excerpt);
    for (size_t i = 0; i < e->note_count; i++) {
        release(e, e->notes[i].message);
        release(e, e->notes[i].file);
    }
    release(e, e->notes);
    error_init(e, e->from);
}

void error_move(strata_error *to, strata_error *from) {
    error_clear(to);
    *to = *from;
    error_init(from, to->from);
}

char *error_string(const strata_error *e, text t, bool one_line) {
    char *copy = e->from->allocate(t.size + 1, e->from->user);
    if (!copy) return NULL;
    if (t.size) memcpy(copy, t.data, t.size);
    copy[t.size] = '\0';
    for (size_t i = 0; i < t.size; i++)
        if (copy[i] == '\0' || (one_line && (copy[i] == '\n' || copy[i] == '\r'))) copy[i] = ' ';
    return copy;
}

void error_add_note(strata_error *e, text message, text file, uint32_t line, uint32_t column) {
    if (e->note_count >= ERROR_MOST_NOTES) return;
    if (!e->notes) {
        e->notes = e->from->allocate(ERROR_MOST_NOTES * sizeof *e->notes, e->from->user);
        if (!e->notes) return;
    }
    e->notes[e->note_count++] =
        (strata_error_note){error_string(e, message, true), error_string(e, file, true), line, column};
}

static char *copy_string(const strata_error *e, const char *string) {
    return string ? error_string(e, text_from(string), false) : NULL;
}

void error_copy(strata_error *to, const strata_error *from) {
    error_clear(to);
    to->status = from->status;
    to->row = from->row;
    to->severity = from->severity;
    to->message = copy_string(to, from->message);
    to->hint = copy_string(to, from->hint);
    to->file = copy_string(to, from->file);
    to->excerpt = copy_string(to, from->excerpt);
    to->line = from->line;
    to->column = from->column;
    for (size_t i = 0; i < from->note_count; i++)
        error_add_note(to, text_from(from->notes[i].message), text_from(from->notes[i].file), from->notes[i].line,
                       from->notes[i].column);
}

strata_error *strata_error_new(void) {
    strata_error *e = malloc(sizeof *e);
    if (e) error_init(e, &allocator_libc);
    return e;
}

void strata_error_free(strata_error *error) {
    if (!error) return;
    error_clear(error);
    error->from->release(error, error->from->user);
}

strata_status strata_error_status(const strata_error *error) { return error ? error->status : STRATA_OK; }
int strata_error_code(const strata_error *error) { return error && error->row ? (int)error->row->code : 0; }
const char *strata_error_name(const strata_error *error) { return error && error->row ? error->row->name : ""; }
strata_severity strata_error_severity(const strata_error *error) {
    return error ? error->severity : STRATA_SEVERITY_ERROR;
}

const char *strata_error_message(const strata_error *error) {
    if (!error || error->status == STRATA_OK) return "";
    if (error->message) return error->message;
    return error->row ? error->row->name : "out of memory";
}

const char *strata_error_hint(const strata_error *error) { return error && error->hint ? error->hint : ""; }
const char *strata_error_file(const strata_error *error) { return error && error->file ? error->file : ""; }
uint32_t strata_error_line(const strata_error *error) { return error ? error->line : 0; }
uint32_t strata_error_column(const strata_error *error) { return error ? error->column : 0; }
const char *strata_error_excerpt(const strata_error *error) { return error && error->excerpt ? error->excerpt : ""; }
size_t strata_error_note_count(const strata_error *error) { return error ? error->note_count : 0; }

strata_error_note strata_error_note_at(const strata_error *error, size_t index) {
    strata_error_note note = {"", "", 0, 0};
    if (!error || index >= error->note_count) return note;
    note = error->notes[index];
    if (!note.message) note.message = "";
    if (!note.file) note.file = "";
    return note;
}
