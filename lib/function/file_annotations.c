/* function/file_annotations.c: see file_annotations.h. */
#include "function/file_annotations.h"

#include "function/annotation.h"
#include "source/path.h"

#include <stdlib.h>

#define INTERNAL "internal.config.kubernetes.io/"

typedef struct spelling {
    const char *name; /* in messages */
    text internal;
    text legacy;
} spelling;

enum { PATH, INDEX, ID, SPELLING_COUNT };
static const spelling spellings[SPELLING_COUNT] = {
    [PATH] = {"path", TEXT_INIT(INTERNAL "path"), TEXT_INIT("config.kubernetes.io/path")},
    [INDEX] = {"index", TEXT_INIT(INTERNAL "index"), TEXT_INIT("config.kubernetes.io/index")},
    [ID] = {"id", TEXT_INIT(INTERNAL "id"), TEXT_INIT("config.k8s.io/id")},
};
static const text number_key = TEXT_INIT(INTERNAL "annotations-migration-resource-id");
static const text indentation_key = TEXT_INIT(INTERNAL "seqindent");

/* --- both spellings ---------------------------------------------------------------------------------------------- */

/* A spelling that is missing gets the value of the other. */
static strata_status complete(scope *sc, node *root, const spelling *s) {
    text internal = annotation_get(root, s->internal), legacy = annotation_get(root, s->legacy);
    if (text_empty(internal) == text_empty(legacy)) return STRATA_OK;
    return text_empty(internal) ? annotation_set(sc, root, s->internal, legacy)
                                : annotation_set(sc, root, s->legacy, internal);
}

static strata_status complete_all(scope *sc, node *root) {
    for (size_t i = 0; i < SPELLING_COUNT; i++)
        TRY(complete(sc, root, &spellings[i]));
    return STRATA_OK;
}

static strata_status fail_different(scope *sc, const node *root, const spelling *s) {
    return scope_fail(sc, DIAGNOSTIC_FUNCTION_OUTPUT, root->where,
                      "the annotations %.*s and %.*s have different values", TEXT_ARG(s->legacy),
                      TEXT_ARG(s->internal));
}

static strata_status check_same(scope *sc, const node *root) {
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        text internal = annotation_get(root, spellings[i].internal), legacy = annotation_get(root, spellings[i].legacy);
        if (!text_empty(internal) && !text_empty(legacy) && !text_equal(internal, legacy))
            return fail_different(sc, root, &spellings[i]);
    }
    return STRATA_OK;
}

static text either(const node *root, const spelling *s) {
    text internal = annotation_get(root, s->internal);
    return text_empty(internal) ? annotation_get(root, s->legacy) : internal;
}

/* --- going in ---------------------------------------------------------------------------------------------------- */

static strata_status set_number(scope *sc, node *root, text key, size_t number) {
    text digits = text_format(sc->arena, "%zu", number);
    return digits.data ? annotation_set(sc, root, key, digits) : scope_no_memory(sc);
}

strata_status file_annotations_number(scope *sc, node *root, size_t number) {
    TRY(complete_all(sc, root));
    TRY(set_number(sc, root, spellings[INDEX].legacy, number));
    return set_number(sc, root, spellings[INDEX].internal, number);
}

strata_status file_annotations_locate(scope *sc, node *root, size_t number, text path) {
    TRY(complete_all(sc, root));
    TRY(set_number(sc, root, spellings[INDEX].legacy, number));
    TRY(annotation_set(sc, root, spellings[PATH].legacy, path));
    TRY(set_number(sc, root, spellings[INDEX].internal, number));
    return annotation_set(sc, root, spellings[PATH].internal, path);
}

void file_annotations_spellings(const node *root, bool *internal, bool *legacy) {
    const node *annotations = node_at(root, "metadata", "annotations", NULL);
    *internal = *legacy = false;
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        *internal = *internal || node_get(annotations, spellings[i].internal);
        *legacy = *legacy || node_get(annotations, spellings[i].legacy);
    }
}

void file_annotations_clear(node *root, bool internal, bool legacy) {
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        if (internal) annotation_clear(root, spellings[i].internal);
        if (legacy) annotation_clear(root, spellings[i].legacy);
    }
}

