/*
 * yaml/resolve.c: see resolve.h. Follows resolve() of go-yaml (resolve.go, v2 and v3), which asks the first character
 * what a text may be, looks it up in a list of words, and then tries date, integer, float in that order.
 *
 * Cost: one look at the first character for most texts, a pass or two over those that may be numbers.
 */
#include "yaml/resolve.h"

#include "yaml/reader.h"
#include "yaml/timestamp.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* What a text that begins with a certain byte may be; anything else is a string. */
typedef enum hint { HINT_STRING, HINT_WORD, HINT_POINT, HINT_NUMBER } hint;

static const unsigned char hints[256] = {
    ['+'] = HINT_NUMBER, ['-'] = HINT_NUMBER, ['0'] = HINT_NUMBER, ['1'] = HINT_NUMBER, ['2'] = HINT_NUMBER,
    ['3'] = HINT_NUMBER, ['4'] = HINT_NUMBER, ['5'] = HINT_NUMBER, ['6'] = HINT_NUMBER, ['7'] = HINT_NUMBER,
    ['8'] = HINT_NUMBER, ['9'] = HINT_NUMBER, ['.'] = HINT_POINT,  ['y'] = HINT_WORD,   ['Y'] = HINT_WORD,
    ['n'] = HINT_WORD,   ['N'] = HINT_WORD,   ['t'] = HINT_WORD,   ['T'] = HINT_WORD,   ['f'] = HINT_WORD,
    ['F'] = HINT_WORD,   ['o'] = HINT_WORD,   ['O'] = HINT_WORD,   ['~'] = HINT_WORD};

typedef enum word { WORD_NULL, WORD_TRUE, WORD_FALSE, WORD_YES, WORD_NO, WORD_NAN, WORD_INFINITY, WORD_MINUS } word;

typedef struct word_row {
    char spelling[6];
    unsigned char meaning;
} word_row;

static const word_row words[] = {
    {"~", WORD_NULL},         {"null", WORD_NULL},      {"Null", WORD_NULL},      {"NULL", WORD_NULL},
    {"true", WORD_TRUE},      {"True", WORD_TRUE},      {"TRUE", WORD_TRUE},      {"false", WORD_FALSE},
    {"False", WORD_FALSE},    {"FALSE", WORD_FALSE},    {"y", WORD_YES},          {"Y", WORD_YES},
    {"yes", WORD_YES},        {"Yes", WORD_YES},        {"YES", WORD_YES},        {"on", WORD_YES},
    {"On", WORD_YES},         {"ON", WORD_YES},         {"n", WORD_NO},           {"N", WORD_NO},
    {"no", WORD_NO},          {"No", WORD_NO},          {"NO", WORD_NO},          {"off", WORD_NO},
    {"Off", WORD_NO},         {"OFF", WORD_NO},         {".nan", WORD_NAN},       {".NaN", WORD_NAN},
    {".NAN", WORD_NAN},       {".inf", WORD_INFINITY},  {".Inf", WORD_INFINITY},  {".INF", WORD_INFINITY},
    {"+.inf", WORD_INFINITY}, {"+.Inf", WORD_INFINITY}, {"+.INF", WORD_INFINITY}, {"-.inf", WORD_MINUS},
    {"-.Inf", WORD_MINUS},    {"-.INF", WORD_MINUS}};

static scalar_value real_value(double real) { return (scalar_value){.type = SCALAR_FLOAT, .real = real}; }

static scalar_value bool_value(bool boolean) { return (scalar_value){.type = SCALAR_BOOL, .boolean = boolean}; }

/* Words that name a value. Those of YAML 1.1 alone (yes, off ...) count only for v2. */
static bool find_word(text t, bool yaml11, scalar_value *out) {
    if (t.size > 5) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].spelling[0] != t.data[0] || !text_is(t, words[i].spelling)) continue;
        switch ((word)words[i].meaning) {
        case WORD_NULL: out->type = SCALAR_NULL; return true;
        case WORD_TRUE: *out = bool_value(true); return true;
        case WORD_FALSE: *out = bool_value(false); return true;
        case WORD_YES: *out = bool_value(true); return yaml11;
        case WORD_NO: *out = bool_value(false); return yaml11;
        case WORD_NAN: *out = real_value((double)NAN); return true;
        case WORD_INFINITY: *out = real_value((double)INFINITY); return true;
        case WORD_MINUS: *out = real_value(-(double)INFINITY); return true;
        }
    }
    return false;
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

/* The characters of a number one by one: '_' is skipped anywhere, as go-yaml removes it before it looks. */
typedef struct digits {
    const char *at;
    const char *end;
} digits;

/* The next character, 0 at the end. */
static char peek(digits *d) {
    while (d->at < d->end && *d->at == '_')
        d->at++;
    return d->at < d->end ? *d->at : '\0';
}

static char next(digits *d) {
    char c = peek(d);
    if (c) d->at++;
    return c;
}

static unsigned digit_of(char c) {
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f') return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return (unsigned)(c - 'A') + 10;
    return 99;
}

