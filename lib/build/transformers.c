/*
 * build/transformers.c: the builtin transformers of one kustomization: the phases, in the reference's order.
 *
 * A row of the table is a phase: the kind of its transformer and the function that applies the kustomization's fields.
 * To add a transformer: a function here that calls its apply function in transform/, and a row at its place. After
 * kustomize's kusttarget_configplugin.go.
 */
#include "build/target.h"

#include "build/patch_files.h"
#include "transform/transform.h"

strata_status finish_transformer(target *t, accumulator *acc, const char *kind) {
    scope *sc = t->build->sc;
    if (t->origin.recorded) {
        text annotation;
        TRY(provenance_of_builtin(sc, &t->origin, t->file_name, text_from(kind), &annotation));
        TRY(provenance_mark_transformation(sc, &acc->set, annotation));
    }
    if (acc->set.may_have_empty) resource_set_drop_empty(&acc->set);
    return STRATA_OK;
}

/* --- patches ----------------------------------------------------------------------------------------------------- */

static strata_status run_patches(target *t, accumulator *acc, const char *kind) {
    for (size_t i = 0; i < t->k.patches.count; i++) {
        const patch *p = &t->k.patches.items[i];
        patch_source source;
        TRY(patch_file_of(t, p, true, &source));
        TRY(patch_apply(t->build->sc, &acc->set, p, &source));
        TRY(finish_transformer(t, acc, kind));
    }
    return STRATA_OK;
}

static strata_status run_patches_json6902(target *t, accumulator *acc, const char *kind) {
    for (size_t i = 0; i < t->k.patches_json6902.count; i++) {
        const patch *p = &t->k.patches_json6902.items[i];
        patch_source source;
        TRY(patch_file_of(t, p, false, &source));
        TRY(patch_json6902_apply(t->build->sc, &acc->set, p->target, &source));
        TRY(finish_transformer(t, acc, kind));
    }
    return STRATA_OK;
}

static strata_status run_patches_strategic_merge(target *t, accumulator *acc, const char *kind) {
    const located_list *entries = &t->k.patches_strategic_merge;
    if (entries->count == 0) return STRATA_OK;
    patch_source *sources = ARENA_ARRAY(t->build->sc->arena, patch_source, entries->count);
    if (!sources) return scope_no_memory(t->build->sc);
    for (size_t i = 0; i < entries->count; i++)
        TRY(patch_file_of_entry(t, &entries->items[i], &sources[i]));
    TRY(patch_strategic_merge_apply(t->build->sc, &acc->set, sources, entries->count));
    return finish_transformer(t, acc, kind);
}

/* --- metadata ---------------------------------------------------------------------------------------------------- */

static strata_status run_namespace(target *t, accumulator *acc, const char *kind) {
    if (text_empty(t->k.name_space)) return STRATA_OK;
    namespace_args args = {.where = t->k.name_space_at, .name_space = t->k.name_space, .specs = acc->config.name_space};
    TRY(namespace_apply(t->build->sc, &acc->set, &args));
    return finish_transformer(t, acc, kind);
}

static strata_status run_prefix(target *t, accumulator *acc, const char *kind) {
    if (text_empty(t->k.name_prefix)) return STRATA_OK;
    TRY(name_prefix_apply(t->build->sc, &acc->set, t->k.name_prefix, acc->config.name_prefix));
    return finish_transformer(t, acc, kind);
}

static strata_status run_suffix(target *t, accumulator *acc, const char *kind) {
    if (text_empty(t->k.name_suffix)) return STRATA_OK;
    TRY(name_suffix_apply(t->build->sc, &acc->set, t->k.name_suffix, acc->config.name_suffix));
    return finish_transformer(t, acc, kind);
}

