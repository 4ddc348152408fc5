/* transform/image_reference.c: see image_reference.h. */
#include "transform/image_reference.h"

#include "core/utf8.h"

/* --- cutting ----------------------------------------------------------------------------------------------------- */

image_reference image_reference_split(text reference) {
    size_t slash = text_find_char(reference, '/');
    size_t skip = slash == SIZE_MAX ? 0 : slash; /* a registry's port is no tag */
    text rest = text_after(reference, skip);
    size_t at = text_find_char(rest, '@'), colon = text_find_char(rest, ':');
    image_reference out = {reference, TEXT_EMPTY, TEXT_EMPTY};
    if (at != SIZE_MAX) out.digest = text_after(rest, at + 1);
    if (colon != SIZE_MAX && (at == SIZE_MAX || colon < at)) out.tag = text_slice(rest, colon + 1, at);
    size_t end = colon < at ? colon : at;
    if (end != SIZE_MAX) out.name = text_slice(reference, 0, skip + end);
    return out;
}

/* --- matching ---------------------------------------------------------------------------------------------------- */

static bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_tag_char(char c) { return is_alphanumeric(c) || (c && strchr("_.{}-", c)); }

static size_t skip_while(text t, size_t at, bool (*test)(char)) {
    while (at < t.size && test(t.data[at]))
        at++;
    return at;
}

/* The place after "algorithm:value", or SIZE_MAX. An algorithm is words joined by one of ". + _ -". */
static size_t skip_digest(text t, size_t at) {
    for (;;) {
        size_t end = skip_while(t, at, is_alphanumeric);
        if (end == at || end == t.size) return SIZE_MAX;
        if (t.data[end] == ':') return skip_while(t, end + 1, is_tag_char);
        if (!strchr(".+_-", t.data[end]) || !t.data[end]) return SIZE_MAX;
        at = end + 1;
    }
}

/* Whether from there on comes nothing but a tag and a digest, either of them optional. */
static bool rest_is_tag_and_digest(text t, size_t at) {
    if (at < t.size && t.data[at] == ':') at = skip_while(t, at + 1, is_tag_char);
    if (at < t.size && t.data[at] == '@') at = skip_digest(t, at + 1);
    return at == t.size;
}

static bool is_ordinary_match(text reference, text name) {
    size_t at = 0;
    for (size_t i = 0; i < name.size; i++) {
        if (at >= reference.size) return false;
        if (name.data[i] != '.') {
            if (reference.data[at++] != name.data[i]) return false;
            continue;
        }
        size_t length;
        if (utf8_decode(reference.data + at, reference.size - at, &length) == '\n') return false;
        at += length;
    }
    return rest_is_tag_and_digest(reference, at);
}

/* The characters that mean something in a regular expression, but for '.'. */
static bool has_operators(text name) {
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] && strchr("\\+*?()|[]{}^$", name.data[i])) return true;
    return false;
}

strata_status image_pattern_init(scope *sc, text name, image_pattern *out) {
    *out = (image_pattern){.name = name, .is_ordinary = !has_operators(name)};
    if (out->is_ordinary) return STRATA_OK;
    text pattern = TEXT_CONCAT(sc->arena, TEXT("^"), name, TEXT("(:[a-zA-Z0-9_.{}-]*)?"),
                               TEXT("(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$"));
    if (!pattern.data) return scope_no_memory(sc);
    return regex_compile(sc, pattern, &out->expression, NULL);
}

void image_pattern_free(image_pattern *p) { regex_free(p->expression); }

strata_status image_pattern_matches(scope *sc, const image_pattern *p, text reference, bool *out) {
    *out = p->is_ordinary && is_ordinary_match(reference, p->name);
    return p->expression ? regex_matches(sc, p->expression, reference, out) : STRATA_OK;
}
