/* function/plugin_home.c: see plugin_home.h. */
#include "function/plugin_home.h"

#include "source/path.h"

#include <sys/stat.h>

/* --- the directory ----------------------------------------------------------------------------------------------- */

enum { CANDIDATE_COUNT = 4 };

static text variable(const child_environment *e, text name) { return text_from(environment_get(e, name)); }

/* Empty where the variable that it hangs on is not set. */
static strata_status candidates(scope *sc, const child_environment *e, text out[CANDIDATE_COUNT]) {
    arena *a = sc->arena;
    text config = variable(e, TEXT("XDG_CONFIG_HOME")), home = variable(e, TEXT("HOME"));
    if (text_empty(home)) home = TEXT("~");
    out[0] = variable(e, TEXT("KUSTOMIZE_PLUGIN_HOME"));
    out[1] = text_empty(config) ? config : path_join(a, config, TEXT("kustomize/plugin"));
    out[2] = path_join(a, home, TEXT(".config/kustomize/plugin"));
    out[3] = path_join(a, home, TEXT("kustomize/plugin"));
    for (size_t i = 0; i < CANDIDATE_COUNT; i++)
        if (!out[i].data) return scope_no_memory(sc);
    return STRATA_OK;
}

static strata_status find_home(scope *sc, const child_environment *e, origin where, text *out) {
    text places[CANDIDATE_COUNT];
    struct stat info;
    TRY(candidates(sc, e, places));
    for (size_t i = 0; i < CANDIDATE_COUNT; i++) {
        const char *path = text_c_string(sc->arena, places[i]);
        if (!path) return scope_no_memory(sc);
        if (!*path || stat(path, &info)) continue;
        *out = places[i];
        return STRATA_OK;
    }
    return scope_fail(sc, DIAGNOSTIC_PLUGIN_MISSING, where,
                      "there is no plugin home: neither $KUSTOMIZE_PLUGIN_HOME nor $XDG_CONFIG_HOME/kustomize/plugin, "
                      "%.*s or %.*s exists",
                      TEXT_ARG(places[2]), TEXT_ARG(places[3]));
}

/* --- the program ------------------------------------------------------------------------------------------------- */

/* A part of the path that leads elsewhere. */
static bool leads_out(text part) {
    text rest = part, segment;
    bool more;
    if (path_is_absolute(part)) return true;
    do {
        more = text_cut(&rest, '/', &segment);
        if (text_is(segment, "..")) return true;
    } while (more);
    return false;
}

strata_status plugin_home_path(scope *sc, const child_environment *e, const resource *config, text *out) {
    gvk type = resource_gvk(config);
    text folder, home;
    origin where = config->root->where;
    if (leads_out(type.group) || leads_out(type.version) || leads_out(type.kind))
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_SPEC, where,
                          "the apiVersion and kind of a plugin are the path of its program below the plugin home, and "
                          "%.*s/%.*s/%.*s leads out of it",
                          TEXT_ARG(type.group), TEXT_ARG(type.version), TEXT_ARG(type.kind));
    TRY(find_home(sc, e, where, &home));
    folder = text_to_lower(sc->arena, type.kind);
    if (!folder.data) return scope_no_memory(sc);
    const text parts[] = {type.group, type.version, folder, type.kind};
    *out = home;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!(*out = path_join(sc->arena, *out, parts[i])).data) return scope_no_memory(sc);
    return STRATA_OK;
}
