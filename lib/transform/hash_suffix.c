/*
 * transform/hash_suffix.c: HashTransformer: a hash of the content at the end of a generated resource's name; after
 * kustomize's api/hasher/hasher.go.
 *
 * ConfigMaps and Secrets hash the JSON of their content. The name is part of it but always empty there, as the
 * reference looks it up in the wrong place, so equal content gives equal hashes. Any other kind hashes the JSON of
 * go-yaml's node tree, with styles, lines and columns.
 */
#include "core/buffer.h"
#include "transform/transform.h"
#include "yaml/json.h"

#include <sha256.h>

/* --- ConfigMaps and Secrets -------------------------------------------------------------------------------------- */

static bool only_strings(const node *map) {
    for (uint32_t i = 0; i < map->count; i++)
        if (!node_is_scalar(map->pairs[i].value) || map->pairs[i].value->tag != TAG_STR) return false;
    return true;
}

/* A mapping as JSON gives it back, so with numbers as floats; the text of a scalar; "" when there is none. */
static strata_status add_value(scope *sc, const node *value, buffer *json) {
    if (!value || value->kind == NODE_SCALAR) {
        json_write_string(json, node_text(value));
        return STRATA_OK;
    }
    if (value->kind == NODE_SEQUENCE) {
        buffer_add_text(json, TEXT("null"));
        return STRATA_OK;
    }
    node *normal = NULL;
    if (!only_strings(value)) TRY(json_normalize(sc, value, &normal));
    return json_write(sc, normal ? normal : value, json);
}

static strata_status add_config_map(scope *sc, const node *root, buffer *json) {
    const node *binary = NODE_GET(root, "binaryData");
    buffer_add_char(json, '{');
    if (binary && binary->kind != NODE_SCALAR) {
        buffer_add_text(json, TEXT("\"binaryData\":"));
        TRY(add_value(sc, binary, json));
        buffer_add_char(json, ',');
    }
    buffer_add_text(json, TEXT("\"data\":"));
    TRY(add_value(sc, NODE_GET(root, "data"), json));
    buffer_add_text(json, TEXT(",\"kind\":\"ConfigMap\",\"name\":\"\"}"));
    return STRATA_OK;
}

static strata_status add_secret(scope *sc, const node *root, buffer *json) {
    const node *plain = NODE_GET(root, "stringData");
    buffer_add_text(json, TEXT("{\"data\":"));
    TRY(add_value(sc, NODE_GET(root, "data"), json));
    buffer_add_text(json, TEXT(",\"kind\":\"Secret\",\"name\":\"\""));
    if (plain && plain->kind != NODE_SCALAR) {
        buffer_add_text(json, TEXT(",\"stringData\":"));
        TRY(add_value(sc, plain, json));
    }
    buffer_add_text(json, TEXT(",\"type\":"));
    TRY(add_value(sc, NODE_GET(root, "type"), json));
    buffer_add_char(json, '}');
    return STRATA_OK;
}

/* --- other kinds: go-yaml's Node as JSON ------------------------------------------------------------------------- */

static int go_kind(const node *n) { return n->kind == NODE_SCALAR ? 8 : n->kind == NODE_MAPPING ? 4 : 2; }

static int go_style(const node *n) {
    static const int styles[] = {[STYLE_PLAIN] = 0,
                                 [STYLE_DOUBLE_QUOTED] = 2,
                                 [STYLE_SINGLE_QUOTED] = 4,
                                 [STYLE_LITERAL] = 8,
                                 [STYLE_FOLDED] = 16};
    int style = n->kind == NODE_SCALAR ? styles[n->style] : n->flags & NODE_FLOW ? 32 : 0;
    return style | (n->flags & NODE_TAGGED ? 1 : 0);
}

static text go_tag(const node *n) {
    static const text tags[] = {[TAG_UNSET] = TEXT_INIT(""),          [TAG_STR] = TEXT_INIT("!!str"),
                                [TAG_INT] = TEXT_INIT("!!int"),       [TAG_FLOAT] = TEXT_INIT("!!float"),
                                [TAG_BOOL] = TEXT_INIT("!!bool"),     [TAG_NULL] = TEXT_INIT("!!null"),
                                [TAG_BINARY] = TEXT_INIT("!!binary"), [TAG_TIMESTAMP] = TEXT_INIT("!!timestamp"),
                                [TAG_MERGE] = TEXT_INIT("!!merge"),   [TAG_MAP] = TEXT_INIT("!!map"),
                                [TAG_SEQ] = TEXT_INIT("!!seq")};
    return n->tag == TAG_CUSTOM ? (n->extra ? n->extra->tag : TEXT_EMPTY) : tags[n->tag];
}

