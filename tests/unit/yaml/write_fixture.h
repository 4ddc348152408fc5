/* Texts in, texts out, for the tests of the writing half of this room. Set up before each test, taken down after it. */
#ifndef WRITE_FIXTURE_H
#define WRITE_FIXTURE_H

#include "scope_fixture.h"
#include "yaml/node.h"
#include "yaml/writer.h"

/* The first document of a resource file. The test fails when it can't be read. */
node *read_yaml(const char *input);

/* The document, written in one way or another, is `expected`. */
void expect_stream(const char *input, const char *expected);
void expect_file(const char *input, const char *expected);
void expect_json(const char *input, const char *expected);
void expect_v3(const char *input, const char *expected);
/* After a JSON patch, as v3 writes it. */
void expect_normalized(const char *input, const char *expected);
/* The document can be read but not written. */
void expect_refused(yaml_path_out path, const char *input);

/* The same for a tree made by hand. */
void expect_written(const node *document, const char *expected);

#endif
