/* build/api_helm.c: the options of a renderer that concern Helm charts (strata/renderer.h). */
#include "build/api.h"

static strata_status copy(scope *sc, const char *given, const char *standard, text *out) {
    *out = text_copy(sc->arena, text_from(given ? given : standard));
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

strata_status api_helm_options(scope *sc, const strata_renderer_options *given, helm_options *out) {
    *out = (helm_options){
        .enabled = given->helm_enable, .debug = given->helm_debug, .log = given->log, .log_user = given->log_user};
    TRY(copy(sc, given->helm_command, "helm", &out->command));
    TRY(copy(sc, given->helm_kube_version, "", &out->kube_version));
    for (const char *const *version = given->helm_api_versions; version && *version; version++) {
        text one;
        TRY(copy(sc, *version, "", &one));
        if (!text_list_add(sc->arena, &out->api_versions, one)) return scope_no_memory(sc);
    }
    return STRATA_OK;
}