static void add_go_node(scope *sc, const node *n, buffer *json);

static void add_go_content(scope *sc, const node *n, buffer *json) {
    if (n->kind == NODE_SCALAR || n->count == 0) {
        buffer_add_text(json, TEXT("null"));
        return;
    }
    buffer_add_char(json, '[');
    for (uint32_t i = 0; i < n->count; i++) {
        if (i) buffer_add_char(json, ',');
        if (n->kind == NODE_SEQUENCE) {
            add_go_node(sc, n->items[i], json);
            continue;
        }
        add_go_node(sc, n->pairs[i].key, json);
        buffer_add_char(json, ',');
        add_go_node(sc, n->pairs[i].value, json);
    }
    buffer_add_char(json, ']');
}

static void add_comment(const node *n, const char *name, text comment, buffer *json) {
    buffer_add_format(json, ",\"%s\":", name);
    json_write_string(json, n->extra ? comment : TEXT_EMPTY);
}

static void add_go_node(scope *sc, const node *n, buffer *json) {
    static const node_extra none = {0};
    const node_extra *extra = n->extra ? n->extra : &none;
    origin_place place = {.line = 0};
    if (!origin_resolve_inside(sc->origins, n->where, &place)) place.line = place.column = 0;
    buffer_add_format(json, "{\"Kind\":%d,\"Style\":%d,\"Tag\":", go_kind(n), go_style(n));
    json_write_string(json, go_tag(n));
    buffer_add_text(json, TEXT(",\"Value\":"));
    json_write_string(json, node_text(n));
    buffer_add_text(json, TEXT(",\"Anchor\":\"\",\"Alias\":null,\"Content\":"));
    add_go_content(sc, n, json);
    add_comment(n, "HeadComment", extra->head_comment, json);
    add_comment(n, "LineComment", extra->line_comment, json);
    add_comment(n, "FootComment", extra->foot_comment, json);
    buffer_add_format(json, ",\"Line\":%u,\"Column\":%u}", place.line, place.column);
}

/*
 * The reference keeps a resource's history in its annotations, so that is part of the tree; it set them all anew when
 * it noted there that a hash is needed.
 */
static strata_status add_tree(scope *sc, const resource *r, buffer *json) {
    text_map annotations;
    resource *copy = resource_copy(sc->arena, r);
    if (!copy) return scope_no_memory(sc);
    TRY(resource_export_history(sc, copy));
    TRY(resource_annotations(sc, copy, &annotations));
    TRY(resource_set_annotations(sc, copy, &annotations));
    add_go_node(sc, copy->root, json);
    return STRATA_OK;
}

/* --- the suffix -------------------------------------------------------------------------------------------------- */

/* The first ten hexadecimal digits, without those that could make or look like words. */
static void encode(text json, char out[11]) {
    char hex[SHA256_DIGEST_STRING_LENGTH];
    SHA256Data((const uint8_t *)json.data, json.size, hex);
    for (size_t i = 0; i < 10; i++) {
        switch (hex[i]) {
        case '0': out[i] = 'g'; break;
        case '1': out[i] = 'h'; break;
        case '3': out[i] = 'k'; break;
        case 'a': out[i] = 'm'; break;
        case 'e': out[i] = 't'; break;
        default: out[i] = hex[i];
        }
    }
    out[10] = '\0';
}

strata_status hash_suffix_of(scope *sc, const resource *r, char out[11]) {
    text kind = resource_kind(r);
    strata_status status = STRATA_OK;
    buffer json;
    buffer_init(&json, sc->from, 0);
    if (text_is(kind, "ConfigMap"))
        status = add_config_map(sc, r->root, &json);
    else if (text_is(kind, "Secret"))
        status = add_secret(sc, r->root, &json);
    else
        status = add_tree(sc, r, &json);
    if (status == STRATA_OK && buffer_failed(&json)) status = scope_no_memory(sc);
    if (status == STRATA_OK) encode(buffer_text(&json), out);
    buffer_free(&json);
    return status;
}

static strata_status add_suffix(scope *sc, resource *r, const schema *s) {
    char hash[11];
    TRY(hash_suffix_of(sc, r, hash));
    TRY(resource_store_previous_id(sc, r, s));
    text name = TEXT_CONCAT(sc->arena, resource_name(r), TEXT("-"), text_of(hash, 10));
    return name.data ? resource_set_name(sc, r, name) : scope_no_memory(sc);
}

strata_status hash_suffix_apply(scope *sc, resource_set *set) {
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        if (!r->needs_hash) continue;
        TRY(add_suffix(sc, r, set->schema));
        TRY(resource_set_renamed(sc, set, r));
    }
    return STRATA_OK;
}
