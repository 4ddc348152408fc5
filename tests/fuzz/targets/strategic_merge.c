/* tests/fuzz/targets/strategic_merge.c: "==== target", "==== patch": both texts may hold several documents. */
#include "fuzz.h"

#include "core/error.h"
#include "transform/strategic_merge.h"
#include "transform/transform.h"

/* Patches without a target, by the ids that they have, and one for all resources. */
static strata_status patch_set(scope *sc, text target, text patched_by) {
    resource_set set;
    patch_source source = {TEXT("patch"), patched_by, ORIGIN_UNKNOWN};
    const selector everything = {.where = ORIGIN_UNKNOWN};
    const patch to_all = {.target = &everything, .allow_name_change = true};
    TRY(fuzz_read_set(sc, target, &set));
    TRY(patch_strategic_merge_apply(sc, &set, &source, 1));
    TRY(patch_apply(sc, &set, &to_all, &source));
    return fuzz_write_set(sc, &set);
}

/* The merge itself, for documents that are no resources. */
static strata_status merge(scope *sc, text target, text patched_by, bool as_values) {
    schema *s;
    node_list targets = {.items = NULL}, patches = {.items = NULL};
    yaml_options options = {.dialect = YAML_V3, .keep_aliases = as_values};
    node *out;
    TRY(schema_new(sc, &s));
    TRY(yaml_read(sc, TEXT("target"), target, ORIGIN_UNKNOWN, &options, &targets));
    TRY(yaml_read(sc, TEXT("patch"), patched_by, ORIGIN_UNKNOWN, &options, &patches));
    if (!targets.count || !patches.count) return STRATA_OK;
    return as_values ? strategic_merge_values(sc, s, targets.items[0], patches.items[0], &out)
                     : strategic_merge(sc, s, targets.items[0], patches.items[0], &out);
}

strata_status fuzz_one(scope *sc, text input) {
    fuzz_part parts[FUZZ_MOST_PARTS];
    if (fuzz_parts(sc, input, parts) < 2) return STRATA_OK;
    (void)merge(sc, parts[0].bytes, parts[1].bytes, false);
    error_clear(sc->error);
    (void)merge(sc, parts[0].bytes, parts[1].bytes, true);
    error_clear(sc->error);
    return patch_set(sc, parts[0].bytes, parts[1].bytes);
}
