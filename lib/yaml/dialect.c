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

strata_status dialect_refuse(scope *sc, const parser *p, origin first) {
    return scope_fail(sc, DIAGNOSTIC_YAML_SYNTAX, first + (origin)p->scan.problem_at, "invalid YAML: %s",
                      p->scan.problem);
}

static strata_status check_events(scope *sc, parser *p, origin first, tree_comments kept, bool *odd) {
    for (;;) {
        yaml_event event;
        parser_result result = parser_next(p, &event);
        if (result == PARSER_NO_MEMORY) return scope_no_memory(sc);
        if (result == PARSER_REFUSED) return dialect_refuse(sc, p, first);
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
