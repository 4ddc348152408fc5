#include "yaml/number.h"
#include "yaml/resolve.h"

#include <criterion/criterion.h>

#include <string.h>

static void expect_go(double value, const char *expected) {
    char out[32];
    size_t size = format_float_go(value, out);
    cr_expect(size == strlen(expected) && memcmp(out, expected, size) == 0, "%.*s, not %s", (int)size, out, expected);
}

static void expect_json_number(double value, const char *expected) {
    char out[40];
    size_t size = format_float_json(value, out);
    cr_expect(size == strlen(expected) && memcmp(out, expected, size) == 0, "%.*s, not %s", (int)size, out, expected);
}

Test(number, go_uses_exponents_from_a_million_on) {
    expect_go(0, "0");
    expect_go(-0.0, "-0");
    expect_go(100000, "100000");
    expect_go(999999.5, "999999.5");
    expect_go(1e6, "1e+06");
    expect_go(1234567.5, "1.2345675e+06");
    expect_go(0.0001, "0.0001");
    expect_go(0.00001, "1e-05");
    expect_go(-1e-7, "-1e-07");
    expect_go(1e100, "1e+100");
}

Test(number, digits_are_the_fewest_that_read_back) {
    expect_go(0.1, "0.1");
    expect_go(1.0 / 3, "0.3333333333333333");
    expect_go(5e-324, "5e-324");
    expect_go(1.7976931348623157e308, "1.7976931348623157e+308");
    expect_go(9007199254740993.0, "9.007199254740992e+15");
}

/* 2^-44: the nearest 16 digits end in 1 and don't read back, those that end in 2 do. */
Test(number, digits_of_powers_of_two_may_be_rounded_up) {
    expect_go(0x1p-44, "5.684341886080802e-14");
    expect_go(0x1p-1, "0.5");
    expect_go(0x1p1023, "8.98846567431158e+307");
}

static void expect_single(double value, const char *expected) {
    char out[32];
    size_t size = format_float_single(value, out);
    cr_expect(size == strlen(expected) && memcmp(out, expected, size) == 0, "%.*s, not %s", (int)size, out, expected);
}

Test(number, single_precision_has_fewer_digits_and_less_room) {
    expect_single(1.5, "1.5");
    expect_single(0.1, "0.1");
    expect_single(1.23456789012, "1.2345679");
    expect_single(16777217.5, "1.6777218e+07");
    expect_single(33554432, "3.3554432e+07");
    expect_single(1.17549435e-38, "1.1754944e-38");
    expect_single(1e-46, "0");
    expect_single(3.4e39, "+Inf");
}

Test(number, json_uses_exponents_from_1e21_on) {
    expect_json_number(1e20, "100000000000000000000");
    expect_json_number(1e21, "1e+21");
    expect_json_number(0.000001, "0.000001");
    expect_json_number(0.0000001, "1e-7");
    expect_json_number(1234567.5, "1234567.5");
    expect_json_number(-12345678901234567890.0, "-12345678901234567000");
    expect_json_number(1e-300, "1e-300");
}

static bool fits(const char *digits) { return integer_fits(digits, strlen(digits)); }

Test(number, integers_fit_64_bits) {
    cr_expect(fits("18446744073709551615"));
    cr_expect_not(fits("18446744073709551616"));
    cr_expect(fits("-9223372036854775808"));
    cr_expect_not(fits("-9223372036854775809"));
    cr_expect_not(fits("1.5"));
}
