/* core/scope.c: how failures and warnings are described; see scope.h. */
#include "core/scope.h"

#include "core/error.h"
#include "core/excerpt.h"

#include <stdarg.h>
#include <stdio.h>

enum { LONGEST_EXCERPT = 2000, LONGEST_CHAIN = 16 };

/* The message, cut when it is very long; never fails. */
static text format_message(char *out, size_t size, const char *format, va_list args) {
    int written = vsnprintf(out, size, format, args);
    if (written < 0) return TEXT_EMPTY;
    return text_of(out, (size_t)written < size ? (size_t)written : size - 1);
}

/* The file of that name in the log, or NULL. */
static input_file *find_input(const input_log *log, text name) {
    void *number = log ? table_get(&log->seen, name) : NULL;
    return number ? &log->items[(uintptr_t)number - 1] : NULL;
}

/* What a caller's filter has made of a file may be secret. */
static bool is_hidden(const scope *sc, text name) {
    const input_file *input = find_input(sc->inputs, name);
    return input && input->hidden;
}

/* An inline text may show that a line is of a Secret where the file around it, in other quotes, does not. */
static bool may_be_shown(scope *sc, origin where) {
    origin_place place;
    do {
        if (!origin_resolve_inside(sc->origins, where, &place) || is_hidden(sc, place.file)) return false;
        if (!excerpt_is_public(place.source, place.line_start, place.line_start + place.line_text.size)) return false;
    } while (origin_step_out(sc->origins, &where));
    return true;
}

/* Where it happened, and through which files that place was reached. */
static void describe_place(scope *sc, strata_error *e) {
    origin_place place;
    if (!origin_resolve(sc->origins, e->where, &place)) return;
    e->file = error_string(e, place.file, true);
    e->line = place.line;
    e->column = place.column;
    if (!e->hide_lines && may_be_shown(sc, e->where))
        e->excerpt = error_string(e, text_slice(place.line_text, 0, LONGEST_EXCERPT), true);
    origin from = place.included_from;
    for (size_t i = 0; i < LONGEST_CHAIN && origin_resolve(sc->origins, from, &place); i++) {
        error_add_note(e, TEXT("included from"), place.file, place.line, place.column);
        from = place.included_from;
    }
}

/*
 * Looks up the place of an attempt's failure. That waits until the failure is kept: the place is found in the whole of
 * a file, and each inline JSON patch of that file is tried as a strategic merge first.
 */
static void settle(scope *sc, strata_error *e) {
    if (e->provisional && e->status != STRATA_OK) describe_place(sc, e);
    e->provisional = false;
}

static void describe(scope *sc, strata_error *e, diagnostic code, origin where, text hint, text message) {
    e->row = diagnostic_find(code);
    e->status = e->row->status;
    e->severity = STRATA_SEVERITY_ERROR;
    e->message = error_string(e, message, true);
    if (hint.size) e->hint = error_string(e, hint, true);
    e->where = where;
    e->hide_lines = sc->hide_lines;
    if (!e->provisional) describe_place(sc, e);
}

static strata_status fail(scope *sc, diagnostic code, origin where, text hint, const char *format, va_list args) {
    strata_status status = diagnostic_find(code)->status;
    if (!sc->error || sc->error->status != STRATA_OK) return status;
    char message[4096];
    describe(sc, sc->error, code, where, hint, format_message(message, sizeof message, format, args));
    return status;
}

strata_status scope_fail(scope *sc, diagnostic code, origin where, const char *format, ...) {
    va_list args;
    va_start(args, format);
    strata_status status = fail(sc, code, where, TEXT_EMPTY, format, args);
    va_end(args);
    return status;
}

strata_status scope_fail_hint(scope *sc, diagnostic code, origin where, text hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    strata_status status = fail(sc, code, where, hint, format, args);
    va_end(args);
    return status;
}

strata_status scope_note(scope *sc, strata_status status, origin where, const char *format, ...) {
    if (status == STRATA_OK || !sc->error || sc->error->status == STRATA_OK) return status;
    char message[4096];
    va_list args;
    va_start(args, format);
    text t = format_message(message, sizeof message, format, args);
    va_end(args);
    origin_place place = {.file = TEXT_EMPTY};
    if (!origin_resolve(sc->origins, where, &place)) place.line = place.column = 0;
    settle(sc, sc->error);
    error_add_note(sc->error, t, place.file, place.line, place.column);
    return status;
}

static strata_status fail_stopped(scope *sc, meter_limit why, origin where) {
    if (why == METER_CANCELLED) return scope_fail(sc, DIAGNOSTIC_CANCELLED, where, "this was cancelled");
    return scope_fail(sc, DIAGNOSTIC_LIMIT, where, "this takes more than %u ms (limit time)",
                      (unsigned)sc->limits->time);
}

strata_status scope_check(scope *sc) { return meter_charge(sc->meter, 0) ? STRATA_OK : scope_no_memory(sc); }

