/* source/glob.c: see glob.h. */
#include "source/glob.h"

#include "core/utf8.h"
#include "source/path.h"

static const char wildcards[] = "*?[\\";

static bool has_wildcards(text t) {
    for (size_t i = 0; i < t.size; i++)
        if (t.data[i] && strchr(wildcards, t.data[i])) return true;
    return false;
}

/* --- one name ---------------------------------------------------------------------------------------------------- */

static uint32_t take_character(text *t) {
    size_t length;
    uint32_t c = utf8_decode(t->data, t->size, &length);
    *t = text_after(*t, length);
    return c;
}

/* A character of a set, maybe escaped; false when the set is malformed there. */
static bool take_set_character(text *pattern, uint32_t *out) {
    if (pattern->size == 0 || pattern->data[0] == '-' || pattern->data[0] == ']') return false;
    if (pattern->data[0] == '\\') *pattern = text_after(*pattern, 1);
    if (pattern->size == 0) return false;
    size_t length;
    *out = utf8_decode(pattern->data, pattern->size, &length);
    if (*out == 0xfffd && length == 1) return false;
    *pattern = text_after(*pattern, length);
    return pattern->size > 0;
}

/* The set after its '[', to behind its ']'; *matches says whether `c` is in it. */
static bool take_set(text *pattern, uint32_t c, bool *matches) {
    bool negated = pattern->size && pattern->data[0] == '^', found = false;
    if (negated) *pattern = text_after(*pattern, 1);
    for (size_t ranges = 0;; ranges++) {
        uint32_t low, high;
        if (pattern->size && pattern->data[0] == ']' && ranges > 0) break;
        if (!take_set_character(pattern, &low)) return false;
        high = low;
        if (pattern->data[0] == '-') {
            *pattern = text_after(*pattern, 1);
            if (!take_set_character(pattern, &high)) return false;
        }
        if (low <= c && c <= high) found = true;
    }
    *pattern = text_after(*pattern, 1);
    *matches = found != negated;
    return true;
}

/* One element of the pattern that is no star, against the first character of the name (which may be empty). */
static bool match_element(text *pattern, text *name, bool *valid) {
    char first = pattern->data[0];
    bool is_empty = name->size == 0, is_slash = !is_empty && name->data[0] == '/';
    uint32_t c = is_empty ? 0 : take_character(name);
    bool matches = !is_empty;
    *pattern = text_after(*pattern, 1);
    if (first == '[') {
        bool in_set;
        *valid = take_set(pattern, c, &in_set);
        return *valid && matches && in_set; /* a set may hold the slash, as in Go */
    }
    if (first == '?') return matches && !is_slash;
    if (first == '\\') {
        *valid = pattern->size > 0;
        if (!*valid) return false;
    } else {
        *pattern = text_of(pattern->data - 1, pattern->size + 1);
    }
    return take_character(pattern) == c && matches;
}

/* Whether the elements are well formed, whatever they match. */
static bool is_valid(text pattern) {
    bool valid = true;
    while (pattern.size && valid) {
        text nothing = TEXT_EMPTY;
        if (pattern.data[0] == '*')
            pattern = text_after(pattern, 1);
        else
            match_element(&pattern, &nothing, &valid);
    }
    return valid;
}

bool glob_match(text pattern, text name, bool *valid) {
    *valid = is_valid(pattern);
    if (!*valid) return false;
    text after_star = TEXT_EMPTY, retry = TEXT_EMPTY; /* where the last star is tried again, one character on */
    bool has_star = false, fine = true;
    while (name.size || pattern.size) {
        if (pattern.size && pattern.data[0] == '*') {
            pattern = text_after(pattern, 1);
            after_star = pattern;
            retry = name;
            has_star = true;
            continue;
        }
        text rest = pattern, left = name;
        if (pattern.size && match_element(&rest, &left, &fine)) {
            pattern = rest;
            name = left;
            continue;
        }
        if (!has_star || retry.size == 0 || retry.data[0] == '/') return false;
        take_character(&retry);
        pattern = after_star;
        name = retry;
    }
    return true;
}

