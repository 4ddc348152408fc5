/*
 * transform/hash_suffix.c: HashTransformer: a hash of the content at the end of a generated resource's name; after
 * kustomize's api/hasher/hasher.go.
 *
 * ConfigMaps and Secrets hash the JSON of their content. The name is part of it but always empty there, as the
 * reference looks it up in the wrong place, so equal content gives equal hashes. Any other kind hashes the JSON of
 * go-yaml's node tree (go_node.h).
 */
#include "core/buffer.h"
#include "transform/go_node.h"
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

/* --- other kinds -------------------------------------------------------------------------------------------------- */

/*
 * The reference keeps a resource's history in its annotations, so that is part of the tree. What a generator made has
 * them set anew since it was noted there that a hash is needed.
 */
static strata_status add_tree(scope *sc, go_places *places, const resource *r, buffer *json) {
    if (r->history_in_tree) {
        go_node_write(sc, places, r->root, json);
        return STRATA_OK;
    }
    text_map annotations;
    resource *copy = resource_copy(sc->arena, r);
    if (!copy) return scope_no_memory(sc);
    TRY(resource_export_history(sc, copy));
    TRY(resource_annotations(sc, copy, &annotations));
    TRY(resource_set_annotations(sc, copy, &annotations));
    go_node_write(sc, places, copy->root, json);
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

strata_status hash_suffix_of(scope *sc, go_places *places, const resource *r, char out[11]) {
    text kind = resource_kind(r);
    strata_status status = STRATA_OK;
    buffer json;
    buffer_init(&json, sc->from, 0);
    if (text_is(kind, "ConfigMap"))
        status = add_config_map(sc, r->root, &json);
    else if (text_is(kind, "Secret"))
        status = add_secret(sc, r->root, &json);
    else
        status = add_tree(sc, places, r, &json);
    if (status == STRATA_OK && buffer_failed(&json)) status = scope_no_memory(sc);
    if (status == STRATA_OK) encode(buffer_text(&json), out);
    buffer_free(&json);
    return status;
}

static strata_status add_suffix(scope *sc, go_places *places, resource *r, const schema *s) {
    char hash[11];
    TRY(hash_suffix_of(sc, places, r, hash));
    TRY(resource_store_previous_id(sc, r, s));
    text name = TEXT_CONCAT(sc->arena, resource_name(r), TEXT("-"), text_of(hash, 10));
    return name.data ? resource_set_name(sc, r, name) : scope_no_memory(sc);
}

strata_status hash_suffix_apply(scope *sc, resource_set *set) {
    go_places places = {NULL, 0};
    for (size_t i = 0; i < set->count; i++) {
        resource *r = set->items[i];
        if (!r->needs_hash) continue;
        TRY(add_suffix(sc, &places, r, set->schema));
        TRY(resource_set_renamed(sc, set, r));
    }
    return STRATA_OK;
}