strata_status scope_no_memory_for(scope *sc, origin where) {
    const meter *m = sc->meter;
    if (m && m->passed == METER_MEMORY)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, where, "the build needs more than %zu bytes (limit memory)", m->memory);
    if (m && m->passed == METER_GROWTH)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, where,
                          "the build makes more than %zu bytes out of %zu bytes of input (limit growth)",
                          meter_warranted(m), m->input);
    if (m && (m->passed == METER_CANCELLED || m->passed == METER_TIME)) return fail_stopped(sc, m->passed, where);
    return scope_fail(sc, DIAGNOSTIC_NO_MEMORY, ORIGIN_UNKNOWN, "out of memory");
}

strata_status scope_no_memory(scope *sc) { return scope_no_memory_for(sc, ORIGIN_UNKNOWN); }

/* *first is false when the same was said before. */
static strata_status note_warning(scope *sc, const strata_error *warning, bool *first) {
    *first = true;
    if (!sc->warned) return STRATA_OK;
    text key = text_format(sc->arena, "%d %s:%u:%u %s", (int)warning->row->code, warning->file ? warning->file : "",
                           warning->line, warning->column, warning->message ? warning->message : "");
    if (!key.data) return scope_no_memory(sc);
    *first = !table_find(sc->warned, key);
    return !*first || table_add(sc->warned, sc->arena, key, NULL) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status report(scope *sc, diagnostic code, origin where, text hint, const char *format, va_list args) {
    if (sc->strict) return fail(sc, code, where, hint, format, args);
    if (!sc->warn) return STRATA_OK;
    char message[4096];
    strata_error warning;
    bool first;
    scope brief = *sc;
    brief.hide_lines = sc->hide_lines || !scope_hints(sc);
    error_init(&warning, sc->from);
    describe(&brief, &warning, code, where, hint, format_message(message, sizeof message, format, args));
    warning.severity = STRATA_SEVERITY_WARNING;
    strata_status status = note_warning(sc, &warning, &first);
    if (status == STRATA_OK && first) sc->warn(&warning, sc->warn_user);
    error_clear(&warning);
    return status;
}

strata_status scope_warn(scope *sc, diagnostic code, origin where, const char *format, ...) {
    va_list args;
    va_start(args, format);
    strata_status status = report(sc, code, where, TEXT_EMPTY, format, args);
    va_end(args);
    return status;
}

strata_status scope_warn_hint(scope *sc, diagnostic code, origin where, text hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    strata_status status = report(sc, code, where, hint, format, args);
    va_end(args);
    return status;
}

strata_status scope_attempt_begin(scope *sc, scope_attempt *out) {
    out->outer = sc->error;
    out->inner = sc->from->allocate(sizeof *out->inner, sc->from->user);
    if (!out->inner) return scope_no_memory(sc);
    /* Its strings may move into the outer error, which outlives this build and its allocator. */
    error_init(out->inner, sc->error ? sc->error->from : sc->from);
    out->inner->provisional = true;
    sc->error = out->inner;
    return STRATA_OK;
}

void scope_attempt_drop(scope *sc, scope_attempt *attempt) {
    sc->error = attempt->outer;
    error_clear(attempt->inner);
    sc->from->release(attempt->inner, sc->from->user);
    attempt->inner = NULL;
}

/* The failure stays provisional when it moves to an attempt around this one. */
static void move_out(scope *sc, const scope_attempt *attempt) {
    bool still = attempt->outer->provisional;
    if (!still) settle(sc, attempt->inner);
    error_move(attempt->outer, attempt->inner);
    attempt->outer->provisional = still;
}

void scope_attempt_keep(scope *sc, scope_attempt *attempt) {
    if (attempt->outer && attempt->outer->status == STRATA_OK) move_out(sc, attempt);
    scope_attempt_drop(sc, attempt);
}

void scope_attempt_replace(scope *sc, scope_attempt *attempt) {
    if (attempt->outer) move_out(sc, attempt);
    scope_attempt_drop(sc, attempt);
}

strata_status scope_log_input(scope *sc, text name, text bytes) {
    input_log *log = sc->inputs;
    if (!log || find_input(log, name)) return STRATA_OK;
    text copy = text_copy(sc->arena, name);
    input_file *items =
        copy.data ? arena_grow(sc->arena, log->items, &log->capacity, log->count + 1, sizeof *items) : NULL;
    if (!items) return scope_no_memory(sc);
    log->items = items;
    items[log->count++] = (input_file){copy, bytes, false};
    return table_add(&log->seen, sc->arena, copy, (void *)(uintptr_t)log->count) ? STRATA_OK : scope_no_memory(sc);
}

void scope_hide_input(scope *sc, text name) {
    input_file *input = find_input(sc->inputs, name);
    if (input) input->hidden = true;
}

strata_status scope_progress(scope *sc, strata_stage stage, text name) {
    size_t count = ++sc->progressed[stage];
    if (!sc->progress) return STRATA_OK;
    const char *string = text_c_string(sc->arena, name);
    if (!string) return scope_no_memory(sc);
    strata_progress progress = {.size = sizeof progress, .stage = stage, .name = string, .count = count};
    sc->progress(&progress, sc->progress_user);
    return STRATA_OK;
}
