/*
 * model/near_miss.h: which resource may have been meant, where none was found.
 *
 * Cost: one walk over the set; only a message pays it.
 */
#ifndef MODEL_NEAR_MISS_H
#define MODEL_NEAR_MISS_H

#include "model/resource_set.h"

/*
 * A hint: a resource of a similar kind and name, or what tells the one of that kind and name from the wanted one. Empty
 * parts of `wanted` are not compared, but for `exact`, where the resource must have no namespace if `wanted` has none.
 * The empty text when nothing is near, or memory is out.
 */
text near_miss_hint(scope *sc, const resource_set *set, const resource_id *wanted, bool exact);

#endif
