/*
 * values.h: reads JavaScript values and makes them. Readers give a default for undefined and null, and throw a TypeError
 * for a value of another type; `ok` of the reader is false from then on, and all further readings give defaults.
 */
#ifndef STRATA_NODE_VALUES_H
#define STRATA_NODE_VALUES_H

#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <strata/strata.h>

typedef struct reader {
    napi_env env;
    bool ok;
    void **kept; /* what free_reader frees */
    size_t count;
} reader;

reader reader_of(napi_env env);
void reader_free(reader *r);
void *reader_keep(reader *r, void *memory);

/* undefined when the object has no such property, or is no object. */
napi_value get_property(reader *r, napi_value object, const char *name);
bool is_absent(reader *r, napi_value value);

/* Strings are the reader's. */
char *read_text(reader *r, napi_value value, size_t *size);
const char *get_text(reader *r, napi_value object, const char *name);
bool get_bool(reader *r, napi_value object, const char *name);
int64_t get_integer(reader *r, napi_value object, const char *name);
/* The texts of an array, NULL-terminated; NULL when there is none. */
const char **get_texts(reader *r, napi_value object, const char *name);
/* An array that may be absent, with its length. */
napi_value get_array(reader *r, napi_value object, const char *name, uint32_t *length);
/* The keys of an object that may be absent, with their number. */
napi_value get_keys(reader *r, napi_value object, uint32_t *length);

void set_text(napi_env env, napi_value object, const char *name, const char *text);
void set_number(napi_env env, napi_value object, const char *name, double number);
/* An Error with the fields of a diagnostic (index.d.ts: StrataError). */
napi_value make_error(napi_env env, strata_status status, const strata_error *error);

#endif
