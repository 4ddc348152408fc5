#include "write_fixture.h"

#include <criterion/criterion.h>

TestSuite(strings, .init = fixture_set_up, .fini = fixture_tear_down);
TestSuite(folding, .init = fixture_set_up, .fini = fixture_tear_down);
TestSuite(documents, .init = fixture_set_up, .fini = fixture_tear_down);

Test(strings, are_quoted_when_they_would_be_something_else) {
    expect_stream("a: \"12\"\n"
                  "b: \"0x1F\"\n"
                  "c: \"1:30\"\n"
                  "d: \"190:20:30.15\"\n"
                  "e: \"1:60\"\n"
                  "f: \"~\"\n"
                  "g: \"null\"\n"
                  "h: \"\"\n"
                  "i: \"2001-01-01\"\n"
                  "j: \"1e3\"\n"
                  "k: \"+1\"\n"
                  "l: \"1.\"\n"
                  "m: \"0o7\"\n"
                  "n: \"1_0\"\n"
                  "o: \".5_0\"\n",
                  "a: \"12\"\n"
                  "b: \"0x1F\"\n"
                  "c: \"1:30\"\n"
                  "d: \"190:20:30.15\"\n"
                  "e: 1:60\n"
                  "f: \"~\"\n"
                  "g: \"null\"\n"
                  "h: \"\"\n"
                  "i: \"2001-01-01\"\n"
                  "j: \"1e3\"\n"
                  "k: \"+1\"\n"
                  "l: \"1.\"\n"
                  "m: \"0o7\"\n"
                  "\"n\": \"1_0\"\n"
                  "o: \".5_0\"\n");
}

Test(strings, are_plain_when_only_they_look_like_something_else) {
    expect_stream("a: \"NaN\"\n"
                  "b: \"tRUE\"\n"
                  "c: \"=\"\n"
                  "d: \"<<\"\n"
                  "e: \"0x\"\n"
                  "f: \"0b\"\n"
                  "g: \"0x_\"\n"
                  "h: \"-\"\n"
                  "i: \"--\"\n",
                  "a: NaN\n"
                  "b: tRUE\n"
                  "c: =\n"
                  "d: <<\n"
                  "e: 0x\n"
                  "f: 0b\n"
                  "g: 0x_\n"
                  "h: '-'\n"
                  "i: --\n");
}

Test(strings, with_indicators_are_in_single_quotes) {
    expect_stream("a: \"# x\"\n"
                  "b: \"a: b\"\n"
                  "c: \"a:\"\n"
                  "d: \"a #b\"\n"
                  "e: \"a#b:c\"\n"
                  "f: \" a\"\n"
                  "g: \"a \"\n"
                  "h: \"- a\"\n"
                  "i: \"-a\"\n"
                  "j: \"? a\"\n"
                  "k: \"?a\"\n"
                  "l: \"---a\"\n"
                  "m: \"...\"\n"
                  "n: \"[a]\"\n"
                  "o: \"it's\"\n"
                  "p: \"'a\"\n"
                  "q: \"%a\"\n"
                  "r: \"@a\"\n"
                  "s: \"`a\"\n"
                  "t: \"!a\"\n",
                  "a: '# x'\n"
                  "b: 'a: b'\n"
                  "c: 'a:'\n"
                  "d: 'a #b'\n"
                  "e: a#b:c\n"
                  "f: ' a'\n"
                  "g: 'a '\n"
                  "h: '- a'\n"
                  "i: -a\n"
                  "j: '? a'\n"
                  "k: ?a\n"
                  "l: '---a'\n"
                  "m: '...'\n"
                  "\"n\": '[a]'\n"
                  "o: it's\n"
                  "p: '''a'\n"
                  "q: '%a'\n"
                  "r: '@a'\n"
                  "s: '`a'\n"
                  "t: '!a'\n");
}

