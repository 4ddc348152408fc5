#include "../transform/fixture.h"

#include "function/function_program.h"
#include "function/function_spec.h"

static strata_status read(fixture *f, const char *metadata, bool *found, function_spec *out) {
    text yaml =
        text_format(&f->memory, "apiVersion: v1\nkind: Fn\nmetadata:\n  name: fn%zu\n%s", f->set.count, metadata);
    fixture_add(f, yaml.data);
    return function_spec_read(&f->sc, f->set.items[f->set.count - 1]->root, found, out);
}

Test(function_spec, sources_are_asked_in_order) {
    fixture f;
    bool found;
    function_spec spec;
    fixture_init(&f);
    const char *field = "  configFn: {exec: {path: c}}\n";
    const char *container = "    config.kubernetes.io/container: d\n";
    const char *older = "    config.k8s.io/function: 'exec: {path: b}'\n";
    const char *newer = "    config.kubernetes.io/function: 'exec: {path: a}'\n";
    text all = TEXT_CONCAT(&f.memory, text_from(field), TEXT("  annotations:\n"), text_from(container),
                           text_from(older), text_from(newer));
    cr_assert_ok(&f, read(&f, all.data, &found, &spec));
    cr_expect(found && text_is(spec.exec.path, "a"));
    text without =
        TEXT_CONCAT(&f.memory, text_from(field), TEXT("  annotations:\n"), text_from(container), text_from(older));
    cr_assert_ok(&f, read(&f, without.data, &found, &spec));
    cr_expect(text_is(spec.exec.path, "b"));
    text last = TEXT_CONCAT(&f.memory, text_from(field), TEXT("  annotations:\n"), text_from(container));
    cr_assert_ok(&f, read(&f, last.data, &found, &spec));
    cr_expect(text_is(spec.exec.path, "c"));
    text alone = TEXT_CONCAT(&f.memory, TEXT("  annotations:\n"), text_from(container));
    cr_assert_ok(&f, read(&f, alone.data, &found, &spec));
    cr_expect(found && text_is(spec.container.image, "d"));
    cr_assert_ok(&f, read(&f, "  annotations: {config.kubernetes.io/function: null}\n", &found, &spec));
    cr_expect_not(found);
    fixture_free(&f);
}

Test(function_spec, numbers_and_booleans_are_texts_of_their_values) {
    fixture f;
    bool found;
    function_spec spec;
    fixture_init(&f);
    cr_assert_ok(&f,
                 read(&f, "  configFn:\n    exec:\n      path: p\n      args: [0x10, 1.50, yes, 1_000, null, 1e3]\n",
                      &found, &spec));
    static const char *const expected[] = {"16", "1.5", "true", "1000", "", "1000"};
    cr_assert_eq(spec.exec.args.count, 6);
    for (size_t i = 0; i < 6; i++)
        cr_expect(text_is(spec.exec.args.items[i].value, expected[i]), "%zu: %.*s", i,
                  TEXT_ARG(spec.exec.args.items[i].value));
    fixture_free(&f);
}

Test(function_spec, unknown_and_repeated_fields_are_refused) {
    static const char *const wrong[] = {"{starlark: {path: x}}", "{container: {image: i, command: [x]}}",
                                        "{exec: {path: a, path: b}}", "{exec: {args: [{a: b}]}}", "[a]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        fixture f;
        bool found;
        function_spec spec;
        fixture_init(&f);
        text metadata = text_format(&f.memory, "  annotations:\n    config.kubernetes.io/function: '%s'\n", wrong[i]);
        cr_expect_neq(read(&f, metadata.data, &found, &spec), STRATA_OK, "%s", wrong[i]);
        fixture_free(&f);
    }
}

Test(function_spec, mount_option_has_two_names_for_its_ends) {
    storage_mount m = storage_mount_parse(TEXT("type=bind,source=a=b,target=/t,ro,rw=true"));
    cr_expect(text_is(m.type, "bind") && text_is(m.source, "a=b") && text_is(m.target, "/t") && m.read_write);
    m = storage_mount_parse(TEXT("src=s,dst=/d,rw=yes"));
    cr_expect(text_empty(m.type) && text_is(m.source, "s") && text_is(m.target, "/d"));
    cr_expect_not(m.read_write);
}

Test(function_spec, what_docker_would_take_for_an_option_is_refused) {
    fixture f;
    fixture_init(&f);
    storage_mount mount = {TEXT("bind"), TEXT("src"), TEXT("/x"), false};
    function_spec spec = {.container = {.image = TEXT("i"), .mounts = {&mount, 1}}};
    cr_assert_ok(&f, function_spec_check(&f.sc, &spec, ORIGIN_UNKNOWN));
    static const text sources[] = {TEXT_INIT("a,b"),     TEXT_INIT("a\nb"), TEXT_INIT("/a"),
                                   TEXT_INIT("a/../.."), TEXT_INIT("..a"),  TEXT_INIT("\"a")};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        mount.source = sources[i];
        cr_expect_eq(function_spec_check(&f.sc, &spec, ORIGIN_UNKNOWN), STRATA_INVALID, "%s", sources[i].data);
    }
    function_spec dash = {.container = {.image = TEXT("-v=/:/x")}};
    cr_expect_eq(function_spec_check(&f.sc, &dash, ORIGIN_UNKNOWN), STRATA_INVALID);
    fixture_free(&f);
}