void file_annotations_drop(node *root, bool index, bool path) {
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        if ((i != INDEX || !index) && (i != PATH || !path)) continue;
        annotation_clear(root, spellings[i].internal);
        annotation_clear(root, spellings[i].legacy);
    }
    if (index) annotation_clear(root, indentation_key);
}

strata_status file_annotations_prepare(scope *sc, node *root, size_t number, file_annotations *out) {
    TRY(set_number(sc, root, number_key, number));
    out->path = either(root, &spellings[PATH]);
    out->index = either(root, &spellings[INDEX]);
    TRY(complete_all(sc, root));
    return check_same(sc, root);
}

strata_status file_annotations_set_id(scope *sc, node *root, size_t id) {
    TRY(set_number(sc, root, spellings[ID].internal, id));
    return set_number(sc, root, spellings[ID].legacy, id);
}

/* --- coming out -------------------------------------------------------------------------------------------------- */

/* A number as text_format writes it, below `end`; SIZE_MAX for any other text. */
static size_t number_below(text digits, size_t end) {
    char copy[24];
    if (digits.size == 0 || digits.size >= sizeof copy || (digits.data[0] == '0' && digits.size > 1)) return SIZE_MAX;
    for (size_t i = 0; i < digits.size; i++)
        if (digits.data[i] < '0' || digits.data[i] > '9') return SIZE_MAX;
    memcpy(copy, digits.data, digits.size);
    copy[digits.size] = '\0';
    unsigned long long number = strtoull(copy, NULL, 10);
    return number < end ? (size_t)number : SIZE_MAX;
}

void file_annotations_take_id(node *root, size_t count) {
    size_t id = number_below(either(root, &spellings[ID]), count + 1);
    if (id == SIZE_MAX || id == 0) return;
    annotation_clear(root, spellings[ID].internal);
    annotation_clear(root, spellings[ID].legacy);
}

text file_annotations_path(const node *root) { return either(root, &spellings[PATH]); }
text file_annotations_index(const node *root) { return either(root, &spellings[INDEX]); }
text file_annotations_id(const node *root) { return either(root, &spellings[ID]); }

strata_status file_annotations_default_path(scope *sc, node *root, text directory) {
    arena *a = sc->arena;
    TRY(complete_all(sc, root));
    if (!text_empty(annotation_get(root, spellings[PATH].internal))) return STRATA_OK;
    const node *metadata = NODE_GET(root, "metadata");
    text kind = text_to_lower(a, node_text(NODE_GET(root, "kind")));
    if (!kind.data) return scope_no_memory(sc);
    text name = TEXT_CONCAT(a, kind, TEXT("_"), node_text(NODE_GET(metadata, "name")), TEXT(".yaml"));
    text place = path_join(a, directory, node_text(NODE_GET(metadata, "namespace")));
    text path = place.data && name.data ? path_join(a, place, name) : text_of(NULL, 0);
    if (!path.data) return scope_no_memory(sc);
    TRY(annotation_set(sc, root, spellings[PATH].internal, path));
    return annotation_set(sc, root, spellings[PATH].legacy, path);
}

/* A value that the function changed in one spelling holds for both. */
static strata_status follow_change(scope *sc, node *root, const spelling *s, text before) {
    text internal = annotation_get(root, s->internal), legacy = annotation_get(root, s->legacy);
    if (text_empty(before)) return STRATA_OK;
    bool internal_changed = !text_equal(before, internal), legacy_changed = !text_equal(before, legacy);
    if (internal_changed && legacy_changed && !text_equal(internal, legacy)) return fail_different(sc, root, s);
    if (internal_changed) return annotation_set(sc, root, s->legacy, internal);
    return legacy_changed ? annotation_set(sc, root, s->internal, legacy) : STRATA_OK;
}

strata_status file_annotations_reconcile(scope *sc, node *root, const file_annotations *before, size_t count) {
    TRY(complete_all(sc, root));
    size_t number = number_below(annotation_get(root, number_key), count);
    if (number != SIZE_MAX) {
        TRY(follow_change(sc, root, &spellings[PATH], before[number].path));
        TRY(follow_change(sc, root, &spellings[INDEX], before[number].index));
    }
    TRY(check_same(sc, root));
    annotation_clear(root, number_key);
    return STRATA_OK;
}

strata_status file_annotations_finish(scope *sc, node *root) {
    file_annotations_drop(root, true, false);
    return annotation_clear_empty(sc, root);
}