/* --- a tree ------------------------------------------------------------------------------------------------------ */

typedef struct glob_search {
    scope *sc;
    const filesystem *fs;
    text working_directory;
} glob_search;

static strata_status absolute(const glob_search *g, text path, text *out) {
    *out =
        path_is_absolute(path) ? path_clean(g->sc->arena, path) : path_join(g->sc->arena, g->working_directory, path);
    return out->data ? STRATA_OK : scope_no_memory(g->sc);
}

/* The names in a directory that match the last part of a pattern. */
static strata_status search_directory(const glob_search *g, text directory, text pattern, text_list *out) {
    text full;
    text_list names = {0};
    TRY(absolute(g, directory, &full));
    if (g->fs->stat(g->fs, full) != FILE_DIRECTORY) return STRATA_OK;
    if (g->fs->list(g->fs, g->sc->arena, full, &names) == FILE_NO_MEMORY) return scope_no_memory(g->sc);
    for (size_t i = 0; i < names.count; i++) {
        bool valid;
        if (!glob_match(pattern, names.items[i], &valid)) continue;
        text path = path_join(g->sc->arena, directory, names.items[i]);
        if (!path.data || !text_list_add(g->sc->arena, out, path)) return scope_no_memory(g->sc);
    }
    return STRATA_OK;
}

/* What stands before the last slash, as filepath.Glob cleans it; the slash of the root stays. */
static text directory_part(text pattern, text *last) {
    size_t slash = text_find_last_char(pattern, '/');
    *last = slash == SIZE_MAX ? pattern : text_after(pattern, slash + 1);
    if (slash == SIZE_MAX) return TEXT(".");
    return slash == 0 ? TEXT("/") : text_slice(pattern, 0, slash);
}

/*
 * The parts with wildcards are searched from the first to the last: `directories` holds what the parts before matched.
 */
static strata_status search(const glob_search *g, text pattern, text_list *out) {
    text_list parts = {0};
    text rest = pattern, last;
    while (has_wildcards(rest)) {
        text directory = directory_part(rest, &last);
        if (!text_list_add(g->sc->arena, &parts, last)) return scope_no_memory(g->sc);
        rest = directory;
    }
    text full;
    TRY(absolute(g, rest, &full));
    if (parts.count == 0) {
        if (g->fs->stat(g->fs, full) == FILE_MISSING) return STRATA_OK;
        return text_list_add(g->sc->arena, out, rest) ? STRATA_OK : scope_no_memory(g->sc);
    }
    text_list directories = {0};
    if (!text_list_add(g->sc->arena, &directories, rest)) return scope_no_memory(g->sc);
    for (size_t i = parts.count; i-- > 0;) {
        text_list found = {0};
        for (size_t j = 0; j < directories.count; j++)
            TRY(search_directory(g, directories.items[j], parts.items[i], &found));
        directories = found;
    }
    for (size_t i = 0; i < directories.count; i++)
        if (!text_list_add(g->sc->arena, out, directories.items[i])) return scope_no_memory(g->sc);
    return STRATA_OK;
}

static bool is_hidden(text path) { return path_base(path).data[0] == '.'; }

strata_status glob_expand(scope *sc, const filesystem *fs, text working_directory, text pattern, bool *valid,
                          text_list *out) {
    glob_search g = {.sc = sc, .fs = fs, .working_directory = working_directory};
    text_list found = {0};
    *valid = is_valid(pattern);
    if (!*valid) return STRATA_OK;
    TRY(search(&g, pattern, &found));
    bool with_hidden = is_hidden(pattern);
    for (size_t i = 0; i < found.count; i++) {
        if (!with_hidden && is_hidden(found.items[i])) continue;
        if (!text_list_add(sc->arena, out, found.items[i])) return scope_no_memory(sc);
    }
    return STRATA_OK;
}
