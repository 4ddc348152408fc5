/* build/plugins.c: loads plugin configurations and runs them, one after the other. See plugins.h and target.h. */
#include "build/plugins.h"

#include "build/inline_entry.h"
#include "yaml/places.h"
#include "yaml/reader.h"
#include "yaml/writer.h"

/* --- configurations ---------------------------------------------------------------------------------------------- */

/* Where an inline configuration stands: the kustomization file itself. */
static strata_status record_inline(target *t, resource_set *set) {
    scope *sc = t->build->sc;
    provenance file;
    text annotation;
    if (!t->origin.recorded) return STRATA_OK;
    TRY(provenance_append(sc, &t->origin, t->file_name, &file));
    TRY(provenance_of_file(sc, &file, &annotation));
    return provenance_set_origin(sc, set, annotation);
}

/* The configurations of a list: the inline ones first, then those in files, directories and repositories. */
static strata_status load_configs(target *t, const located_list *entries, accumulator *acc) {
    scope *sc = t->build->sc;
    located_list paths = {ARENA_ARRAY(sc->arena, located, entries->count + 1), 0};
    if (!paths.items) return scope_no_memory(sc);
    accumulator_init(acc, t->build->schema);
    for (size_t i = 0; i < entries->count; i++) {
        resource_list read;
        bool is_inline;
        TRY(inline_entry_read(t, &entries->items[i], &is_inline, &read));
        if (!is_inline) {
            paths.items[paths.count++] = entries->items[i];
            continue;
        }
        resource_set set;
        resource_set_init(&set, t->build->schema);
        for (size_t k = 0; k < read.count; k++)
            TRY(resource_set_append(sc, &set, read.items[k]));
        TRY(record_inline(t, &set));
        TRY(resource_set_append_all(sc, &acc->set, &set));
    }
    return accumulate_resources(t, acc, &paths);
}

/* The configuration as the stream would show it, read with YAML 1.1 types. */
static strata_status read_config(target *t, const resource *r, plugin_config *out) {
    static const yaml_options options = {.dialect = YAML_V2};
    scope *sc = t->build->sc;
    node_list documents = {NULL, 0, 0, false};
    text bytes;
    TRY(yaml_write_text(sc, r->root, YAML_TO_STREAM, &bytes));
    TRY(yaml_read_inline(sc, r->root->where, bytes, &options, &documents));
    TRY(places_copy(sc, r->root, documents.items[0]));
    *out = (plugin_config){t, r, documents.items[0]};
    return STRATA_OK;
}

/* --- running them ------------------------------------------------------------------------------------------------ */

/* The configurations of a list, and for each the external plugin that it stands for; NULL: a builtin one. */
typedef struct plugin_list {
    accumulator configs;
    external_plugin **external;
} plugin_list;

/* All are loaded before the first one runs: nothing is started for a list of which a part is refused. */
static strata_status load_plugins(target *t, const located_list *entries, plugin_list *out) {
    scope *sc = t->build->sc;
    const plugin_place place = {&t->build->options->functions, t->loader};
    TRY(load_configs(t, entries, &out->configs));
    const resource_set *set = &out->configs.set;
    out->external = ARENA_ARRAY(sc->arena, external_plugin *, set->count + 1);
    if (!out->external) return scope_no_memory(sc);
    for (size_t i = 0; i < set->count; i++)
        if (!plugin_is_builtin(set->items[i])) TRY(external_plugin_load(sc, &place, set->items[i], &out->external[i]));
    return STRATA_OK;
}

static strata_status generate(target *t, const plugin_list *list, size_t index, resource_set *out) {
    plugin_config config;
    if (list->external[index]) return external_plugin_generate(t->build->sc, list->external[index], out);
    TRY(read_config(t, list->configs.set.items[index], &config));
    return plugin_generate_builtin(t->build->sc, &config, out);
}

static strata_status transform(target *t, const plugin_list *list, size_t index, resource_set *set) {
    plugin_config config;
    if (list->external[index]) return external_plugin_transform(t->build->sc, list->external[index], set);
    TRY(read_config(t, list->configs.set.items[index], &config));
    return plugin_transform_builtin(t->build->sc, &config, set);
}

strata_status run_external_generators(target *t, accumulator *acc) {
    scope *sc = t->build->sc;
    plugin_list list;
    if (t->k.generators.count == 0) return STRATA_OK;
    TRY(load_plugins(t, &t->k.generators, &list));
    for (size_t i = 0; i < list.configs.set.count; i++) {
        resource_set made;
        text annotation;
        resource_set_init(&made, t->build->schema);
        TRY(generate(t, &list, i, &made));
        TRY(provenance_of_plugin(sc, list.configs.set.items[i], &annotation));
        if (!text_empty(annotation)) TRY(provenance_mark_origin(sc, &made, annotation));
        TRY(resource_set_absorb_all(sc, &acc->set, &made));
    }
    return STRATA_OK;
}

