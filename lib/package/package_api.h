/* package/package_api.h: what the functions of strata/package.h share. */
#ifndef PACKAGE_PACKAGE_API_H
#define PACKAGE_PACKAGE_API_H

#include "package/package_files.h"
#include "strata/package.h"

/* The work on one package, or on the stream of the options. It appends to w->output->bytes. */
typedef strata_status (*package_step)(work *w, const strata_package_options *options, node_list *resources,
                                      buffer *out);

/* How the texts of several packages are put together. */
typedef enum package_joint {
    JOINT_PATHS,    /* each after its path, with empty lines between */
    JOINT_DOCUMENTS /* as documents */
} package_joint;

/* Checks the arguments, runs the step for each package, and hands the output over. */
strata_status package_run_on_all(strata_output **out, const strata_renderer *renderer,
                                 const strata_package_options *options, package_joint joint, package_step step,
                                 strata_error *error);
/* The same for all resources at once, whatever package they lie in. */
strata_status package_run_on_tree(strata_output **out, const strata_renderer *renderer,
                                  const strata_package_options *options, package_step step, strata_error *error);

/* A copy of a string of the options; data is NULL when memory is out. */
text package_text(work *w, const char *string);

#endif
