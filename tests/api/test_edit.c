/* strata_edit as a foreign program uses it: several edits in one process, what is refused, each allocation failing. */
#include "api_fixture.h"
#include "faulty.h"

#include <criterion/criterion.h>
#include <string.h>

static const char overlay[] = "# shop\nresources: # all\n- ../base\nimages:\n- name: web\n  newTag: \"1\" # pinned\n";

static strata_filesystem *tree(void) {
    strata_file files[] = {{"/overlay/kustomization.yaml", overlay, sizeof overlay - 1},
                           {"/overlay/extra.yaml", "a: b\n", 5},
                           {"/base/kustomization.yaml", "namePrefix: a-\n", 15}};
    strata_filesystem *made;
    cr_assert_eq(strata_filesystem_new_memory(&made, files, sizeof files / sizeof *files, NULL), STRATA_OK);
    return made;
}

static strata_renderer *renderer_of(const strata_filesystem *files, const strata_allocator *allocator) {
    strata_renderer_options options;
    strata_renderer *made = NULL;
    strata_renderer_options_init(&options);
    options.filesystem = files;
    options.allocator = allocator;
    return strata_renderer_new(&made, &options, NULL) == STRATA_OK ? made : NULL;
}

static strata_status apply(strata_edit *edit, strata_edit_operation operation, const char *value) {
    strata_edit_arguments arguments;
    strata_edit_arguments_init(&arguments);
    arguments.values = &value;
    arguments.value_count = value ? 1 : 0;
    return strata_edit_apply(edit, operation, &arguments, NULL);
}

Test(edit, several_edits_of_several_directories_at_once) {
    strata_filesystem *files = tree();
    strata_renderer *renderer = renderer_of(files, NULL);
    strata_edit *first, *second;
    const char *data;
    size_t size;
    cr_assert_eq(strata_edit_open(&first, renderer, "/overlay", NULL), STRATA_OK);
    cr_assert_eq(strata_edit_open(&second, renderer, "base", NULL), STRATA_OK);
    cr_expect_eq(apply(first, STRATA_EDIT_SET_IMAGE, "web:2"), STRATA_OK);
    cr_expect_eq(apply(second, STRATA_EDIT_SET_NAMEPREFIX, "b-"), STRATA_OK);
    cr_expect_eq(apply(first, STRATA_EDIT_ADD_RESOURCE, "extra.yaml"), STRATA_OK);
    cr_assert_eq(strata_edit_text(&data, &size, first, NULL), STRATA_OK);
    cr_expect(
        strstr(data, "resources: # all\n- ../base\n- extra.yaml\nimages:\n- name: web\n  newTag: \"2\" # pinned\n"));
    cr_expect_eq(strata_edit_file_count(second), 1);
    strata_file file = strata_edit_file_at(second, 0);
    cr_expect_str_eq(file.path, "/base/kustomization.yaml");
    cr_expect(strstr(file.data, "namePrefix: b-\n"));
    cr_expect_eq(strata_edit_file_at(second, 1).path, NULL);
    strata_edit_free(first);
    strata_edit_free(second);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
}

Test(edit, wrong_calls_are_refused) {
    strata_filesystem *files = tree();
    strata_renderer *renderer = renderer_of(files, NULL);
    strata_edit *edit = NULL;
    strata_edit_arguments none = {0};
    const char *data;
    size_t size;
    cr_expect_eq(strata_edit_open(NULL, renderer, "/overlay", NULL), STRATA_USAGE);
    cr_expect_eq(strata_edit_open(&edit, NULL, "/overlay", NULL), STRATA_USAGE);
    cr_expect_eq(strata_edit_open(&edit, renderer, NULL, NULL), STRATA_USAGE);
    cr_expect_eq(strata_edit_open(&edit, renderer, "/absent", NULL), STRATA_NOT_FOUND);
    cr_expect_null(edit);
    cr_assert_eq(strata_edit_open(&edit, renderer, "/overlay", NULL), STRATA_OK);
    cr_expect_eq(strata_edit_apply(edit, STRATA_EDIT_FIX, &none, NULL), STRATA_USAGE, "no size");
    cr_expect_eq(apply(edit, (strata_edit_operation)1000, "x"), STRATA_USAGE);
    cr_expect_eq(strata_edit_apply(edit, STRATA_EDIT_SET_NAMESPACE, NULL, NULL), STRATA_INVALID);
    cr_expect_eq(strata_edit_text(&data, NULL, edit, NULL), STRATA_USAGE);
    cr_expect_eq(strata_edit_save(NULL, NULL), STRATA_USAGE);
    cr_expect_eq(strata_edit_file_count(edit), 0);
    cr_assert_eq(strata_edit_text(&data, &size, edit, NULL), STRATA_OK);
    cr_expect_eq(size, sizeof overlay - 1);
    strata_edit_free(edit);
    strata_edit_free(NULL);
    strata_edit_arguments_init(NULL);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
}