strata_status run_external_transformers(target *t, accumulator *acc) {
    scope *sc = t->build->sc;
    plugin_list list;
    if (t->k.transformers.count == 0) return STRATA_OK;
    TRY(load_plugins(t, &t->k.transformers, &list));
    for (size_t i = 0; i < list.configs.set.count; i++) {
        text annotation;
        size_t before = acc->set.count;
        TRY(transform(t, &list, i, &acc->set));
        if (before && acc->set.count == 0)
            TRY(scope_warn(sc, DIAGNOSTIC_FUNCTION_EMPTY, list.configs.set.items[i]->root->where,
                           "the transformer %.*s left no resource",
                           TEXT_ARG(resource_kind(list.configs.set.items[i]))));
        TRY(provenance_of_plugin(sc, list.configs.set.items[i], &annotation));
        if (!text_empty(annotation)) TRY(provenance_mark_transformation(sc, &acc->set, annotation));
        resource_set_drop_empty(&acc->set);
    }
    return STRATA_OK;
}

/* --- validators -------------------------------------------------------------------------------------------------- */

static strata_status copy_set(scope *sc, const resource_set *set, resource_set *out) {
    resource_set_init(out, set->schema);
    for (size_t i = 0; i < set->count; i++) {
        resource *copy = resource_copy(sc->arena, set->items[i]);
        if (!copy) return scope_no_memory(sc);
        TRY(resource_set_append(sc, out, copy));
    }
    return STRATA_OK;
}

/* What counts of a resource: its content, without the label that a validator may add and what a build leaves behind. */
static strata_status write_content(scope *sc, const resource *r, buffer *out) {
    resource *copy = resource_copy(sc->arena, r);
    if (!copy) return scope_no_memory(sc);
    node *labels = node_at(copy->root, "metadata", "labels", NULL);
    if (node_is_mapping(labels) && node_remove(labels, TEXT("validated-by")) && labels->count == 0)
        node_remove(NODE_GET(copy->root, "metadata"), TEXT("labels"));
    TRY(resource_finish_annotations(sc, copy, true, false));
    return yaml_write(sc, copy->root, YAML_TO_STREAM, out);
}

static strata_status compare(scope *sc, const resource *before, const resource *after, bool *same) {
    buffer first, second;
    buffer_init(&first, sc->from, 0);
    buffer_init(&second, sc->from, 0);
    strata_status status = write_content(sc, before, &first);
    if (status == STRATA_OK) status = write_content(sc, after, &second);
    if (status == STRATA_OK && (buffer_failed(&first) || buffer_failed(&second))) status = scope_no_memory(sc);
    *same = text_equal(buffer_text(&first), buffer_text(&second));
    buffer_free(&first);
    buffer_free(&second);
    return status;
}

/* What a validator did to the resources that it got; `copies` are those, of the resources of `set` one by one. */
static strata_status take_validated(scope *sc, const resource *validator, resource_set *set, resource *const *copies) {
    for (size_t i = 0; i < set->count; i++) {
        bool same;
        resource *r = set->items[i];
        TRY(compare(sc, r, copies[i], &same));
        if (!same) {
            resource_id id = resource_current_id(r, set->schema);
            text name = resource_id_format(sc->arena, &id);
            return scope_fail(sc, DIAGNOSTIC_VALIDATOR_CHANGES, validator->root->where,
                              "the validator %.*s changed %.*s", TEXT_ARG(resource_kind(validator)), TEXT_ARG(name));
        }
        size_t position = r->position;
        *r = *copies[i];
        r->position = position;
    }
    return STRATA_OK;
}

/*
 * The reference shows a validator a list of its own of the resources: what it adds to that list or takes out of it has
 * no effect and is no failure, and only changes of a resource itself count.
 */
strata_status run_validators(target *t, accumulator *acc) {
    scope *sc = t->build->sc;
    plugin_list list;
    if (t->k.validators.count == 0) return STRATA_OK;
    TRY(load_plugins(t, &t->k.validators, &list));
    for (size_t i = 0; i < list.configs.set.count; i++) {
        resource_set shown;
        resource **copies = ARENA_ARRAY(sc->arena, resource *, acc->set.count + 1);
        if (!copies) return scope_no_memory(sc);
        TRY(copy_set(sc, &acc->set, &shown));
        if (shown.count) memcpy(copies, shown.items, shown.count * sizeof *copies);
        TRY(transform(t, &list, i, &shown));
        TRY(take_validated(sc, list.configs.set.items[i], &acc->set, copies));
    }
    return STRATA_OK;
}
