/* Which bytes make a document: UTF-8, UTF-16, and what YAML 1.1 lets through. */
#include "write_fixture.h"
#include "yaml/encoding.h"
#include "yaml/reader.h"

#include <criterion/criterion.h>

TestSuite(yaml_encoding, .init = fixture_set_up, .fini = fixture_tear_down);

static bool reads(text bytes, yaml_dialect dialect, text *value) {
    yaml_options options = {.dialect = dialect};
    node_list documents = {0};
    if (yaml_read(&sc, TEXT("t.yaml"), bytes, ORIGIN_UNKNOWN, &options, &documents) != STRATA_OK) return false;
    *value = documents.count ? node_text(NODE_GET(documents.items[0], "a")) : TEXT_EMPTY;
    return true;
}
#define EXPECT_VALUE(bytes, expected)                                                                                  \
    do {                                                                                                               \
        text value;                                                                                                    \
        cr_assert(reads(TEXT(bytes), YAML_RESOURCE, &value));                                                          \
        cr_expect(text_is(value, expected));                                                                           \
    } while (0)
#define EXPECT_REFUSED(bytes)                                                                                          \
    do {                                                                                                               \
        text value;                                                                                                    \
        cr_expect_not(reads(TEXT(bytes), YAML_RESOURCE, &value), "%s", bytes);                                         \
        cr_expect_not(reads(TEXT(bytes), YAML_V2, &value), "%s", bytes);                                               \
    } while (0)

Test(yaml_encoding, reads_utf_16_behind_its_byte_order_mark) {
    EXPECT_VALUE("\xFF\xFE"
                 "a\0:\0 \0\xE9\0=\xD8\0\xDE\n\0",
                 "\xC3\xA9\xF0\x9F\x98\x80");
    EXPECT_VALUE("\xFE\xFF\0a\0:\0 \0b\0\n", "b");
}

Test(yaml_encoding, refuses_broken_utf_16) {
    EXPECT_REFUSED("\xFF\xFE"
                   "a\0:");
    EXPECT_REFUSED("\xFF\xFE\0\xD8"
                   "a\0");
    EXPECT_REFUSED("\xFF\xFE\0\xDC");
}

Test(yaml_encoding, passes_one_byte_order_mark) {
    EXPECT_VALUE("\xEF\xBB\xBF"
                 "a: b\n",
                 "b");
}

Test(yaml_encoding, refuses_what_is_no_text) {
    EXPECT_REFUSED("a: \x01\n");
    EXPECT_REFUSED("a: \x7F\n");
    EXPECT_REFUSED("a: \xFF\n");
    EXPECT_REFUSED("a: \xC2\x80\n");
    EXPECT_REFUSED("a: \xEF\xBF\xBE\n");
    EXPECT_REFUSED("a: \xED\xA0\x80\n");
    EXPECT_REFUSED("a: \xC0\x80\n");
    EXPECT_REFUSED("a: b\0\n");
}

Test(yaml_encoding, finds_a_bad_byte_wherever_it_is) {
    char bytes[200];
    const char *problem = NULL;
    memset(bytes, 'x', sizeof bytes);
    cr_expect_eq(encoding_first_bad(text_of(bytes, sizeof bytes), &problem), SIZE_MAX);
    for (size_t at = 0; at < sizeof bytes; at++) {
        bytes[at] = '\x01';
        cr_expect_eq(encoding_first_bad(text_of(bytes, sizeof bytes), &problem), at);
        cr_expect_not_null(problem);
        bytes[at] = 'x';
    }
}

/* A bad byte behind the end of the document counts when it lies in the same 512 bytes. */
Test(yaml_encoding, notices_bad_bytes_in_the_block_that_is_read) {
    for (size_t at = 505; at < 520; at++) {
        char bytes[600];
        text value;
        memset(bytes, '#', sizeof bytes);
        memcpy(bytes, "a: b\n...\n", 9);
        bytes[at] = '\x01';
        cr_expect_eq(reads(text_of(bytes, at + 1), YAML_V2, &value), at >= 512, "%zu", at);
    }
}
