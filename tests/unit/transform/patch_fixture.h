/* A scope with all that it needs, and documents out of texts, for the tests of patches. */
#ifndef PATCH_FIXTURE_H
#define PATCH_FIXTURE_H

#include "core/scope.h"
#include "yaml/node.h"

extern scope sc;

void fixture_set_up(void);
void fixture_tear_down(void);

/* A resource of its own; the test fails when it can't be read. */
node *fixture_read(const char *yaml);
/* Fails the test unless the document is written like that. */
void fixture_expect(const node *document, const char *expected);

#endif
