/* source/repository_url.c: after kustomize's repospec.go; see repository_url.h. */
#include "source/repository_url.h"

#include "source/path.h"
#include "source/url.h"

#define SECOND INT64_C(1000000000)
#define DEFAULT_TIMEOUT (27 * SECOND)

/* --- the query --------------------------------------------------------------------------------------------------- */

/* Go's strconv.Atoi: an optional sign and digits. */
static bool parse_integer(text t, int64_t *out) {
    size_t i = t.size && (t.data[0] == '+' || t.data[0] == '-') ? 1 : 0;
    if (i == t.size) return false;
    int64_t value = 0;
    for (; i < t.size; i++) {
        if (t.data[i] < '0' || t.data[i] > '9') return false;
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, t.data[i] - '0', &value))
            return false;
    }
    *out = t.data[0] == '-' ? -value : value;
    return true;
}

/* The unit at the start of a text, in nanoseconds; 0 when there is none. */
static int64_t duration_unit(text t, size_t size) {
    static const struct {
        const char *name;
        int64_t nanoseconds;
    } units[] = {{"ns", 1},           {"us", 1000},  {"\xC2\xB5s", 1000}, /* U+00B5 */
                 {"\xCE\xBCs", 1000},                                     /* U+03BC */
                 {"ms", 1000000},     {"s", SECOND}, {"m", 60 * SECOND},  {"h", 3600 * SECOND}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (text_is(text_slice(t, 0, size), units[i].name)) return units[i].nanoseconds;
    return 0;
}

/* One number with its unit, "1.5h", taken from the start of *rest. */
static bool parse_duration_part(text *rest, int64_t *out) {
    size_t i = 0, digits = 0;
    int64_t whole = 0;
    double fraction = 0, scale = 1;
    for (; i < rest->size && rest->data[i] >= '0' && rest->data[i] <= '9'; i++, digits++)
        if (__builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, rest->data[i] - '0', &whole))
            return false;
    if (i < rest->size && rest->data[i] == '.') {
        for (i++; i < rest->size && rest->data[i] >= '0' && rest->data[i] <= '9'; i++, digits++) {
            if (scale >= 1e18) continue; /* beyond what can count */
            fraction = fraction * 10 + (rest->data[i] - '0');
            scale *= 10;
        }
    }
    size_t unit_size = 0;
    text unit = text_after(*rest, i);
    while (unit_size < unit.size && unit.data[unit_size] != '.' &&
           (unit.data[unit_size] < '0' || unit.data[unit_size] > '9'))
        unit_size++;
    int64_t nanoseconds = duration_unit(unit, unit_size);
    if (digits == 0 || nanoseconds == 0 || __builtin_mul_overflow(whole, nanoseconds, &whole)) return false;
    if (__builtin_add_overflow(whole, (int64_t)(fraction * ((double)nanoseconds / scale)), &whole)) return false;
    *rest = text_after(unit, unit_size);
    *out = whole;
    return true;
}

/* Go's time.ParseDuration, for durations above zero. */
static bool parse_duration(text t, int64_t *out) {
    if (t.size && t.data[0] == '+') t = text_after(t, 1);
    if (t.size == 0) return false;
    int64_t sum = 0, part;
    while (t.size)
        if (!parse_duration_part(&t, &part) || __builtin_add_overflow(sum, part, &sum)) return false;
    *out = sum;
    return true;
}

static int64_t timeout_of(text t) {
    int64_t value;
    if (parse_integer(t, &value) && value > 0) return value > INT64_MAX / SECOND ? INT64_MAX : value * SECOND;
    return parse_duration(t, &value) && value > 0 ? value : DEFAULT_TIMEOUT;
}

static bool is_false(text t) {
    static const char *const words[] = {"0", "f", "F", "false", "FALSE", "False"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_is(t, words[i])) return true;
    return false;
}

static bool parse_query(arena *a, text query, repository_url *out) {
    text_map values = {0};
    bool valid;
    if (!url_parse_query(a, query, &values, &valid)) return false;
    out->query_dropped = !valid;
    if (!valid) return true;
    const text *reference = text_map_get(&values, TEXT("ref")), *version = text_map_get(&values, TEXT("version"));
    const text *timeout = text_map_get(&values, TEXT("timeout"));
    const text *submodules = text_map_get(&values, TEXT("submodules"));
    if (version) out->reference = *version;
    if (reference && reference->size) out->reference = *reference;
    if (timeout) out->timeout = timeout_of(*timeout);
    if (submodules) out->submodules = !is_false(*submodules);
    return true;
}

/* --- the host ---------------------------------------------------------------------------------------------------- */

static bool cut_prefix(text *t, text prefix) {
    if (!text_equal_ignoring_case(text_slice(*t, 0, prefix.size), prefix)) return false;
    *t = text_after(*t, prefix.size);
    return true;
}

