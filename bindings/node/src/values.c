/* values.c: see values.h. */
#include "values.h"

#include <stdlib.h>
#include <string.h>

reader reader_of(napi_env env) { return (reader){env, true, NULL, 0}; }

void reader_free(reader *r) {
    for (size_t i = 0; i < r->count; i++)
        free(r->kept[i]);
    free(r->kept);
}

static void fail(reader *r, const char *message) {
    if (r->ok) napi_throw_type_error(r->env, NULL, message);
    r->ok = false;
}

void *reader_keep(reader *r, void *memory) {
    void **kept = memory ? realloc(r->kept, (r->count + 1) * sizeof *kept) : NULL;
    if (!kept) {
        free(memory);
        fail(r, "out of memory");
        return NULL;
    }
    r->kept = kept;
    r->kept[r->count++] = memory;
    return memory;
}

static napi_value undefined(reader *r) {
    napi_value value;
    napi_get_undefined(r->env, &value);
    return value;
}

static napi_valuetype type_of(reader *r, napi_value value) {
    napi_valuetype type = napi_undefined;
    napi_typeof(r->env, value, &type);
    return type;
}

bool is_absent(reader *r, napi_value value) {
    napi_valuetype type = type_of(r, value);
    return type == napi_undefined || type == napi_null;
}

napi_value get_property(reader *r, napi_value object, const char *name) {
    napi_value value;
    if (!r->ok || type_of(r, object) != napi_object ||
        napi_get_named_property(r->env, object, name, &value) != napi_ok)
        return undefined(r);
    return value;
}

char *read_text(reader *r, napi_value value, size_t *size) {
    size_t length = 0;
    if (!r->ok) return NULL;
    if (napi_get_value_string_utf8(r->env, value, NULL, 0, &length) != napi_ok) {
        fail(r, "a string is wanted");
        return NULL;
    }
    char *text = reader_keep(r, malloc(length + 1));
    if (!text) return NULL;
    napi_get_value_string_utf8(r->env, value, text, length + 1, &length);
    if (!size && strlen(text) != length) fail(r, "a NUL can't be part of this text");
    if (size) *size = length;
    return text;
}

const char *get_text(reader *r, napi_value object, const char *name) {
    napi_value value = get_property(r, object, name);
    return is_absent(r, value) ? NULL : read_text(r, value, NULL);
}

bool get_bool(reader *r, napi_value object, const char *name) {
    napi_value value = get_property(r, object, name);
    bool out = false;
    if (is_absent(r, value)) return false;
    if (napi_get_value_bool(r->env, value, &out) != napi_ok) fail(r, "a boolean is wanted");
    return out;
}

int64_t get_integer(reader *r, napi_value object, const char *name) {
    napi_value value = get_property(r, object, name);
    int64_t out = 0;
    if (is_absent(r, value)) return 0;
    if (napi_get_value_int64(r->env, value, &out) != napi_ok) fail(r, "a number is wanted");
    return out;
}

napi_value get_array(reader *r, napi_value object, const char *name, uint32_t *length) {
    napi_value value = get_property(r, object, name);
    bool is_array = false;
    *length = 0;
    if (is_absent(r, value)) return value;
    napi_is_array(r->env, value, &is_array);
    if (is_array)
        napi_get_array_length(r->env, value, length);
    else
        fail(r, "an array is wanted");
    return value;
}

const char **get_texts(reader *r, napi_value object, const char *name) {
    uint32_t length;
    napi_value array = get_array(r, object, name, &length), item;
    if (is_absent(r, array) || !r->ok) return NULL;
    const char **texts = reader_keep(r, calloc(length + 1, sizeof *texts));
    for (uint32_t i = 0; texts && i < length && r->ok; i++) {
        napi_get_element(r->env, array, i, &item);
        texts[i] = read_text(r, item, NULL);
    }
    return texts;
}

napi_value get_keys(reader *r, napi_value object, uint32_t *length) {
    napi_value keys = undefined(r);
    *length = 0;
    if (!r->ok || is_absent(r, object)) return keys;
    if (type_of(r, object) != napi_object || napi_get_property_names(r->env, object, &keys) != napi_ok)
        fail(r, "an object is wanted");
    else
        napi_get_array_length(r->env, keys, length);
    return keys;
}

void set_text(napi_env env, napi_value object, const char *name, const char *text) {
    napi_value value;
    napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value);
    napi_set_named_property(env, object, name, value);
}

void set_number(napi_env env, napi_value object, const char *name, double number) {
    napi_value value;
    napi_create_double(env, number, &value);
    napi_set_named_property(env, object, name, value);
}

static napi_value make_notes(napi_env env, const strata_error *error) {
    napi_value notes, entry;
    napi_create_array(env, &notes);
    for (size_t i = 0; i < strata_error_note_count(error); i++) {
        strata_error_note note = strata_error_note_at(error, i);
        napi_create_object(env, &entry);
        set_text(env, entry, "message", note.message);
        set_text(env, entry, "file", note.file);
        set_number(env, entry, "line", note.line);
        set_number(env, entry, "column", note.column);
        napi_set_element(env, notes, (uint32_t)i, entry);
    }
    return notes;
}

napi_value make_error(napi_env env, strata_status status, const strata_error *error) {
    static const char *const names[] = {"OK",      "NO_MEMORY", "INVALID", "NOT_FOUND", "CONFLICT", "REFUSED",
                                        "LIMIT",   "IO",        "COMMAND", "CANCELLED", "USAGE"};
    napi_value made, message, code;
    napi_create_string_utf8(env, strata_error_message(error), NAPI_AUTO_LENGTH, &message);
    napi_create_string_utf8(env, (size_t)status < sizeof names / sizeof *names ? names[status] : "UNKNOWN",
                            NAPI_AUTO_LENGTH, &code);
    napi_create_error(env, code, message, &made);
    set_text(env, made, "diagnostic", strata_error_name(error));
    set_text(env, made, "file", strata_error_file(error));
    set_number(env, made, "line", strata_error_line(error));
    set_number(env, made, "column", strata_error_column(error));
    set_text(env, made, "hint", strata_error_hint(error));
    set_text(env, made, "excerpt", strata_error_excerpt(error));
    napi_set_named_property(env, made, "notes", make_notes(env, error));
    return made;
}
