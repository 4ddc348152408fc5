/*
 * generate/helm_inside.h: the inside of helm.h: the steps of one inflation. Only for the helm_*.c files.
 */
#ifndef GENERATE_HELM_INSIDE_H
#define GENERATE_HELM_INSIDE_H

#include "generate/helm.h"

/* The name of the values file that helm gets, and its path as helm's option takes it: without what ends an entry. */
text helm_values_name(arena *a, text chart_name);
strata_status helm_check_values_path(scope *sc, text path, origin where);

/* helm_directory.c: a new directory, for one inflation. */
strata_status helm_directory_make(scope *sc, const helm_inflation *h, text *out);
strata_status helm_directory_add(scope *sc, const helm_inflation *h, text path);
strata_status helm_directory_write(scope *sc, const helm_inflation *h, text path, text bytes);
void helm_directory_remove(text path);

/*
 * helm_copy.c: under --root h->chart_path and h->values_files become those of copies in the inflation's directory, that
 * nobody else writes to. Without a root they stay as they are.
 */
strata_status helm_copy_chart(scope *sc, helm_inflation *h, text directory);
strata_status helm_copy_values(scope *sc, helm_inflation *h, text directory);

/* helm_values.c: the bytes of that values file. */
strata_status helm_values_of(scope *sc, const helm_inflation *h, text *out);

/* helm_command.c: the three commands, with what they share. */
typedef struct helm_runner {
    const helm_inflation *h;
    const char *program;
    child_environment environment;
} helm_runner;
/* `directory` is the inflation's own. */
strata_status helm_runner_init(scope *sc, const helm_inflation *h, text directory, helm_runner *out);
/* Fails unless helm is version 3 or 4. */
strata_status helm_check_version(scope *sc, const helm_runner *r);
strata_status helm_pull(scope *sc, const helm_runner *r);
/* *out is what helm printed. */
strata_status helm_template(scope *sc, const helm_runner *r, text values_file, text *out);

#endif
