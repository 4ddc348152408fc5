/*
 * yaml/resolve.h: what a plain scalar means, to each reader of the reference.
 */
#ifndef YAML_RESOLVE_H
#define YAML_RESOLVE_H

#include "core/text.h"
#include "yaml/node.h"

typedef enum scalar_type {
    SCALAR_STRING,
    SCALAR_NULL,
    SCALAR_BOOL,
    SCALAR_INT,   /* fits int64: in .integer */
    SCALAR_UINT,  /* above int64, fits uint64: in .unsigned_integer */
    SCALAR_FLOAT, /* in .real, infinities and NaN included */
    SCALAR_TIMESTAMP,
    SCALAR_MERGE /* << */
} scalar_type;

typedef struct scalar_value {
    scalar_type type;
    union {
        bool boolean;
        int64_t integer;
        uint64_t unsigned_integer;
        double real;
    };
} scalar_value;

/* go-yaml v3's resolve("", text): the type of a plain scalar in a resource. */
scalar_value resolve_v3(text plain);
/* go-yaml v2's: YAML 1.1 booleans (y, yes, on ...), sexagesimals left as strings as v2 does, octal 0-numbers. */
scalar_value resolve_v2(text plain);
/* The tag that resolve_v3 infers. */
node_tag resolve_tag_v3(text plain);
/* kyaml's IsYaml1_1NonString: whether YAML 1.1 reads the text as something other than a string. */
bool resolve_is_yaml11_non_string(text plain);
/* The timestamp as RFC 3339 with nanoseconds as Go's time.Time marshals to JSON; false if it isn't one. */
bool resolve_timestamp(text plain, char out[64], size_t *out_size);

/* Go's strconv.AppendFloat(v, format 'g', -1 digits, 64): shortest digits that read back; exponents as Go has them. */
size_t format_float_go(double value, char out[32]);

#endif