Test(strings, of_several_lines_are_literal_blocks) {
    expect_stream("a: \"x\\ny\"\n"
                  "b: \"x\\ny\\n\"\n"
                  "c: \"x\\n\\n\"\n"
                  "d: \"\\n\"\n"
                  "e: \" x\\ny\"\n"
                  "f: \"\\nx\"\n"
                  "g: \"x\\n  y\\n\"\n"
                  "h: [\"x\\ny\", {i: \"x\\n\"}]\n",
                  "a: |-\n"
                  "  x\n"
                  "  y\n"
                  "b: |\n"
                  "  x\n"
                  "  y\n"
                  "c: |+\n"
                  "  x\n"
                  "\n"
                  "d: |2+\n"
                  "\n"
                  "e: |2-\n"
                  "   x\n"
                  "  y\n"
                  "f: |2-\n"
                  "\n"
                  "  x\n"
                  "g: |\n"
                  "  x\n"
                  "    y\n"
                  "h:\n"
                  "- |-\n"
                  "  x\n"
                  "  y\n"
                  "- i: |\n"
                  "    x\n");
}

Test(strings, with_a_space_before_a_break_or_a_tab_are_in_double_quotes) {
    expect_stream("a: \"x \\ny\"\n"
                  "b: \"x\\n \"\n"
                  "c: \"a\\tb\"\n"
                  "d: \"x\\n\\ty\"\n"
                  "e: \"a\\rb\"\n",
                  "a: \"x \\ny\"\n"
                  "b: \"x\\n \"\n"
                  "c: \"a\\tb\"\n"
                  "d: \"x\\n\\ty\"\n"
                  "e: \"a\\rb\"\n");
}

Test(strings, beyond_the_basic_plane_are_escaped) {
    expect_stream("a: \"\xc3\xa9\xf0\x9f\x98\x80\"\n"
                  "b: \"a\\uFEFFb\"\n"
                  "c: \"\\uFEFFab c\"\n"
                  "d: \"\xe6\x97\xa5\xe6\x9c\xac\"\n"
                  "e: \"\\u00a0\"\n",
                  "a: \"\xc3\xa9\\U0001F600\"\n"
                  "b: \"a\\uFEFFb\"\n"
                  "c: \"\\uFEFF\\x61\\x62\\x20\\x63\"\n"
                  "d: \xe6\x97\xa5\xe6\x9c\xac\n"
                  "e: \xc2\xa0\n");
}

Test(strings, with_line_separators_are_broken_there) {
    expect_stream("a: \"x\\u2028y\"\n"
                  "b: \"x\\u2029\"\n"
                  "c: \"x\\n\\u2028y\"\n"
                  "d: \"\\u2028'x\"\n",
                  "a: 'x\xe2\x80\xa8  y'\n"
                  "b: 'x\xe2\x80\xa9'\n"
                  "c: |-\n"
                  "  x\n"
                  "\xe2\x80\xa8  y\n"
                  "d: '\xe2\x80\xa8  ''x'\n");
}

Test(folding, plain_at_the_first_single_space_past_column_80) {
    expect_stream("a: the quick brown fox jumps over the lazy dog and then walks back home again, slowly, the quick "
                  "brown fox jumps over the lazy dog and then walks back home again, slowly, end\n",
                  "a: the quick brown fox jumps over the lazy dog and then walks back home again, slowly,\n"
                  "  the quick brown fox jumps over the lazy dog and then walks back home again, slowly,\n"
                  "  end\n");
    expect_stream(
        "a: \"the  quick  brown  fox  jumps  over  the  lazy  dog  and  then  walks  back  home  again,  slowly,  the  "
        "quick  brown  fox  jumps  over  the  lazy  dog  and  then  walks  back  home  again,  slowly,  end\"\n",
        "a: the  quick  brown  fox  jumps  over  the  lazy  dog  and  then  walks  back  home  again,  slowly,  the  "
        "quick  brown  fox  jumps  over  the  lazy  dog  and  then  walks  back  home  again,  slowly,  end\n");
    expect_stream("a: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y z\n",
                  "a: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
                  "  y z\n");
    expect_stream("a: {b: [[ the quick brown fox jumps over the lazy dog and then walks back home again, slowly, the "
                  "quick brown fox jumps over the lazy dog and then walks back home again, slowly, end ]]}\n",
                  "a:\n"
                  "  b:\n"
                  "  - - the quick brown fox jumps over the lazy dog and then walks back home again\n"
                  "    - slowly\n"
                  "    - the quick brown fox jumps over the lazy dog and then walks back home again\n"
                  "    - slowly\n"
                  "    - end\n");
}

