/*
 * schema/schema_load.c: a kustomization chooses the schema; after kyaml's openapi.SetSchema. See schema.h.
 *
 * kustomize reads a document at the first look-up, and panics there when it is malformed. Here it is read at once, and
 * whether it is malformed counts only when a look-up needs it.
 */
#include "schema/schema_layers.h"

strata_status schema_check(scope *sc, const schema *s) {
    if (!s->state->broken) return STRATA_OK;
    schema_document again = {
        .name = s->state->broken->name, .bytes = s->state->broken->bytes, .named_at = s->state->broken->named_at};
    return schema_document_read(sc, &again);
}

static strata_status choose_document(scope *sc, schema_state *state, text document, text name, origin named_at) {
    schema_layer *layer = ARENA_NEW(sc->arena, schema_layer);
    schema_document *d = ARENA_NEW(sc->arena, schema_document);
    if (!layer || !d) return scope_no_memory(sc);
    d->name = name;
    d->bytes = document;
    d->named_at = named_at;
    scope_attempt attempt;
    TRY(scope_attempt_begin(sc, &attempt));
    strata_status status = schema_document_read(sc, d);
    if (scope_is_exhausted(status)) {
        scope_attempt_keep(sc, &attempt);
        return status;
    }
    scope_attempt_drop(sc, &attempt);
    d->malformed = status != STRATA_OK;
    layer->document = d;
    state->chosen = layer;
    state->version_is_set = true;
    state->settled = false;
    return STRATA_OK;
}

strata_status schema_set(scope *sc, schema *s, const text_map *fields, text document, text name, origin named_at,
                         bool reset) {
    schema_state *state = s->state;
    if (!reset && (state->version_is_set || state->chosen)) return STRATA_OK;
    const text *version = text_map_get(fields, TEXT("version"));
    if (document.data) {
        if (version)
            return scope_fail(sc, DIAGNOSTIC_SCHEMA_VERSION, named_at, "openapi has both a version and a path");
        return choose_document(sc, state, document, name, named_at);
    }
    state->version_is_set = version && !text_empty(*version);
    if (!state->version_is_set) return STRATA_OK;
    if (!text_is(*version, "v1.21.2"))
        return scope_fail(sc, DIAGNOSTIC_SCHEMA_VERSION, named_at,
                          "the OpenAPI schema of version %.*s is not built in, only that of v1.21.2",
                          TEXT_ARG(*version));
    state->chosen = NULL;
    state->settled = false;
    return STRATA_OK;
}
