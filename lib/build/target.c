/* build/target.c: see target.h; after kustomize's api/internal/target/kusttarget.go. */
#include "build/target.h"

#include "source/path.h"

/* Why an entry of the right name is not the file; NULL when none is seen. */
static const char *why_not(load_outcome outcome) {
    switch (outcome) {
    case LOAD_MISSING: return NULL;
    case LOAD_IS_DIRECTORY: return "is a directory";
    case LOAD_SPECIAL: return "is a pipe, socket or device";
    case LOAD_OUTSIDE: return "leads to a place that may not be read from here";
    case LOAD_DENIED: return "may not be read: permission denied";
    default: return "can't be read";
    }
}

/* An entry of one of the names that could not be read. */
typedef struct unreadable {
    text name;
    const char *why; /* NULL: there is none */
} unreadable;

/* An entry that the directory lists, though nothing is there. */
static unreadable find_dangling(scope *sc, const loader *from) {
    for (size_t i = 0; i < KUSTOMIZATION_FILE_NAMES; i++)
        if (text_equal(loader_similar_name(sc, from, kustomization_file_names[i]), kustomization_file_names[i]))
            return (unreadable){kustomization_file_names[i], "is a symbolic link that leads nowhere"};
    return (unreadable){TEXT_EMPTY, NULL};
}

/* Mostly the file is there and is no file or has another name, or there was to be none. */
static text no_file_hint(scope *sc, const loader *from, origin named_at, unreadable seen) {
    text hint;
    if (!seen.why) seen = find_dangling(sc, from);
    if (seen.why) {
        hint = text_format(sc->arena, "'%.*s' %s", TEXT_ARG(seen.name), seen.why);
        return hint.data ? hint : TEXT_EMPTY;
    }
    text near = loader_similar_name(sc, from, kustomization_file_names[0]);
    if (text_empty(near))
        return named_at == ORIGIN_UNKNOWN ? TEXT_EMPTY
                                          : TEXT("name the files of a directory without one each by itself");
    hint = text_format(sc->arena, "'%.*s' is not read: rename it to %.*s", TEXT_ARG(near),
                       TEXT_ARG(kustomization_file_names[0]));
    return hint.data ? hint : TEXT_EMPTY;
}

/* The one kustomization file of the root. An unreadable one counts as absent, as in the reference. */
strata_status target_find_file(scope *sc, loader *from, origin named_at, text *out_name, text *out_bytes) {
    size_t found_count = 0;
    text first = TEXT_EMPTY;
    unreadable seen = {TEXT_EMPTY, NULL};
    for (size_t i = 0; i < KUSTOMIZATION_FILE_NAMES; i++) {
        loaded tried;
        TRY(loader_load(sc, from, kustomization_file_names[i], named_at, &tried));
        if (tried.outcome != LOAD_DONE) {
            if (!seen.why) seen = (unreadable){kustomization_file_names[i], why_not(tried.outcome)};
            continue;
        }
        if (found_count++ == 1) first = *out_name;
        *out_name = kustomization_file_names[i];
        *out_bytes = tried.bytes;
    }
    if (found_count == 1) return STRATA_OK;
    text root = loader_display(sc, from, loader_root(from));
    if (found_count == 0)
        return scope_fail_hint(sc, DIAGNOSTIC_NO_KUSTOMIZATION, named_at, no_file_hint(sc, from, named_at, seen),
                               "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in "
                               "directory '%.*s'",
                               TEXT_ARG(root));
    return scope_fail(sc, DIAGNOSTIC_MANY_KUSTOMIZATIONS, named_at,
                      "multiple kustomization files under '%.*s': %.*s and %.*s; keep one", TEXT_ARG(root),
                      TEXT_ARG(first), TEXT_ARG(*out_name));
}

strata_status target_load(build *b, loader *from, origin named_at, target *out) {
    scope *sc = b->sc;
    text bytes = TEXT_EMPTY;
    memset(out, 0, sizeof *out);
    out->build = b;
    out->loader = from;
    TRY(target_find_file(sc, from, named_at, &out->file_name, &bytes));
    text path = path_join(sc->arena, loader_root(from), out->file_name);
    if (!path.data) return scope_no_memory(sc);
    return kustomization_read(sc, loader_display(sc, from, path), bytes, named_at, &out->k);
}

strata_status target_set_schema(target *t, bool top) {
    scope *sc = t->build->sc;
    const text *path = text_map_get(&t->k.openapi, TEXT("path"));
    text document = text_of(NULL, 0);
    if (path) TRY(loader_read(sc, t->loader, *path, t->k.openapi_path_at, &document));
    text name = path ? loader_display(sc, t->loader, *path) : TEXT_EMPTY;
    return schema_set(sc, t->build->schema, &t->k.openapi, document, name, t->k.openapi_path_at, top);
}

static strata_status read_configurations(target *t, accumulator *acc) {
    scope *sc = t->build->sc;
    if (t->k.configurations.count == 0) return accumulator_merge_config(sc, acc, NULL);
    transformer_config config = transformer_config_builtin;
    for (size_t i = 0; i < t->k.configurations.count; i++) {
        const located *path = &t->k.configurations.items[i];
        transformer_config read;
        text bytes;
        TRY(loader_read(sc, t->loader, path->value, path->where, &bytes));
        memset(&read, 0, sizeof read);
        TRY(transformer_config_read(sc, path->value, bytes, path->where, &read));
        TRY(transformer_config_merge(sc, &config, &read));
    }
    return accumulator_merge_config(sc, acc, &config);
}

static strata_status read_crds(target *t, accumulator *acc) {
    scope *sc = t->build->sc;
    for (size_t i = 0; i < t->k.crds.count; i++) {
        const located *path = &t->k.crds.items[i];
        transformer_config read;
        text bytes;
        TRY(loader_read(sc, t->loader, path->value, path->where, &bytes));
        memset(&read, 0, sizeof read);
        TRY(transformer_config_read_crds(sc, path->value, bytes, path->where, &read));
        TRY(accumulator_merge_config(sc, acc, &read));
    }
    return STRATA_OK;
}

strata_status target_accumulate(target *t, accumulator *acc) {
    scope *sc = t->build->sc;
    TRY(accumulate_resources(t, acc, &t->k.resources));
    TRY(read_configurations(t, acc));
    TRY(read_crds(t, acc));
    TRY(run_generators(t, acc));
    TRY(accumulate_components(t, acc));
    TRY(run_transformers(t, acc));
    TRY(run_validators(t, acc));
    return accumulator_merge_vars(sc, acc, &t->k.vars);
}
