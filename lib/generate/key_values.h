/*
 * generate/key_values.h: the keys and values that a ConfigMap or Secret generator names: literals, files, env files.
 */
#ifndef GENERATE_KEY_VALUES_H
#define GENERATE_KEY_VALUES_H

#include "model/kustomization.h"
#include "source/loader.h"

/*
 * All of them, sorted by key: env files first, then literals, then files, as kustomize's api/kv/kv.go takes them. A key
 * that comes twice fails. Nothing else is checked: the reference takes any key.
 */
strata_status key_values_read(scope *sc, loader *from, const generator_args *args, text_map *out);

#endif
