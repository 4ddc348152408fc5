/*
 * tests/fuzz/targets/build.c: a whole build over a tree in memory. Each part is a file; the first one lies in the
 * build's target. The stream, when there is one, has to come out of a second build as well.
 */
#include "fuzz.h"

#include "core/error.h"
#include "source/path.h"
#include "strata/strata.h"

typedef struct rendered {
    strata_status status;
    text stream;
} rendered;

static rendered render(scope *sc, const strata_filesystem *tree, const char *target) {
    strata_limits lower;
    strata_renderer_options options;
    strata_renderer *renderer = NULL;
    strata_result *result = NULL;
    const char *data = "";
    size_t size = 0;
    strata_limits_init(&lower);
    lower.memory = sc->limits->memory;
    lower.output = sc->limits->output;
    lower.alias_nodes = sc->limits->alias_nodes;
    lower.base_depth = sc->limits->base_depth;
    lower.regex_steps = sc->limits->regex_steps;
    strata_renderer_options_init(&options);
    options.filesystem = tree;
    options.limits = &lower;
    error_clear(sc->error);
    strata_status status = strata_renderer_new(&renderer, &options, sc->error);
    if (status == STRATA_OK) status = strata_build_run(&result, renderer, target, sc->error);
    if (status == STRATA_OK) status = strata_result_stream(&data, &size, result, sc->error);
    rendered out = {status, text_copy(sc->arena, text_of(data, size))};
    strata_result_free(result);
    strata_renderer_free(renderer);
    return out;
}

strata_status fuzz_one(scope *sc, text input) {
    fuzz_part parts[FUZZ_MOST_PARTS];
    strata_file files[FUZZ_MOST_PARTS];
    strata_filesystem *tree;
    size_t count = fuzz_parts(sc, input, parts);
    if (!count) return STRATA_OK;
    for (size_t i = 0; i < count; i++) {
        text path = TEXT_CONCAT(sc->arena, TEXT("/"), parts[i].name);
        files[i] = (strata_file){path.data, parts[i].bytes.data, parts[i].bytes.size};
    }
    const char *target = text_c_string(sc->arena, path_directory(text_from(files[0].path)));
    if (strata_filesystem_new_memory(&tree, files, count, sc->error) != STRATA_OK)
        return strata_error_status(sc->error);
    rendered first = render(sc, tree, target), second = render(sc, tree, target);
    fuzz_require(first.status == second.status, "a build ends the same way each time");
    fuzz_require_equal(first.stream, second.stream, "a build gives the same stream each time");
    strata_filesystem_free(tree);
    return second.status;
}
