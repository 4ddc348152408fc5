/* build/api_functions.c: the options of a renderer that functions and plugins follow (strata/renderer.h). */
#include "build/api.h"

static strata_status copy_list(scope *sc, const char *const *given, text_list *out) {
    *out = (text_list){NULL, 0, 0};
    for (; given && *given; given++) {
        text copy = text_copy(sc->arena, text_from(*given));
        if (!copy.data || !text_list_add(sc->arena, out, copy)) return scope_no_memory(sc);
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
    return copy_list(sc, given->function_environment, &out->env);
}
