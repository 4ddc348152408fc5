#include "fixture.h"

static const char *const resources =
    "apiVersion: v1\nkind: Service\nmetadata: {name: svc, namespace: a}\n"
    "spec:\n  ports: [{port: 8080}, {port: 0x10}]\n  flag: true\n  f: 1.50\n  big: 1.5e7\n  small: 1.5e-7\n"
    "  map: {a: b}\n---\n"
    "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\nspec:\n  containers:\n  - name: c\n";

typedef struct vars_case {
    fixture f;
    variable items[8];
    variable_list list;
} vars_case;

static void define(vars_case *c, const char *name, const char *path) {
    c->items[c->list.count++] = (variable){.name = text_from(name),
                                           .type = {.version = TEXT("v1"), .kind = TEXT("Service")},
                                           .object_name = TEXT("svc"),
                                           .field_path = text_from(path)};
}

static void begin(vars_case *c, const char *container) {
    memset(c, 0, sizeof *c);
    fixture_init(&c->f);
    buffer yaml;
    buffer_init(&yaml, &allocator_libc, 0);
    buffer_add_format(&yaml, "%s    %s\n", resources, container);
    fixture_add(&c->f, text_c_string(&c->f.memory, buffer_text(&yaml)));
    buffer_free(&yaml);
    c->list.items = c->items;
}

static strata_status apply(vars_case *c) {
    cr_assert_ok(&c->f, vars_register(&c->f.sc, &c->f.set, &c->list));
    return vars_apply(&c->f.sc, &c->f.set, &c->list, transformer_config_builtin.var_reference);
}

/* The command of the container `given` as a flow list comes out as the lines `expected`. */
#define EXPECT_COMMAND(given, expected)                                                                                \
    do {                                                                                                               \
        vars_case c;                                                                                                   \
        begin(&c, "command: [" given "]");                                                                             \
        define(&c, "PORT", "spec.ports[0].port");                                                                      \
        define(&c, "FLAG", "spec.flag");                                                                               \
        define(&c, "F", "spec.f");                                                                                     \
        define(&c, "BIG", "spec.big");                                                                                 \
        define(&c, "SMALL", "spec.small");                                                                             \
        define(&c, "NAME", "metadata.name");                                                                           \
        define(&c, "MAP", "spec.map");                                                                                 \
        cr_assert_ok(&c.f, apply(&c));                                                                                 \
        cr_expect(strstr(fixture_print(&c.f), "  - command:\n" expected "    name: c\n"), "%s", c.f.printed.data);     \
        fixture_free(&c.f);                                                                                            \
    } while (0)

Test(vars, value_keeps_its_type_when_it_is_all_of_the_text) {
    EXPECT_COMMAND("$(PORT)", "    - 8080\n");
    EXPECT_COMMAND("$(FLAG)", "    - true\n");
    EXPECT_COMMAND("$(BIG)", "    - 15000000\n");
    EXPECT_COMMAND("$(SMALL)", "    - 1.5e-07\n");
}

Test(vars, value_is_printed_inside_a_text) {
    EXPECT_COMMAND("p=$(PORT)", "    - p=8080\n");
    EXPECT_COMMAND("$(NAME).$(NAME)", "    - svc.svc\n");
    EXPECT_COMMAND("x$(BIG)", "    - x1.5e+07\n");
    EXPECT_COMMAND("$(F) f", "    - 1.5 f\n");
}

Test(vars, what_is_no_var_stays) {
    EXPECT_COMMAND("$(NOPE) $(", "    - $(NOPE) $(\n");
    EXPECT_COMMAND("$x $", "    - $x $\n");
    EXPECT_COMMAND("$(PORT", "    - $(PORT\n");
    EXPECT_COMMAND("$(A$(PORT))", "    - $(A$(PORT))\n");
}

Test(vars, doubled_dollar_is_one_dollar) {
    EXPECT_COMMAND("$$(PORT)", "    - $(PORT)\n");
    EXPECT_COMMAND("$$$(PORT)", "    - $8080\n");
}

