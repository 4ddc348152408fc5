/* build/api_targets.c: strata_targets (strata/targets.h). */
#include "build/api.h"

#include "build/targets.h"
#include "source/path.h"

struct strata_targets {
    allocator from;
    meter meter; /* in front of `from`, for all but the object itself */
    arena memory;
    text_list relative; /* each followed by a NUL */
    text_list paths;
};

void strata_targets_free(strata_targets *targets) {
    if (!targets) return;
    allocator from = targets->from;
    arena_free(&targets->memory);
    from.release(targets, from.user);
}

/* The paths as the caller would write them: with the directory as it was given. */
static strata_status add_paths(scope *sc, text directory, strata_targets *targets) {
    for (size_t i = 0; i < targets->relative.count; i++) {
        text path = path_join(sc->arena, directory, targets->relative.items[i]);
        if (!path.data || !text_list_add(sc->arena, &targets->paths, path)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

strata_status strata_targets_find(strata_targets **out, const strata_renderer *renderer, const char *directory,
                                  strata_error *error) {
    if (out) *out = NULL;
    if (!out || !renderer || !directory) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    if (error) error_clear(error);
    *out = NULL;
    strata_targets *targets = renderer->from.allocate(sizeof *targets, renderer->from.user);
    if (!targets) return api_fail(error, DIAGNOSTIC_NO_MEMORY, "out of memory");
    memset(targets, 0, sizeof *targets);
    targets->from = renderer->from;
    meter_init(&targets->meter, &targets->from, &(limits){.memory = renderer->limits.memory});
    arena_init(&targets->memory, &targets->meter.counting);
    origin_table origins = {0};
    stop end = api_stop(renderer, NULL);
    targets->meter.stop = &end;
    scope sc = {.arena = &targets->memory,
                .from = &targets->meter.counting,
                .limits = &renderer->limits,
                .meter = &targets->meter,
                .origins = &origins,
                .error = error};
    strata_status status = targets_find(&sc, &renderer->options, text_from(directory), &targets->relative);
    if (status == STRATA_OK) status = add_paths(&sc, text_from(directory), targets);
    targets->meter.stop = NULL;
    if (status == STRATA_OK)
        *out = targets;
    else
        strata_targets_free(targets);
    return status;
}

size_t strata_targets_count(const strata_targets *targets) { return targets ? targets->paths.count : 0; }

const char *strata_targets_path(const strata_targets *targets, size_t index) {
    return targets && index < targets->paths.count ? targets->paths.items[index].data : "";
}

const char *strata_targets_relative(const strata_targets *targets, size_t index) {
    return targets && index < targets->relative.count ? targets->relative.items[index].data : "";
}
