#include "../transform/fixture.h"

#include "function/annotation.h"
#include "function/resource_list.h"

#define CONFIG(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

static size_t count_of(fixture *f, const char *output, node_list *out) {
    cr_assert_ok(f, resource_list_read(&f->sc, TEXT("output"), text_from(output), ORIGIN_UNKNOWN, out));
    return out->count;
}

Test(resource_list, list_is_written_with_its_items_and_config) {
    fixture f;
    text written;
    fixture_init(&f);
    fixture_add(&f, CONFIG("a") "---\n" CONFIG("config"));
    node *items[] = {f.set.items[0]->root};
    cr_assert_ok(&f, resource_list_write(&f.sc, items, 1, f.set.items[1]->root, &written));
    cr_expect(text_is(written,
                      "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n"
                      "- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n"
                      "functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: config\n"));
    fixture_free(&f);
}

Test(resource_list, items_of_a_lone_list_are_read_without_an_index) {
    fixture f;
    node_list out;
    fixture_init(&f);
    const char *list = "kind: ResourceList\nitems:\n- "
                       "kind: A\n  metadata: {name: a}\n- null\n- kind: B\n";
    cr_assert_eq(count_of(&f, list, &out), 2);
    cr_expect(text_empty(annotation_get(out.items[0], TEXT("config.kubernetes.io/index"))));
    cr_expect_eq(count_of(&f, "kind: List\nfunctionConfig: {}\n", &out), 0);
    cr_expect_eq(count_of(&f, "kind: List\nmetadata: {name: l}\n", &out), 1);
    cr_expect_eq(count_of(&f, "kind: List\nitems: []\n---\n" CONFIG("a"), &out), 2);
    cr_expect_eq(count_of(&f, "", &out), 0);
    fixture_free(&f);
}

Test(resource_list, bare_documents_are_numbered) {
    fixture f;
    node_list out;
    fixture_init(&f);
    cr_assert_eq(count_of(&f, CONFIG("a") "---\n" CONFIG("b"), &out), 2);
    cr_expect(text_is(annotation_get(out.items[1], TEXT("internal.config.kubernetes.io/index")), "1"));
    fixture_free(&f);
}

Test(resource_list, scalar_is_refused) {
    fixture f;
    node_list out;
    fixture_init(&f);
    cr_expect_eq(resource_list_read(&f.sc, TEXT("output"), TEXT("hello\n"), ORIGIN_UNKNOWN, &out), STRATA_INVALID);
    fixture_free(&f);
}
