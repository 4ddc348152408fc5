/* edit/operations.h: the table of operations (strata/edit.h). */
#ifndef EDIT_OPERATIONS_H
#define EDIT_OPERATIONS_H

#include "edit/editing.h"

bool operation_exists(strata_edit_operation operation);
strata_status operation_run(editing *e, strata_edit_operation operation);

#endif
