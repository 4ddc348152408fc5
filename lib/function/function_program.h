/*
 * function/function_program.h: the program that a function's spec stands for: an executable, or a container that
 * docker (podman where there is only that) runs.
 *
 * After kyaml's fn/runtime/exec and fn/runtime/container, and runfn.go, which chooses between them.
 */
#ifndef FUNCTION_FUNCTION_PROGRAM_H
#define FUNCTION_FUNCTION_PROGRAM_H

#include "function/function_spec.h"
#include "function/program.h"

/* Fails for what a spec must not ask for: an image or mounts that would become options of the container engine. */
strata_status function_spec_check(scope *sc, const function_spec *spec, origin where);

/* container.c: fills in the path, arguments and environment; label, place and directory are set already. */
strata_status container_program(scope *sc, const function_options *options, const container_spec *spec, program *out);
/* exec.c: the same for an executable. */
strata_status exec_program(scope *sc, const function_options *options, const exec_spec *spec, program *out);

#endif
