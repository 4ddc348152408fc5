/* result.c: what a build made, as a JavaScript object that owns it (index.d.ts: Result). */
#include "addon.h"

static void free_result(napi_env env, void *data, void *hint) {
    (void)env;
    (void)hint;
    strata_result_free(data);
}

static strata_result *this_result(napi_env env, napi_callback_info info) {
    napi_value self;
    void *result = NULL;
    napi_get_cb_info(env, info, NULL, NULL, &self, NULL);
    napi_unwrap(env, self, &result);
    return result;
}

/* The value, or an exception when the call failed. */
static napi_value finish(napi_env env, strata_status status, strata_error *error, napi_value value) {
    if (status != STRATA_OK) napi_throw(env, make_error(env, status, error));
    strata_error_free(error);
    return status == STRATA_OK ? value : NULL;
}

static napi_value get_yaml(napi_env env, napi_callback_info info) {
    const char *data = "";
    size_t size = 0;
    napi_value text;
    strata_error *error = strata_error_new();
    strata_status status = strata_result_stream(&data, &size, this_result(env, info), error);
    napi_create_string_utf8(env, data, size, &text);
    return finish(env, status, error, text);
}

static strata_status make_resource(napi_env env, strata_resource *resource, napi_value *out, strata_error *error) {
    const char *json;
    size_t size;
    napi_value text;
    strata_status status = strata_resource_json(&json, &size, resource, error);
    napi_create_object(env, out);
    set_text(env, *out, "group", strata_resource_group(resource));
    set_text(env, *out, "version", strata_resource_version(resource));
    set_text(env, *out, "kind", strata_resource_kind(resource));
    set_text(env, *out, "name", strata_resource_name(resource));
    set_text(env, *out, "namespace", strata_resource_namespace(resource));
    set_text(env, *out, "file", strata_resource_file(resource));
    set_number(env, *out, "line", strata_resource_line(resource));
    napi_create_string_utf8(env, json, size, &text);
    napi_set_named_property(env, *out, "json", text);
    return status;
}

static napi_value get_resources(napi_env env, napi_callback_info info) {
    strata_result *result = this_result(env, info);
    strata_error *error = strata_error_new();
    strata_status status = STRATA_OK;
    napi_value list, item;
    napi_create_array(env, &list);
    for (size_t i = 0; i < strata_result_resource_count(result) && status == STRATA_OK; i++) {
        strata_resource *resource;
        status = strata_result_resource(&resource, result, i, error);
        if (status == STRATA_OK) status = make_resource(env, resource, &item, error);
        if (status == STRATA_OK) napi_set_element(env, list, (uint32_t)i, item);
    }
    return finish(env, status, error, list);
}

static napi_value get_images(napi_env env, napi_callback_info info) {
    const char *const *images = NULL;
    size_t count = 0;
    napi_value list, text;
    strata_error *error = strata_error_new();
    strata_status status = strata_result_images(&images, &count, this_result(env, info), error);
    napi_create_array(env, &list);
    for (size_t i = 0; status == STRATA_OK && i < count; i++) {
        napi_create_string_utf8(env, images[i], NAPI_AUTO_LENGTH, &text);
        napi_set_element(env, list, (uint32_t)i, text);
    }
    return finish(env, status, error, list);
}

static napi_value get_inputs(napi_env env, napi_callback_info info) {
    strata_result *result = this_result(env, info);
    strata_error *error = strata_error_new();
    strata_status status = STRATA_OK;
    napi_value list, item;
    napi_create_array(env, &list);
    for (size_t i = 0; i < strata_result_input_count(result) && status == STRATA_OK; i++) {
        const char *digest;
        status = strata_result_input_digest(&digest, result, i, error);
        napi_create_object(env, &item);
        set_text(env, item, "path", strata_result_input_at(result, i));
        set_text(env, item, "digest", digest);
        napi_set_element(env, list, (uint32_t)i, item);
    }
    return finish(env, status, error, list);
}

static napi_value get_warnings(napi_env env, napi_callback_info info) {
    strata_result *result = this_result(env, info);
    napi_value list;
    napi_create_array(env, &list);
    for (size_t i = 0; i < strata_result_warning_count(result); i++)
        napi_set_element(env, list, (uint32_t)i, make_error(env, STRATA_OK, strata_result_warning_at(result, i)));
    return list;
}

napi_value result_wrap(napi_env env, strata_result *result) {
    napi_value object;
    const napi_property_descriptor getters[] = {
        {"yaml", NULL, NULL, get_yaml, NULL, NULL, napi_enumerable, NULL},
        {"resources", NULL, NULL, get_resources, NULL, NULL, napi_enumerable, NULL},
        {"images", NULL, NULL, get_images, NULL, NULL, napi_enumerable, NULL},
        {"inputs", NULL, NULL, get_inputs, NULL, NULL, napi_enumerable, NULL},
        {"warnings", NULL, NULL, get_warnings, NULL, NULL, napi_enumerable, NULL},
    };
    napi_create_object(env, &object);
    napi_define_properties(env, object, sizeof getters / sizeof *getters, getters);
    if (napi_wrap(env, object, result, free_result, NULL, NULL) != napi_ok) strata_result_free(result);
    return object;
}
