/* What the tests of this room share: a scope, a temporary directory, and files in it. */
#ifndef TEST_SOURCE_FIXTURE_H
#define TEST_SOURCE_FIXTURE_H

#include "scope_fixture.h"

#include <criterion/criterion.h>

extern strata_error *error; /* that of the scope */
extern text directory;      /* the real path of a fresh directory; fixture_close removes it */

void fixture_open(void);
void fixture_close(void);

/* An absolute path below the fixture's directory. */
text below(const char *name);
/* Writes a file below the directory, and makes the directories on the way to it. */
void write_file(const char *name, const char *bytes);
void make_directory(const char *name);
void make_link(const char *name, const char *target);

void assert_text(text actual, const char *expected, const char *what);
/* The failure at hand has this code, and its message contains the words. Forgets it. */
void assert_failure(strata_status status, diagnostic code, const char *words);

#endif
