/* package/function_list.c: see function_list.h. */
#include "package/function_list.h"

#include "core/sort.h"
#include "function/file_annotations.h"
#include "function/function_program.h"
#include "package/package_api.h"
#include "package/pipeline.h"
#include "source/path.h"
#include "yaml/writer.h"

#include <stdlib.h>

strata_status function_scope(work *w, const node *root, text *out) {
    text path = file_annotations_path(root);
    *out = TEXT_EMPTY;
    if (text_empty(path)) return STRATA_OK;
    path = path_clean(w->sc.arena, path);
    if (!path.data) return scope_no_memory(&w->sc);
    *out = path_directory(path);
    if (text_is(path_base(*out), "functions")) *out = path_directory(*out);
    return STRATA_OK;
}

/* --- one function ------------------------------------------------------------------------------------------------ */

static bool may_run(const function_options *options, const function_spec *spec) {
    return !text_empty(spec->container.image) || (options->exec_enabled && !text_empty(spec->exec.path));
}

static strata_status add(work *w, node *config, bool everywhere, size_t number, function_list *out) {
    const function_options *options = &w->renderer->options.functions;
    listed_function f = {.config = config, .everywhere = everywhere, .number = number};
    bool found;
    TRY(function_spec_read(&w->sc, config, &found, &f.spec));
    if (!found) return STRATA_OK;
    f.label = text_empty(f.spec.container.image) ? f.spec.exec.path : f.spec.container.image;
    TRY(function_spec_check(&w->sc, &f.spec, config->where));
    if (f.spec.container.network && !options->network)
        return scope_fail(&w->sc, DIAGNOSTIC_FUNCTION_CLOSED, config->where,
                          "network required but not enabled with --network: %.*s", TEXT_ARG(f.label));
    if (!may_run(options, &f.spec))
        return scope_warn(&w->sc, DIAGNOSTIC_FUNCTION_SKIPPED, config->where,
                          "the function %.*s does not run: executables need the option --enable-exec",
                          TEXT_ARG(f.label));
    listed_function *items = arena_grow(w->sc.arena, out->items, &out->capacity, out->count + 1, sizeof *items);
    if (!items) return scope_no_memory(&w->sc);
    out->items = items;
    items[out->count++] = f;
    return STRATA_OK;
}

/* --- from the resources ------------------------------------------------------------------------------------------ */

typedef struct ordered_config {
    node *config;
    text directory;
    text path;
    size_t depth;
    int64_t index;
} ordered_config;

static int compare_configs(const void *a, const void *b, void *user) {
    const ordered_config *x = a, *y = b;
    (void)user;
    if (text_equal(x->path, y->path)) return x->index < y->index ? -1 : x->index > y->index;
    if (x->depth != y->depth) return x->depth > y->depth ? -1 : 1;
    return text_compare(x->directory, y->directory);
}

static size_t depth_of(text directory) {
    if (text_empty(directory) || text_is(directory, ".")) return 0;
    size_t depth = 1;
    for (size_t i = 0; i < directory.size; i++)
        depth += directory.data[i] == '/';
    return depth;
}

static strata_status order_config(work *w, node *root, ordered_config *out) {
    char *index = text_c_string(w->sc.arena, file_annotations_index(root));
    if (!index) return scope_no_memory(&w->sc);
    *out = (ordered_config){.config = root, .path = file_annotations_path(root), .index = strtoll(index, NULL, 10)};
    TRY(function_scope(w, root, &out->directory));
    out->depth = depth_of(out->directory);
    return STRATA_OK;
}

static strata_status find_in_resources(work *w, const node_list *resources, function_list *out) {
    ordered_config *configs = ARENA_ARRAY(w->sc.arena, ordered_config, resources->count + 1);
    size_t count = 0;
    if (!configs) return scope_no_memory(&w->sc);
    for (size_t i = 0; i < resources->count; i++) {
        function_spec spec;
        bool found;
        TRY(function_spec_read(&w->sc, resources->items[i], &found, &spec));
        if (found) TRY(order_config(w, resources->items[i], &configs[count++]));
    }
    if (!sort_stable(w->sc.from, configs, count, sizeof *configs, compare_configs, NULL))
        return scope_no_memory(&w->sc);
    for (size_t i = 0; i < count; i++)
        TRY(add(w, configs[i].config, false, i, out));
    return STRATA_OK;
}

/* --- from other directories, and the command line ---------------------------------------------------------------- */

