/*
 * tests/fuzz/targets/edit_operations.c: "==== kustomization.yaml" and "==== operations", a line for each: the number of
 * an operation (strata/edit.h), flags, and its values, all separated by blanks. After each the text is what the next
 * one begins with.
 */
#include "fuzz.h"

#include "core/error.h"
#include "strata/strata.h"

#include <stdlib.h>

enum { MOST_WORDS = 8 };

static strata_status apply(scope *sc, strata_edit *edit, text line) {
    strata_edit_arguments arguments;
    const char *words[MOST_WORDS + 1] = {NULL};
    size_t count = 0;
    text word;
    strata_edit_arguments_init(&arguments);
    text_cut(&line, ' ', &word);
    long operation = strtol(text_c_string(sc->arena, word), NULL, 10);
    text_cut(&line, ' ', &word);
    long flags = strtol(text_c_string(sc->arena, word), NULL, 10);
    while (!text_empty(line) && count < MOST_WORDS) {
        text_cut(&line, ' ', &word);
        words[count++] = text_c_string(sc->arena, word);
    }
    arguments.values = words;
    arguments.value_count = count;
    arguments.force = flags & 1;
    arguments.without_selector = flags & 2;
    arguments.include_templates = flags & 4;
    arguments.ignore_missing = flags & 8;
    arguments.no_verify = flags & 16;
    if (flags & 32) arguments.literals = words;
    if (flags & 64) arguments.patch = arguments.name = words[0];
    if (flags & 128) arguments.path = arguments.kind = words[0];
    error_clear(sc->error);
    return strata_edit_apply(edit, (strata_edit_operation)operation, &arguments, sc->error);
}

static text text_now(scope *sc, strata_edit *edit) {
    const char *data = "";
    size_t size = 0;
    error_clear(sc->error);
    (void)strata_edit_text(&data, &size, edit, sc->error);
    return text_copy(sc->arena, text_of(data, size));
}

static void apply_all(scope *sc, strata_edit *edit, text operations) {
    text line;
    for (int i = 0; i < 6 && !text_empty(operations); i++) {
        text before = text_now(sc, edit);
        bool readable = strata_error_status(sc->error) == STRATA_OK;
        text_cut(&operations, '\n', &line);
        strata_status status = apply(sc, edit, line);
        fuzz_require(strata_error_status(sc->error) == status, "a failure, and only a failure, is described");
        text after = text_now(sc, edit);
        if (status != STRATA_OK) fuzz_require_equal(before, after, "an operation that fails changes nothing");
        if (readable) fuzz_require(strata_error_status(sc->error) == STRATA_OK, "what was edited can be edited");
    }
}

strata_status fuzz_one(scope *sc, text input) {
    fuzz_part parts[FUZZ_MOST_PARTS];
    strata_renderer_options options;
    strata_renderer *renderer = NULL;
    strata_filesystem *tree = NULL;
    strata_edit *edit = NULL;
    if (fuzz_parts(sc, input, parts) < 2) return STRATA_OK;
    strata_file files[] = {{"/kustomization.yaml", parts[0].bytes.data, parts[0].bytes.size},
                           {"/a.yaml", "kind: A\napiVersion: v1\nmetadata: {name: a}\n", 43}};
    strata_renderer_options_init(&options);
    if (strata_filesystem_new_memory(&tree, files, 2, sc->error) != STRATA_OK) return strata_error_status(sc->error);
    options.filesystem = tree;
    strata_status status = strata_renderer_new(&renderer, &options, sc->error);
    if (status == STRATA_OK) status = strata_edit_open(&edit, renderer, "/", sc->error);
    if (status == STRATA_OK) apply_all(sc, edit, parts[1].bytes);
    status = strata_error_status(sc->error);
    strata_edit_free(edit);
    strata_renderer_free(renderer);
    strata_filesystem_free(tree);
    return status;
}
