/* tests/fuzz/targets/kustomization.c: any bytes as a kustomization file, and as the other files that it may name. */
#include "fuzz.h"

#include "core/error.h"
#include "model/kustomization.h"
#include "schema/schema.h"

strata_status fuzz_one(scope *sc, text input) {
    kustomization k;
    transformer_config config;
    schema *s;
    text_map fields = {.items = NULL};
    (void)transformer_config_read(sc, TEXT("configuration"), input, ORIGIN_UNKNOWN, &config);
    error_clear(sc->error);
    (void)transformer_config_read_crds(sc, TEXT("crds"), input, ORIGIN_UNKNOWN, &config);
    error_clear(sc->error);
    TRY(schema_new(sc, &s));
    if (schema_set(sc, s, &fields, input, TEXT("openapi"), ORIGIN_UNKNOWN, true) == STRATA_OK) {
        schema_type type = schema_of_resource(s, TEXT("example.com/v1"), TEXT("App"));
        type = schema_field(s, schema_field(s, type, TEXT("spec")), TEXT("items"));
        (void)schema_merge_key(s, schema_elements(s, type));
        (void)schema_check(sc, s);
    }
    error_clear(sc->error);
    return kustomization_read(sc, TEXT("kustomization.yaml"), input, ORIGIN_UNKNOWN, &k);
}
