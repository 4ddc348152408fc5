/* The expected values are those of Go's filepath.Match and of kustomize's search for files. */
#include "fixture.h"
#include "source/glob.h"

#include <stdio.h>

static const struct {
    const char *pattern, *name;
    bool matches, valid;
} matches[] = {
    {"abc", "abc", true, true},
    {"*", "abc", true, true},
    {"*c", "abc", true, true},
    {"a*", "a", true, true},
    {"a*", "abc", true, true},
    {"a*", "ab/c", false, true},
    {"a*/b", "abc/b", true, true},
    {"a*/b", "a/c/b", false, true},
    {"a*b*c*d*e*/f", "axbxcxdxe/f", true, true},
    {"a*b*c*d*e*/f", "axbxcxdxexxx/f", true, true},
    {"a*b*c*d*e*/f", "axbxcxdxe/xxx/f", false, true},
    {"a*b?c*x", "abxbbxdbxebxczzx", true, true},
    {"a*b?c*x", "abxbbxdbxebxczzy", false, true},
    {"ab[c]", "abc", true, true},
    {"ab[b-d]", "abc", true, true},
    {"ab[e-g]", "abc", false, true},
    {"ab[^c]", "abc", false, true},
    {"ab[^e-g]", "abc", true, true},
    {"a\\*b", "a*b", true, true},
    {"a\\*b", "ab", false, true},
    {"a?b", "a☺b", true, true},
    {"a[^a]b", "a☺b", true, true},
    {"a???b", "a☺b", false, true},
    {"[a-ζ]*", "α", true, true},
    {"*[a-ζ]", "A", false, true},
    {"a?b", "a/b", false, true},
    {"a*b", "a/b", false, true},
    {"[\\]a]", "]", true, true},
    {"[\\-]", "-", true, true},
    {"[x\\-]", "x", true, true},
    {"[]a]", "]", false, false},
    {"[-]", "-", false, false},
    {"[x-]", "x", false, false},
    {"[-x]", "x", false, false},
    {"[a-b-c]", "a", false, false},
    {"[", "a", false, false},
    {"[^", "a", false, false},
    {"[^bc", "a", false, false},
    {"a[", "a", false, false},
    {"a[", "ab", false, false},
    {"*x", "xxx", true, true},
    {"", "", true, true},
    {"a", "", false, true},
    {"", "a", false, true},
    {"**", "ab", true, true},
    {"\\", "a", false, false},
    {"[a]", "", false, true},
    {"*.yaml", "x.yaml", true, true},
    {"*.yaml", ".yaml", true, true},
    {"?", "/", false, true},
    {"[/]", "/", true, true},
    {"[^a]", "/", true, true},
    {"x[", "y", false, false},
    {"base/*.y?ml", "base/a.yml", false, true},
};

Test(glob, names_match_as_in_go) {
    for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
        bool valid;
        bool found = glob_match(text_from(matches[i].pattern), text_from(matches[i].name), &valid);
        cr_expect(found == matches[i].matches && valid == matches[i].valid, "%s against %s", matches[i].pattern,
                  matches[i].name);
    }
}

Test(glob, many_stars_take_no_more_than_the_product) {
    char pattern[201], name[2001];
    for (size_t i = 0; i < 200; i++)
        pattern[i] = i % 2 ? 'a' : '*';
    memset(name, 'a', 2000);
    pattern[200] = name[2000] = '\0';
    name[1999] = 'b';
    bool valid;
    cr_assert(!glob_match(text_from(pattern), text_from(name), &valid) && valid);
}

static void assert_found(const char *pattern, const char *expected) {
    bool valid;
    text_list found = {0};
    char joined[256] = "";
    cr_assert_eq(glob_expand(&sc, &filesystem_disk, directory, text_from(pattern), &valid, &found), STRATA_OK);
    for (size_t i = 0; i < found.count; i++)
        snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s%.*s", i ? " " : "",
                 TEXT_ARG(found.items[i]));
    assert_text(text_from(valid ? joined : "malformed"), expected, pattern);
}

Test(glob, paths_are_found_in_gos_order, .init = fixture_open, .fini = fixture_close) {
    static const char *const cases[][2] = {
        {"*.yaml", "a.yaml b.yaml"},
        {"./*.yaml", "a.yaml b.yaml"},
        {"a.yaml", "a.yaml"},
        {"./a.yaml", "./a.yaml"},
        {"absent.yaml", ""},
        {"*", "a.yaml b.yaml dir"},
        {".*", ".hidden .x.yaml"},
        {"*/a.yaml", ".hidden/a.yaml dir/a.yaml"},
        {"*/*.yaml", ".hidden/a.yaml dir/a.yaml"},
        {"d?r/[ab].yaml", "dir/a.yaml"},
        {"dir/*", "dir/a.yaml"},
        {"dir/../*.yaml", "a.yaml b.yaml"},
        {"a.yaml/*", ""},
        {"[", "malformed"},
        {"absent/[", "malformed"},
    };
    write_file("b.yaml", "");
    write_file("a.yaml", "");
    write_file(".x.yaml", "");
    write_file("dir/a.yaml", "");
    write_file(".hidden/a.yaml", "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_found(cases[i][0], cases[i][1]);
}
