/*
 * What the tests of generators share: a scope, and a kustomization's root in memory with files that a test adds. The
 * expectations are what kustomize makes of the same files and fields.
 */
#ifndef UNIT_GENERATE_FIXTURE_H
#define UNIT_GENERATE_FIXTURE_H

#include "generate/generate.h"
#include "scope_fixture.h"

#include <criterion/criterion.h>

extern loader *root;
extern size_t warning_count;

void root_set_up(void);
void root_tear_down(void);
/* Adds a file to the root, before fixture_open. */
void fixture_file(const char *path, text bytes);
void fixture_open(void);

/* A list of texts. */
located_list texts(size_t count, const char *const *items);
#define TEXTS(...) texts(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *), (const char *const[]){__VA_ARGS__})

/* The failure at hand has this code. Forgets it. */
void expect_failure(strata_status status, diagnostic code);

#define assert_ok(call)                                                                                                \
    do {                                                                                                               \
        strata_status status_ = (call);                                                                                \
        cr_assert_eq(status_, STRATA_OK, "%d: %s", status_, strata_error_message(sc.error));                           \
    } while (0)

#endif
