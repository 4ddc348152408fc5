/* cli/renderer.h: the renderer of commands that have no options of their own for it. */
#ifndef CLI_RENDERER_H
#define CLI_RENDERER_H

#include "commands.h"
#include "strata/renderer.h"

/* Fills in the doors that kustomize has open for every command, and what becomes of warnings and programs' messages. */
void fill_renderer_options(strata_renderer_options *out);
/* A renderer with these options, and what --limit says. 0, or the exit status of a failure that has been printed. */
int open_renderer(strata_renderer **out, const invocation *call, const string_list *limits, strata_error *error);

#endif
