/*
 * build/api_images.c: the container images of a result (strata/result.h), found as kustomize's image transformer finds
 * them: by the lists of containers at any depth of any kind.
 */
#include "build/api.h"

typedef struct image_search {
    scope *sc;
    table seen;
    text_list found;
} image_search;

static bool is_container_list(text key) {
    return text_is(key, "containers") || text_is(key, "initContainers") || text_is(key, "ephemeralContainers");
}

static strata_status add_image(image_search *search, const node *container) {
    text name = node_text(NODE_GET(container, "image"));
    arena *a = search->sc->arena;
    if (text_empty(name) || table_find(&search->seen, name)) return STRATA_OK;
    text copy = text_copy(a, name);
    if (!copy.data || !text_list_add(a, &search->found, copy) || !table_add(&search->seen, a, copy, NULL))
        return scope_no_memory(search->sc);
    return STRATA_OK;
}

static strata_status search_node(image_search *search, const node *n, uint32_t depth) {
    uint32_t most = search->sc->limits->nesting;
    if (depth > most)
        return scope_fail(search->sc, DIAGNOSTIC_LIMIT, n->where, "a resource is nested more than %u deep", most);
    for (uint32_t i = 0; node_is_sequence(n) && i < n->count; i++)
        TRY(search_node(search, n->items[i], depth + 1));
    for (uint32_t i = 0; node_is_mapping(n) && i < n->count; i++) {
        const node *value = n->pairs[i].value;
        bool containers = is_container_list(node_text(n->pairs[i].key)) && node_is_sequence(value);
        for (uint32_t j = 0; containers && j < value->count; j++)
            TRY(add_image(search, value->items[j]));
        TRY(search_node(search, value, depth + 1));
    }
    return STRATA_OK;
}

static strata_status find_images(scope *sc, strata_result *result) {
    image_search search = {.sc = sc};
    for (size_t i = 0; i < result->set.count; i++)
        TRY(search_node(&search, result->set.items[i]->root, 0));
    const char **images = ARENA_ARRAY(sc->arena, const char *, search.found.count);
    if (!images) return scope_no_memory(sc);
    for (size_t i = 0; i < search.found.count; i++)
        images[i] = search.found.items[i].data;
    result->images = images;
    result->image_count = search.found.count;
    result->has_images = true;
    return STRATA_OK;
}

strata_status strata_result_images(const char *const **out, size_t *out_count, strata_result *result,
                                   strata_error *error) {
    if (out_count) *out_count = 0;
    if (!out || !out_count || !result) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    if (error) error_clear(error);
    *out = NULL;
    scope sc = api_result_scope(result, error);
    if (!result->has_images) TRY(find_images(&sc, result));
    *out = result->images;
    *out_count = result->image_count;
    return STRATA_OK;
}
