/* The expected values are those of Go's path/filepath. */
#include "fixture.h"
#include "source/path.h"

static const struct {
    const char *path, *clean, *directory, *base, *extension;
} one_path[] = {
    {"", ".", ".", ".", ""},
    {".", ".", ".", ".", "."},
    {"..", "..", ".", "..", "."},
    {"/", "/", "/", "/", ""},
    {"//", "/", "/", "/", ""},
    {"a", "a", ".", "a", ""},
    {"a/", "a", ".", "a", ""},
    {"a//b", "a/b", "a", "b", ""},
    {"a/./b", "a/b", "a", "b", ""},
    {"a/../b", "b", ".", "b", ""},
    {"a/b/..", "a", ".", "..", "."},
    {"a/..", ".", ".", "..", "."},
    {"../a", "../a", "..", "a", ""},
    {"../../a", "../../a", "../..", "a", ""},
    {"a/../..", "..", ".", "..", "."},
    {"a/../../b", "../b", "..", "b", ""},
    {"/..", "/", "/", "..", "."},
    {"/../a", "/a", "/", "a", ""},
    {"/a/..", "/", "/", "..", "."},
    {"/a/b/../../..", "/", "/", "..", "."},
    {"/a/../b/./c//", "/b/c", "/b", "c", ""},
    {"./a", "a", ".", "a", ""},
    {"././.", ".", ".", ".", "."},
    {"..a", "..a", ".", "..a", ".a"},
    {"a..", "a..", ".", "a..", "."},
    {"a/..b/c", "a/..b/c", "a/..b", "c", ""},
    {"a/b../c", "a/b../c", "a/b..", "c", ""},
    {"/a/b/c.yaml", "/a/b/c.yaml", "/a/b", "c.yaml", ".yaml"},
    {"a.b/c", "a.b/c", "a.b", "c", ""},
    {"a.tar.gz", "a.tar.gz", ".", "a.tar.gz", ".gz"},
    {".hidden", ".hidden", ".", ".hidden", ".hidden"},
    {"dir/.hidden", "dir/.hidden", "dir", ".hidden", ".hidden"},
    {"...", "...", ".", "...", "."},
    {" a/ b", " a/ b", " a", " b", ""},
    {"a/b/../../../c", "../c", "..", "c", ""},
    {"/a//b///c/", "/a/b/c", "/a/b", "c", ""},
    {"a/...", "a/...", "a", "...", "."},
    {"a/.../..", "a", ".", "..", "."},
    {"../..", "../..", "..", "..", "."},
    {"../../", "../..", "..", "..", ""},
    {"./..", "..", ".", "..", "."},
    {"/.", "/", "/", ".", "."},
};

static const struct {
    const char *directory, *name, *joined;
} joins[] = {
    {"", "", ""},
    {"", "a", "a"},
    {"a", "", "a"},
    {"/a", "../b", "/b"},
    {"/a", "/b", "/a/b"},
    {"/a/b", "../../../c", "/c"},
    {"/", "a", "/a"},
    {"a/b", "../../..", ".."},
    {"/a", "./", "/a"},
    {"/a", "b/", "/a/b"},
    {"/a", "foo..bar", "/a/foo..bar"},
};

static const struct {
    const char *from, *to, *relative;
} relatives[] = {
    {"/", "/", "."},
    {"/", "/a", "a"},
    {"/a", "/", ".."},
    {"/a", "/a", "."},
    {"/a", "/a/b", "b"},
    {"/a/b", "/a", ".."},
    {"/a/b", "/ac", "../../ac"},
    {"/a/b", "/a/c", "../c"},
    {"/a/b/c", "/a/d/e", "../../d/e"},
    {"/ab", "/a", "../a"},
    {"/a", "/ab", "../ab"},
    {"/a/b/c/d", "/a/b", "../.."},
    {"/x/y", "/a/b/c", "../../a/b/c"},
    {"/a/b", "/a/bc/d", "../bc/d"},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

Test(path, clean_gives_the_shortest_equal_path, .init = fixture_open, .fini = fixture_close) {
    for (size_t i = 0; i < COUNT(one_path); i++)
        assert_text(path_clean(&memory, text_from(one_path[i].path)), one_path[i].clean, one_path[i].path);
}

Test(path, parts_are_those_of_filepath, .init = fixture_open, .fini = fixture_close) {
    for (size_t i = 0; i < COUNT(one_path); i++) {
        text path = text_from(one_path[i].path);
        assert_text(path_directory(text_from(one_path[i].clean)), one_path[i].directory, one_path[i].path);
        assert_text(path_base(path), one_path[i].base, one_path[i].path);
        assert_text(path_extension(path), one_path[i].extension, one_path[i].path);
    }
}

Test(path, join_leaves_empty_parts_out, .init = fixture_open, .fini = fixture_close) {
    for (size_t i = 0; i < COUNT(joins); i++)
        assert_text(path_join(&memory, text_from(joins[i].directory), text_from(joins[i].name)), joins[i].joined,
                    joins[i].name);
}

Test(path, relative_climbs_no_further_than_needed, .init = fixture_open, .fini = fixture_close) {
    for (size_t i = 0; i < COUNT(relatives); i++)
        assert_text(path_relative(&memory, text_from(relatives[i].from), text_from(relatives[i].to)),
                    relatives[i].relative, relatives[i].to);
}

Test(path, prefix_compares_whole_segments) {
    cr_assert(path_has_prefix(TEXT("/a/b"), TEXT("/a")));
    cr_assert(path_has_prefix(TEXT("/a"), TEXT("/a")));
    cr_assert(path_has_prefix(TEXT("/a"), TEXT("/")));
    cr_assert_not(path_has_prefix(TEXT("/ab"), TEXT("/a")));
    cr_assert_not(path_has_prefix(TEXT("/a"), TEXT("/a/b")));
}

Test(path, dots_inside_of_a_segment_are_ambiguous) {
    cr_assert(path_is_ambiguous(TEXT("../base - ../other")));
    cr_assert(path_is_ambiguous(TEXT("foo..bar")));
    cr_assert(path_is_ambiguous(TEXT("...")));
    cr_assert_not(path_is_ambiguous(TEXT("../../base/./x.y")));
}