/* kustomize breaks the letter in two, finds text that is no UTF-8, and writes it as base64. */
Test(vars, dollar_before_a_letter_beyond_ascii_gives_base64) { EXPECT_COMMAND("\"$\xc3\xa9\"", "    - JMODqQ==\n"); }

Test(vars, collection_is_not_replaced_and_warned_about) {
    EXPECT_COMMAND("$(MAP)", "    - $(MAP)\n");
    vars_case c;
    begin(&c, "command: [\"$(MAP)\"]");
    define(&c, "MAP", "spec.map");
    cr_assert_ok(&c.f, apply(&c));
    buffer_add_char(&c.f.warnings, '\0');
    cr_expect_str_eq(c.f.warnings.data, "$(MAP) is not replaced: the var's value is a mapping or list\n"
                                        "the var MAP was never replaced\n");
    fixture_free(&c.f);
}

Test(vars, unused_one_is_warned_about) {
    vars_case c;
    begin(&c, "command: [\"$(PORT)\"]");
    define(&c, "PORT", "spec.ports[0].port");
    define(&c, "UNUSED", "metadata.name");
    cr_assert_ok(&c.f, apply(&c));
    buffer_add_char(&c.f.warnings, '\0');
    cr_expect_str_eq(c.f.warnings.data, "the var UNUSED was never replaced\n");
    fixture_free(&c.f);
}

/* Every string that a varReference names is written anew, so a folded text loses its style and the damage of it. */
Test(vars, strings_lose_their_style) {
    vars_case c;
    begin(&c, "args:\n    - >-\n      folded\n\n      # text\n       more\n      end\n    - \"12\"");
    define(&c, "PORT", "spec.ports[0].port");
    cr_assert_ok(&c.f, apply(&c));
    cr_expect(strstr(fixture_print(&c.f), "  - args:\n    - |-\n      folded\n      # text\n       more\n      end\n"
                                          "    - \"12\"\n"),
              "%s", c.f.printed.data);
    fixture_free(&c.f);
}

static void expect_failure(const char *object, const char *path) {
    vars_case c;
    begin(&c, "command: [\"$(V)\"]");
    define(&c, "V", path);
    c.items[0].object_name = text_from(object);
    cr_expect_eq(apply(&c), STRATA_NOT_FOUND);
    fixture_free(&c.f);
}

Test(vars, source_must_be_there) {
    expect_failure("sv", "metadata.name");
    expect_failure("svc", "spec.nope");
    expect_failure("svc", "spec.ports[1].port"); /* 0x10 is no number to strconv.Atoi */
    expect_failure("svc", "spec.ports[9].port");
}

Test(vars, two_sources_are_one_too_many) {
    vars_case c;
    begin(&c, "command: [\"$(V)\"]");
    fixture_add(&c.f, "apiVersion: v1\nkind: Service\nmetadata: {name: svc, namespace: b}\n");
    define(&c, "V", "metadata.name");
    cr_expect_eq(vars_register(&c.f.sc, &c.f.set, &c.list), STRATA_NOT_FOUND);
    c.items[0].object_namespace = TEXT("b");
    cr_assert_ok(&c.f, vars_register(&c.f.sc, &c.f.set, &c.list));
    fixture_free(&c.f);
}

Test(vars, mapping_needs_strings_as_keys) {
    static const field_spec data = {.path = TEXT_INIT("data")};
    vars_case c;
    begin(&c, "command: [a]");
    fixture_add(&c.f, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata: {1: a}\n");
    define(&c, "V", "metadata.name");
    cr_assert_ok(&c.f, vars_register(&c.f.sc, &c.f.set, &c.list));
    cr_expect_eq(vars_apply(&c.f.sc, &c.f.set, &c.list, (field_spec_list){&data, 1}), STRATA_INVALID);
    fixture_free(&c.f);
}
