/* package/flow_text.h: a field's value on one line, as kyaml prints it in flow style. */
#ifndef PACKAGE_FLOW_TEXT_H
#define PACKAGE_FLOW_TEXT_H

#include "core/scope.h"
#include "yaml/node.h"

/* In the arena, without white space around it. The quotes of a scalar are only there when it needs them. */
strata_status flow_text(scope *sc, const node *n, text *out);

/* Takes the comments of a node and all below it away. */
strata_status comments_strip(scope *sc, node *n);

/*
 * The path of a field as a command's argument has it: parts between dots, "\." for a dot in a name, and lists as
 * name[field=value], which are two parts. After cmd/config's runner.ParseFieldPath.
 */
strata_status field_path_parse(scope *sc, text path, text_list *out);

#endif
