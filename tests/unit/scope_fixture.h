/*
 * scope_fixture.h: a scope with all that it needs, for the tests of the rooms. Set up before each test and taken down
 * after it: TestSuite(name, .init = fixture_set_up, .fini = fixture_tear_down).
 */
#ifndef SCOPE_FIXTURE_H
#define SCOPE_FIXTURE_H

#include "core/scope.h"

extern arena memory;
extern scope sc;

void fixture_set_up(void);
void fixture_tear_down(void);

#endif
