/* build/inline_entry.c: see inline_entry.h. */
#include "build/inline_entry.h"

/* Whether a text was hardly meant as a path: it has several lines, or a mapping in it. */
static bool looks_like_yaml(text entry) {
    text trimmed = text_trim(entry);
    return text_find_char(trimmed, '\n') != SIZE_MAX || text_contains(trimmed, TEXT(": ")) ||
           text_starts(trimmed, TEXT("{"));
}

/* Whether reading the path would get anywhere, or is refused for another reason than that nothing is there. */
static strata_status is_something(target *t, const located *entry, bool *out) {
    scope *sc = t->build->sc;
    loaded file;
    TRY(loader_load(sc, t->loader, entry->value, entry->where, &file));
    *out = file.outcome != LOAD_MISSING && file.outcome != LOAD_FAILED;
    return STRATA_OK;
}

strata_status inline_entry_read(target *t, const located *entry, bool *is_inline, resource_list *out) {
    scope *sc = t->build->sc;
    scope_attempt attempt;
    bool is_path = !looks_like_yaml(entry->value);
    TRY(scope_attempt_begin(sc, &attempt));
    strata_status status = resources_read_inline(sc, entry->where, entry->value, out);
    *is_inline = status == STRATA_OK;
    if (!*is_inline && !scope_is_exhausted(status) && !is_path && is_something(t, entry, &is_path) != STRATA_OK)
        is_path = false;
    if (!*is_inline && (scope_is_exhausted(status) || !is_path)) {
        scope_attempt_keep(sc, &attempt);
        return status;
    }
    scope_attempt_drop(sc, &attempt);
    return STRATA_OK;
}
