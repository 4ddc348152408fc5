/* edit/document.c: see document.h. */
#include "edit/document.h"

#include "edit/canonical.h"
#include "edit/reconcile.h"
#include "edit/render.h"

static const text bom = TEXT_INIT("\xEF\xBB\xBF");

strata_status document_read(scope *sc, text name, text bytes, document *out) {
    *out = (document){.name = name, .bytes = bytes};
    TRY(layout_read(sc, name, bytes, &out->file));
    return canonical_of(sc, out->file.root, &out->before);
}

strata_status document_draft(scope *sc, const document *d, node **out) {
    *out = node_clone(sc->arena, d->before);
    return *out ? canonical_migrate(sc, *out) : scope_no_memory(sc);
}

/* Reads a text without leaving an error behind: what was made must mean what was meant. */
static strata_status try_read(scope *sc, const document *d, text bytes, document *out, bool *readable) {
    scope_attempt attempt;
    TRY(scope_attempt_begin(sc, &attempt));
    strata_status status = document_read(sc, d->name, bytes, out);
    if (scope_is_exhausted(status)) {
        scope_attempt_keep(sc, &attempt);
        return status;
    }
    scope_attempt_drop(sc, &attempt);
    *readable = status == STRATA_OK;
    return STRATA_OK;
}

/* The fields that came out otherwise than they should. */
static strata_status find_wrong(scope *sc, const node *is, const node *wanted, text_list *out) {
    for (uint32_t i = 0; i < wanted->count; i++) {
        text key = node_text(wanted->pairs[i].key);
        const node *value = node_get(is, key);
        if (value && canonical_equal(value, wanted->pairs[i].value)) continue;
        if (!text_list_add(sc->arena, out, key)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

typedef struct attempt_result {
    document made;
    bool fits;
    bool readable;
} attempt_result;

static strata_status change(scope *sc, const document *d, const node *draft, const text_list *rewrite,
                            attempt_result *out) {
    reconciliation what = {.file = &d->file, .before = d->before, .after = draft, .rewrite = rewrite};
    splice_list splices = {0};
    bool conflict = false;
    text bytes;
    *out = (attempt_result){.fits = false};
    TRY(reconcile(sc, &what, &splices, &conflict));
    if (conflict) return STRATA_OK;
    TRY(splices_apply(sc, &splices, d->file.bytes, d->file.crlf, &out->fits, &bytes));
    return out->fits ? try_read(sc, d, bytes, &out->made, &out->readable) : STRATA_OK;
}

static bool is_right(const attempt_result *result, const node *draft) {
    return result->fits && result->readable && canonical_equal(result->made.before, draft);
}

/* All of the document anew, below its comments. */
static strata_status render_anew(scope *sc, const document *d, const node *draft, text *out) {
    const layout *l = &d->file;
    file_style style = file_style_of(l);
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    for (size_t at = l->top ? line_start(l->bytes, l->top->start) : l->end; at < l->end; at = line_end(l->bytes, at)) {
        if (!line_is_comment(l->bytes, at) || element_is_text_at(l->top, at)) continue;
        buffer_add_text(&b, text_trim(text_slice(l->bytes, at, line_end(l->bytes, at))));
        buffer_add_char(&b, '\n');
    }
    for (uint32_t i = 0; i < draft->count; i++)
        render_pair(&b, &style, node_text(draft->pairs[i].key), draft->pairs[i].value, 0, NULL);
    *out = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(sc->arena, buffer_text(&b));
    buffer_free(&b);
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

/* Puts these lines in the place of the document. */
static strata_status replace_document(scope *sc, const document *d, text lines, attempt_result *out) {
    const layout *l = &d->file;
    splice_list splices = {0};
    text bytes;
    *out = (attempt_result){.fits = false};
    size_t from = l->top ? line_start(l->bytes, l->top->start) : l->end;
    TRY(splice_add(sc, &splices, (splice){.from = from, .to = l->end, .with = lines, .lines = true}));
    TRY(splices_apply(sc, &splices, l->bytes, l->crlf, &out->fits, &bytes));
    return out->fits ? try_read(sc, d, bytes, &out->made, &out->readable) : STRATA_OK;
}

/*
 * For what can't be told apart by lines. What is above and below of the document stays, perhaps behind a mark of the
 * document's end, since go-yaml reads no further than a line that is out of step; unless it can't stand there: a
 * version of YAML, say, needs the mark that went with the document.
 */
static strata_status write_anew(scope *sc, const document *d, const node *draft, attempt_result *out) {
    text lines;
    TRY(render_anew(sc, d, draft, &lines));
    TRY(replace_document(sc, d, lines, out));
    if (is_right(out, draft)) return STRATA_OK;
    text marked = TEXT_CONCAT(sc->arena, lines, TEXT("...\n"));
    if (!marked.data) return scope_no_memory(sc);
    TRY(replace_document(sc, d, marked, out));
    return is_right(out, draft) ? STRATA_OK : document_read(sc, d->name, lines, &out->made);
}

strata_status document_commit(scope *sc, document *d, node *draft) {
    attempt_result result;
    text_list wrong = {0};
    TRY(canonical_sort_new(sc, draft));
    TRY(change(sc, d, draft, NULL, &result));
    if (!is_right(&result, draft)) {
        /* Which fields, if they can't be read, or their lines told apart? All that mean something new, and aliases. */
        bool known = result.fits && result.readable;
        const node *is = known ? result.made.before : d->file.has_alias ? node_new_mapping(sc->arena) : d->before;
        if (!is) return scope_no_memory(sc);
        TRY(find_wrong(sc, is, draft, &wrong));
        TRY(change(sc, d, draft, &wrong, &result));
    }
    if (!is_right(&result, draft)) TRY(write_anew(sc, d, draft, &result));
    if (!canonical_equal(result.made.before, draft))
        return scope_fail(sc, DIAGNOSTIC_INTERNAL, ORIGIN_UNKNOWN, "the edited file would not mean what it should");
    if (text_starts(d->bytes, bom)) {
        result.made.bytes = TEXT_CONCAT(sc->arena, bom, result.made.bytes);
        if (!result.made.bytes.data) return scope_no_memory(sc);
    }
    *d = result.made;
    return STRATA_OK;
}
