/*
 * A set of resources from YAML, to apply transformers to, and its text as kustomize writes it.
 *
 * The expectations in these tests are what kustomize prints for the same resources and configuration, in the order of
 * the input.
 */
#ifndef UNIT_TRANSFORM_FIXTURE_H
#define UNIT_TRANSFORM_FIXTURE_H

#include "core/buffer.h"
#include "model/resource_set.h"
#include "schema/field_spec.h"
#include "strata/error.h"
#include "transform/transform.h"

#include <criterion/criterion.h>

typedef struct fixture {
    arena memory;
    limits limits;
    origin_table origins;
    scope sc;
    resource_set set;
    buffer printed;
    buffer warnings; /* a line each */
} fixture;

void fixture_init(fixture *f);
void fixture_free(fixture *f);
/* Adds the resources of a text; they must be acceptable. */
void fixture_add(fixture *f, const char *yaml);
/* The resource with that kind and name. */
resource *fixture_get(fixture *f, const char *kind, const char *name);
/* All resources, "---" between them, without what a build drops at its end. */
const char *fixture_print(fixture *f);

#define cr_expect_printed(f, expected) cr_expect_str_eq(fixture_print(f), expected)
#define cr_assert_ok(f, call)                                                                                          \
    do {                                                                                                               \
        strata_status status_ = (call);                                                                                \
        cr_assert_eq(status_, STRATA_OK, "%d: %s", status_, strata_error_message((f)->sc.error));                      \
    } while (0)

#endif
