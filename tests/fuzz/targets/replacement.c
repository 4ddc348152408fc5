/* tests/fuzz/targets/replacement.c: "==== resources", "==== replacements", as a file of replacements holds them. */
#include "fuzz.h"

#include "transform/transform.h"

strata_status fuzz_one(scope *sc, text input) {
    fuzz_part parts[FUZZ_MOST_PARTS];
    replacement_list replacements = {NULL, 0};
    resource_set set;
    node *file;
    if (fuzz_parts(sc, input, parts) < 2) return STRATA_OK;
    TRY(fuzz_read(sc, parts[1].bytes, YAML_V2, &file));
    if (node_is_null(file) || file->kind == NODE_SCALAR) return STRATA_OK;
    TRY(model_decode_replacements(sc, file, &replacements));
    TRY(fuzz_read_set(sc, parts[0].bytes, &set));
    for (size_t i = 0; i < replacements.count; i++)
        TRY(replacement_apply(sc, &set, &replacements.items[i]));
    return fuzz_write_set(sc, &set);
}
