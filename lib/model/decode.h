/*
 * model/decode.h: mappings into structs, by tables of fields, as Go's encoding/json decodes them.
 *
 * A table says for each key which kind of value it takes and where in the struct that goes. The mapping is taken in the
 * form that it has in JSON: its keys unique and in byte order, which counts when a field is there in several spellings,
 * as keys are compared without case: the later one is decoded over the earlier one, so that texts are replaced,
 * mappings joined, and the items of lists decoded over each other. Null empties lists, mappings and pointers, and
 * leaves the rest as it is.
 *
 * A strict decode refuses unknown keys. A lenient one (plugin configurations, sigs.k8s.io/yaml with a target) ignores
 * them, and takes numbers and booleans where texts are wanted; but not for the fields that Go promotes from an embedded
 * struct. An exact one stands for go-yaml v3 with a target: lenient, but for the case of keys. Cost: n log n in the
 * keys of a mapping.
 */
#ifndef MODEL_DECODE_H
#define MODEL_DECODE_H

#include "core/scope.h"
#include "yaml/node.h"

typedef enum field_type {
    FIELD_TEXT,        /* text */
    FIELD_LOCATED,     /* located: a text with its place */
    FIELD_LOCATED_NEW, /* const located *, made when the field is there */
    FIELD_BOOL,        /* bool */
    FIELD_INTEGER,     /* int64_t */
    FIELD_TEXTS,       /* located_list */
    FIELD_TEXT_MAP,    /* text_map, sorted by key */
    FIELD_STRUCT,      /* a struct inside this one */
    FIELD_STRUCT_NEW,  /* a pointer to a struct, made when the field is there */
    FIELD_STRUCTS,     /* a list of structs: items and count */
    FIELD_MAPPING      /* const node *: a mapping in the form that it has in JSON */
} field_type;

/* LENIENT, STRICT and EXACT as above; PROMOTED ignores unknown keys and takes nothing but texts for texts. */
typedef enum decode_mode { DECODE_LENIENT, DECODE_STRICT, DECODE_PROMOTED, DECODE_EXACT } decode_mode;

typedef struct struct_type struct_type;

typedef struct field_row {
    const char *key;
    field_type type;
    size_t offset;             /* of the member */
    size_t place;              /* of an origin that gets the value's place; 0: none */
    size_t given;              /* of a bool that becomes true when the field is there; 0: none */
    const struct_type *nested; /* of the FIELD_STRUCT kinds */
    const char *successor;     /* the field that took this deprecated one's place, NULL when it isn't deprecated */
    bool promoted;             /* from an embedded struct: see above */
    bool no_null_items;        /* a list of pointers, on whose nulls the reference crashes */
    const char *text;          /* what it is for, in a few words; NULL for fields of nested structs */
} field_row;

struct struct_type {
    const char *name; /* in messages: "a patch", "an image" */
    const field_row *rows;
    size_t count;
    size_t size;
    bool has_place; /* its first member is an origin that gets the mapping's place */
};

/* Of one field of a mapping, after its decoding. */
typedef struct field_seen {
    const node *key; /* of the last spelling; NULL: it isn't there */
    bool given;      /* that one is not null */
} field_seen;

/* Decodes a mapping into *out, which holds zeros or defaults. `mode` as above. */
strata_status decode_struct(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out);
/* The same, and says of each row of the type what was there: `seen` has type->count elements, all zero. */
strata_status decode_struct_seen(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out,
                                 field_seen *seen);
/* A list of structs into the list type at *out (items and count). */
strata_status decode_structs(scope *sc, const struct_type *type, const node *n, decode_mode mode, void *out);
/*
 * What sigs.k8s.io/yaml does to a mapping of free form in a field that Go promotes from an embedded struct: it takes
 * the mapping for that struct itself, and so makes texts, in place, of the numbers and booleans under the keys of its
 * texts.
 */
strata_status decode_make_texts(scope *sc, const struct_type *type, node *mapping);
/*
 * Fails at a key that the type doesn't have, at any depth: before a lenient decode, for sigs.k8s.io/yaml's
 * UnmarshalStrict, which is strict about keys and lenient about texts.
 */
strata_status decode_refuse_unknown(scope *sc, const struct_type *type, const node *n);

/* The field that a key names, in any case; NULL when there is none. */
const field_row *decode_find_row(const struct_type *type, text key);

#endif
