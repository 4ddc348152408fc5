/* source/url.c: see url.h. */
#include "source/url.h"

#include <arpa/inet.h>

/* --- characters -------------------------------------------------------------------------------------------------- */

static bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
static bool is_one_of(char c, const char *set) { return c && strchr(set, c); }
static bool is_unreserved(char c) { return is_alphanumeric(c) || is_one_of(c, "-_.~"); }

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool is_escape(text t, size_t at) {
    return at + 2 < t.size && hex_value(t.data[at + 1]) >= 0 && hex_value(t.data[at + 2]) >= 0;
}

static bool has_only_whole_escapes(text t) {
    for (size_t i = 0; i < t.size; i++)
        if (t.data[i] == '%' && !is_escape(t, i)) return false;
    return true;
}

/* Decodes well-formed escapes; data is NULL when memory is out. */
static text unescape(arena *a, text t, bool plus_is_space) {
    char *out = arena_chars(a, t.size + 1);
    if (!out) return text_of(NULL, 0);
    size_t size = 0;
    for (size_t i = 0; i < t.size; i++) {
        char c = t.data[i];
        if (c == '%') {
            c = (char)(hex_value(t.data[i + 1]) * 16 + hex_value(t.data[i + 2]));
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        out[size++] = c;
    }
    out[size] = '\0';
    return text_of(out, size);
}

/* --- parts ------------------------------------------------------------------------------------------------------- */

typedef struct url_parts {
    text scheme;    /* as written */
    text authority; /* between "//" and the path */
    text path;
    text query; /* after the first '?' */
    bool has_query;
    bool has_authority; /* false: "http:something", which nobody can ask for */
} url_parts;

/* The scheme and what follows its colon; false when there is no http or https scheme. */
static bool split(text url, url_parts *out) {
    *out = (url_parts){.authority = TEXT_EMPTY, .query = TEXT_EMPTY};
    size_t colon = text_find_char(url, ':');
    if (colon == SIZE_MAX) return false;
    out->scheme = text_slice(url, 0, colon);
    if (!text_equal_ignoring_case(out->scheme, TEXT("http")) && !text_equal_ignoring_case(out->scheme, TEXT("https")))
        return false;
    text rest = text_after(url, colon + 1);
    size_t mark = text_find_char(rest, '?');
    out->has_query = mark != SIZE_MAX;
    if (out->has_query) out->query = text_after(rest, mark + 1);
    rest = text_slice(rest, 0, mark);
    out->has_authority = text_starts(rest, TEXT("//"));
    if (out->has_authority) {
        rest = text_after(rest, 2);
        size_t slash = text_find_char(rest, '/');
        out->authority = text_slice(rest, 0, slash);
        rest = slash == SIZE_MAX ? TEXT_EMPTY : text_after(rest, slash);
    }
    out->path = rest;
    return true;
}

static bool is_port(text t) {
    if (t.size == 0) return true;
    if (t.data[0] != ':') return false;
    for (size_t i = 1; i < t.size; i++)
        if (t.data[i] < '0' || t.data[i] > '9') return false;
    return true;
}

static bool is_ipv6(text host) {
    char address[64];
    unsigned char bytes[16];
    size_t zone = text_find(host, TEXT("%25"));
    host = text_slice(host, 0, zone);
    if (host.size >= sizeof address) return false;
    memcpy(address, host.data, host.size);
    address[host.size] = '\0';
    return inet_pton(AF_INET6, address, bytes) == 1;
}

static bool is_host(text host) {
    if (host.size && host.data[0] == '[') {
        size_t close = text_find_last_char(host, ']');
        return close != SIZE_MAX && is_ipv6(text_slice(host, 1, close)) && is_port(text_after(host, close + 1));
    }
    size_t colon = text_find_char(host, ':');
    if (colon != SIZE_MAX && !is_port(text_after(host, colon))) return false;
    for (size_t i = 0; i < host.size; i++) {
        char c = host.data[i];
        /* Only bytes beyond ASCII may be escaped in a host. */
        if (c == '%' && (!is_escape(host, i) || hex_value(host.data[i + 1]) < 8)) return false;
        if ((unsigned char)c < 0x80 && !is_unreserved(c) && !is_one_of(c, "!$&'()*+,;=:<>\"%")) return false;
    }
    return true;
}

static bool is_user(text user) {
    for (size_t i = 0; i < user.size; i++)
        if (!is_unreserved(user.data[i]) && !is_one_of(user.data[i], ":!$&'()*+,;=%@")) return false;
    return has_only_whole_escapes(user);
}

static text host_of(text authority) {
    size_t at = text_find_last_char(authority, '@');
    return at == SIZE_MAX ? authority : text_after(authority, at + 1);
}

static text user_of(text authority) {
    size_t at = text_find_last_char(authority, '@');
    return at == SIZE_MAX ? TEXT_EMPTY : text_slice(authority, 0, at);
}

bool url_is_remote_file(text path) {
    for (size_t i = 0; i < path.size; i++)
        if ((unsigned char)path.data[i] < 0x20 || path.data[i] == 0x7f) return false;
    size_t fragment = text_find_char(path, '#');
    if (fragment != SIZE_MAX && !has_only_whole_escapes(text_after(path, fragment + 1))) return false;
    url_parts parts;
    if (!split(text_slice(path, 0, fragment), &parts)) return false;
    if (parts.path.size && parts.path.data[0] != '/') return true;
    return is_host(host_of(parts.authority)) && is_user(user_of(parts.authority)) && has_only_whole_escapes(parts.path);
}

text url_host(text url) {
    url_parts parts;
    if (!split(url, &parts)) return TEXT_EMPTY;
    text host = host_of(parts.authority);
    if (host.size && host.data[0] == '[') return text_slice(host, 1, text_find_last_char(host, ']'));
    return text_slice(host, 0, text_find_char(host, ':'));
}

/* --- what is asked for ------------------------------------------------------------------------------------------- */

static bool is_path_as_written(text path) {
    for (size_t i = 0; i < path.size; i++)
        if (!is_unreserved(path.data[i]) && !is_one_of(path.data[i], "!$&'()*+,;=:@[]%/")) return false;
    return has_only_whole_escapes(path);
}

static text escape_path(arena *a, text path) {
    static const char digits[] = "0123456789ABCDEF";
    text plain = has_only_whole_escapes(path) ? unescape(a, path, false) : path;
    char *out = plain.data && plain.size < SIZE_MAX / 3 - 1 ? arena_chars(a, plain.size * 3 + 1) : NULL;
    if (!out) return text_of(NULL, 0);
    size_t size = 0;
    for (size_t i = 0; i < plain.size; i++) {
        unsigned char c = (unsigned char)plain.data[i];
        if (is_unreserved((char)c) || is_one_of((char)c, "$&+,/:;=@")) {
            out[size++] = (char)c;
            continue;
        }
        out[size++] = '%';
        out[size++] = digits[c >> 4];
        out[size++] = digits[c & 15];
    }
    return text_of(out, size);
}

/* The user part with its '@': one inside of it has to be escaped. */
static text escape_user(arena *a, text authority) {
    text user = user_of(authority), piece;
    if (text_find_char(user, '@') == SIZE_MAX) return text_slice(authority, 0, user.size ? user.size + 1 : 0);
    text out = TEXT_EMPTY;
    while (out.data && text_cut(&user, '@', &piece))
        out = TEXT_CONCAT(a, out, piece, TEXT("%40"));
    return out.data ? TEXT_CONCAT(a, out, piece, TEXT("@")) : out;
}

text url_of_request(arena *a, text path) {
    url_parts parts;
    if (!split(path, &parts) || !parts.has_authority) return text_copy(a, path);
    text scheme = parts.scheme.size == 5 ? TEXT("https://") : TEXT("http://");
    text escaped = is_path_as_written(parts.path) ? parts.path : escape_path(a, parts.path);
    text user = escape_user(a, parts.authority);
    if (!escaped.data || !user.data) return text_of(NULL, 0);
    return TEXT_CONCAT(a, scheme, user, host_of(parts.authority), escaped, parts.has_query ? TEXT("?") : TEXT_EMPTY,
                       parts.query);
}

text url_for_display(arena *a, text url) {
    url_parts parts;
    if (!split(url, &parts) || user_of(parts.authority).size == 0) return text_copy(a, url);
    size_t at = (size_t)(host_of(parts.authority).data - url.data);
    return TEXT_CONCAT(a, parts.scheme, TEXT("://***@"), text_after(url, at));
}

/* --- queries ----------------------------------------------------------------------------------------------------- */

enum { MOST_PARAMETERS = 10000 }; /* Go's limit */

bool url_parse_query(arena *a, text query, text_map *out, bool *valid) {
    *valid = true;
    text pair;
    size_t count = 0;
    while (query.size) {
        text_cut(&query, '&', &pair);
        if (++count > MOST_PARAMETERS || text_find_char(pair, ';') != SIZE_MAX || !has_only_whole_escapes(pair)) {
            *valid = false;
            return true;
        }
        if (pair.size == 0) continue;
        text key;
        text_cut(&pair, '=', &key);
        key = unescape(a, key, true);
        text value = unescape(a, pair, true);
        if (!key.data || !value.data) return false;
        if (!text_map_get(out, key) && !text_map_set(a, out, key, value)) return false;
    }
    return true;
}
