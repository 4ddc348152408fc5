/* function/function_call.c: see function_call.h. */
#include "function/function_call.h"

#include "function/annotation.h"
#include "function/file_annotations.h"
#include "function/function_program.h"
#include "function/resource_list.h"
#include "source/path.h"

/* --- which documents it sees ------------------------------------------------------------------------------------- */

/* data is NULL when memory is out. */
static text directory_of(scope *sc, const node *root) {
    text path = file_annotations_path(root);
    if (text_empty(path)) return TEXT_EMPTY;
    path = path_clean(sc->arena, path);
    if (!path.data) return path;
    text directory = path_directory(path);
    return text_is(path_base(directory), "functions") ? path_directory(directory) : directory;
}

/* An executable whose configuration has a path sees what lies below that; a container sees everything. */
static strata_status split(scope *sc, const function_call *call, text directory, const node_list *all, node_list *seen,
                           node_list *unseen) {
    bool is_global = !text_empty(call->spec->container.image) || text_empty(directory) || text_is(directory, ".");
    for (size_t i = 0; i < all->count; i++) {
        text place = is_global ? directory : directory_of(sc, all->items[i]);
        bool below = is_global || (!text_empty(place) && text_starts(place, directory));
        if (!place.data || !node_list_add(sc->arena, below ? seen : unseen, all->items[i])) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

/* --- one call ---------------------------------------------------------------------------------------------------- */

static strata_status make_program(scope *sc, const function_call *call, program *out) {
    *out = (program){.label = call->label, .where = call->where, .directory = call->root};
    if (text_is(call->root, "/"))
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_SPEC, call->where, "%.*s can't run with / as its working directory",
                          TEXT_ARG(call->label));
    return text_empty(call->spec->container.image) ? exec_program(sc, call->options, &call->spec->exec, out)
                                                   : container_program(sc, call->options, &call->spec->container, out);
}

/* What it printed, in the arena; read before its exit status is looked at, as in the reference. */
static strata_status run(scope *sc, const function_call *call, text input, node_list *out) {
    program p;
    command_result result;
    TRY(make_program(sc, call, &p));
    strata_status status = program_run(sc, call->options, &p, input, &result);
    text output = TEXT_EMPTY;
    if (status == STRATA_OK && !(output = text_copy(sc->arena, buffer_text(&result.output))).data)
        status = scope_no_memory(sc);
    text name = TEXT_CONCAT(sc->arena, TEXT("the output of "), call->label);
    if (status == STRATA_OK && !name.data) status = scope_no_memory(sc);
    if (status == STRATA_OK) status = resource_list_read(sc, name, output, call->where, out);
    if (status == STRATA_OK) status = program_check(sc, call->options, &p, &result);
    command_result_free(&result);
    return status;
}

static strata_status invoke(scope *sc, const function_call *call, node *config, node_list *documents) {
    node_list seen = {NULL, 0, 0, false}, unseen = seen, printed;
    text directory = directory_of(sc, config), input;
    size_t count = documents->count;
    file_annotations *before = ARENA_ARRAY(sc->arena, file_annotations, count);
    if (!before || !directory.data) return scope_no_memory(sc);
    for (size_t i = 0; i < count; i++)
        TRY(file_annotations_prepare(sc, documents->items[i], i, &before[i]));
    TRY(split(sc, call, directory, documents, &seen, &unseen));
    for (size_t i = 0; i < seen.count; i++)
        TRY(file_annotations_set_id(sc, seen.items[i], i + 1));
    TRY(resource_list_write(sc, seen.items, seen.count, config, &input));
    TRY(run(sc, call, input, &printed));
    for (size_t i = 0; i < printed.count; i++) {
        file_annotations_take_id(printed.items[i], seen.count);
        TRY(file_annotations_default_path(sc, printed.items[i], directory));
    }
    for (size_t i = 0; i < unseen.count; i++)
        if (!node_list_add(sc->arena, &printed, unseen.items[i])) return scope_no_memory(sc);
    for (size_t i = 0; i < printed.count; i++)
        TRY(file_annotations_reconcile(sc, printed.items[i], before, count));
    *documents = printed;
    return STRATA_OK;
}

/* --- whether it runs --------------------------------------------------------------------------------------------- */

static strata_status may_run(scope *sc, const function_call *call, bool *out) {
    const function_spec *spec = call->spec;
    if (spec->container.network && !call->options->network)
        return scope_fail(sc, DIAGNOSTIC_FUNCTION_CLOSED, call->where,
                          "%.*s asks for a network, which needs the option --network", TEXT_ARG(call->label));
    *out = !text_empty(spec->container.image) || (call->options->exec_enabled && !text_empty(spec->exec.path));
    if (*out) return STRATA_OK;
    if (text_empty(spec->exec.path))
        return scope_warn(sc, DIAGNOSTIC_FUNCTION_SKIPPED, call->where,
                          "%.*s names neither an image nor a path, so nothing runs", TEXT_ARG(call->label));
    return scope_warn(sc, DIAGNOSTIC_FUNCTION_SKIPPED, call->where,
                      "%.*s does not run: executables need the option --enable-exec", TEXT_ARG(call->label));
}

strata_status function_call_run(scope *sc, const function_call *call, node_list *documents, text *out) {
    bool runs = false;
    node *config = node_clone(sc->arena, call->config);
    if (!config) return scope_no_memory(sc);
    TRY(annotation_set(sc, config, TEXT("config.kubernetes.io/local-config"), TEXT("true")));
    if (documents->count == 0) {
        node *item = node_clone(sc->arena, config);
        if (!item || !node_list_add(sc->arena, documents, item)) return scope_no_memory(sc);
    }
    for (size_t i = 0; i < documents->count; i++)
        TRY(file_annotations_number(sc, documents->items[i], i));
    TRY(may_run(sc, call, &runs));
    if (runs) TRY(invoke(sc, call, config, documents));
    for (size_t i = 0; i < documents->count; i++)
        TRY(file_annotations_finish(sc, documents->items[i]));
    return resource_list_write_stream(sc, documents->items, documents->count, out);
}