/* One or more digits and nothing else; false also when they pass 64 bits. */
static bool read_digits(digits *d, unsigned base, uint64_t *out) {
    uint64_t value = 0;
    if (!peek(d)) return false;
    for (char c = next(d); c; c = next(d)) {
        unsigned digit = digit_of(c);
        if (digit >= base || value > (UINT64_MAX - digit) / base) return false;
        value = value * base + digit;
    }
    *out = value;
    return true;
}

static bool set_integer(bool negative, uint64_t size, scalar_value *out) {
    if (negative) {
        if (size > (uint64_t)INT64_MAX + 1) return false;
        out->type = SCALAR_INT;
        out->integer = size == (uint64_t)INT64_MAX + 1 ? INT64_MIN : -(int64_t)size;
    } else if (size <= INT64_MAX) {
        out->type = SCALAR_INT;
        out->integer = (int64_t)size;
    } else {
        out->type = SCALAR_UINT;
        out->unsigned_integer = size;
    }
    return true;
}

/* What follows a 0: the base that it announces, the cursor behind the announcement. */
static unsigned read_prefix(digits *d) {
    digits ahead = *d;
    if (next(&ahead) != '0') return 10;
    switch (peek(&ahead)) {
    case '\0': return 10;
    case 'x':
    case 'X': next(&ahead); break;
    case 'o':
    case 'O': next(&ahead); break;
    case 'b':
    case 'B': next(&ahead); break;
    default: *d = ahead; return 8;
    }
    char letter = ahead.at[-1];
    *d = ahead;
    return letter == 'x' || letter == 'X' ? 16 : letter == 'b' || letter == 'B' ? 2 : 8;
}

/* Go's ParseInt and then ParseUint with base 0; the latter takes no sign. */
static bool read_integer(text t, scalar_value *out) {
    digits d = {t.data, t.data + t.size};
    char sign = peek(&d);
    bool has_sign = sign == '+' || sign == '-';
    if (has_sign) next(&d);
    unsigned base = read_prefix(&d);
    uint64_t size;
    if (!read_digits(&d, base, &size) || !set_integer(sign == '-', size, out)) return false;
    return !has_sign || out->type == SCALAR_INT;
}

/* go-yaml's second try takes a sign after the prefix: 0b-1, and in v3 0o-7. */
static bool read_signed_after_prefix(text t, bool octal, scalar_value *out) {
    digits d = {t.data, t.data + t.size};
    if (next(&d) != '0') return false;
    char letter = next(&d);
    if (letter != 'b' && !(letter == 'o' && octal)) return false;
    char sign = next(&d);
    uint64_t size;
    if ((sign != '+' && sign != '-') || !read_digits(&d, letter == 'b' ? 2 : 8, &size)) return false;
    return set_integer(sign == '-', size, out) && out->type == SCALAR_INT;
}

enum { MOST_DIGITS = 800 };

/* A decimal number as digits * 10^exponent, leading zeros dropped; what lies beyond MOST_DIGITS only counts as "more".
 */
typedef struct decimal {
    char digits[MOST_DIGITS + 2];
    size_t count;
    long long exponent;
    bool negative;
} decimal;

static void add_digit(decimal *d, char digit, bool after_point) {
    if (after_point) d->exponent--;
    if (d->count == 0 && digit == '0') return;
    if (d->count < MOST_DIGITS) {
        d->digits[d->count++] = digit;
        return;
    }
    d->exponent++;
    if (digit != '0') d->digits[MOST_DIGITS - 1] = '1' > d->digits[MOST_DIGITS - 1] ? '1' : d->digits[MOST_DIGITS - 1];
}

/* The value nearest to it; false when it passes the largest double, as ParseFloat fails then. No radix character is
 * involved, so the host's locale doesn't show. */
static bool decimal_value(const decimal *d, double *out) {
    if (d->count == 0) {
        *out = d->negative ? -0.0 : 0.0;
        return true;
    }
    long long exponent = d->exponent > 99999 ? 99999 : d->exponent < -99999 ? -99999 : d->exponent;
    char printed[MOST_DIGITS + 16];
    snprintf(printed, sizeof printed, "%s%.*se%lld", d->negative ? "-" : "", (int)d->count, d->digits, exponent);
    *out = strtod(printed, NULL);
    return *out <= DBL_MAX && *out >= -DBL_MAX;
}

static bool read_exponent(digits *d, decimal *out) {
    char sign = peek(d);
    if (sign == '+' || sign == '-') next(d);
    if (digit_of(peek(d)) > 9) return false;
    long long exponent = 0;
    for (char c = next(d); c; c = next(d)) {
        if (digit_of(c) > 9) return false;
        if (exponent < 100000000) exponent = exponent * 10 + (c - '0');
    }
    out->exponent += sign == '-' ? -exponent : exponent;
    return true;
}

