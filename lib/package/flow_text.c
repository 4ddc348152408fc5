/* package/flow_text.c: see flow_text.h. */
#include "package/flow_text.h"

#include "yaml/writer.h"

strata_status flow_text(scope *sc, const node *n, text *out) {
    node flow = *n;
    buffer b;
    flow.style = STYLE_PLAIN;
    flow.flags |= NODE_FLOW;
    buffer_init(&b, sc->from, sc->limits->output);
    strata_status status = yaml_write_v3(sc, &flow, &b);
    if (status == STRATA_OK && (buffer_failed(&b) || !(*out = text_copy(sc->arena, text_trim(buffer_text(&b)))).data))
        status = scope_no_memory(sc);
    buffer_free(&b);
    return status;
}

/* Extras are shared with the parsed document, so they are replaced and not changed. */
static bool strip_own(scope *sc, node *n) {
    if (!n->extra) return true;
    node_extra *bare = ARENA_NEW(sc->arena, node_extra);
    if (!bare) return false;
    bare->tag = n->extra->tag;
    bare->anchor = n->extra->anchor;
    n->extra = bare;
    return true;
}

static strata_status strip(scope *sc, node *n, uint32_t depth) {
    if (depth > sc->limits->nesting)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, n->where, "the document is nested more than %u levels deep",
                          (unsigned)sc->limits->nesting);
    if (!strip_own(sc, n)) return scope_no_memory(sc);
    for (uint32_t i = 0; n->kind == NODE_SEQUENCE && i < n->count; i++)
        TRY(strip(sc, n->items[i], depth + 1));
    for (uint32_t i = 0; n->kind == NODE_MAPPING && i < n->count; i++) {
        TRY(strip(sc, n->pairs[i].key, depth + 1));
        TRY(strip(sc, n->pairs[i].value, depth + 1));
    }
    return STRATA_OK;
}

strata_status comments_strip(scope *sc, node *n) { return strip(sc, n, 0); }

/* One part, whose escaped dots are dots. */
static strata_status unescape(scope *sc, text part, text *out) {
    char *bytes = arena_chars(sc->arena, part.size + 1);
    size_t size = 0;
    if (!bytes) return scope_no_memory(sc);
    for (size_t i = 0; i < part.size; i++) {
        if (part.data[i] == '\\' && i + 1 < part.size && part.data[i + 1] == '.') i++;
        bytes[size++] = part.data[i];
    }
    bytes[size] = '\0';
    *out = text_of(bytes, size);
    return STRATA_OK;
}

static strata_status add_part(scope *sc, text part, text_list *out) {
    text name = part, element = TEXT_EMPTY;
    size_t bracket = text_find_char(part, '[');
    if (bracket != SIZE_MAX) {
        name = text_slice(part, 0, bracket);
        element = text_after(part, bracket);
        if (text_find_char(text_after(element, 1), '[') != SIZE_MAX)
            return scope_fail(sc, DIAGNOSTIC_QUERY, ORIGIN_UNKNOWN,
                              "unrecognized path element: %.*s; it should be of the form 'list[field=value]'",
                              TEXT_ARG(part));
    }
    if (!text_list_add(sc->arena, out, name) || (element.size && !text_list_add(sc->arena, out, element)))
        return scope_no_memory(sc);
    return STRATA_OK;
}

strata_status field_path_parse(scope *sc, text path, text_list *out) {
    size_t from = 0;
    for (size_t i = 0; i <= path.size; i++) {
        bool ends = i == path.size || (path.data[i] == '.' && (i == 0 || path.data[i - 1] != '\\'));
        if (!ends) continue;
        text part = TEXT_EMPTY;
        TRY(unescape(sc, text_slice(path, from, i), &part));
        TRY(add_part(sc, part, out));
        from = i + 1;
    }
    return STRATA_OK;
}
