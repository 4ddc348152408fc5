#include "core/excerpt.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* Whether the line of `source` that contains `part` may be shown. */
static bool is_shown(const char *source, const char *part) {
    text all = text_from(source);
    size_t start = text_find(all, text_from(part));
    cr_assert_neq(start, SIZE_MAX);
    while (start > 0 && source[start - 1] != '\n')
        start--;
    size_t size = text_find_char(text_after(all, start), '\n');
    return excerpt_is_public(all, start, size == SIZE_MAX ? all.size : start + size);
}

Test(excerpt, ordinary_lines_are_shown) {
    cr_assert(is_shown("kind: ConfigMap\ndata:\n  a: b\n", "a: b"));
    cr_assert(is_shown("kind: SealedSecret\nspec:\n  a: b\n", "a: b"));
    cr_assert(is_shown("subjects:\n- name: Secret\n  a: b\n", "a: b"));
    cr_assert(is_shown("resources:\n- a.yaml\nsecretGenerator:\n- name: s\n", "a.yaml"));
}

Test(excerpt, documents_of_secrets_are_hidden_however_their_kind_is_written) {
    static const char *const kinds[] = {"kind: Secret", "kind: \"Secret\"", "\"kind\": 'Secret'", "kind :  Secret",
                                        "{\"kind\":\"Secret\"}"};
    char source[128];
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        snprintf(source, sizeof source, "%s\ndata:\n  a: hunter2\n", kinds[i]);
        cr_assert_not(is_shown(source, "hunter2"), "%s", kinds[i]);
    }
}

Test(excerpt, kind_may_come_after_the_value) {
    cr_assert_not(is_shown("stringData:\n  a: hunter2\nkind: Secret\n", "hunter2"));
}

Test(excerpt, only_the_document_of_the_secret_is_hidden) {
    const char *source = "kind: Pod\na: first\n---\nkind: Secret\na: hunter2\n--- # x\nkind: Pod\na: last\n";
    cr_assert(is_shown(source, "first"));
    cr_assert_not(is_shown(source, "hunter2"));
    cr_assert(is_shown(source, "last"));
}

Test(excerpt, secret_generators_are_hidden) {
    const char *source = "secretGenerator:\n- name: s\n  literals:\n  - a=hunter2\nresources:\n- x.yaml\n";
    cr_assert_not(is_shown(source, "hunter2"));
    cr_assert(is_shown(source, "x.yaml"));
    cr_assert_not(is_shown("{secretGenerator: [{literals: [a=hunter2]}]}", "hunter2"));
    cr_assert_not(is_shown("\"secretGenerator\":\n  - literals: [a=hunter2]\n", "hunter2"));
}

Test(excerpt, values_that_a_json_patch_gives_to_data_are_hidden) {
    cr_assert_not(is_shown("- {op: add, path: /data/a, value: hunter2}\n", "hunter2"));
    cr_assert_not(is_shown("[{\"op\":\"add\",\"path\":\"/stringData/a\",\"value\":\"hunter2\"}]", "hunter2"));
    cr_assert(is_shown("- {op: add, path: /spec/replicas, value: 3}\n", "replicas"));
    cr_assert(is_shown("- {op: remove, path: /data/a}\n", "remove"));
}

Test(excerpt, urls_with_a_login_are_hidden) {
    cr_assert_not(is_shown("- https://me:hunter2@host/o/r\n", "hunter2"));
    cr_assert_not(is_shown("resources: ['x', \"HTTPS://hunter2@host/o/r\"]\n", "hunter2"));
    cr_assert_not(is_shown("- https://host/a https://hunter2@host/b\n", "hunter2"));
    cr_assert(is_shown("- ssh://git@host/o/r\n", "git@host"));
    cr_assert(is_shown("- https://host/o/r@v1\n", "host"));
}
