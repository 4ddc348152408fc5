/* package/localize_url.c: see localize_url.h; after kustomize's localizer/util.go. */
#include "package/localize_url.h"

#include "source/path.h"

/* A URL's authority without user and port. */
static text host_of(text authority) {
    size_t at = text_find_last_char(authority, '@');
    if (at != SIZE_MAX) authority = text_after(authority, at + 1);
    if (authority.size && authority.data[0] == '[') {
        size_t end = text_find_char(authority, ']');
        return end == SIZE_MAX ? authority : text_slice(authority, 1, end);
    }
    return text_slice(authority, 0, text_find_char(authority, ':'));
}

/* Host and path of what git is given: a URL, gh:path, or [user@]host:path. */
static void split_repository(const repository_url *url, text *host, text *path) {
    text rest = url->clone_url, head;
    size_t scheme = text_find(rest, TEXT("://"));
    if (text_starts(rest, TEXT("file://"))) {
        *host = TEXT("file-schemed");
        *path = text_after(rest, strlen("file://"));
    } else if (scheme != SIZE_MAX) {
        rest = text_after(rest, scheme + 3);
        size_t end = text_find_char(rest, '/');
        *host = host_of(text_slice(rest, 0, end));
        *path = end == SIZE_MAX ? TEXT_EMPTY : text_after(rest, end);
    } else {
        text_cut(&rest, ':', &head);
        *host = text_is(head, "gh") ? head : host_of(head);
        *path = rest;
    }
}

strata_status localize_url_file(scope *sc, text url, text *out) {
    text rest = text_after(url, text_find(url, TEXT("://")) + 3);
    size_t end = 0;
    while (end < rest.size && rest.data[end] != '/' && rest.data[end] != '?' && rest.data[end] != '#')
        end++;
    text host = host_of(text_slice(rest, 0, end)), path = text_after(rest, end);
    size_t query = text_find_char(path, '?');
    path = text_slice(path, 0, query);
    path = text_slice(path, 0, text_find_char(path, '#'));
    path = path_join(sc->arena, TEXT("/"), path);
    if (!path.data) return scope_no_memory(sc);
    text whole = TEXT_CONCAT(sc->arena, TEXT("localized-files/"), host, path);
    *out = whole.data ? path_clean(sc->arena, whole) : whole;
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

strata_status localize_url_root(scope *sc, const repository_url *url, text inside, text *out) {
    text host, path;
    split_repository(url, &host, &path);
    if (text_ends(path, TEXT(".git"))) path.size -= strlen(".git");
    path = path_join(sc->arena, TEXT("/"), path);
    if (!path.data) return scope_no_memory(sc);
    text whole =
        TEXT_CONCAT(sc->arena, TEXT("localized-files/"), host, path, TEXT("/"), url->reference, TEXT("/"), inside);
    *out = whole.data ? path_clean(sc->arena, whole) : whole;
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

text localize_url_base(const repository_url *url) {
    text host, path;
    split_repository(url, &host, &path);
    while (path.size && path.data[path.size - 1] == '/')
        path.size--;
    size_t slash = text_find_last_char(path, '/');
    return slash == SIZE_MAX ? path : text_after(path, slash + 1);
}
