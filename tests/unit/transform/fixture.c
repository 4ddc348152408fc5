#include "fixture.h"

#include "model/resource_reader.h"
#include "yaml/writer.h"

static void note_warning(const strata_error *warning, void *user) {
    buffer_add_format(user, "%s\n", strata_error_message(warning));
}

void fixture_init(fixture *f) {
    memset(f, 0, sizeof *f);
    arena_init(&f->memory, &allocator_libc);
    f->limits = limits_default;
    buffer_init(&f->printed, &allocator_libc, 0);
    buffer_init(&f->warnings, &allocator_libc, 0);
    f->sc = (scope){.arena = &f->memory,
                    .from = &allocator_libc,
                    .limits = &f->limits,
                    .origins = &f->origins,
                    .error = strata_error_new(),
                    .warn = note_warning,
                    .warn_user = &f->warnings};
    schema *s;
    cr_assert_eq(schema_new(&f->sc, &s), STRATA_OK);
    resource_set_init(&f->set, s);
}

void fixture_free(fixture *f) {
    strata_error_free(f->sc.error);
    buffer_free(&f->printed);
    buffer_free(&f->warnings);
    arena_free(&f->memory);
}

void fixture_add(fixture *f, const char *yaml) {
    resource_list list;
    cr_assert_ok(f, resources_read(&f->sc, TEXT("test.yaml"), text_from(yaml), ORIGIN_UNKNOWN, &list));
    for (size_t i = 0; i < list.count; i++)
        cr_assert_ok(f, resource_set_append(&f->sc, &f->set, list.items[i]));
}

resource *fixture_get(fixture *f, const char *kind, const char *name) {
    for (size_t i = 0; i < f->set.count; i++)
        if (text_is(resource_kind(f->set.items[i]), kind) && text_is(resource_name(f->set.items[i]), name))
            return f->set.items[i];
    cr_assert_fail("no %s %s", kind, name);
    return NULL;
}

const char *fixture_print(fixture *f) {
    buffer_clear(&f->printed);
    for (size_t i = 0; i < f->set.count; i++) {
        resource *r = f->set.items[i];
        if (i) buffer_add_text(&f->printed, TEXT("---\n"));
        cr_assert_ok(f, resource_finish_annotations(&f->sc, r, false, false));
        cr_assert_ok(f, yaml_write(&f->sc, r->root, YAML_TO_STREAM, &f->printed));
    }
    buffer_add_char(&f->printed, '\0');
    return f->printed.data;
}
