#include "write_fixture.h"

#include "yaml/json.h"
#include "yaml/places.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(places, .init = fixture_set_up, .fini = fixture_tear_down);

static void expect_place(const node *n, uint32_t line, uint32_t column) {
    origin_place place;
    cr_assert(n);
    cr_assert(origin_resolve(sc.origins, n->where, &place));
    cr_expect_eq(place.line, line, "%u", place.line);
    cr_expect_eq(place.column, column, "%u", place.column);
}

static node *read_made(const node *from, const char *json) {
    node *to;
    cr_assert_eq(json_read_made(&sc, from->where, text_from(json), &to), STRATA_OK);
    cr_assert_eq(places_copy(&sc, from, to), STRATA_OK);
    return to;
}

Test(places, go_by_path_whatever_the_order) {
    const node *from = read_yaml("a: 1\nb:\n- x\n- c: 2\n");
    const node *to = read_made(from, "{\"b\": [\"x\", {\"c\": 2}], \"a\": 1}");
    expect_place(NODE_GET(to, "a"), 1, 4);
    expect_place(to->pairs[0].key, 2, 1);
    expect_place(NODE_GET(to, "b")->items[0], 3, 3);
    expect_place(NODE_GET(NODE_GET(to, "b")->items[1], "c"), 4, 6);
}

Test(places, what_is_new_is_where_it_was_put) {
    const node *from = read_yaml("a:\n  b: 1\n");
    const node *to = read_made(from, "{\"a\": {\"new\": [1]}}");
    expect_place(node_at(to, "a", "new", NULL)->items[0], 2, 3);
}

Test(places, large_mappings_are_looked_up_in_a_table) {
    char yaml[512] = "", json[1024] = "";
    int yaml_size = 0, json_size = 0;
    for (int i = 0; i < 40; i++) {
        yaml_size += snprintf(yaml + yaml_size, sizeof yaml - (size_t)yaml_size, "k%d: 1\n", i);
        json_size +=
            snprintf(json + json_size, sizeof json - (size_t)json_size, "%s\"k%d\": 1", i ? ", " : "{", 39 - i);
    }
    snprintf(json + json_size, sizeof json - (size_t)json_size, "}");
    const node *to = read_made(read_yaml(yaml), json);
    expect_place(NODE_GET(to, "k0"), 1, 5);
    expect_place(NODE_GET(to, "k39"), 40, 6);
}