/* The fields of one `labels` entry: its own, those of the configuration, and what its switches ask for. */
static strata_status label_specs(target *t, const transformer_config *config, const label *l, field_spec_list *out) {
    static const field_spec metadata_labels = {.path = TEXT_INIT("metadata/labels"), .create = true};
    static const field_spec_list metadata_only = {&metadata_labels, 1};
    scope *sc = t->build->sc;
    *out = l->fields;
    TRY(field_spec_list_merge(sc, out, config->labels));
    if (l->include_selectors) return field_spec_list_merge(sc, out, config->common_labels);
    if (l->include_templates) TRY(field_spec_list_merge(sc, out, config->template_labels));
    if (l->include_volume_claim_templates) TRY(field_spec_list_merge(sc, out, config->volume_claim_template_labels));
    return field_spec_list_merge(sc, out, metadata_only);
}

static strata_status run_labels(target *t, accumulator *acc, const char *kind) {
    if (t->k.labels.count == 0 && t->k.common_labels.count == 0) return STRATA_OK;
    for (size_t i = 0; i < t->k.labels.count; i++) {
        const label *l = &t->k.labels.items[i];
        field_spec_list specs;
        TRY(label_specs(t, &acc->config, l, &specs));
        TRY(labels_apply(t->build->sc, &acc->set, &l->pairs, specs));
        TRY(finish_transformer(t, acc, kind));
    }
    TRY(labels_apply(t->build->sc, &acc->set, &t->k.common_labels, acc->config.common_labels));
    return finish_transformer(t, acc, kind);
}

static strata_status run_annotations(target *t, accumulator *acc, const char *kind) {
    if (t->k.common_annotations.count == 0) return STRATA_OK;
    TRY(annotations_apply(t->build->sc, &acc->set, &t->k.common_annotations, acc->config.common_annotations));
    return finish_transformer(t, acc, kind);
}

/* --- values ------------------------------------------------------------------------------------------------------ */

static strata_status run_replicas(target *t, accumulator *acc, const char *kind) {
    for (size_t i = 0; i < t->k.replicas.count; i++) {
        TRY(replica_apply(t->build->sc, &acc->set, &t->k.replicas.items[i], acc->config.replicas));
        TRY(finish_transformer(t, acc, kind));
    }
    return STRATA_OK;
}

/* Without a record of each step, all images are changed in one walk. */
static strata_status run_images(target *t, accumulator *acc, const char *kind) {
    if (!t->origin.recorded)
        return images_apply(t->build->sc, &acc->set, t->k.images.items, t->k.images.count, acc->config.images);
    for (size_t i = 0; i < t->k.images.count; i++) {
        TRY(image_apply(t->build->sc, &acc->set, &t->k.images.items[i], acc->config.images));
        TRY(finish_transformer(t, acc, kind));
    }
    return STRATA_OK;
}

static strata_status run_replacements(target *t, accumulator *acc, const char *kind) {
    if (t->k.replacements.count == 0) return STRATA_OK;
    for (size_t i = 0; i < t->k.replacements.count; i++) {
        replacement_list list;
        TRY(replacements_of_entry(t, &t->k.replacements.items[i], &list));
        for (size_t j = 0; j < list.count; j++)
            TRY(replacement_apply(t->build->sc, &acc->set, &list.items[j]));
    }
    return finish_transformer(t, acc, kind);
}

/* --- the phases -------------------------------------------------------------------------------------------------- */

typedef struct phase {
    const char *kind;
    strata_status (*run)(target *t, accumulator *acc, const char *kind);
} phase;

static const phase phases[] = {
    {"PatchStrategicMergeTransformer", run_patches_strategic_merge},
    {"PatchTransformer", run_patches},
    {"NamespaceTransformer", run_namespace},
    {"PrefixTransformer", run_prefix},
    {"SuffixTransformer", run_suffix},
    {"LabelTransformer", run_labels},
    {"AnnotationsTransformer", run_annotations},
    {"PatchJson6902Transformer", run_patches_json6902},
    {"ReplicaCountTransformer", run_replicas},
    {"ImageTagTransformer", run_images},
    {"ReplacementTransformer", run_replacements},
};

strata_status run_transformers(target *t, accumulator *acc) {
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        TRY(phases[i].run(t, acc, phases[i].kind));
    return run_external_transformers(t, acc);
}
