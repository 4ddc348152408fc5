/* package/quantity.c: see quantity.h. */
#include "package/quantity.h"

enum { MOST_DIGITS = 19, NANO = 9, MOST_EXPONENT = 1000 };

static const quantity ceiling = (quantity)INT64_MAX * 1000000000;

typedef struct suffix {
    int decimal; /* power of ten */
    int binary;  /* power of two */
} suffix;

static bool is_digit(text t) { return t.size && t.data[0] >= '0' && t.data[0] <= '9'; }

static char take(text *t) {
    char c = t->data[0];
    *t = text_after(*t, 1);
    return c;
}

/* e or E and a whole number. */
static bool parse_exponent(text t, int *out) {
    bool negative = t.size && t.data[0] == '-';
    int value = 0;
    if (t.size && (t.data[0] == '-' || t.data[0] == '+')) t = text_after(t, 1);
    if (!is_digit(t)) return false;
    while (is_digit(t)) {
        value = value * 10 + (take(&t) - '0');
        if (value > MOST_EXPONENT) value = MOST_EXPONENT;
    }
    *out = negative ? -value : value;
    return t.size == 0;
}

static bool parse_suffix(text t, suffix *out) {
    static const struct {
        const char *name;
        suffix value;
    } rows[] = {{"n", {-9, 0}},  {"u", {-6, 0}},  {"m", {-3, 0}},  {"", {0, 0}},   {"k", {3, 0}},   {"M", {6, 0}},
                {"G", {9, 0}},   {"T", {12, 0}},  {"P", {15, 0}},  {"E", {18, 0}}, {"Ki", {0, 10}}, {"Mi", {0, 20}},
                {"Gi", {0, 30}}, {"Ti", {0, 40}}, {"Pi", {0, 50}}, {"Ei", {0, 60}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_is(t, rows[i].name)) {
            *out = rows[i].value;
            return true;
        }
    *out = (suffix){0, 0};
    return t.size > 1 && (t.data[0] == 'e' || t.data[0] == 'E') && parse_exponent(text_after(t, 1), &out->decimal);
}

/* The digits as a number and the power of ten that it stands at. `rest` is what was dropped. */
static bool parse_digits(text *t, quantity *mantissa, int *exponent, bool *rest) {
    bool any = false, point = false;
    int digits = 0;
    while (is_digit(*t) || (!point && t->size && t->data[0] == '.')) {
        char c = take(t);
        if (c == '.') {
            point = true;
            continue;
        }
        any = true;
        if (digits < MOST_DIGITS) {
            *mantissa = *mantissa * 10 + (c - '0');
            digits += *mantissa > 0;
            if (point && *exponent > -MOST_EXPONENT) --*exponent;
        } else {
            *rest = *rest || c != '0';
            if (!point && *exponent < MOST_EXPONENT) ++*exponent;
        }
    }
    return any;
}

static quantity scale(quantity value, int exponent, bool rest) {
    for (; exponent > 0 && value && value < ceiling; exponent--)
        value *= 10;
    for (; exponent < 0 && value; exponent++) {
        rest = rest || value % 10;
        value /= 10;
    }
    if (rest) value++;
    return value > ceiling ? ceiling : value;
}

bool quantity_parse(text t, quantity *out) {
    bool negative = t.size && t.data[0] == '-', rest = false;
    quantity mantissa = 0;
    int exponent = 0;
    suffix s;
    if (t.size && (t.data[0] == '-' || t.data[0] == '+')) t = text_after(t, 1);
    if (!parse_digits(&t, &mantissa, &exponent, &rest) || !parse_suffix(t, &s)) return false;
    mantissa <<= s.binary; /* 19 digits and 60 bits fit */
    quantity value = scale(mantissa, exponent + s.decimal + NANO, rest);
    *out = negative ? -value : value;
    return true;
}
