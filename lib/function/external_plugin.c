/* function/external_plugin.c: which program a configuration stands for, and what becomes of its output. See function.h.
 */
#include "function/exec_plugin.h"
#include "function/function.h"
#include "function/function_call.h"
#include "function/function_program.h"
#include "function/plugin_output.h"
#include "model/resource_reader.h"
#include "yaml/writer.h"

struct external_plugin {
    origin where;
    text label;
    bool is_function;
    function_spec spec;
    function_call call;
    exec_plugin exec;
};

static strata_status take_text(scope *sc, buffer *b, strata_status status, text *out) {
    if (status == STRATA_OK && b->failure == BUFFER_TOO_LARGE)
        status = scope_fail(sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN, "the input of a plugin is larger than %zu bytes",
                            b->ceiling);
    else if (status == STRATA_OK && (b->failure || !(*out = text_copy(sc->arena, buffer_text(b))).data))
        status = scope_no_memory(sc);
    buffer_free(b);
    return status;
}

/* A document as the stream would have it, read again: what functions see. */
static strata_status read_one(scope *sc, origin where, text bytes, node **out) {
    static const yaml_options options = {.dialect = YAML_RESOURCE};
    node_list documents = {NULL, 0, 0, false};
    TRY(yaml_read_inline(sc, where, bytes, &options, &documents));
    *out = documents.count ? node_clone(sc->arena, documents.items[0]) : node_new_mapping(sc->arena);
    return *out ? STRATA_OK : scope_no_memory(sc);
}

/* --- loading ----------------------------------------------------------------------------------------------------- */

static strata_status write_config(scope *sc, const resource *config, text *out) {
    resource *copy = resource_copy(sc->arena, config);
    if (!copy) return scope_no_memory(sc);
    TRY(resource_export_history(sc, copy));
    return yaml_write_text(sc, copy->root, YAML_TO_STREAM, out);
}

static text function_label(arena *a, const function_spec *spec, const resource *config) {
    text name = text_empty(spec->container.image) ? spec->exec.path : spec->container.image;
    return TEXT_CONCAT(a, TEXT("the function "), text_empty(name) ? resource_name(config) : name);
}

strata_status external_plugin_load(scope *sc, const plugin_place *place, const resource *config,
                                   external_plugin **out) {
    external_plugin *plugin = ARENA_NEW(sc->arena, external_plugin);
    text config_text;
    node *root;
    if (!plugin) return scope_no_memory(sc);
    *out = plugin;
    plugin->where = config->root->where;
    if (!place->options->plugins_enabled)
        return scope_fail(sc, DIAGNOSTIC_PLUGINS_DISABLED, plugin->where,
                          "%.*s is an external plugin, which needs the option --enable-alpha-plugins",
                          TEXT_ARG(resource_kind(config)));
    TRY(write_config(sc, config, &config_text));
    TRY(read_one(sc, plugin->where, config_text, &root));
    TRY(function_spec_read(sc, root, &plugin->is_function, &plugin->spec));
    if (!plugin->is_function) {
        TRY(exec_plugin_load(sc, place, config, config_text, &plugin->exec));
        plugin->label = TEXT_CONCAT(sc->arena, TEXT("the plugin "), text_from(plugin->exec.path));
        return plugin->label.data ? STRATA_OK : scope_no_memory(sc);
    }
    TRY(function_spec_check(sc, &plugin->spec, plugin->where));
    plugin->label = function_label(sc->arena, &plugin->spec, config);
    if (!plugin->label.data) return scope_no_memory(sc);
    plugin->call = (function_call){.options = place->options,
                                   .spec = &plugin->spec,
                                   .config = root,
                                   .where = plugin->where,
                                   .label = plugin->label,
                                   .root = loader_root(place->loader)};
    return STRATA_OK;
}

/* --- running ----------------------------------------------------------------------------------------------------- */

static strata_status read_output(scope *sc, const external_plugin *plugin, text output, resource_list *out) {
    text name = TEXT_CONCAT(sc->arena, TEXT("the output of "), plugin->label);
    return name.data ? resources_read(sc, name, output, plugin->where, out) : scope_no_memory(sc);
}

strata_status external_plugin_generate(scope *sc, const external_plugin *plugin, resource_set *out) {
    node_list nothing = {NULL, 0, 0, false};
    resource_list printed;
    text output = TEXT_EMPTY;
    TRY(plugin->is_function ? function_call_run(sc, &plugin->call, &nothing, &output)
                            : exec_plugin_run(sc, &plugin->exec, TEXT_EMPTY, &output));
    TRY(read_output(sc, plugin, output, &printed));
    return plugin_output_generated(sc, &printed, out);
}

static strata_status call_with(scope *sc, const external_plugin *plugin, const resource_set *set, text *out) {
    node_list documents = {NULL, 0, 0, false};
    for (size_t i = 0; i < set->count; i++) {
        buffer b;
        text bytes;
        node *document;
        buffer_init(&b, sc->from, sc->limits->output);
        TRY(take_text(sc, &b, plugin_input_write(sc, set->items[i], set->schema, &b), &bytes));
        TRY(read_one(sc, set->items[i]->root->where, bytes, &document));
        if (!node_list_add(sc->arena, &documents, document)) return scope_no_memory(sc);
    }
    return function_call_run(sc, &plugin->call, &documents, out);
}

static strata_status pipe_through(scope *sc, const external_plugin *plugin, const resource_set *set, text *out) {
    buffer b;
    text input = TEXT_EMPTY;
    strata_status status = STRATA_OK;
    buffer_init(&b, sc->from, sc->limits->output);
    for (size_t i = 0; i < set->count && status == STRATA_OK; i++) {
        if (i) buffer_add_text(&b, TEXT("---\n"));
        status = plugin_input_write(sc, set->items[i], set->schema, &b);
    }
    TRY(take_text(sc, &b, status, &input));
    return exec_plugin_run(sc, &plugin->exec, input, out);
}

strata_status external_plugin_transform(scope *sc, const external_plugin *plugin, resource_set *set) {
    resource_list printed;
    text output = TEXT_EMPTY;
    TRY(plugin->is_function ? call_with(sc, plugin, set, &output) : pipe_through(sc, plugin, set, &output));
    TRY(read_output(sc, plugin, output, &printed));
    return plugin_output_transformed(sc, plugin->label, plugin->where, &printed, set);
}
