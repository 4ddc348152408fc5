/*
 * transform/replacement_scalar.c: replacements inside a scalar that holds YAML or JSON (a ConfigMap's config file);
 * after setValueInStructuredData in kustomize's api/filters/replacement.
 *
 * The text is read, changed and written again: JSON (what begins with a bracket or brace) as encoding/json writes it,
 * with an indent if it had one; YAML as go-yaml's encoder does, comments kept. Whatever fails on the way does not
 * count: the path is then tried as an ordinary one.
 */
#include "transform/replacement_target.h"
#include "yaml/json.h"
#include "yaml/path.h"
#include "yaml/reader.h"
#include "yaml/writer.h"

/* --- JSON with an indent ----------------------------------------------------------------------------------------- */

static void add_line(buffer *out, size_t depth) {
    buffer_add_char(out, '\n');
    buffer_add_repeated(out, ' ', 2 * depth);
}

/* The end of the string that begins at `at`. */
static size_t skip_string(text json, size_t at) {
    for (at++; at < json.size && json.data[at] != '"'; at++)
        if (json.data[at] == '\\') at++;
    return at + 1;
}

/* json.Indent with two spaces, of a text without white space. */
static void indent_json(text json, buffer *out) {
    size_t depth = 0;
    for (size_t at = 0; at < json.size; at++) {
        char c = json.data[at];
        if (c == '"') {
            size_t end = skip_string(json, at);
            buffer_add_text(out, text_slice(json, at, end));
            at = end - 1;
        } else if (c == '{' || c == '[') {
            buffer_add_char(out, c);
            bool empty = at + 1 < json.size && (json.data[at + 1] == '}' || json.data[at + 1] == ']');
            if (empty)
                buffer_add_char(out, json.data[++at]);
            else
                add_line(out, ++depth);
        } else if (c == '}' || c == ']') {
            add_line(out, --depth);
            buffer_add_char(out, c);
        } else {
            buffer_add_char(out, c);
            if (c == ',') add_line(out, depth);
            if (c == ':') buffer_add_char(out, ' ');
        }
    }
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

static bool is_json(text t) {
    t = text_trim(t);
    return t.size && (t.data[0] == '{' || t.data[0] == '[');
}

static strata_status write_json(scope *sc, const node *document, text old, buffer *out) {
    if (!text_contains(old, TEXT("\n")) || !text_contains(old, TEXT("  "))) return json_write(sc, document, out);
    buffer compact;
    buffer_init(&compact, sc->from, sc->limits->output);
    strata_status status = json_write(sc, document, &compact);
    if (status == STRATA_OK && buffer_failed(&compact)) status = scope_no_memory(sc);
    if (status == STRATA_OK) indent_json(buffer_text(&compact), out);
    buffer_free(&compact);
    return status;
}

static strata_status write_document(scope *sc, const node *document, text old, text *out) {
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    bool json = is_json(old);
    strata_status status = json ? write_json(sc, document, old, &b) : yaml_write_v3(sc, document, &b);
    if (status == STRATA_OK) {
        *out = json ? buffer_text(&b) : text_trim(buffer_text(&b));
        *out = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(sc->arena, *out);
        if (!out->data) status = scope_no_memory(sc);
    }
    buffer_free(&b);
    return status;
}

/* --- changing ---------------------------------------------------------------------------------------------------- */

/* The first scalar on the path that the path goes on from; *rest is the number of the part after it. */
static strata_status find_scalar(scope *sc, node *root, const replacement_field *field, node **out, size_t *rest) {
    node *at = root;
    *out = NULL;
    for (size_t i = 0; i + 1 < field->count; i++) {
        TRY(path_get(sc, at, &field->parts[i], 1, NULL, &at));
        if (!at) return STRATA_OK;
        if (at->kind != NODE_SCALAR) continue;
        *out = at;
        *rest = i + 1;
        return STRATA_OK;
    }
    return STRATA_OK;
}

static strata_status change_document(scope *sc, node *document, const replacement_field *field, size_t rest,
                                     const node *value, bool *found) {
    node_kind kind = (node_kind)value->kind;
    node_list targets = {0};
    TRY(path_match(sc, document, field->parts + rest, field->count - rest,
                   field->options && field->options->create ? &kind : NULL, &targets));
    for (size_t i = 0; i < targets.count; i++)
        TRY(replacement_set(sc, targets.items[i], field->options, value));
    *found = targets.count > 0;
    return STRATA_OK;
}

static strata_status try_inside(scope *sc, node *root, const replacement_field *field, const node *value, bool *done) {
    static const yaml_options options = {.dialect = YAML_V3, .keep_comments = true};
    node *scalar;
    size_t rest;
    TRY(find_scalar(sc, root, field, &scalar, &rest));
    if (!scalar) return STRATA_OK;
    node_list documents = {0};
    TRY(yaml_read_inline(sc, scalar->where, node_text(scalar), &options, &documents));
    if (documents.count == 0 || !documents.items[0]) return STRATA_OK;
    bool found = false;
    TRY(change_document(sc, documents.items[0], field, rest, value, &found));
    if (!found) return STRATA_OK;
    text written;
    TRY(write_document(sc, documents.items[0], node_text(scalar), &written));
    replacement_set_text(scalar, written);
    *done = true;
    return STRATA_OK;
}

strata_status replacement_write_inside_scalar(scope *sc, node *root, const replacement_field *field, const node *value,
                                              bool *done) {
    scope quiet = *sc;
    quiet.error = NULL;
    *done = false;
    if (field->count < 2) return STRATA_OK;
    strata_status status = try_inside(&quiet, root, field, value, done);
    if (status == STRATA_NO_MEMORY) return scope_no_memory(sc);
    return STRATA_OK;
}
