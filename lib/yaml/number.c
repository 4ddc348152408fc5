/* yaml/number.c: see number.h. The digits come from printf: the fewest that strtod reads back as the same value. */
#include "yaml/number.h"

#include "yaml/resolve.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DIGITS = 17 };

/* 0.d1d2d3... * 10^point */
typedef struct decimal {
    char digits[MOST_DIGITS + 1];
    int count;
    int point;
} decimal;

/* Takes printf's "d<radix>ddde±xx" apart; the radix is whatever the locale says. */
static void parse_digits(const char *printed, decimal *out) {
    out->count = 0;
    const char *c = printed;
    for (; *c && *c != 'e'; c++)
        if (*c >= '0' && *c <= '9' && out->count < MOST_DIGITS) out->digits[out->count++] = *c;
    out->point = (*c == 'e' ? (int)strtol(c + 1, NULL, 10) : 0) + 1;
}

/* Adds one to the last digit. */
static void increment(decimal *d) {
    int i = d->count - 1;
    while (i >= 0 && d->digits[i] == '9')
        d->digits[i--] = '0';
    if (i >= 0) {
        d->digits[i]++;
        return;
    }
    d->digits[0] = '1';
    d->point++;
}

static bool reads_back(const decimal *d, double value, bool single) {
    char printed[48];
    snprintf(printed, sizeof printed, "%.*se%d", d->count, d->digits, d->point - d->count);
    return single ? (double)strtof(printed, NULL) == value : strtod(printed, NULL) == value;
}

/*
 * The double below a power of two is closer to it than the one above: there digits that are rounded up may read back
 * where the nearest digits don't.
 */
static void shortest_decimal(double value, bool single, decimal *out) {
    char printed[48];
    int exponent;
    bool power_of_two = frexp(value, &exponent) == 0.5;
    for (int precision = 0; precision < MOST_DIGITS; precision++) {
        snprintf(printed, sizeof printed, "%.*e", precision, value);
        parse_digits(printed, out);
        if (reads_back(out, value, single)) break;
        if (!power_of_two) continue;
        increment(out);
        if (reads_back(out, value, single)) break;
    }
    while (out->count > 1 && out->digits[out->count - 1] == '0')
        out->count--;
}

static size_t copy_literal(char *out, const char *literal) {
    size_t size = strlen(literal);
    memcpy(out, literal, size);
    return size;
}

/* d.ddde±xx with an exponent of at least `width` digits. */
static size_t write_exponent(char *out, const decimal *d, int width) {
    size_t n = 0;
    out[n++] = d->digits[0];
    if (d->count > 1) {
        out[n++] = '.';
        memcpy(out + n, d->digits + 1, (size_t)d->count - 1);
        n += (size_t)d->count - 1;
    }
    int exponent = d->point - 1;
    return n + (size_t)snprintf(out + n, 8, "e%c%0*d", exponent < 0 ? '-' : '+', width, abs(exponent));
}

static size_t write_plain(char *out, const decimal *d) {
    size_t n = 0;
    if (d->point <= 0) out[n++] = '0';
    for (int i = 0; i < d->point; i++)
        out[n++] = i < d->count ? d->digits[i] : '0';
    if (d->count > d->point) out[n++] = '.';
    for (int i = d->point; i < d->count; i++)
        out[n++] = i < 0 ? '0' : d->digits[i];
    return n;
}

static size_t format_general(double value, bool single, char out[32]) {
    if (isnan(value)) return copy_literal(out, "NaN");
    if (isinf(value)) return copy_literal(out, value > 0 ? "+Inf" : "-Inf");
    size_t n = 0;
    if (signbit(value)) out[n++] = '-';
    if (value == 0) return n + copy_literal(out + n, "0");
    decimal d;
    shortest_decimal(fabs(value), single, &d);
    bool exponent = d.point < -3 || d.point > 6;
    return n + (exponent ? write_exponent(out + n, &d, 2) : write_plain(out + n, &d));
}

size_t format_float_go(double value, char out[32]) { return format_general(value, false, out); }

size_t format_float_single(double value, char out[32]) { return format_general((double)(float)value, true, out); }

size_t format_float_json(double value, char out[40]) {
    size_t n = 0;
    if (signbit(value)) out[n++] = '-';
    double size = fabs(value);
    if (size == 0) return n + copy_literal(out + n, "0");
    decimal d;
    shortest_decimal(size, false, &d);
    if (size < 1e-6 || size >= 1e21) return n + write_exponent(out + n, &d, 1);
    return n + write_plain(out + n, &d);
}

bool integer_fits(const char *digits, size_t size) {
    bool negative = size > 0 && digits[0] == '-';
    uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : UINT64_MAX;
    uint64_t value = 0;
    for (size_t i = negative; i < size; i++) {
        if (digits[i] < '0' || digits[i] > '9') return false;
        uint64_t digit = (uint64_t)(digits[i] - '0');
        if (value > (limit - digit) / 10) return false;
        value = value * 10 + digit;
    }
    return true;
}
