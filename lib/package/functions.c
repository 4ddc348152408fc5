/* package/functions.c: strata_functions_run; after kyaml's runfn and runtimeutil. */
#include "function/annotation.h"
#include "function/file_annotations.h"
#include "function/function_program.h"
#include "package/function_list.h"
#include "package/package_api.h"
#include "package/pipeline.h"
#include "package/sync.h"
#include "package/write_file.h"
#include "package/write_package.h"
#include "source/path.h"
#include "yaml/writer.h"

#include <stdlib.h>

typedef struct functions_run {
    work *work;
    const strata_functions_options *options;
    text failures; /* of functions that let the others go on */
} functions_run;

void strata_functions_options_init_size(strata_functions_options *out, size_t size) {
    strata_functions_options fresh = {.size = size};
    api_struct_init(out, size, &fresh, sizeof fresh);
}

/* --- one function's call ----------------------------------------------------------------------------------------- */

static strata_status make_program(work *w, const listed_function *f, program *out) {
    const function_options *options = &w->renderer->options.functions;
    *out = (program){.label = f->label, .where = f->config->where, .directory = w->loading.working_directory};
    return text_empty(f->spec.container.image) ? exec_program(&w->sc, options, &f->spec.exec, out)
                                               : container_program(&w->sc, options, &f->spec.container, out);
}

static strata_status write_input(work *w, const listed_function *f, const node_list *seen, text *out) {
    const pipeline_writing how = {.keep_index = true,
                                  .keep_path = true,
                                  .wrap_kind = "ResourceList",
                                  .wrap_version = "config.kubernetes.io/v1",
                                  .function_config = f->config};
    buffer b;
    buffer_init(&b, w->sc.from, w->sc.limits->output);
    strata_status status = pipeline_write(w, seen, &how, &b);
    if (status == STRATA_OK && (buffer_failed(&b) || !(*out = text_copy(w->sc.arena, buffer_text(&b))).data))
        status = scope_no_memory(&w->sc);
    buffer_free(&b);
    return status;
}

/* The resources that it printed get the comments and the order of those that it was given. */
static strata_status sync_with_input(work *w, const node_list *seen, const node_list *printed) {
    for (size_t i = 0; i < printed->count; i++) {
        node *root = printed->items[i];
        char *id = text_c_string(w->sc.arena, file_annotations_id(root));
        if (!id) return scope_no_memory(&w->sc);
        unsigned long long number = strtoull(id, NULL, 10);
        if (number == 0 || number > seen->count) continue;
        TRY(sync_comments(&w->sc, seen->items[number - 1], root));
        TRY(sync_order(&w->sc, seen->items[number - 1], root));
        file_annotations_take_id(root, seen->count);
    }
    return STRATA_OK;
}

static strata_status keep_results(functions_run *r, const listed_function *f, const node *results) {
    work *w = r->work;
    const char *directory = r->options->results_directory;
    if (!directory || !*directory || !results) return STRATA_OK;
    text name = text_format(w->sc.arena, "results-%zu.yaml", f->number), place = package_text(w, directory);
    text path = name.data && place.data ? path_join(w->sc.arena, work_path(w, place), name) : text_of(NULL, 0);
    if (!path.data) return scope_no_memory(&w->sc);
    if (w->loading.files->stat(w->loading.files, path_directory(path)) != FILE_DIRECTORY)
        return scope_fail(&w->sc, DIAGNOSTIC_WRITE_FAILED, ORIGIN_UNKNOWN,
                          "the directory for results is not there: %.*s", TEXT_ARG(place));
    buffer b;
    buffer_init(&b, w->sc.from, w->sc.limits->output);
    strata_status status = yaml_write_v3(&w->sc, results, &b);
    if (status == STRATA_OK && buffer_failed(&b)) status = scope_no_memory(&w->sc);
    if (status == STRATA_OK) status = write_file(&w->sc, path, buffer_text(&b));
    buffer_free(&b);
    return status;
}

/* A function that defers its failure fails the run only after everything has been written. */
static strata_status check_exit(functions_run *r, const listed_function *f, const program *p,
                                const command_result *result) {
    work *w = r->work;
    if (!f->spec.defer_failure || command_succeeded(result))
        return program_check(&w->sc, &w->renderer->options.functions, p, result);
    text how = command_describe(w->sc.arena, result);
    r->failures = TEXT_CONCAT(w->sc.arena, r->failures, r->failures.size ? TEXT("; ") : TEXT_EMPTY, f->label,
                              TEXT(" failed: "), how);
    return how.data && r->failures.data ? STRATA_OK : scope_no_memory(&w->sc);
}

/* Runs the program; its output is read before its exit status counts, as in kyaml. */
static strata_status call(functions_run *r, const listed_function *f, const node_list *seen, node_list *printed) {
    work *w = r->work;
    program p;
    command_result result;
    text input, output = TEXT_EMPTY, name = TEXT_CONCAT(w->sc.arena, TEXT("the output of "), f->label);
    node *results = NULL;
    TRY(write_input(w, f, seen, &input));
    TRY(make_program(w, f, &p));
    strata_status status = program_run(&w->sc, &w->renderer->options.functions, &p, input, &result);
    if (status == STRATA_OK && (!name.data || !(output = text_copy(w->sc.arena, buffer_text(&result.output))).data))
        status = scope_no_memory(&w->sc);
    if (status == STRATA_OK) status = package_read_stream(w, name, output, printed, &results);
    if (status == STRATA_OK) status = sync_with_input(w, seen, printed);
    if (status == STRATA_OK) status = keep_results(r, f, results);
    if (status == STRATA_OK) status = check_exit(r, f, &p, &result);
    command_result_free(&result);
    return status;
}

