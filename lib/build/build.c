/* build/build.c: see build.h. */
#include "build/build.h"

#include "build/target.h"
#include "source/remote.h"
#include "yaml/writer.h"

/* A file that says nothing, which is an error alone, says something with what the caller adds to it. */
static strata_status load_top(build *b, loader *from, const strata_overrides *overrides, target *out) {
    scope_attempt attempt;
    if (overrides_are_empty(overrides)) return target_load(b, from, ORIGIN_UNKNOWN, out);
    TRY(scope_attempt_begin(b->sc, &attempt));
    strata_status status = target_load(b, from, ORIGIN_UNKNOWN, out);
    if (status == STRATA_OK || strata_error_code(b->sc->error) != DIAGNOSTIC_KUSTOMIZATION_EMPTY) {
        scope_attempt_keep(b->sc, &attempt);
        return status;
    }
    scope_attempt_drop(b->sc, &attempt);
    return STRATA_OK;
}

static strata_status build_target(build *b, loader *from, const strata_overrides *overrides, resource_set *out) {
    target top;
    accumulator acc;
    TRY(load_top(b, from, overrides, &top));
    TRY(overrides_apply(b->sc, overrides, from, &top.k));
    top.origin.recorded = top.k.has_build_metadata;
    TRY(target_set_schema(&top, true));
    accumulator_init(&acc, b->schema);
    TRY(target_accumulate(&top, &acc));
    TRY(finish_build(&top, &acc));
    TRY(schema_check(b->sc, b->schema));
    b->sc->progressed[STRATA_STAGE_FINISH] = acc.set.count - 1;
    TRY(scope_progress(b->sc, STRATA_STAGE_FINISH, TEXT_EMPTY));
    *out = acc.set;
    return STRATA_OK;
}

static strata_status build_path(build *b, const loader_options *loading, const build_request *request,
                                resource_set *out) {
    loader *from;
    TRY(schema_new(b->sc, &b->schema));
    TRY(helm_api_versions_init(b->sc, &b->options->helm, &b->helm_api_versions));
    TRY(loader_open(b->sc, loading, request->path, &from));
    strata_status status = build_target(b, from, request->overrides, out);
    read_ahead_free(b->ahead);
    loader_close(from);
    return status;
}

/* What a build fetches is fetched for it alone: a later build has to see what has changed since. */
strata_status build_run(scope *sc, const build_options *options, const build_request *request, resource_set *out) {
    build b = {.sc = sc, .options = options};
    loader_options loading = options->loading;
    const remote_providers *providers = &options->providers;
    loading.filter = request->filter;
    if (!loading.allow_fetch && !providers->clone && !providers->get) return build_path(&b, &loading, request, out);
    loading.remote =
        remote_cache_new(sc->from, &(remote_options){.providers = *providers,
                                                     .environment = environment_list(&options->environment),
                                                     .http_timeout_ms = sc->limits->fetch_time,
                                                     .stop = scope_stop(sc)});
    if (!loading.remote) return scope_no_memory(sc);
    strata_status status = build_path(&b, &loading, request, out);
    remote_cache_free(loading.remote);
    return status;
}

strata_status build_write_stream(scope *sc, const resource_set *set, buffer *out) {
    for (size_t i = 0; i < set->count; i++) {
        if (i) buffer_add_text(out, TEXT("---\n"));
        resources_look_ahead(set->items, set->count, i);
        TRY(scope_check(sc));
        TRY(yaml_write(sc, set->items[i]->root, YAML_TO_STREAM, out));
    }
    if (out->failure == BUFFER_NO_MEMORY) return scope_no_memory(sc);
    if (out->failure)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "the output is larger than %zu bytes", out->ceiling);
    return STRATA_OK;
}
