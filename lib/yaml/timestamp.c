/*
 * yaml/timestamp.c: the dates that go-yaml recognises, and how Go prints them.
 *
 * A date is whatever Go's time.Parse accepts in one of the four layouts of go-yaml's parseTimestamp (resolve.go): the
 * numbers but the year may be one or two digits, the fraction may follow a comma and be of any length. Cost: one pass.
 */
#include "yaml/timestamp.h"

#include <stdio.h>

typedef struct cursor {
    const char *at;
    const char *end;
} cursor;

typedef struct moment {
    int year, month, day;
    int hour, minute, second;
    int nanoseconds;
    int offset; /* minutes east of UTC */
} moment;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take(cursor *c, char wanted) {
    if (c->at == c->end || *c->at != wanted) return false;
    c->at++;
    return true;
}

/* A number of one or two digits that is at most `largest`. */
static bool take_number(cursor *c, int largest, int *out) {
    if (c->at == c->end || !is_digit(*c->at)) return false;
    *out = *c->at++ - '0';
    if (c->at < c->end && is_digit(*c->at)) *out = *out * 10 + (*c->at++ - '0');
    return *out <= largest;
}

static bool take_two_digits(cursor *c, int *out) {
    if (c->end - c->at < 2 || !is_digit(c->at[0]) || !is_digit(c->at[1])) return false;
    *out = (c->at[0] - '0') * 10 + (c->at[1] - '0');
    c->at += 2;
    return true;
}

static int days_in(int month, int year) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool take_date(cursor *c, moment *out) {
    int century, rest;
    if (!take_two_digits(c, &century) || !take_two_digits(c, &rest) || !take(c, '-')) return false;
    out->year = century * 100 + rest;
    if (!take_number(c, 12, &out->month) || out->month == 0 || !take(c, '-')) return false;
    return take_number(c, 31, &out->day) && out->day > 0 && out->day <= days_in(out->month, out->year);
}

/* Digits beyond the ninth are dropped; a point with no digit is left where it is. */
static void take_fraction(cursor *c, moment *out) {
    if (c->end - c->at < 2 || (c->at[0] != '.' && c->at[0] != ',') || !is_digit(c->at[1])) return;
    int scale = 100000000;
    for (c->at++; c->at < c->end && is_digit(*c->at); c->at++) {
        out->nanoseconds += (*c->at - '0') * scale;
        scale /= 10;
    }
}

static bool take_time(cursor *c, moment *out) {
    if (!take_number(c, 23, &out->hour) || !take(c, ':')) return false;
    if (!take_number(c, 59, &out->minute) || !take(c, ':')) return false;
    if (!take_number(c, 59, &out->second)) return false;
    take_fraction(c, out);
    return true;
}

/* Go lets an offset reach 24 hours and 60 minutes. */
static bool take_offset(cursor *c, moment *out) {
    if (take(c, 'Z')) return true;
    int sign = 1, hours, minutes;
    if (take(c, '-'))
        sign = -1;
    else if (!take(c, '+'))
        return false;
    if (!take_two_digits(c, &hours) || !take(c, ':') || !take_two_digits(c, &minutes)) return false;
    out->offset = sign * (hours * 60 + minutes);
    return hours <= 24 && minutes <= 60;
}

static bool parse(text plain, moment *out) {
    cursor c = {plain.data, plain.data + plain.size};
    *out = (moment){0};
    if (!take_date(&c, out)) return false;
    if (c.at == c.end) return true;
    if (take(&c, 'T') || take(&c, 't')) return take_time(&c, out) && take_offset(&c, out) && c.at == c.end;
    if (*c.at != ' ') return false;
    while (c.at < c.end && *c.at == ' ')
        c.at++;
    return take_time(&c, out) && c.at == c.end;
}

bool timestamp_is(text plain) {
    moment m;
    return parse(plain, &m);
}

bool resolve_timestamp(text plain, char out[64], size_t *out_size) {
    moment m;
    if (!parse(plain, &m)) return false;
    int offset = m.offset < 0 ? -m.offset : m.offset;
    if (offset >= 24 * 60) return false;
    int n = snprintf(out, 64, "%04d-%02d-%02dT%02d:%02d:%02d", m.year, m.month, m.day, m.hour, m.minute, m.second);
    if (m.nanoseconds) {
        n += snprintf(out + n, 64 - (size_t)n, ".%09d", m.nanoseconds);
        while (out[n - 1] == '0')
            n--;
    }
    if (offset == 0)
        out[n++] = 'Z';
    else
        n += snprintf(out + n, 64 - (size_t)n, "%c%02d:%02d", m.offset < 0 ? '-' : '+', offset / 60, offset % 60);
    *out_size = (size_t)n;
    return true;
}
