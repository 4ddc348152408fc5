/* package/package_api.c: see package_api.h; and strata_package_options_init_size. After cmd/config's runner. */
#include "package/package_api.h"

void strata_package_options_init_size(strata_package_options *out, size_t size) {
    strata_package_options fresh = {.size = size};
    api_struct_init(out, size, &fresh, sizeof fresh);
}

text package_text(work *w, const char *string) { return text_copy(w->sc.arena, text_from(string)); }

static strata_status read_input(work *w, const strata_package_options *options, node_list *out) {
    text bytes = work_copy_input(w, options->input, options->input_size);
    return bytes.data ? package_read_stream(w, TEXT("standard input"), bytes, out, NULL) : scope_no_memory(&w->sc);
}

/*
 * kustomize ends each package that printed something with "---" and the next line with the line break between packages;
 * the last one loses it.
 */
static strata_status join_packages(work *w, const strata_package_options *options, package_joint joint,
                                   package_step step) {
    static const package_reading how = {.own_files_only = true};
    text_list packages = {0};
    buffer *out = &w->output->bytes;
    text root = package_text(w, options->path);
    bool open = false;
    if (!root.data) return scope_no_memory(&w->sc);
    TRY(package_find_all(w, root, !options->own_package_only, &packages));
    for (size_t i = 0; i < packages.count; i++) {
        node_list resources = {0};
        if (i > 0) buffer_add_text(out, open ? TEXT("---\n") : TEXT("\n"));
        if (joint == JOINT_PATHS) buffer_add_format(out, "%.*s/\n", TEXT_ARG(packages.items[i]));
        size_t before = out->size;
        TRY(package_read(w, packages.items[i], &how, &resources));
        TRY(step(w, options, &resources, out));
        open = joint == JOINT_DOCUMENTS && out->size > before;
    }
    return STRATA_OK;
}

/* Whether the call is one that can be done; *options are then the caller's, as this library knows them. */
static bool take_call(strata_output **out, const strata_renderer *renderer, const strata_package_options *given,
                      strata_package_options *options) {
    strata_package_options_init(options);
    return out && renderer && given && api_struct_take(options, sizeof *options, given) &&
           (options->path || options->input);
}

static strata_status fail_usage(strata_error *error) {
    return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed, or options that _init didn't make");
}

strata_status package_run_on_all(strata_output **out, const strata_renderer *renderer,
                                 const strata_package_options *given, package_joint joint, package_step step,
                                 strata_error *error) {
    work w;
    node_list resources = {0};
    if (out) *out = NULL;
    strata_package_options own, *options = &own;
    if (!take_call(out, renderer, given, options)) return fail_usage(error);
    strata_status status = work_begin(&w, renderer, error);
    if (status == STRATA_OK && options->path) {
        status = join_packages(&w, options, joint, step);
    } else if (status == STRATA_OK) {
        status = read_input(&w, options, &resources);
        if (status == STRATA_OK) status = step(&w, options, &resources, &w.output->bytes);
    }
    return work_end(&w, status, out);
}

static strata_status read_all(work *w, const strata_package_options *options, node_list *out) {
    static const package_reading how = {.json = false};
    if (!options->path) return read_input(w, options, out);
    text root = package_text(w, options->path);
    return root.data ? package_read(w, root, &how, out) : scope_no_memory(&w->sc);
}

strata_status package_run_on_tree(strata_output **out, const strata_renderer *renderer,
                                  const strata_package_options *given, package_step step, strata_error *error) {
    work w;
    node_list resources = {0};
    if (out) *out = NULL;
    strata_package_options own, *options = &own;
    if (!take_call(out, renderer, given, options)) return fail_usage(error);
    strata_status status = work_begin(&w, renderer, error);
    if (status == STRATA_OK) status = read_all(&w, options, &resources);
    if (status == STRATA_OK) status = step(&w, options, &resources, &w.output->bytes);
    return work_end(&w, status, out);
}
