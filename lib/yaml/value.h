/*
 * yaml/value.h: what a node means after its way out of the reference.
 *
 * kustomize writes a resource as YAML with go-yaml v3's encoder, reads that text again into Go values and marshals
 * those to JSON. Most values come through as they were; value_of and value_fields say what becomes of the others, and
 * fail where one of those steps fails. The file path (`-o DIR`) decodes the nodes without the text between.
 *
 * Follows go-yaml v3's encode.go (node), emitterc.go (styles), decode.go (scalar, mapping) and kyaml's MarshalJSON.
 * Cost: constant for most scalars; texts are copied only where they change.
 */
#ifndef YAML_VALUE_H
#define YAML_VALUE_H

#include "core/scope.h"
#include "yaml/node.h"
#include "yaml/writer.h"

typedef enum value_type { VALUE_NULL, VALUE_BOOL, VALUE_INT, VALUE_UINT, VALUE_FLOAT, VALUE_STRING } value_type;

typedef struct value {
    value_type type;
    union {
        bool boolean;
        int64_t integer;
        uint64_t unsigned_integer;
        double real; /* finite */
        text string; /* any bytes; of a timestamp in `storage` */
    };
    bool any_bytes; /* a string that needn't be UTF-8: it went out as !!binary */
    char storage[64];
} value;

/* The value of a scalar. `flow`: some collection around it is in flow style. */
strata_status value_of(scope *sc, const node *scalar, yaml_path_out path, bool flow, value *out);

typedef struct value_field {
    text key;
    unsigned classes; /* text_classes of the key */
    const node *key_node;
    const node *value;
} value_field;

/*
 * The fields of a mapping, in its order, into out, which has room for mapping->count of them. `top`: it is the document
 * itself, whose keys become strings whatever they are. Duplicate keys are for key_order_sort to find.
 */
strata_status value_fields(scope *sc, const node *mapping, yaml_path_out path, bool flow, bool top, value_field *out,
                           size_t *count);

/* The failure for two fields with one key. */
strata_status value_duplicate_key(scope *sc, const value_field *a, const value_field *b);

/* Whether the children of a collection are written in flow style. */
static inline bool value_in_flow(const node *collection, bool flow) { return flow || (collection->flags & NODE_FLOW); }

#endif
