/*
 * transform/label_selector.h: expressions over labels ("app in (a, b), tier != web, !debug"), as Kubernetes has them.
 *
 * After kyaml's copy of the Kubernetes labels package. Parsing is linear, matching linear in expression and labels.
 */
#ifndef TRANSFORM_LABEL_SELECTOR_H
#define TRANSFORM_LABEL_SELECTOR_H

#include "core/scope.h"

typedef enum label_operator {
    LABEL_IN,     /* in, =, == */
    LABEL_NOT_IN, /* notin, != */
    LABEL_EXISTS,
    LABEL_MISSING, /* !key */
    LABEL_GREATER,
    LABEL_LESS
} label_operator;

typedef struct label_requirement {
    text key;
    label_operator op;
    text_list values;
    int64_t bound; /* of LABEL_GREATER and LABEL_LESS */
} label_requirement;

typedef struct label_selector {
    label_requirement *items;
    size_t count;
    size_t capacity;
} label_selector;

/* Parses into the scope's arena; `where` is the place of the text. The empty text selects everything. */
strata_status label_selector_parse(scope *sc, text expression, origin where, label_selector *out);
/* `where` is the place of the selector: a label that < or > can't compare is pointed out there. */
strata_status label_selector_matches(scope *sc, const label_selector *s, const text_map *labels, origin where,
                                     bool *out);

#endif
