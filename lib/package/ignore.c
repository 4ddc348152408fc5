/* package/ignore.c: see ignore.h. */
#include "package/ignore.h"

#include "source/glob.h"

static text trim_spaces(text line) {
    if (line.size && line.data[line.size - 1] == '\r') line.size--;
    return text_trim_chars(line, " ");
}

strata_status ignore_read(scope *sc, text directory, text bytes, ignore_list *out) {
    text line;
    *out = (ignore_list){.directory = directory};
    for (bool more = true; more;) {
        more = text_cut(&bytes, '\n', &line);
        line = trim_spaces(line);
        if (line.size == 0 || line.data[0] == '#') continue;
        if (text_starts(line, TEXT("\\#"))) line = text_after(line, 1);
        bool keeps = line.data[0] == '!';
        if (keeps) line = text_after(line, 1);
        if (!text_list_add(sc->arena, keeps ? &out->kept : &out->dropped, line)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static size_t count_parts(text path) {
    size_t count = 1;
    for (size_t i = 0; i < path.size; i++)
        count += path.data[i] == '/';
    return count;
}

/* The last `count` parts of a path that has at least as many. */
static text last_parts(text path, size_t count) {
    size_t at = path.size;
    while (at > 0) {
        if (path.data[at - 1] == '/' && --count == 0) break;
        at--;
    }
    return text_after(path, at);
}

static bool pattern_matches(text pattern, text path, bool is_directory) {
    bool anchored = pattern.size && pattern.data[0] == '/';
    bool directories_only = pattern.size && pattern.data[pattern.size - 1] == '/', valid;
    text bare = text_trim_chars(pattern, "/");
    size_t wanted = count_parts(bare), has = count_parts(path);
    if (bare.size == 0 || has < wanted || (anchored && has != wanted) || (directories_only && !is_directory))
        return false;
    return glob_match(bare, last_parts(path, wanted), &valid) && valid;
}

static bool any_matches(const text_list *patterns, text path, bool is_directory) {
    for (size_t i = 0; i < patterns->count; i++)
        if (pattern_matches(patterns->items[i], path, is_directory)) return true;
    return false;
}

bool ignore_matches(const ignore_list *list, text full, bool is_directory) {
    text path = text_after(full, list->directory.size + (list->directory.size > 1));
    if (any_matches(&list->kept, path, is_directory)) return false;
    return any_matches(&list->dropped, path, is_directory);
}