static node *plain(work *w, text value) { return node_new_scalar(w->sc.arena, value, TAG_UNSET, STYLE_PLAIN); }

static bool add_pair(work *w, node *mapping, const char *key, node *value) {
    return value && node_set(w->sc.arena, mapping, text_from(key), value);
}

/* What a configuration says of its function, in the annotation's own form. */
static strata_status spec_text(work *w, const strata_functions_options *options, text *out) {
    bool is_image = options->image && *options->image;
    node *spec = node_new_mapping(w->sc.arena), *inner = node_new_mapping(w->sc.arena);
    text value = package_text(w, is_image ? options->image : options->exec_path);
    if (!spec || !inner || !value.data) return scope_no_memory(&w->sc);
    inner->flags |= NODE_FLOW;
    bool network = is_image && w->renderer->options.functions.network;
    if (!add_pair(w, spec, is_image ? "container" : "exec", inner) ||
        !add_pair(w, inner, is_image ? "image" : "path", plain(w, value)) ||
        (network && !add_pair(w, inner, "network", plain(w, TEXT("true")))))
        return scope_no_memory(&w->sc);
    buffer b;
    buffer_init(&b, w->sc.from, w->sc.limits->output);
    strata_status status = yaml_write_v3(&w->sc, spec, &b);
    if (status == STRATA_OK && (buffer_failed(&b) || !(*out = text_copy(w->sc.arena, buffer_text(&b))).data))
        status = scope_no_memory(&w->sc);
    buffer_free(&b);
    return status;
}

/* key=value for the data; the first argument may be the kind instead. */
static strata_status read_arguments(work *w, const char *const *arguments, node *data, text *kind) {
    for (size_t i = 0; arguments && arguments[i]; i++) {
        text value = package_text(w, arguments[i]), key;
        if (!value.data) return scope_no_memory(&w->sc);
        if (text_cut(&value, '=', &key)) {
            if (!plain(w, value) || !node_set(w->sc.arena, data, key, plain(w, value))) return scope_no_memory(&w->sc);
        } else if (i == 0) {
            *kind = key;
        } else {
            return scope_fail(&w->sc, DIAGNOSTIC_FUNCTION_ARGUMENTS, ORIGIN_UNKNOWN,
                              "args must have keys and values separated by =: %.*s", TEXT_ARG(key));
        }
    }
    return STRATA_OK;
}

static strata_status add_explicit(work *w, const strata_functions_options *options, size_t number, function_list *out) {
    node *config = node_new_mapping(w->sc.arena), *metadata = node_new_mapping(w->sc.arena);
    node *annotations = node_new_mapping(w->sc.arena), *data = node_new_mapping(w->sc.arena);
    text kind = TEXT("ConfigMap"), spec;
    if (!config || !metadata || !annotations || !data) return scope_no_memory(&w->sc);
    data->flags |= NODE_FLOW;
    TRY(read_arguments(w, options->arguments, data, &kind));
    TRY(spec_text(w, options, &spec));
    if (!add_pair(w, config, "metadata", metadata) ||
        !add_pair(w, metadata, "name", plain(w, TEXT("function-input"))) || !add_pair(w, config, "data", data) ||
        !add_pair(w, config, "kind", plain(w, kind)) || !add_pair(w, config, "apiVersion", plain(w, TEXT("v1"))) ||
        !add_pair(w, annotations, "config.kubernetes.io/function", plain(w, spec)) ||
        !add_pair(w, metadata, "annotations", annotations))
        return scope_no_memory(&w->sc);
    return add(w, config, true, number, out);
}

strata_status function_list_find(work *w, const strata_functions_options *options, const node_list *resources,
                                 function_list *out) {
    static const package_reading how = {.json = false};
    const char *const *paths = options->function_paths;
    bool is_explicit = (options->image && *options->image) || (options->exec_path && *options->exec_path);
    node_list configs = {0};
    *out = (function_list){0};
    if (!is_explicit && (!paths || !*paths)) return find_in_resources(w, resources, out);
    for (; paths && *paths; paths++) {
        text path = package_text(w, *paths);
        if (!path.data) return scope_no_memory(&w->sc);
        TRY(package_read(w, path, &how, &configs));
    }
    for (size_t i = 0; i < configs.count; i++)
        TRY(add(w, configs.items[i], true, i, out));
    return is_explicit ? add_explicit(w, options, configs.count, out) : STRATA_OK;
}
