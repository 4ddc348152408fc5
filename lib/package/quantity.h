/*
 * package/quantity.h: Kubernetes quantities, 1.5, 100m or 2Gi, to be compared; after apimachinery's resource.Quantity.
 *
 * They count in billionths, rounded away from zero, and stop at 2^63. More than 19 digits are rounded.
 */
#ifndef PACKAGE_QUANTITY_H
#define PACKAGE_QUANTITY_H

#include "core/text.h"

__extension__ typedef __int128 quantity;

/* False when the text is none. */
bool quantity_parse(text t, quantity *out);

#endif
