/* package/count.c: strata_package_count; after cmd/config's count. */
#include "core/sort.h"
#include "package/package_api.h"

static int compare_texts(const void *a, const void *b, void *user) {
    (void)user;
    return text_compare(*(const text *)a, *(const text *)b);
}

static text kind_of(const node *root) {
    const node *kind = NODE_GET(root, "kind");
    return node_is_null(kind) ? TEXT_EMPTY : node_text(kind);
}

static strata_status count_kinds(work *w, const node_list *resources, buffer *out) {
    text *kinds = ARENA_ARRAY(w->sc.arena, text, resources->count + 1);
    if (!kinds) return scope_no_memory(&w->sc);
    for (size_t i = 0; i < resources->count; i++)
        kinds[i] = kind_of(resources->items[i]);
    if (!sort_stable(w->sc.from, kinds, resources->count, sizeof *kinds, compare_texts, NULL))
        return scope_no_memory(&w->sc);
    for (size_t i = 0, next; i < resources->count; i = next) {
        for (next = i + 1; next < resources->count && text_equal(kinds[i], kinds[next]);)
            next++;
        buffer_add_format(out, "%.*s: %zu\n", TEXT_ARG(kinds[i]), next - i);
    }
    return STRATA_OK;
}

static strata_status count(work *w, const strata_package_options *options, node_list *resources, buffer *out) {
    if (!options->total_only) return count_kinds(w, resources, out);
    buffer_add_format(out, "%zu\n", resources->count);
    return STRATA_OK;
}

strata_status strata_package_count(strata_output **out, const strata_renderer *renderer,
                                   const strata_package_options *options, strata_error *error) {
    return package_run_on_all(out, renderer, options, JOINT_PATHS, count, error);
}
