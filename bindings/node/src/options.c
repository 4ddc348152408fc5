/* options.c: a renderer of an options object (index.d.ts: Options). */
#include "addon.h"

#include <stdlib.h>

/* The files of an object whose keys are absolute paths and whose values are strings or buffers. */
static strata_file *read_files(reader *r, napi_value files, uint32_t *count) {
    napi_value keys = get_keys(r, files, count), key, value;
    strata_file *made = reader_keep(r, calloc(*count + 1, sizeof *made));
    for (uint32_t i = 0; made && i < *count && r->ok; i++) {
        napi_get_element(r->env, keys, i, &key);
        napi_get_property(r->env, files, key, &value);
        made[i].path = read_text(r, key, NULL);
        bool is_buffer = false;
        napi_is_buffer(r->env, value, &is_buffer);
        if (is_buffer)
            napi_get_buffer_info(r->env, value, (void **)&made[i].data, &made[i].size);
        else
            made[i].data = read_text(r, value, &made[i].size);
    }
    return made;
}

static void read_options(reader *r, napi_value from, strata_renderer_options *options) {
    strata_renderer_options_init(options);
    options->working_directory = get_text(r, from, "workingDirectory");
    options->root = get_text(r, from, "root");
    options->load_restriction = get_bool(r, from, "loadAnywhere") ? STRATA_LOAD_ANYWHERE : STRATA_LOAD_ROOT_ONLY;
    options->fetch_enable = get_bool(r, from, "fetch");
    options->helm_enable = get_bool(r, from, "helm");
    options->helm_command = get_text(r, from, "helmCommand");
    options->helm_kube_version = get_text(r, from, "helmKubeVersion");
    options->helm_api_versions = get_texts(r, from, "helmApiVersions");
    options->environment = get_texts(r, from, "environment");
    options->plugins_enable = get_bool(r, from, "plugins");
    options->exec_enable = get_bool(r, from, "exec");
    options->reorder = get_bool(r, from, "keepOrder") ? STRATA_REORDER_NONE : STRATA_REORDER_UNSPECIFIED;
    options->managed_by_label = get_bool(r, from, "managedByLabel");
    options->strict = get_bool(r, from, "strict");
    options->cache_size = (size_t)get_integer(r, from, "cacheSize");
    options->jobs = (size_t)get_integer(r, from, "jobs");
}

bool renderer_make(reader *r, napi_value given, renderer *out) {
    strata_renderer_options options;
    strata_error *error = strata_error_new();
    strata_status status = STRATA_OK;
    napi_value files = get_property(r, given, "files");
    *out = (renderer){NULL, NULL};
    read_options(r, given, &options);
    if (!is_absent(r, files)) {
        uint32_t count;
        strata_file *read = read_files(r, files, &count);
        if (r->ok) status = strata_filesystem_new_memory(&out->tree, read, count, error);
        options.filesystem = out->tree;
    }
    if (r->ok && status == STRATA_OK) status = strata_renderer_new(&out->renderer, &options, error);
    if (status != STRATA_OK) {
        strata_filesystem_free(out->tree);
        napi_throw(r->env, make_error(r->env, status, error));
    }
    strata_error_free(error);
    return r->ok && status == STRATA_OK;
}
