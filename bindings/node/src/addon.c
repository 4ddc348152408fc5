/*
 * addon.c: renderer(options) and build(renderer, target, overrides), which gives a promise. A build runs on a thread of
 * Node's pool; everything that touches JavaScript runs on the main thread before and after it.
 */
#include "addon.h"

#include <stdlib.h>
#include <string.h>

typedef struct build {
    napi_async_work work;
    napi_deferred deferred;
    napi_ref renderer_reference; /* keeps the renderer until the build has ended */
    const strata_renderer *renderer;
    strata_overrides *overrides;
    char *target;
    strata_status status;
    strata_error *error;
    strata_result *result;
} build;

static void build_free(napi_env env, build *b) {
    if (b->renderer_reference) napi_delete_reference(env, b->renderer_reference);
    if (b->work) napi_delete_async_work(env, b->work);
    strata_overrides_free(b->overrides);
    strata_error_free(b->error);
    free(b->target);
    free(b);
}

/* On another thread. The stream is made here, so that asking for it later takes no time on the main one. */
static void build_execute(napi_env env, void *data) {
    (void)env;
    build *b = data;
    const char *stream;
    size_t size;
    strata_build_options options;
    strata_build_options_init(&options);
    options.overrides = b->overrides;
    b->status = strata_build_run_with(&b->result, b->renderer, b->target, &options, b->error);
    if (b->status == STRATA_OK) b->status = strata_result_stream(&stream, &size, b->result, b->error);
}

static void build_complete(napi_env env, napi_status status, void *data) {
    build *b = data;
    (void)status;
    if (b->status == STRATA_OK) {
        napi_resolve_deferred(env, b->deferred, result_wrap(env, b->result));
    } else {
        strata_result_free(b->result);
        napi_reject_deferred(env, b->deferred, make_error(env, b->status, b->error));
    }
    build_free(env, b);
}

static napi_value build_start(napi_env env, build *b) {
    napi_value promise, name;
    napi_create_string_utf8(env, "strata", NAPI_AUTO_LENGTH, &name);
    napi_create_promise(env, &b->deferred, &promise);
    napi_create_async_work(env, NULL, name, build_execute, build_complete, b, &b->work);
    napi_queue_async_work(env, b->work);
    return promise;
}

static napi_value build_call(napi_env env, napi_callback_info info) {
    size_t count = 3;
    napi_value arguments[3];
    renderer *from = NULL;
    napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
    napi_get_value_external(env, arguments[0], (void **)&from);
    build *b = calloc(1, sizeof *b);
    if (!b || !from) {
        free(b);
        napi_throw_type_error(env, NULL, "a renderer is wanted");
        return NULL;
    }
    reader r = reader_of(env);
    const char *target = read_text(&r, arguments[1], NULL);
    bool ready = r.ok && overrides_make(&r, arguments[2], &b->overrides);
    if (ready) b->target = strdup(target);
    reader_free(&r);
    b->error = strata_error_new();
    b->renderer = from->renderer;
    if (!ready || !b->target) {
        build_free(env, b);
        return NULL;
    }
    napi_create_reference(env, arguments[0], 1, &b->renderer_reference);
    return build_start(env, b);
}

static void renderer_free(napi_env env, void *data, void *hint) {
    (void)env;
    (void)hint;
    renderer *made = data;
    strata_renderer_free(made->renderer);
    strata_filesystem_free(made->tree);
    free(made);
}

static napi_value renderer_call(napi_env env, napi_callback_info info) {
    size_t count = 1;
    napi_value options, external = NULL;
    renderer *made = calloc(1, sizeof *made);
    napi_get_cb_info(env, info, &count, &options, NULL, NULL);
    reader r = reader_of(env);
    if (made && renderer_make(&r, options, made))
        napi_create_external(env, made, renderer_free, NULL, &external);
    else
        free(made);
    reader_free(&r);
    return external;
}

static napi_value version_call(napi_env env, napi_callback_info info) {
    napi_value text;
    (void)info;
    napi_create_string_utf8(env, strata_version(), NAPI_AUTO_LENGTH, &text);
    return text;
}

NAPI_MODULE_INIT() {
    const napi_property_descriptor functions[] = {
        {"renderer", NULL, renderer_call, NULL, NULL, NULL, napi_default, NULL},
        {"build", NULL, build_call, NULL, NULL, NULL, napi_default, NULL},
        {"version", NULL, version_call, NULL, NULL, NULL, napi_default, NULL},
    };
    napi_define_properties(env, exports, sizeof functions / sizeof *functions, functions);
    return exports;
}
