/*
 * model/kustomization_fields.h: the tables of the fields that a kustomization file has, and of the structs in it.
 *
 * One row a field: its key, type, place in the struct, and for those of the file itself what it is for and, when it is
 * deprecated, what took its place. Everything that has to know the fields reads these tables.
 */
#ifndef MODEL_KUSTOMIZATION_FIELDS_H
#define MODEL_KUSTOMIZATION_FIELDS_H

#include "model/decode.h"
#include "model/kustomization.h"

/* What the file says, before deprecated fields are moved to their successors. */
typedef struct legacy_chart { /* an entry of helmChartInflationGenerator */
    origin where;
    text chart_name, chart_version, chart_repo_url, chart_home, helm_home, release_name, values_merge;
    text chart_repo_name, helm_bin, release_namespace; /* these and the arguments have no effect */
    located_list extra_arguments;
    located values;
    const node *values_local;
} legacy_chart;
LIST_OF(legacy_chart, legacy_chart_list);

typedef struct kustomization_file {
    kustomization k;
    located api_version, kind;
    located_list bases;
    image_list image_tags;
    legacy_chart_list legacy_charts;
    const void *metadata; /* read to be checked only */
    located_list build_metadata;
} kustomization_file;

extern const struct_type kustomization_type;
extern const struct_type selector_type, patch_type, image_type, replica_type, label_type, config_map_type, secret_type,
    replacement_type, file_replacement_type, helm_chart_type, field_spec_type, sort_options_type;

#endif
