/* Documents out of texts, for the tests of patches. */
#ifndef PATCH_FIXTURE_H
#define PATCH_FIXTURE_H

#include "scope_fixture.h"
#include "yaml/node.h"

/* A resource of its own; the test fails when it can't be read. */
node *fixture_read(const char *yaml);
/* Fails the test unless the document is written like that. */
void fixture_expect(const node *document, const char *expected);

#endif
