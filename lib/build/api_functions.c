/* build/api_functions.c: the options of a renderer that functions and plugins follow (strata/renderer.h). */
#include "build/api.h"

/* What children see when the caller hands no environment in. */
static const char *const plain_environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", NULL};

static strata_status copy_list(scope *sc, const char *const *given, text_list *out) {
    *out = (text_list){NULL, 0, 0};
    for (; given && *given; given++) {
        text copy = text_copy(sc->arena, text_from(*given));
        if (!copy.data || !text_list_add(sc->arena, out, copy)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status copy_environment(scope *sc, const char *const *given, child_environment *out) {
    text_list copies;
    *out = (child_environment){NULL, 0, 0};
    TRY(copy_list(sc, given ? given : plain_environment, &copies));
    for (size_t i = 0; i < copies.count; i++) {
        text value = copies.items[i], name;
        if (!text_cut(&value, '=', &name)) continue;
        if (!environment_set(sc->arena, out, name, value)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

strata_status api_function_options(scope *sc, const strata_renderer_options *given, function_options *out) {
    *out = (function_options){.plugins_enabled = given->plugins_enable,
                              .exec_enabled = given->plugins_enable && given->exec_enable,
                              .network = given->function_network,
                              .as_current_user = given->function_as_current_user,
                              .log = given->log,
                              .log_user = given->log_user};
    TRY(copy_list(sc, given->function_mounts, &out->mounts));
    TRY(copy_list(sc, given->function_environment, &out->env));
    return copy_environment(sc, given->environment, &out->environment);
}
