/*
 * cli/messages.c: see messages.h. A diagnostic is printed as a compiler prints it:
 *
 *     base/kustomization.yaml:12:5: error: the message [its-name]
 *        12 |   - path: replica-patch.yaml
 *           |     ^ the hint
 *        note: included from overlay/kustomization.yaml:7
 *
 * All text from outside goes through terminal_print.
 */
#include "messages.h"

#include "terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE_NUMBER_WIDTH = 5,
    EXCERPT_BEFORE = 100, /* bytes of a long line that are shown around the caret */
    EXCERPT_AFTER = 60,
    LONGEST_MESSAGE = 4096
};

/* Where this thread's messages go; NULL: standard error. */
static _Thread_local FILE *redirected;

void messages_redirect(FILE *stream) { redirected = stream; }

static FILE *out(void) { return redirected ? redirected : stderr; }

typedef enum colour { COLOUR_PLACE, COLOUR_ERROR, COLOUR_WARNING, COLOUR_MARK } colour;

static void colour_on(colour which) {
    static const char *const codes[] = {"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;32m"};
    if (terminal_has_colour(stderr)) fputs(codes[which], out());
}

static void colour_off(void) {
    if (terminal_has_colour(stderr)) fputs("\033[0m", out());
}

static void print_text(const char *text) { terminal_print(out(), text, strlen(text)); }

static void print_place(const char *file, uint32_t line, uint32_t column) {
    print_text(file);
    if (line) fprintf(out(), ":%u", (unsigned)line);
    if (line && column) fprintf(out(), ":%u", (unsigned)column);
}

static void print_severity(strata_severity severity) {
    colour_on(severity == STRATA_SEVERITY_WARNING ? COLOUR_WARNING : COLOUR_ERROR);
    fputs(severity == STRATA_SEVERITY_WARNING ? "warning: " : "error: ", out());
    colour_off();
}

/* The beginning of a character near `at`, so that a cut never splits one. */
static size_t character_start(const char *text, size_t at) {
    while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
        at--;
    return at;
}

/* The line with a caret under `column`; tabs are repeated under themselves, so the caret stands where they put it. */
static void print_excerpt(const char *excerpt, uint32_t line, uint32_t column, const char *hint) {
    size_t size = strlen(excerpt);
    size_t at = column > 0 && column - 1 <= size ? column - 1 : 0;
    size_t from = at > EXCERPT_BEFORE ? character_start(excerpt, at - EXCERPT_BEFORE) : 0;
    size_t to = size - at > EXCERPT_AFTER ? character_start(excerpt, at + EXCERPT_AFTER) : size;
    fprintf(out(), "%*u | ", LINE_NUMBER_WIDTH, (unsigned)line);
    if (from > 0) fputs("...", out());
    terminal_print(out(), excerpt + from, to - from);
    if (to < size) fputs("...", out());
    fprintf(out(), "\n%*s | ", LINE_NUMBER_WIDTH, "");
    if (from > 0) fputs("   ", out());
    for (size_t i = from; i < at;) {
        size_t next = i + 1 + strcspn(excerpt + i + 1, "\t");
        if (next > at) next = at;
        if (excerpt[i] == '\t') {
            fputc('\t', out());
            i++;
            continue;
        }
        fprintf(out(), "%*s", (int)terminal_columns(excerpt + i, next - i), "");
        i = next;
    }
    colour_on(COLOUR_MARK);
    fputc('^', out());
    colour_off();
    if (*hint) {
        fputc(' ', out());
        print_text(hint);
    }
    fputc('\n', out());
}

static void print_note(const char *message) {
    fprintf(out(), "%*snote: ", LINE_NUMBER_WIDTH - 2, "");
    print_text(message);
}

static void print_diagnostic(const strata_error *error) {
    const char *file = strata_error_file(error);
    const char *hint = strata_error_hint(error);
    const char *excerpt = strata_error_excerpt(error);
    uint32_t line = strata_error_line(error), column = strata_error_column(error);
    if (*file) {
        colour_on(COLOUR_PLACE);
        print_place(file, line, column);
        fputs(": ", out());
        colour_off();
    }
    print_severity(strata_error_severity(error));
    print_text(strata_error_message(error));
    if (*strata_error_name(error)) fprintf(out(), " [%s]", strata_error_name(error));
    fputc('\n', out());
    if (line && *excerpt && column <= strlen(excerpt) + 1) {
        print_excerpt(excerpt, line, column, hint);
    } else if (*hint) {
        print_note(hint);
        fputc('\n', out());
    }
    for (size_t i = 0; i < strata_error_note_count(error); i++) {
        strata_error_note note = strata_error_note_at(error, i);
        print_note(note.message);
        if (*note.file) {
            fputc(' ', out());
            print_place(note.file, note.line, 0);
        }
        fputc('\n', out());
    }
}

int failure_of(const strata_error *error) {
    print_diagnostic(error);
    return EXIT_FAILED;
}

void warning_of(const strata_error *warning) { print_diagnostic(warning); }

/* Formats and prints; what is longer than LONGEST_MESSAGE is cut. */
static void print_formatted(const char *format, va_list arguments) {
    char message[LONGEST_MESSAGE];
    vsnprintf(message, sizeof message, format, arguments);
    print_text(message);
    fputc('\n', out());
}

int failure(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_severity(STRATA_SEVERITY_ERROR);
    print_formatted(format, arguments);
    va_end(arguments);
    return EXIT_FAILED;
}

int out_of_memory(void) { return failure("out of memory"); }

int usage_error(const invocation *call, const char *hint, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_severity(STRATA_SEVERITY_ERROR);
    print_formatted(format, arguments);
    va_end(arguments);
    if (hint) {
        print_note(hint);
        fputc('\n', out());
    }
    print_note("see ");
    fprintf(out(), "`%s help%s%s`\n", call->program, call->command && !call->command->hidden ? " " : "",
            call->command && !call->command->hidden ? call->command->path : "");
    return call->as_kustomize ? EXIT_FAILED : EXIT_WRONG_USAGE;
}

void message_plain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_formatted(format, arguments);
    va_end(arguments);
}

void message_lines(const char *data, size_t size) {
    while (size > 0) {
        const char *end = memchr(data, '\n', size);
        size_t length = end ? (size_t)(end - data) : size;
        bool has_return = end && length > 0 && data[length - 1] == '\r';
        terminal_print(out(), data, length - has_return);
        if (end) fputc('\n', out());
        length += end != NULL;
        data += length;
        size -= length;
    }
}

void message_bytes(const char *data, size_t size) { fwrite(data, 1, size, out()); }

void message_note(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_note("");
    print_formatted(format, arguments);
    va_end(arguments);
}
