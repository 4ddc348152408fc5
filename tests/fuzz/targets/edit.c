/*
 * tests/fuzz/targets/edit.c: any bytes as a kustomization file that is edited in several ways, one after the other.
 * What the edited text means must be what was asked for, comments on lines of their own must stay, and what nobody
 * changed must keep its bytes.
 */
#include "fuzz.h"

#include "core/error.h"
#include "edit/canonical.h"
#include "edit/document.h"
#include "yaml/encoding.h"

/* Below the document there may be bytes that can't come to stand in or near it. */
static bool is_text(text line) {
    const char *problem;
    return encoding_first_bad(line, &problem) == SIZE_MAX;
}

/* Lines that look like comments; those inside of texts are none. */
static size_t count_comments(const layout *l, bool in_texts) {
    size_t count = 0;
    for (size_t at = 0; at < l->bytes.size; at = line_end(l->bytes, at))
        count += line_is_comment(l->bytes, at) && (in_texts || !element_is_text_at(l->top, at)) &&
                 is_text(text_slice(l->bytes, at, line_end(l->bytes, at)));
    return count;
}

/* A comment may come to stand behind a block scalar that does not count, since its key comes again, and join it. */
static strata_status commit(scope *sc, document *d, node *draft) {
    size_t comments = count_comments(&d->file, false);
    strata_status status = document_commit(sc, d, draft);
    if (status == STRATA_OK && count_comments(&d->file, true) < comments)
        fuzz_require_equal(text_format(sc->arena, "%zu", comments), d->file.bytes,
                           "comments on lines of their own stay");
    bool broken = status != STRATA_OK && sc->error->row && sc->error->row->code == DIAGNOSTIC_INTERNAL;
    fuzz_require(!broken, "an edited file means what it should");
    return status;
}

/* Without a change only deprecated and empty fields move, the latter an edit later at most: then nothing. */
static strata_status settle(scope *sc, document *d) {
    text before = TEXT_EMPTY;
    for (int edit = 0; edit < 3; edit++) {
        node *draft;
        before = d->file.bytes;
        TRY(document_draft(sc, d, &draft));
        TRY(commit(sc, d, draft));
    }
    fuzz_require_equal(before, d->file.bytes, "an edit that changes nothing leaves all bytes");
    return STRATA_OK;
}

static strata_status set_texts(scope *sc, document *d) {
    node *draft, *labels;
    TRY(document_draft(sc, d, &draft));
    TRY(canonical_set_text(sc, draft, TEXT("namespace"), TEXT("n: 1")));
    TRY(canonical_mapping(sc, draft, TEXT("commonLabels"), &labels));
    TRY(canonical_set_text(sc, labels, TEXT("a"), TEXT("on")));
    return commit(sc, d, draft);
}

/* A new entry in front of and behind each list of texts, whose order is turned round. */
static strata_status turn_lists(scope *sc, document *d) {
    static const char *const lists[] = {"resources", "components", "images", "patches", "configMapGenerator"};
    node *draft;
    TRY(document_draft(sc, d, &draft));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        node *list = node_get(draft, text_from(lists[i]));
        if (!list) continue;
        for (uint32_t k = 0; k < list->count / 2; k++) {
            node *other = list->items[k];
            list->items[k] = list->items[list->count - 1 - k];
            list->items[list->count - 1 - k] = other;
        }
        if (i < 2) TRY(canonical_append_text(sc, list, TEXT("new.yaml")));
    }
    return commit(sc, d, draft);
}

/* apiVersion and kind stand for themselves where a file lacks them. */
static bool is_field(const node *draft, size_t index) {
    text key = node_text(draft->pairs[index].key);
    return !text_equal(key, TEXT("apiVersion")) && !text_equal(key, TEXT("kind"));
}

static strata_status remove_fields(scope *sc, document *d) {
    for (;;) {
        node *draft;
        TRY(document_draft(sc, d, &draft));
        size_t i = draft->count;
        while (i > 0 && !is_field(draft, i - 1))
            i--;
        if (i == 0) return STRATA_OK;
        node_remove_at(draft, i - 1);
        TRY(commit(sc, d, draft));
    }
}

strata_status fuzz_one(scope *sc, text input) {
    document d;
    TRY(document_read(sc, TEXT("kustomization.yaml"), input, &d));
    TRY(settle(sc, &d));
    TRY(set_texts(sc, &d));
    TRY(turn_lists(sc, &d));
    return remove_fields(sc, &d);
}
