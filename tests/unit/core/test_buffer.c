#include "core/buffer.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(buffer, grows_and_keeps_its_bytes) {
    buffer b;
    buffer_init(&b, NULL, 0);
    for (int i = 0; i < 5000; i++)
        buffer_add_format(&b, "%04d", i);
    cr_assert_not(buffer_failed(&b));
    cr_assert_eq(b.size, 20000);
    cr_assert(text_is(text_slice(buffer_text(&b), 19996, 20000), "4999"));
    buffer_free(&b);
}

Test(buffer, failure_at_the_ceiling_sticks) {
    buffer b;
    buffer_init(&b, NULL, 10);
    buffer_add_text(&b, TEXT("12345678"));
    buffer_add_text(&b, TEXT("abc"));
    cr_assert_eq(b.failure, BUFFER_TOO_LARGE);
    buffer_add_char(&b, 'x');
    cr_assert_eq(b.size, 8);
    buffer_free(&b);
}

Test(buffer, writes_every_length_of_utf8) {
    buffer b;
    buffer_init(&b, NULL, 0);
    buffer_add_utf8(&b, 'a');
    buffer_add_utf8(&b, 0xE9);
    buffer_add_utf8(&b, 0x20AC);
    buffer_add_utf8(&b, 0x1F600);
    cr_assert(text_is(buffer_text(&b), "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"));
    buffer_free(&b);
}