/* [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
static bool read_float(text t, scalar_value *out) {
    digits d = {t.data, t.data + t.size};
    decimal number;
    number.count = 0;
    number.exponent = 0;
    char c = peek(&d);
    number.negative = c == '-';
    if (c == '+' || c == '-') next(&d);
    bool point = false, any = false;
    for (c = next(&d); c && c != 'e' && c != 'E'; c = next(&d)) {
        if (c == '.' && !point) {
            point = true;
        } else if (digit_of(c) <= 9) {
            add_digit(&number, c, point);
            any = true;
        } else {
            return false;
        }
    }
    if (!any || (c && !read_exponent(&d, &number))) return false;
    out->type = SCALAR_FLOAT;
    return decimal_value(&number, &out->real);
}

/* After a leading point Go's own parser decides: '_' only between two digits. */
static bool underscores_stand_between_digits(text t) {
    for (size_t i = 0; i < t.size; i++)
        if (t.data[i] == '_' &&
            (i == 0 || i + 1 == t.size || digit_of(t.data[i - 1]) > 9 || digit_of(t.data[i + 1]) > 9))
            return false;
    return true;
}

/* --- resolving ---------------------------------------------------------------------------------------------------- */

static scalar_value resolve_number(text t, bool yaml11) {
    scalar_value v = {.type = SCALAR_TIMESTAMP};
    if (timestamp_is(t) || read_integer(t, &v) || read_float(t, &v)) return v;
    if (read_signed_after_prefix(t, !yaml11, &v)) return v;
    return (scalar_value){.type = SCALAR_STRING};
}

static scalar_value resolve(text plain, bool yaml11) {
    scalar_value v = {.type = SCALAR_STRING};
    if (plain.size == 0) return (scalar_value){.type = SCALAR_NULL};
    hint h = (hint)hints[(unsigned char)plain.data[0]];
    if (h == HINT_STRING) {
        if (text_is(plain, "<<")) v.type = SCALAR_MERGE;
        return v;
    }
    if (find_word(plain, yaml11, &v)) return v;
    v = (scalar_value){.type = SCALAR_STRING};
    if (h == HINT_NUMBER) return resolve_number(plain, yaml11);
    if (h == HINT_POINT && underscores_stand_between_digits(plain) && read_float(plain, &v)) return v;
    return (scalar_value){.type = SCALAR_STRING};
}

scalar_value resolve_v3(text plain) {
    scalar_value v = resolve(plain, false);
    /* go-yaml's parser knows "<<" as a merge key before it asks for the type, which finds a string. */
    return v;
}

scalar_value resolve_v2(text plain) { return resolve(plain, true); }

node_tag resolve_tag_v3(text plain) {
    if (plain.size && hints[(unsigned char)plain.data[0]] == HINT_STRING)
        return text_is(plain, "<<") ? TAG_MERGE : TAG_STR;
    switch (resolve_v3(plain).type) {
    case SCALAR_STRING: return TAG_STR;
    case SCALAR_NULL: return TAG_NULL;
    case SCALAR_BOOL: return TAG_BOOL;
    case SCALAR_INT:
    case SCALAR_UINT: return TAG_INT;
    case SCALAR_FLOAT: return TAG_FLOAT;
    case SCALAR_TIMESTAMP: return TAG_TIMESTAMP;
    case SCALAR_MERGE: return TAG_MERGE;
    }
    return TAG_STR;
}

/* Whether a text is, as a YAML document, one plain scalar with that very text: no blank, colon or '#' to think about.
 */
static bool is_one_word(text t) {
    if (hints[(unsigned char)t.data[0]] == HINT_STRING && digit_of(t.data[0]) == 99 &&
        !((t.data[0] | 32) >= 'g' && (t.data[0] | 32) <= 'z') && t.data[0] != '/' && t.data[0] != '_')
        return false;
    if (t.data[0] == '-' && (t.size == 1 || text_starts(t, TEXT("---")))) return false;
    if (text_starts(t, TEXT("..."))) return false;
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        if (c <= ' ' || c >= 0x7F || (c == ':' && (i + 1 == t.size))) return false;
    }
    return true;
}

/* The whole text goes through v2's reader, as it does in the reference: "a: b" is no string either. */
static bool reads_as_non_string(text value) {
    arena memory;
    origin_table origins = {0};
    arena_init(&memory, &allocator_libc);
    scope sc = {.arena = &memory, .from = &allocator_libc, .limits = &limits_default, .origins = &origins};
    yaml_options options = {.dialect = YAML_V2};
    node_list documents = {0};
    bool answer = false;
    if (yaml_read_inline(&sc, ORIGIN_UNKNOWN, value, &options, &documents) == STRATA_OK) {
        const node *root = documents.count ? documents.items[0] : NULL;
        answer = !root || root->kind != NODE_SCALAR ||
                 (root->tag != TAG_STR && root->tag != TAG_TIMESTAMP && root->tag != TAG_MERGE &&
                  root->tag != TAG_CUSTOM && root->tag != TAG_BINARY);
    }
    arena_free(&memory);
    return answer;
}

bool resolve_is_yaml11_non_string(text plain) {
    if (plain.size == 0 || text_find_char(plain, '\n') != SIZE_MAX) return false;
    if (!is_one_word(plain)) return reads_as_non_string(plain);
    scalar_type type = resolve_v2(plain).type;
    /* v2 leaves dates as text when nobody asks for a time. */
    return type != SCALAR_STRING && type != SCALAR_TIMESTAMP && type != SCALAR_MERGE;
}
