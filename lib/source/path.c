/* source/path.c: Go's path/filepath for Unix; see path.h. */
#include "source/path.h"

bool path_is_absolute(text path) { return path.size && path.data[0] == '/'; }

/* Cleans `path` into `out`, which has room for path.size + 1 bytes; the size of the result. */
static size_t clean_into(char *out, text path) {
    bool rooted = path_is_absolute(path);
    size_t size = 0;
    size_t floor = 0; /* what a ".." can't take away: the root, or the ".." that stand at the start */
    if (rooted) out[size++] = '/', floor = 1;
    text rest = path, segment;
    bool more = true;
    while (more) {
        more = text_cut(&rest, '/', &segment);
        if (segment.size == 0 || text_is(segment, ".")) continue;
        bool climbs = text_is(segment, "..");
        if (climbs && size > floor) {
            while (size > floor && out[size - 1] != '/')
                size--;
            if (size > floor) size--; /* the slash before it */
            continue;
        }
        if (climbs && rooted) continue;
        if (size > (rooted ? 1u : 0u)) out[size++] = '/';
        memcpy(out + size, segment.data, segment.size);
        size += segment.size;
        if (climbs) floor = size;
    }
    if (size == 0) out[size++] = '.';
    return size;
}

static text clean_joined(arena *a, text whole) {
    char *out = arena_chars(a, whole.size + 2);
    if (!out) return text_of(NULL, 0);
    size_t size = clean_into(out, whole);
    out[size] = '\0';
    return text_of(out, size);
}

text path_clean(arena *a, text path) { return clean_joined(a, path); }

text path_join(arena *a, text directory, text name) {
    if (directory.size == 0 && name.size == 0) return TEXT_EMPTY;
    if (directory.size == 0) return clean_joined(a, name);
    if (name.size == 0) return clean_joined(a, directory);
    text whole = TEXT_CONCAT(a, directory, TEXT("/"), name);
    return whole.data ? clean_joined(a, whole) : whole;
}

text path_directory(text path) {
    size_t slash = text_find_last_char(path, '/');
    if (slash == SIZE_MAX) return TEXT(".");
    return slash == 0 ? TEXT("/") : text_slice(path, 0, slash);
}

text path_base(text path) {
    if (path.size == 0) return TEXT(".");
    while (path.size && path.data[path.size - 1] == '/')
        path.size--;
    if (path.size == 0) return TEXT("/");
    size_t slash = text_find_last_char(path, '/');
    return slash == SIZE_MAX ? path : text_after(path, slash + 1);
}

text path_extension(text path) {
    for (size_t i = path.size; i-- > 0 && path.data[i] != '/';)
        if (path.data[i] == '.') return text_after(path, i);
    return TEXT_EMPTY;
}

bool path_has_prefix(text path, text root) {
    if (text_is(root, "/")) return true;
    return text_starts(path, root) && (path.size == root.size || path.data[root.size] == '/');
}

text path_relative(arena *a, text from, text to) {
    if (path_has_prefix(to, from)) {
        text below = text_after(to, from.size);
        if (below.size && below.data[0] == '/') below = text_after(below, 1);
        return text_copy(a, below.size ? below : TEXT("."));
    }
    size_t common = 0; /* the end of the last whole segment that both have */
    for (size_t i = 0; i <= from.size && i <= to.size; i++) {
        bool from_ends = i == from.size || from.data[i] == '/';
        bool to_ends = i == to.size || to.data[i] == '/';
        if (from_ends && to_ends) common = i;
        if (i == from.size || i == to.size || from.data[i] != to.data[i]) break;
    }
    text up = text_after(from, common), down = text_after(to, common);
    size_t climbs = 0;
    for (size_t i = 0; i < up.size; i++)
        if (up.data[i] == '/') climbs++;
    char *out = arena_chars(a, climbs * 3 + down.size + 1);
    if (!out) return text_of(NULL, 0);
    size_t size = 0;
    for (size_t i = 0; i < climbs; i++) {
        memcpy(out + size, "../", 3);
        size += 3;
    }
    if (down.size > 1) {
        memcpy(out + size, down.data + 1, down.size - 1);
        size += down.size - 1;
    } else {
        size--; /* "..", without a slash */
    }
    out[size] = '\0';
    return text_of(out, size);
}

bool path_is_ambiguous(text path) {
    text segment;
    bool more = true;
    while (more) {
        more = text_cut(&path, '/', &segment);
        if (!text_is(segment, "..") && text_contains(segment, TEXT(".."))) return true;
    }
    return false;
}
