/* tests/fuzz/targets/json_patch.c: "==== target", "==== patch": a document and RFC 6902 operations. */
#include "fuzz.h"

#include "core/error.h"
#include "transform/json_patch.h"
#include "transform/transform.h"
#include "yaml/json.h"

static strata_status patch_document(scope *sc, text target, text patched_by) {
    json_patch *operations;
    node *document, *out;
    TRY(json_patch_read(sc, TEXT("patch"), patched_by, ORIGIN_UNKNOWN, &operations));
    TRY(fuzz_read(sc, target, YAML_V3, &document));
    return operations && document ? json_patch_apply(sc, operations, document, &out) : STRATA_OK;
}

strata_status fuzz_one(scope *sc, text input) {
    fuzz_part parts[FUZZ_MOST_PARTS];
    resource_set set;
    node *json;
    const selector everything = {.where = ORIGIN_UNKNOWN};
    (void)json_read(sc, TEXT("json"), input, ORIGIN_UNKNOWN, &json);
    error_clear(sc->error);
    if (fuzz_parts(sc, input, parts) < 2) return STRATA_OK;
    (void)patch_document(sc, parts[0].bytes, parts[1].bytes);
    error_clear(sc->error);
    patch_source source = {TEXT("patch"), parts[1].bytes, ORIGIN_UNKNOWN};
    TRY(fuzz_read_set(sc, parts[0].bytes, &set));
    TRY(patch_json6902_apply(sc, &set, &everything, &source));
    return fuzz_write_set(sc, &set);
}