/* --- what it sees ------------------------------------------------------------------------------------------------ */

static strata_status split(functions_run *r, const listed_function *f, text directory, const node_list *all,
                           node_list *seen, node_list *unseen) {
    work *w = r->work;
    bool is_container = !text_empty(f->spec.container.image);
    bool all_of_them =
        r->options->global_scope || (is_container && f->everywhere) || text_empty(directory) || text_is(directory, ".");
    for (size_t i = 0; i < all->count; i++) {
        text place;
        TRY(function_scope(w, all->items[i], &place));
        bool below = all_of_them || (!text_empty(place) && text_starts(place, directory));
        if (!node_list_add(w->sc.arena, below ? seen : unseen, all->items[i])) return scope_no_memory(&w->sc);
    }
    return STRATA_OK;
}

static strata_status run_one(functions_run *r, const listed_function *f, node_list *resources) {
    work *w = r->work;
    pipeline_step step;
    node_list seen = {0}, unseen = {0}, printed = {0};
    text directory;
    TRY(pipeline_begin(w, resources, &step));
    TRY(function_scope(w, f->config, &directory));
    TRY(split(r, f, directory, resources, &seen, &unseen));
    for (size_t i = 0; i < seen.count; i++)
        TRY(file_annotations_set_id(&w->sc, seen.items[i], i + 1));
    TRY(call(r, f, &seen, &printed));
    for (size_t i = 0; i < printed.count; i++)
        TRY(file_annotations_default_path(&w->sc, printed.items[i], directory));
    for (size_t i = 0; i < unseen.count; i++)
        if (!node_list_add(w->sc.arena, &printed, unseen.items[i])) return scope_no_memory(&w->sc);
    *resources = printed;
    return pipeline_end(w, resources, &step);
}

static void log_step(work *w, const listed_function *f) {
    const function_options *options = &w->renderer->options.functions;
    text line = TEXT_CONCAT(w->sc.arena, TEXT("Running "), f->label, TEXT("\n"));
    if (options->log && line.data) options->log(line.data, line.size, options->log_user);
}

/* --- all --------------------------------------------------------------------------------------------------------- */

static strata_status read_resources(functions_run *r, node_list *out) {
    static const package_reading how = {.json = true};
    work *w = r->work;
    const strata_functions_options *options = r->options;
    text given =
        options->path ? package_text(w, options->path) : work_copy_input(w, options->input, options->input_size);
    if (!given.data) return scope_no_memory(&w->sc);
    return options->path ? package_read(w, given, &how, out)
                         : package_read_stream(w, TEXT("standard input"), given, out, NULL);
}

static strata_status write_resources(functions_run *r, node_list *resources, const text_list *files) {
    static const pipeline_writing how = {.keep_path = true};
    work *w = r->work;
    if (r->options->path && !r->options->dry_run)
        return package_write(w, text_from(r->options->path), resources, files);
    return pipeline_write(w, resources, &how, &w->output->bytes);
}

/* A function that leaves nothing ends the run, and nothing is written: so it is in kyaml. */
static strata_status run_all(functions_run *r) {
    work *w = r->work;
    node_list resources = {0};
    text_list files = {0};
    function_list functions;
    TRY(read_resources(r, &resources));
    TRY(package_list_files(w, &resources, &files));
    TRY(function_list_find(w, r->options, &resources, &functions));
    if (functions.count == 0 && r->options->path && !r->options->dry_run) return STRATA_OK;
    for (size_t i = 0; i < functions.count; i++) {
        if (r->options->log_steps) log_step(w, &functions.items[i]);
        TRY(run_one(r, &functions.items[i], &resources));
        if (resources.count == 0) return STRATA_OK;
    }
    TRY(write_resources(r, &resources, &files));
    if (text_empty(r->failures)) return STRATA_OK;
    return scope_fail(&w->sc, DIAGNOSTIC_FUNCTION_FAILED, ORIGIN_UNKNOWN, "%.*s", TEXT_ARG(r->failures));
}

strata_status strata_functions_run(strata_output **out, const strata_renderer *renderer,
                                   const strata_functions_options *given, strata_error *error) {
    strata_functions_options options;
    work w;
    strata_functions_options_init(&options);
    if (out) *out = NULL;
    if (!out || !renderer || !given || !api_struct_take(&options, sizeof options, given) ||
        (!options.path && !options.input))
        return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed, or options that _init didn't make");
    functions_run r = {.work = &w, .options = &options, .failures = TEXT_EMPTY};
    strata_status status = work_begin(&w, renderer, error);
    if (status == STRATA_OK) status = run_all(&r);
    return work_end(&w, status, out);
}