Test(folding, counts_characters_not_bytes) {
    expect_stream(
        "a: "
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 b c\n",
        "a: "
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\n"
        "  b c\n");
    expect_stream(
        "a: "
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 b c\n",
        "a: "
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
        "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 b\n"
        "  c\n");
    expect_stream("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
                  "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
                  "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
                  "\xa9\xc3\xa9\xc3\xa9: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y z\n",
                  "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
                  "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
                  "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
                  "\xa9\xc3\xa9\xc3\xa9: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
                  "  y z\n");
}

Test(folding, of_single_quotes_and_double_quotes) {
    expect_stream("a: \"'s the quick brown fox jumps over the lazy dog and then walks back home again, slowly, the "
                  "quick brown fox jumps over the lazy dog and then walks back home again, slowly,  end\"\n",
                  "a: '''s the quick brown fox jumps over the lazy dog and then walks back home again,\n"
                  "  slowly, the quick brown fox jumps over the lazy dog and then walks back home again,\n"
                  "  slowly,  end'\n");
    expect_stream("a: \"\\t the quick brown fox jumps over the lazy dog and then walks back home again, slowly, the "
                  "quick brown fox jumps over the lazy dog and then walks back home again, slowly,    end  x\"\n",
                  "a: \"\\t the quick brown fox jumps over the lazy dog and then walks back home again,\n"
                  "  slowly, the quick brown fox jumps over the lazy dog and then walks back home again,\n"
                  "  slowly,    end  x\"\n");
    expect_stream("a: \"\\txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx  y\"\n",
                  "a: \"\\txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
                  "  \\ y\"\n");
}

Test(folding, does_not_break_keys) {
    expect_stream("\"ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab "
                  "ab ab ab ab ab ab ab ab c\": x\n",
                  "ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab "
                  "ab ab ab ab ab ab ab c: x\n");
}

Test(documents, collections_nest_as_the_reference_indents_them) {
    expect_stream("a:\n"
                  "- b: 1\n"
                  "  c:\n"
                  "  - - d\n"
                  "    - e: {}\n"
                  "      f: []\n"
                  "- []\n"
                  "z: {y: {x: w}}\n",
                  "a:\n"
                  "- b: 1\n"
                  "  c:\n"
                  "  - - d\n"
                  "    - e: {}\n"
                  "      f: []\n"
                  "- []\n"
                  "z:\n"
                  "  \"y\":\n"
                  "    x: w\n");
    expect_stream("{}\n", "{}\n");
}

Test(documents, keys_are_sorted) {
    expect_stream("b: 1\n"
                  "a: 2\n"
                  "B: 3\n"
                  "_: 4\n"
                  "a10: 5\n"
                  "a9: 6\n",
                  "_: 4\n"
                  "B: 3\n"
                  "a: 2\n"
                  "a9: 6\n"
                  "a10: 5\n"
                  "b: 1\n");
}

Test(documents, deeper_than_the_limit_are_refused) {
    limits low = limits_default;
    low.nesting = 3;
    node *document = read_yaml("a: {b: {c: {d: e}}}\n");
    sc.limits = &low;
    buffer out;
    buffer_init(&out, NULL, 0);
    cr_assert_eq(yaml_write(&sc, document, YAML_TO_STREAM, &out), STRATA_LIMIT);
    buffer_free(&out);
    expect_stream("a: {b: {c: d}}\n", "a:\n  b:\n    c: d\n");
}

Test(documents, larger_than_the_ceiling_are_refused) {
    buffer out;
    buffer_init(&out, NULL, 8);
    cr_assert_eq(yaml_write(&sc, read_yaml("a: 123456789\n"), YAML_TO_STREAM, &out), STRATA_LIMIT);
    buffer_free(&out);
}
