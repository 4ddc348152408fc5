/*
 * core/environment.h: the environment of a child as a list of NAME=VALUE. The library never looks at the process's own:
 * what a child may see is handed in by the caller and shaped here.
 *
 * An all-zero environment is empty and ready. The list lives in the arena that it is given at each call, and
 * environment_list is NULL-terminated, as exec wants it. All functions that give false ran out of memory.
 */
#ifndef CORE_ENVIRONMENT_H
#define CORE_ENVIRONMENT_H

#include "core/text.h"

typedef struct child_environment {
    const char **items; /* count of them, then NULL */
    size_t count;
    size_t capacity;
} child_environment;

/* Adds the entries of a NULL-terminated list, which may be NULL; those without a `=` are left out. */
bool environment_add_all(arena *a, child_environment *e, const char *const *list);
/* Sets a variable: replaces all entries of that name, or adds one. */
bool environment_set(arena *a, child_environment *e, text name, text value);
void environment_remove(child_environment *e, text name);
/* The value of the last entry of that name (the one that programs see), or NULL. `e` may be NULL: an empty one. */
const char *environment_get(const child_environment *e, text name);
/* For command_run; never NULL, though `e` may be. */
const char *const *environment_list(const child_environment *e);

#endif
