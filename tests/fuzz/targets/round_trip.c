/*
 * tests/fuzz/targets/round_trip.c: what is read, written and read again is the same value, by each of the writers.
 */
#include "fuzz.h"

#include "core/error.h"
#include "yaml/json.h"
#include "yaml/writer.h"

/* The value as JSON, which is what all writers have to keep. */
static strata_status value_of(scope *sc, const node *document, text *out) {
    buffer json;
    buffer_init(&json, sc->from, sc->limits->output);
    strata_status status = json_write(sc, document, &json);
    *out = text_copy(sc->arena, buffer_text(&json));
    buffer_free(&json);
    return status;
}

/*
 * Whether kustomize itself changes the value, or how JSON says it: -0 becomes 0, the line breaks of Unicode come out as
 * line breaks, and bytes that are no UTF-8 as a character that JSON then doesn't escape.
 */
static bool is_unstable(text value) {
    return text_contains(value, TEXT("-0")) || text_contains(value, TEXT("\\u202")) ||
           text_contains(value, TEXT("\xc2\x85")) || text_contains(value, TEXT("\\ufffd")) ||
           text_contains(value, TEXT("\"<<\""));
}

/* What the writer writes is read without a failure, and has the value. */
static void check_stream(scope *sc, const node *document, text value, yaml_path_out path) {
    buffer out;
    buffer_init(&out, sc->from, sc->limits->output);
    node *again;
    text value_again;
    if (yaml_write(sc, document, path, &out) == STRATA_OK) {
        /* kustomize writes a key "<<" that was a text so that it reads as a merge key. */
        bool read = fuzz_read(sc, buffer_text(&out), YAML_V3, &again) == STRATA_OK;
        fuzz_require(read || text_contains(buffer_text(&out), TEXT("<<")), "what is written can be read");
        if (!is_unstable(value) && path == YAML_TO_STREAM && again && value_of(sc, again, &value_again) == STRATA_OK)
            fuzz_require_equal(value, value_again, "what is written has the same value");
    }
    buffer_free(&out);
    error_clear(sc->error);
}

static void check_v3(scope *sc, const node *document) {
    buffer out;
    buffer_init(&out, sc->from, sc->limits->output);
    node *again;
    if (yaml_write_v3(sc, document, &out) == STRATA_OK) fuzz_read(sc, buffer_text(&out), YAML_V3, &again);
    buffer_free(&out);
    error_clear(sc->error);
}

static void check_json(scope *sc, text value) {
    node *again;
    text value_again;
    fuzz_require(json_read(sc, TEXT("json"), value, ORIGIN_UNKNOWN, &again) == STRATA_OK,
                 "JSON that is written is JSON");
    if (!is_unstable(value) && value_of(sc, again, &value_again) == STRATA_OK)
        fuzz_require_equal(value, value_again, "JSON that is read and written is the same");
    error_clear(sc->error);
}

strata_status fuzz_one(scope *sc, text input) {
    node_list documents = {.items = NULL};
    yaml_options options = {.dialect = YAML_RESOURCE};
    if (!text_empty(input) && input.data[0] == '#') options.keep_comments = true;
    TRY(yaml_read(sc, TEXT("input"), input, ORIGIN_UNKNOWN, &options, &documents));
    for (size_t i = 0; i < documents.count; i++) {
        text value;
        node *normal;
        check_v3(sc, documents.items[i]);
        TRY(value_of(sc, documents.items[i], &value));
        check_stream(sc, documents.items[i], value, YAML_TO_STREAM);
        check_stream(sc, documents.items[i], value, YAML_TO_FILE);
        check_json(sc, value);
        TRY(json_normalize(sc, documents.items[i], &normal));
    }
    return STRATA_OK;
}
