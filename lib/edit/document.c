/* edit/document.c: see document.h. */
#include "edit/document.h"

#include "edit/canonical.h"
#include "edit/reconcile.h"
#include "edit/render.h"
#include "yaml/encoding.h"

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

/* The comments of that part of the file. What go-yaml can't read may stand below the document, but not in it. */
static void add_comments(buffer *b, const layout *l, span of) {
    const char *problem;
    for (size_t at = of.from; at < of.to; at = line_end(l->bytes, at)) {
        if (!line_is_comment(l->bytes, at) || element_is_text_at(l->top, at)) continue;
        text comment = text_trim(text_slice(l->bytes, at, line_end(l->bytes, at)));
        if (encoding_first_bad(comment, &problem) != SIZE_MAX) continue;
        buffer_add_text(b, comment);
        buffer_add_char(b, '\n');
    }
}

/* All of the document anew, below the comments of that part of the file. */
static strata_status render_anew(scope *sc, const document *d, const node *draft, span part, text *out) {
    file_style style = file_style_of(&d->file);
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    add_comments(&b, &d->file, part);
    for (uint32_t i = 0; i < draft->count; i++)
        render_pair(&b, &style, node_text(draft->pairs[i].key), draft->pairs[i].value, 0, NULL);
    *out = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(sc->arena, buffer_text(&b));
    buffer_free(&b);
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

/* Puts the document, and that mark of its end, in the place of that part of the file. */
static strata_status replace_part(scope *sc, const document *d, const node *draft, span part, text mark,
                                  attempt_result *out) {
    const layout *l = &d->file;
    splice_list splices = {0};
    text lines, bytes;
    *out = (attempt_result){.fits = false};
    TRY(render_anew(sc, d, draft, part, &lines));
    lines = TEXT_CONCAT(sc->arena, lines, mark);
    if (!lines.data) return scope_no_memory(sc);
    TRY(splice_add(sc, &splices, (splice){.from = part.from, .to = part.to, .with = lines, .lines = true}));
    TRY(splices_apply(sc, &splices, l->bytes, l->crlf, &out->fits, &bytes));
    return out->fits ? try_read(sc, d, bytes, &out->made, &out->readable) : STRATA_OK;
}

/*
 * For what can't be told apart by lines. What is above and below of the document stays, perhaps behind a mark of the
 * document's end, since go-yaml reads no further than a line that is out of step. Where it can't stay its comments do:
 * a version of YAML, say, needs the mark that went with the document, and bytes that are no text may have been too far
 * below to be read.
 */
static strata_status write_anew(scope *sc, const document *d, const node *draft, attempt_result *out) {
    const layout *l = &d->file;
    const span all = {0, l->bytes.size},
               parts[] = {{l->top ? line_start(l->bytes, l->top->start) : l->end, l->end}, {0, l->end}};
    text lines;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        TRY(replace_part(sc, d, draft, parts[i], TEXT_EMPTY, out));
        if (is_right(out, draft)) return STRATA_OK;
        TRY(replace_part(sc, d, draft, parts[i], TEXT("...\n"), out));
        if (is_right(out, draft)) return STRATA_OK;
    }
    TRY(render_anew(sc, d, draft, all, &lines));
    return document_read(sc, d->name, lines, &out->made);
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
