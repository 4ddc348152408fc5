/* yaml/timestamp.h: which texts are dates to go-yaml; resolve_timestamp of yaml/resolve.h prints them. */
#ifndef YAML_TIMESTAMP_H
#define YAML_TIMESTAMP_H

#include "yaml/resolve.h"

bool timestamp_is(text plain);

#endif
