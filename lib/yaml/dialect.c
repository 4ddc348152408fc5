/* yaml/dialect.c: see dialect.h. */
#include "yaml/dialect.h"

/* Characters that libfyaml takes for something else wherever they are. */
static bool has_odd_characters(text piece) {
    if (memchr(piece.data, '\t', piece.size) || memchr(piece.data, '\r', piece.size)) return true;
    static const char *const sequences[] = {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        if (text_find(piece, text_from(sequences[i])) != SIZE_MAX) return true;
    return false;
}

static bool has_kept_comment(const yaml_event *event, tree_comments kept) {
    const text comments[] = {event->head_comment, event->line_comment, event->foot_comment};
    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++) {
        if (comments[i].size == 0) continue;
        if (kept == TREE_ALL_COMMENTS || text_find_char(comments[i], '{') != SIZE_MAX) return true;
    }
    return false;
}

/* --- refusals ---------------------------------------------------------------------------------------------------- */

static text line_around(text piece, size_t at) {
    size_t start = at;
    while (start > 0 && piece.data[start - 1] != '\n')
        start--;
    size_t length = text_find_char(text_after(piece, start), '\n');
    return text_slice(piece, start, length == SIZE_MAX ? piece.size : start + length);
}

/* A colon or dash that is none, since no white space follows it. */
static text hint_at_missing_space(text rest) {
    if (text_starts(rest, TEXT("-"))) return TEXT("a dash needs a space behind it");
    return text_find_char(rest, ':') != SIZE_MAX ? TEXT("a colon needs a space behind it")
                                                 : TEXT("a key needs a colon behind it");
}

/* The usual slip behind a refusal; empty when none is known. */
static text hint_of(text problem, text piece, size_t at) {
    text rest = text_after(piece, at), line = line_around(piece, at);
    if (text_starts(rest, TEXT("\t"))) return TEXT("YAML is indented with spaces only");
    if (text_contains(line, TEXT("{{"))) return TEXT("templates ({{ }}) are not rendered here");
    if (text_contains(problem, TEXT("find expected ':'")))
        return hint_at_missing_space(text_slice(line, line.size - text_slice(rest, 0, line.size).size, line.size));
    if (text_starts(rest, TEXT("- "))) return TEXT("its dash is not in the column of the other entries");
    if (text_starts(problem, TEXT("neither a key"))) return TEXT("the line is indented otherwise than the keys above");
    if (text_starts(problem, TEXT("neither a comma"))) return TEXT("is a bracket, brace or quote above not closed?");
    if (text_starts(problem, TEXT("a mapping value")))
        return TEXT("is it indented deeper than the key above? A text with a colon in it needs quotes");
    if (text_starts(problem, TEXT("names of anchors"))) return TEXT("a text that begins with * or & needs quotes");
    if (text_starts(problem, TEXT("no value can begin"))) return TEXT("a text that begins with it needs quotes");
    return TEXT_EMPTY;
}

strata_status dialect_refuse(scope *sc, const parser *p, origin first) {
    const scanner *scan = &p->scan;
    text hint = hint_of(text_from(scan->problem), scan->all_bytes, scan->problem_at);
    return scope_fail_hint(sc, DIAGNOSTIC_YAML_SYNTAX, first + (origin)scan->problem_at, hint, "invalid YAML: %s",
                           scan->problem);
}

/* --- checking ---------------------------------------------------------------------------------------------------- */

/* Here rather than where the nodes are built, since by then a million open brackets have been read. */
static strata_status check_depth(scope *sc, const yaml_event *event, origin first, uint32_t *depth) {
    if (event->type == EVENT_SEQUENCE_END || event->type == EVENT_MAPPING_END) (*depth)--;
    if (event->type != EVENT_SEQUENCE_START && event->type != EVENT_MAPPING_START) return STRATA_OK;
    if (++*depth <= sc->limits->nesting) return STRATA_OK;
    return scope_fail(sc, DIAGNOSTIC_LIMIT, first + (origin)event->at,
                      "the document is nested deeper than the limit of %u levels", sc->limits->nesting);
}

static strata_status check_events(scope *sc, parser *p, origin first, tree_comments kept, bool *odd) {
    for (uint32_t depth = 0;;) {
        yaml_event event;
        parser_result result = parser_next(p, &event);
        if (result == PARSER_NO_MEMORY) return scope_no_memory(sc);
        if (result == PARSER_REFUSED) return dialect_refuse(sc, p, first);
        TRY(check_depth(sc, &event, first, &depth));
        if (kept != TREE_NO_COMMENTS && has_kept_comment(&event, kept)) *odd = true;
        if (event.type == EVENT_DOCUMENT_END || event.type == EVENT_STREAM_END) break;
    }
    if (p->scan.odd) *odd = true;
    return STRATA_OK;
}

strata_status dialect_check(scope *sc, text piece, origin first, bool v2, tree_comments kept, bool *odd) {
    parser p;
    *odd = piece.size == 0 || has_odd_characters(piece);
    strata_status status =
        parser_init(&p, piece, !v2, sc->arena, sc->from) ? check_events(sc, &p, first, kept, odd) : scope_no_memory(sc);
    parser_free(&p);
    return status;
}
