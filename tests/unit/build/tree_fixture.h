/*
 * tree_fixture.h: renders a tree of files in memory and compares. The expected streams were printed by kustomize
 * v5.8.2.
 */
#ifndef TREE_FIXTURE_H
#define TREE_FIXTURE_H

#include <criterion/criterion.h>
#include <stddef.h>

typedef struct tree_file {
    const char *path;
    const char *text;
} tree_file;

/* The kustomization in "/" renders to exactly this stream. */
void assert_renders(const tree_file *files, size_t count, const char *expected);
/* It is refused, with a message. */
void assert_refuses(const tree_file *files, size_t count);

#endif
