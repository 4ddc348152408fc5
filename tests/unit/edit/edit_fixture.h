/*
 * tests/unit/edit/edit_fixture.h: a kustomization in memory, one operation on it, and the text that it leaves.
 */
#ifndef TESTS_EDIT_FIXTURE_H
#define TESTS_EDIT_FIXTURE_H

#include "strata/strata.h"

/* Beside the kustomization lie a.yaml, b.yaml, .hidden.yaml, base/kustomization.yaml and app.env. */
typedef struct fixture {
    strata_filesystem *tree;
    strata_renderer *renderer;
    strata_edit *edit;
    strata_error *error;
    char notices[1000]; /* the messages of warnings, a line each */
} fixture;

void fixture_open(fixture *f, const char *kustomization);
void fixture_close(fixture *f);

/* An operation whose arguments are the strings up to NULL. */
strata_status fixture_apply(fixture *f, strata_edit_operation operation, const char *const *values);
const char *fixture_text(fixture *f);

/* Claims that the operation on the text `before` leaves `after`. */
void expect_edit(const char *before, strata_edit_operation operation, const strata_edit_arguments *given,
                 const char *const *values, const char *after);
/* Claims that it is refused with that message and changes nothing. */
void expect_refusal(const char *before, strata_edit_operation operation, const strata_edit_arguments *given,
                    const char *const *values, const char *mention);

#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