Test(edit, nothing_outside_of_the_root_is_read) {
    strata_filesystem *files = tree();
    strata_renderer_options options;
    strata_renderer *renderer;
    strata_edit *edit;
    strata_renderer_options_init(&options);
    options.filesystem = files;
    options.root = "/overlay";
    cr_assert_eq(strata_renderer_new(&renderer, &options, NULL), STRATA_OK);
    cr_expect_eq(strata_edit_open(&edit, renderer, "/base", NULL), STRATA_NOT_FOUND);
    cr_assert_eq(strata_edit_open(&edit, renderer, "/overlay", NULL), STRATA_OK);
    cr_expect_neq(apply(edit, STRATA_EDIT_ADD_RESOURCE, "../base/*"), STRATA_OK);
    cr_expect_eq(apply(edit, STRATA_EDIT_ADD_RESOURCE, "e*"), STRATA_OK);
    strata_edit_free(edit);
    strata_renderer_free(renderer);
    strata_filesystem_free(files);
}

/* One whole use; an operation that fails leaves the text as it was. */
static strata_status use(const strata_filesystem *files, faulty *f) {
    static const struct {
        strata_edit_operation operation;
        const char *value;
    } steps[] = {{STRATA_EDIT_SET_IMAGE, "api:2"},      {STRATA_EDIT_ADD_RESOURCE, "*.yaml"},
                 {STRATA_EDIT_ADD_LABEL, "a:b"},        {STRATA_EDIT_SET_NAMESPACE, "n1"},
                 {STRATA_EDIT_REMOVE_RESOURCE, "../*"}, {STRATA_EDIT_FIX, NULL}};
    strata_allocator allocator = faulty_allocator(f);
    strata_renderer *renderer = renderer_of(files, &allocator);
    strata_edit *edit = NULL;
    if (!renderer) return STRATA_NO_MEMORY;
    strata_status status = strata_edit_open(&edit, renderer, "/overlay", NULL);
    for (size_t i = 0; !status && i < sizeof steps / sizeof *steps; i++) {
        const char *before, *after;
        size_t before_size, after_size;
        status = strata_edit_text(&before, &before_size, edit, NULL);
        if (status) break;
        status = apply(edit, steps[i].operation, steps[i].value);
        if (!status || strata_edit_text(&after, &after_size, edit, NULL)) continue;
        cr_expect(before_size == after_size && memcmp(before, after, after_size) == 0,
                  "step %zu changed the text though allocation %zu failed", i, f->fail_at);
    }
    strata_edit_free(edit);
    strata_renderer_free(renderer);
    return status;
}

Test(edit, each_allocation_failing_is_an_error_without_a_leak_or_a_change) {
    strata_filesystem *files = tree();
    for (size_t at = 1;; at++) {
        faulty f = {.fail_at = at};
        strata_status status = use(files, &f);
        cr_assert_eq(f.live, 0, "allocation %zu failing leaks %zu blocks", at, f.live);
        if (f.asked < at) {
            cr_assert_eq(status, STRATA_OK);
            cr_assert_gt(at, 1);
            break;
        }
        cr_assert(status == STRATA_NO_MEMORY || status == STRATA_OK, "allocation %zu: %d", at, (int)status);
    }
    strata_filesystem_free(files);
}
