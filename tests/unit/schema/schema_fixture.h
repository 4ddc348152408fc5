/* A scope with all that it needs, for the tests of this room. Set up before each test and taken down after it. */
#ifndef SCHEMA_FIXTURE_H
#define SCHEMA_FIXTURE_H

#include "core/scope.h"

extern scope sc;

void fixture_set_up(void);
void fixture_tear_down(void);

#endif
