#include "core/base64.h"
#include "core/utf8.h"

#include <criterion/criterion.h>

Test(base64, encodes_the_vectors_of_rfc_4648) {
    static const char *const vectors[][2] = {{"", ""},
                                             {"f", "Zg=="},
                                             {"fo", "Zm8="},
                                             {"foo", "Zm9v"},
                                             {"foob", "Zm9vYg=="},
                                             {"fooba", "Zm9vYmE="},
                                             {"foobar", "Zm9vYmFy"}};
    arena a;
    arena_init(&a, NULL);
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
        cr_assert_str_eq(base64_encode(&a, text_from(vectors[i][0]), 0).data, vectors[i][1]);
    arena_free(&a);
}

Test(base64, long_output_is_cut_in_lines) {
    arena a;
    arena_init(&a, NULL);
    cr_assert_str_eq(base64_encode(&a, TEXT("foobar"), 4).data, "Zm9v\nYmFy\n");
    cr_assert_str_eq(base64_encode(&a, TEXT("foob"), 8).data, "Zm9vYg==");
    arena_free(&a);
}

Test(base64, decodes_with_breaks_anywhere) {
    text out;
    arena a;
    arena_init(&a, NULL);
    cr_assert(base64_decode(&a, TEXT("Zm9\nvY\r\nmE=\n"), &out));
    cr_assert(text_is(out, "fooba"));
    cr_assert(base64_decode(&a, TEXT(""), &out));
    cr_assert(text_empty(out));
    arena_free(&a);
}

Test(base64, refuses_what_go_refuses) {
    static const char *const malformed[] = {"Zg", "Zg=", "Zg==Zg==", "Z===", "=", "Zm9v!", "Zm 9", "Zg=a"};
    text out;
    arena a;
    arena_init(&a, NULL);
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++)
        cr_expect_not(base64_decode(&a, text_from(malformed[i]), &out), "%s", malformed[i]);
    arena_free(&a);
}

Test(utf8, each_invalid_byte_is_replaced) {
    arena a;
    arena_init(&a, NULL);
    text t = utf8_replace_invalid(&a, TEXT("a\xff\xe2\x82z\xc3\xa9"));
    cr_assert(text_is(t, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xc3\xa9"));
    arena_free(&a);
}

Test(utf8, accepts_what_go_accepts) {
    cr_assert(utf8_is_valid(TEXT("")));
    cr_assert(utf8_is_valid(TEXT("plain ascii that is longer than a word")));
    cr_assert(utf8_is_valid(TEXT("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbd")));
    cr_assert_not(utf8_is_valid(TEXT("abcdefgh\xff")));
    cr_assert_not(utf8_is_valid(TEXT("\xc0\x80")), "overlong");
    cr_assert_not(utf8_is_valid(TEXT("\xe0\x80\xaf")), "overlong");
    cr_assert_not(utf8_is_valid(TEXT("\xed\xa0\x80")), "surrogate");
    cr_assert_not(utf8_is_valid(TEXT("\xf4\x90\x80\x80")), "above U+10FFFF");
    cr_assert_not(utf8_is_valid(TEXT("\xe2\x82")), "cut off");
}

Test(utf8, decodes_one_code_point) {
    size_t length;
    cr_assert_eq(utf8_decode("\xe2\x82\xac!", 4, &length), 0x20AC);
    cr_assert_eq(length, 3);
    cr_assert_eq(utf8_decode("\xe2(", 2, &length), 0xFFFD);
    cr_assert_eq(length, 1);
}
