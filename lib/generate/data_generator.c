/*
 * generate/data_generator.c: ConfigMapGenerator and SecretGenerator; after kustomize's api/internal/generators. See
 * generate.h.
 */
#include "generate/generate.h"
#include "generate/key_values.h"
#include "model/data_map.h"
#include "yaml/resolve.h"

/* --- options ----------------------------------------------------------------------------------------------------- */

/* MergeGlobalOptionsIntoLocal: an entry's own labels and annotations win, switches add up. */
static strata_status merge_options(scope *sc, const generator_options *local, const generator_options *global,
                                   generator_options *out) {
    static const generator_options none;
    if (!local) local = &none;
    if (!global) global = &none;
    *out = *local;
    if (!text_map_join(sc->arena, &global->labels, &local->labels, &out->labels) ||
        !text_map_join(sc->arena, &global->annotations, &local->annotations, &out->annotations))
        return scope_no_memory(sc);
    out->disable_name_suffix_hash |= global->disable_name_suffix_hash;
    out->immutable |= global->immutable;
    return STRATA_OK;
}

/* --- the document ------------------------------------------------------------------------------------------------ */

static node *string_node(arena *a, text value) {
    return node_new_scalar(a, value, TAG_STR, resolve_is_yaml11_non_string(value) ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN);
}

static bool add(arena *a, node *mapping, const char *key, node *value) {
    return node_add(a, mapping, node_new_string(a, text_from(key)), value);
}

static resource *new_document(arena *a, generated_kind kind, const generator_args *args) {
    node *root = node_new_mapping(a), *metadata = node_new_mapping(a);
    if (!root || !metadata) return NULL;
    root->where = args->where;
    const char *name = kind == GENERATED_SECRET ? "Secret" : "ConfigMap";
    if (!add(a, root, "apiVersion", node_new_string(a, TEXT("v1"))) ||
        !add(a, root, "kind", node_new_string(a, text_from(name))) || !add(a, root, "metadata", metadata) ||
        !add(a, metadata, "name", string_node(a, args->name)))
        return NULL;
    if (!text_empty(args->name_space) && !add(a, metadata, "namespace", string_node(a, args->name_space))) return NULL;
    if (kind == GENERATED_SECRET) {
        text type = text_empty(args->secret_type) ? TEXT("Opaque") : args->secret_type;
        if (!add(a, root, "type", string_node(a, type))) return NULL;
    }
    return resource_new(a, root);
}

/* A Secret has data even when it has no keys; a ConfigMap without keys has none. */
static strata_status add_data(scope *sc, resource *r, generated_kind kind, const text_map *values) {
    if (kind == GENERATED_CONFIG_MAP) return data_map_add_config_map(sc, r, values);
    node *data = node_new_mapping(sc->arena);
    if (!data || !add(sc->arena, r->root, "data", data)) return scope_no_memory(sc);
    return data_map_add_secret(sc, r, values);
}

static strata_status add_metadata(scope *sc, resource *r, const char *field, const text_map *values) {
    if (values->count == 0) return STRATA_OK;
    node *map = node_new_mapping(sc->arena);
    if (!map || !add(sc->arena, NODE_GET(r->root, "metadata"), field, map)) return scope_no_memory(sc);
    for (size_t i = 0; i < values->count; i++) {
        node *key = node_new_scalar(sc->arena, values->items[i].key, TAG_UNSET, STYLE_PLAIN);
        node *value = node_new_scalar(sc->arena, values->items[i].value, TAG_STR, STYLE_SINGLE_QUOTED);
        if (!node_add(sc->arena, map, key, value)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status add_options(scope *sc, resource *r, const generator_options *options) {
    TRY(add_metadata(sc, r, "labels", &options->labels));
    TRY(add_metadata(sc, r, "annotations", &options->annotations));
    if (!options->immutable) return STRATA_OK;
    node *yes = node_new_scalar(sc->arena, TEXT("true"), TAG_BOOL, STYLE_PLAIN);
    return add(sc->arena, r->root, "immutable", yes) ? STRATA_OK : scope_no_memory(sc);
}

strata_status generate_data_map(scope *sc, loader *from, generated_kind kind, const generator_args *args,
                                const generator_options *global, resource **out) {
    generator_options options;
    text_map values;
    if (text_empty(args->name))
        return scope_fail(sc, DIAGNOSTIC_GENERATOR_NAME, args->where, "a %s generator needs a name",
                          kind == GENERATED_SECRET ? "Secret" : "ConfigMap");
    TRY(merge_options(sc, args->options, global, &options));
    bool were_hidden = sc->hide_lines;
    sc->hide_lines |= kind == GENERATED_SECRET;
    strata_status status = key_values_read(sc, from, args, &values);
    sc->hide_lines = were_hidden;
    TRY(status);
    resource *r = new_document(sc->arena, kind, args);
    if (!r) return scope_no_memory(sc);
    TRY(add_data(sc, r, kind, &values));
    TRY(add_options(sc, r, &options));
    r->behavior = generation_behavior_of(args->behavior);
    r->needs_hash = !options.disable_name_suffix_hash;
    *out = r;
    return STRATA_OK;
}
