/* tests/fuzz/entry.c: see fuzz.h. */
#include "fuzz.h"

#include "core/buffer.h"
#include "core/error.h"
#include "model/resource_reader.h"
#include "yaml/writer.h"

#include <stdio.h>
#include <stdlib.h>

enum { MEMORY = 256 << 20 };

static const limits fuzz_limits = {.input_file = 1 << 20,
                                   .input_total = 4 << 20,
                                   .output = 16 << 20,
                                   .memory = MEMORY,
                                   .nesting = 1000,
                                   .alias_nodes = 20000,
                                   .documents = 1000,
                                   .base_depth = 20,
                                   .regex_steps = 100000,
                                   .fetches = 1,
                                   .function_output = 1 << 20};

void fuzz_require(bool holds, const char *promise) {
    if (holds) return;
    fprintf(stderr, "broken promise: %s\n", promise);
    abort();
}

void fuzz_require_equal(text a, text b, const char *promise) {
    if (!text_equal(a, b)) fprintf(stderr, "one:\n%.*s\nother:\n%.*s\n", TEXT_ARG(a), TEXT_ARG(b));
    fuzz_require(text_equal(a, b), promise);
}

static text own_copy(scope *sc, text t) {
    char *bytes = arena_chars(sc->arena, t.size);
    if (t.size) memcpy(bytes, t.data, t.size);
    return text_of(bytes, t.size);
}

static bool is_head(text line) { return text_starts(line, TEXT("==== ")); }

size_t fuzz_parts(scope *sc, text input, fuzz_part out[FUZZ_MOST_PARTS]) {
    size_t count = 0;
    while (!text_empty(input) && count < FUZZ_MOST_PARTS) {
        text name = TEXT_EMPTY, line, rest = input;
        if (is_head(input)) {
            text_cut(&rest, '\n', &line);
            name = text_after(line, 5);
        }
        input = rest;
        while (!text_empty(rest) && !is_head(rest))
            text_cut(&rest, '\n', &line);
        out[count++] = (fuzz_part){own_copy(sc, name), own_copy(sc, text_of(input.data, input.size - rest.size))};
        input = rest;
    }
    return count;
}

strata_status fuzz_read(scope *sc, text bytes, yaml_dialect dialect, node **out) {
    node_list documents = {.items = NULL};
    yaml_options options = {.dialect = dialect};
    *out = NULL;
    TRY(yaml_read(sc, TEXT("input"), bytes, ORIGIN_UNKNOWN, &options, &documents));
    if (documents.count) *out = documents.items[0];
    return STRATA_OK;
}

strata_status fuzz_read_set(scope *sc, text bytes, resource_set *out) {
    schema *s;
    resource_list list;
    TRY(schema_new(sc, &s));
    resource_set_init(out, s);
    TRY(resources_read(sc, TEXT("resources"), bytes, ORIGIN_UNKNOWN, &list));
    for (size_t i = 0; i < list.count; i++)
        TRY(resource_set_append(sc, out, list.items[i]));
    return STRATA_OK;
}

strata_status fuzz_write_set(scope *sc, const resource_set *set) {
    buffer out;
    strata_status status = STRATA_OK;
    buffer_init(&out, sc->from, sc->limits->output);
    for (size_t i = 0; i < set->count && status == STRATA_OK; i++)
        if (set->items[i]->root) /* a build drops those that a patch has deleted */
            status = yaml_write(sc, set->items[i]->root, YAML_TO_STREAM, &out);
    buffer_free(&out);
    return status;
}

static void check_message(const char *message) { fuzz_require(!strpbrk(message, "\r\n"), "a message is one line"); }

static void check_error(strata_status status, const strata_error *error) {
    fuzz_require(strata_error_status(error) == status, "a failure, and only a failure, is described");
    if (status == STRATA_OK) return;
    fuzz_require(*strata_error_message(error), "a failure has a message");
    check_message(strata_error_message(error));
    check_message(strata_error_hint(error));
    check_message(strata_error_file(error));
    for (size_t i = 0; i < strata_error_note_count(error); i++)
        check_message(strata_error_note_at(error, i).message);
}

static void drop_warning(const strata_error *warning, void *user) {
    (void)user;
    check_error(strata_error_status(warning), warning);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    arena memory;
    origin_table origins = {.items = NULL};
    meter counted; /* of what is in the arena; buffers have ceilings of their own */
    meter_init(&counted, &allocator_libc, &(limits){.memory = MEMORY});
    arena_init(&memory, &counted.counting);
    scope sc = {.arena = &memory,
                .from = &allocator_libc,
                .limits = &fuzz_limits,
                .origins = &origins,
                .error = strata_error_new(),
                .warn = drop_warning};
    strata_status status = fuzz_one(&sc, text_of((const char *)data, size));
    check_error(status, sc.error);
    strata_error_free(sc.error);
    arena_free(&memory);
    return 0;
}