static text cut_scheme(text *t) {
    static const text schemes[] = {TEXT_INIT("ssh://"), TEXT_INIT("https://"), TEXT_INIT("http://"),
                                   TEXT_INIT("file://")};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (cut_prefix(t, schemes[i])) return schemes[i];
    return TEXT_EMPTY;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* "user@" at the start; a user part with a colon, a dot or an underscore is none. */
static text cut_user(text *t) {
    size_t i = 0;
    while (i < t->size &&
           (is_letter(t->data[i]) || (i && ((t->data[i] >= '0' && t->data[i] <= '9') || t->data[i] == '-'))))
        i++;
    if (i == 0 || i == t->size || t->data[i] != '@') return TEXT_EMPTY;
    text user = text_slice(*t, 0, i + 1);
    *t = text_after(*t, i + 1);
    return user;
}

/* The host with the character that ends it. */
static text cut_host(text *t, bool accept_colon) {
    size_t end = text_find_char(*t, '/');
    if (accept_colon) {
        size_t colon = text_find_char(*t, ':');
        if (end == SIZE_MAX || (colon > 0 && colon < end)) end = colon;
    }
    text host = end == SIZE_MAX ? *t : text_slice(*t, 0, end + 1);
    *t = text_after(*t, host.size);
    return host;
}

/* What stands before the repository's path; *t moves past it. False when it can't be a repository. */
static bool cut_host_part(text *t, repository_url *out, text parts[3]) {
    out->forced_git = cut_prefix(t, TEXT("git::"));
    text scheme = cut_scheme(t);
    out->is_file = text_is(scheme, "file://");
    if (out->is_file) { /* all that follows is a path */
        parts[0] = scheme;
        parts[1] = parts[2] = TEXT_EMPTY;
        return true;
    }
    text user = cut_user(t);
    text look = *t;
    bool github = cut_prefix(&look, TEXT("github.com/")) || (look = *t, cut_prefix(&look, TEXT("github.com:")));
    if (scheme.size == 0 && user.size == 0 && !github) return false;
    text host = cut_host(t, scheme.size == 0);
    if (github && (text_is(scheme, "ssh://") || user.size)) {
        scheme = TEXT_EMPTY;
        host = TEXT("github.com:");
    } else if (github) {
        scheme = TEXT("https://");
        host = TEXT("github.com/");
    }
    parts[0] = scheme;
    parts[1] = user;
    parts[2] = host;
    return host.size > 0;
}

/* --- the path ---------------------------------------------------------------------------------------------------- */

/* Where the second slash stands, or the end. */
static size_t end_of_two_segments(text t, bool *enough) {
    size_t first = text_find_char(t, '/');
    *enough = first != SIZE_MAX;
    if (!*enough) return t.size;
    size_t second = text_find_char(text_after(t, first + 1), '/');
    return second == SIZE_MAX ? t.size : first + 1 + second;
}

static bool split_path(text path, bool all_segments, text *repository, text *directory) {
    size_t mark, end;
    bool found = true;
    if ((mark = text_find(path, TEXT("_git/"))) != SIZE_MAX) {
        size_t name = mark + 5, slash = text_find_char(text_after(path, name), '/');
        end = slash == SIZE_MAX ? path.size : name + slash;
        *directory = text_after(path, end + 1);
    } else if ((end = text_find(path, TEXT("//"))) != SIZE_MAX) {
        *directory = text_after(path, end + 2);
    } else if ((mark = text_find(path, TEXT(".git"))) != SIZE_MAX) {
        end = mark + 4;
        *directory = text_after(path, end);
    } else {
        end = all_segments ? path.size : end_of_two_segments(path, &found);
        *directory = text_after(path, end + 1);
    }
    *repository = text_slice(path, 0, end);
    if (text_starts(*directory, TEXT("/"))) *directory = text_after(*directory, 1);
    return found && repository->size > 0;
}

/* --- all together ------------------------------------------------------------------------------------------------ */

strata_status repository_url_parse(scope *sc, text path, bool *is_repository, repository_url *out) {
    *is_repository = false;
    *out = (repository_url){.raw = path, .reference = TEXT_EMPTY, .submodules = true, .timeout = DEFAULT_TIMEOUT};
    if (path_is_absolute(path)) return STRATA_OK;
    text query = path, rest, parts[4];
    text_cut(&query, '?', &rest);
    if (!cut_host_part(&rest, out, parts)) return STRATA_OK;
    if (!split_path(rest, out->is_file, &parts[3], &out->directory)) return STRATA_OK;
    text clean = path_clean(sc->arena, out->directory);
    if (!clean.data) return scope_no_memory(sc);
    if (text_is(clean, "..") || text_starts(clean, TEXT("../"))) return STRATA_OK;
    if (!parse_query(sc->arena, query, out)) return scope_no_memory(sc);
    out->clone_url = text_concat(sc->arena, 4, parts);
    if (!out->clone_url.data) return scope_no_memory(sc);
    *is_repository = true;
    return STRATA_OK;
}

text repository_url_origin_path(scope *sc, const repository_url *url) {
    /* path_join with the root, as the reference joins it with a clone's directory: ".." can't climb out of it. */
    text joined = path_join(sc->arena, TEXT("/"), url->directory);
    if (!joined.data) return joined;
    return joined.size > 1 ? text_after(joined, 1) : TEXT("notCloned");
}
