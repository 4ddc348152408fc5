/*
 * core/regex_syntax.c: Go's regular expression syntax; see regex_syntax.h. After Go's regexp/syntax/parse.go (perl
 * flags).
 *
 * The pattern is read once from left to right. Literals and the members of classes are written as PCRE2 can't misread
 * them, operators as they are; assertions (^, \b ...) go into a group, since PCRE2 repeats only what has a width.
 * Groups capture nothing: only whether a pattern matches is asked.
 */
#include "core/regex_syntax.h"

#include "core/regex_property.h"
#include "core/utf8.h"

enum {
    MOST_REPEATS = 1000, /* also of nested counts multiplied */
    MOST_DEPTH = 1000
};

/*
 * How often counted repetitions repeat, multiplied along the deepest path: Go keeps it within MOST_REPEATS. 0: nothing
 * is counted.
 */
typedef uint32_t repeat_product;

typedef struct reader {
    text rest;
    buffer *out;
    repeat_product groups[MOST_DEPTH + 1]; /* of what each open group holds so far; the first is the whole pattern */
    size_t depth;
    bool has_atom;       /* something that can be repeated lies before */
    bool after_repeat;   /* the last thing read was a repetition */
    repeat_product atom; /* of the last atom */
} reader;

bool regex_is_literal(text pattern) {
    for (size_t i = 0; i < pattern.size; i++)
        if (strchr("\\.+*?()|[]{}^$", pattern.data[i])) return false; /* NUL is found too, and not literal */
    return utf8_is_valid(pattern);
}

/* --- small steps ------------------------------------------------------------------------------------------------- */

static bool at_end(const reader *r) { return r->rest.size == 0; }
static char peek(const reader *r) { return r->rest.data[0]; }
static bool next_is(const reader *r, size_t offset, char c) {
    return r->rest.size > offset && r->rest.data[offset] == c;
}
static void skip(reader *r, size_t count) { r->rest = text_after(r->rest, count); }

/* The pattern is valid UTF-8, so this never meets an error. */
static uint32_t take_rune(reader *r) {
    size_t length;
    uint32_t rune = utf8_decode(r->rest.data, r->rest.size, &length);
    skip(r, length);
    return rune;
}

static bool is_alphanumeric(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void write_rune(reader *r, uint32_t rune) {
    if (is_alphanumeric(rune))
        buffer_add_char(r->out, (char)rune);
    else
        buffer_add_format(r->out, "\\x{%x}", (unsigned)rune);
}

/* The atom before is complete: its product counts for the group. */
static void end_atom(reader *r) {
    if (r->has_atom && r->atom > r->groups[r->depth]) r->groups[r->depth] = r->atom;
    r->has_atom = false;
    r->atom = 0;
}

static void begin_atom(reader *r) {
    end_atom(r);
    r->has_atom = true;
}

static void literal(reader *r, uint32_t rune) {
    begin_atom(r);
    /* Go's strings have no surrogates; PCRE2 does not compile them. Such an escape matches nothing. */
    if (rune >= 0xd800 && rune <= 0xdfff)
        buffer_add_text(r->out, TEXT("(?!)"));
    else
        write_rune(r, rune);
}

static void assertion(reader *r, const char *written, size_t length) {
    begin_atom(r);
    buffer_add_format(r->out, "(?:%s)", written);
    skip(r, length);
}

/* --- escapes ----------------------------------------------------------------------------------------------------- */

static int hex_value(uint32_t c) {
    if (c >= '0' && c <= '9') return (int)c - '0';
    if (c >= 'a' && c <= 'f') return (int)c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? (int)c - 'A' + 10 : -1;
}

static const char bad_escape[] = "invalid escape sequence";

static const char *braced_hex(reader *r, uint32_t *out) {
    uint32_t value = 0;
    size_t digits = 0;
    for (; !at_end(r) && peek(r) != '}'; digits++) {
        int digit = hex_value((unsigned char)peek(r));
        if (digit < 0) return bad_escape;
        value = value * 16 + (uint32_t)digit;
        if (value > 0x10ffff) return bad_escape;
        skip(r, 1);
    }
    if (at_end(r) || digits == 0) return bad_escape;
    skip(r, 1);
    *out = value;
    return NULL;
}

static const char *hex_escape(reader *r, uint32_t *out) {
    if (next_is(r, 0, '{')) {
        skip(r, 1);
        return braced_hex(r, out);
    }
    if (r->rest.size < 2) return bad_escape;
    int high = hex_value((unsigned char)r->rest.data[0]), low = hex_value((unsigned char)r->rest.data[1]);
    if (high < 0 || low < 0) return bad_escape;
    skip(r, 2);
    *out = (uint32_t)(high * 16 + low);
    return NULL;
}

static bool is_octal(const reader *r) { return !at_end(r) && peek(r) >= '0' && peek(r) <= '7'; }

/* One character behind a backslash, which is read already. A single digit but 0 would be a back reference: refused. */
static const char *escaped_rune(reader *r, uint32_t *out) {
    if (at_end(r)) return "trailing backslash at end of expression";
    uint32_t c = take_rune(r);
    if (c >= '0' && c <= '7') {
        if (c != '0' && !is_octal(r)) return bad_escape;
        *out = c - '0';
        for (int i = 1; i < 3 && is_octal(r); i++, skip(r, 1))
            *out = *out * 8 + (uint32_t)(peek(r) - '0');
        return NULL;
    }
    if (c == 'x') return hex_escape(r, out);
    static const char letters[] = "afnrtv", meanings[] = "\a\f\n\r\t\v";
    const char *letter = c && c < 0x80 ? strchr(letters, (int)c) : NULL;
    *out = letter ? (uint32_t)meanings[letter - letters] : c;
    return letter || (c < 0x80 && !is_alphanumeric(c)) ? NULL : bad_escape;
}

/*
 * \d \s \w and their opposites, as members of a class. Go's \s does not have the vertical tab that PCRE2's has. NULL
 * when there is none.
 */
static const char *perl_class(reader *r) {
    static const struct perl_class {
        char letter;
        const char *members;
    } classes[] = {{'d', "0-9"},       {'D', "\\D"},        {'s', "\\t\\n\\f\\r "},
                   {'S', "\\S\\x{b}"}, {'w', "0-9A-Za-z_"}, {'W', "\\W"}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (next_is(r, 0, '\\') && next_is(r, 1, classes[i].letter)) {
            skip(r, 2);
            return classes[i].members;
        }
    return NULL;
}

/* --- Unicode classes --------------------------------------------------------------------------------------------- */

static const char bad_range[] = "invalid character class range";

/* \pL, \p{Greek}, \P{^Lu} as a member of a class. */
static const char *unicode_class(reader *r, bool *found) {
    *found = next_is(r, 0, '\\') && (next_is(r, 1, 'p') || next_is(r, 1, 'P'));
    if (!*found) return NULL;
    bool negated = next_is(r, 1, 'P');
    skip(r, 2);
    text name;
    if (at_end(r)) return bad_range;
    if (peek(r) == '{') {
        skip(r, 1);
        if (!text_cut(&r->rest, '}', &name)) return bad_range;
    } else {
        text before = r->rest;
        take_rune(r);
        name = text_slice(before, 0, before.size - r->rest.size);
    }
    if (text_starts(name, TEXT("^"))) {
        negated = !negated;
        name = text_after(name, 1);
    }
    return regex_write_property(r->out, name, negated) ? NULL : bad_range;
}

/* --- classes ----------------------------------------------------------------------------------------------------- */

/* [:alpha:] and the like; PCRE2 has the same names. */
static const char *posix_class(reader *r, bool *found) {
    static const char *const names[] = {"alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph",
                                        "lower", "print", "punct", "space", "upper", "word",  "xdigit"};
    *found = false;
    if (r->rest.size <= 2 || !next_is(r, 0, '[') || !next_is(r, 1, ':')) return NULL;
    size_t end = text_find(text_after(r->rest, 2), TEXT(":]"));
    if (end == SIZE_MAX) return NULL;
    *found = true;
    text name = text_slice(r->rest, 2, 2 + end);
    text plain = text_starts(name, TEXT("^")) ? text_after(name, 1) : name;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is(plain, names[i])) {
            buffer_add_format(r->out, "[:%.*s:]", TEXT_ARG(name));
            skip(r, end + 4);
            return NULL;
        }
    return bad_range;
}

static const char *class_rune(reader *r, uint32_t *out) {
    if (at_end(r)) return "missing closing ]";
    if (peek(r) == '\\') {
        skip(r, 1);
        return escaped_rune(r, out);
    }
    *out = take_rune(r);
    return NULL;
}

/* PCRE2 takes no surrogates, and Go's text has none: a range that begins or ends with one goes on without them. */
static const char *write_range(reader *r, uint32_t low, uint32_t high) {
    if (low >= 0xd800 && low <= 0xdfff) low = 0xe000;
    if (high >= 0xd800 && high <= 0xdfff) high = 0xd7ff;
    if (low > high) return bad_range;
    write_rune(r, low);
    if (high == low) return NULL;
    buffer_add_char(r->out, '-');
    write_rune(r, high);
    return NULL;
}

static const char *class_range(reader *r) {
    uint32_t low, high;
    const char *wrong = class_rune(r, &low);
    if (wrong) return wrong;
    high = low;
    if (r->rest.size >= 2 && peek(r) == '-' && !next_is(r, 1, ']')) {
        skip(r, 1);
        if ((wrong = class_rune(r, &high))) return wrong;
        if (high < low) return bad_range;
    }
    return write_range(r, low, high);
}

static const char *class_member(reader *r) {
    bool found;
    const char *wrong = posix_class(r, &found);
    if (wrong || found) return wrong;
    wrong = unicode_class(r, &found);
    if (wrong || found) return wrong;
    const char *members = perl_class(r);
    if (!members) return class_range(r);
    buffer_add_text(r->out, text_from(members));
    return NULL;
}

static const char *read_class(reader *r) {
    begin_atom(r);
    skip(r, 1);
    buffer_add_char(r->out, '[');
    bool negated = next_is(r, 0, '^');
    if (negated) skip(r, 1);
    if (negated) buffer_add_char(r->out, '^');
    for (bool first = true; first || at_end(r) || peek(r) != ']'; first = false) {
        const char *wrong = class_member(r);
        if (wrong) return wrong;
    }
    skip(r, 1);
    buffer_add_char(r->out, ']');
    return NULL;
}

/* --- groups and repetitions -------------------------------------------------------------------------------------- */

static const char *open_group(reader *r) {
    end_atom(r);
    if (r->depth == MOST_DEPTH) return "expression nests too deeply";
    r->groups[++r->depth] = 0;
    return NULL;
}

static const char *close_group(reader *r) {
    end_atom(r);
    if (r->depth == 0) return "unexpected )";
    r->atom = r->groups[r->depth--];
    r->has_atom = true;
    buffer_add_char(r->out, ')');
    skip(r, 1);
    return NULL;
}

static const char *named_group(reader *r, size_t name_start) {
    size_t end = text_find_char(r->rest, '>');
    if (end == SIZE_MAX || end == name_start) return "invalid named capture";
    for (size_t i = name_start; i < end; i++)
        if (!is_alphanumeric((unsigned char)r->rest.data[i]) && r->rest.data[i] != '_') return "invalid named capture";
    skip(r, end + 1);
    buffer_add_text(r->out, TEXT("(?:"));
    return open_group(r);
}

/* (?flags) and (?flags:...). */
static const char *flag_group(reader *r) {
    static const char bad_operator[] = "invalid or unsupported Perl syntax";
    size_t end = 2;
    bool minus = false, flag = false;
    for (; end < r->rest.size && r->rest.data[end] && strchr("imsU-", r->rest.data[end]); end++) {
        flag = r->rest.data[end] != '-';
        if (!flag && minus) return bad_operator;
        minus = minus || !flag;
    }
    bool opens = next_is(r, end, ':');
    if ((!opens && !next_is(r, end, ')')) || (minus && !flag)) return bad_operator;
    buffer_add_text(r->out, text_slice(r->rest, 0, end + 1));
    skip(r, end + 1);
    return opens ? open_group(r) : NULL;
}

static const char *read_group(reader *r) {
    if (next_is(r, 1, '?')) {
        if (r->rest.size > 4 && next_is(r, 2, 'P') && next_is(r, 3, '<')) return named_group(r, 4);
        if (r->rest.size > 3 && next_is(r, 2, '<')) return named_group(r, 3);
        return flag_group(r);
    }
    skip(r, 1);
    buffer_add_text(r->out, TEXT("(?:"));
    return open_group(r);
}

enum { NO_NUMBER = -2, TOO_LARGE = -1 };

static int read_number(text t, size_t *at) {
    size_t start = *at;
    int value = 0;
    for (; *at < t.size && t.data[*at] >= '0' && t.data[*at] <= '9'; ++*at)
        if (value >= 0) value = value > MOST_REPEATS ? TOO_LARGE : value * 10 + (t.data[*at] - '0');
    bool leading_zero = *at - start > 1 && t.data[start] == '0';
    return *at == start || leading_zero ? NO_NUMBER : value;
}

/* {n}, {n,} or {n,m}: its length, 0 when it is no count and the brace means itself. */
static size_t read_count(text t, int *least, int *most) {
    size_t at = 1;
    *least = *most = read_number(t, &at);
    if (*least == NO_NUMBER) return 0;
    if (at < t.size && t.data[at] == ',') {
        at++;
        *most = INT32_MAX; /* no upper bound */
        if (at < t.size && t.data[at] != '}') *most = read_number(t, &at);
        if (*most == NO_NUMBER) return 0;
        if (*most == TOO_LARGE) *least = TOO_LARGE;
    }
    return at < t.size && t.data[at] == '}' ? at + 1 : 0;
}

/* Nested counts multiply, and Go refuses a product over MOST_REPEATS. */
static bool multiply(reader *r, int least, int most) {
    uint32_t times = (uint32_t)(most == INT32_MAX ? least : most);
    if (most == 0) {
        r->atom = 0;
        return true;
    }
    if (times) r->atom = times * (r->atom ? r->atom : 1);
    return (least < 2 && (most < 2 || most == INT32_MAX)) || r->atom <= MOST_REPEATS;
}

static const char *read_repetition(reader *r, size_t length, int least, int most) {
    text written = text_slice(r->rest, 0, length);
    bool was_repeat = r->after_repeat;
    skip(r, length);
    bool lazy = next_is(r, 0, '?');
    if (lazy) skip(r, 1);
    if (was_repeat) return "invalid nested repetition operator";
    if (!r->has_atom) return "missing argument to repetition operator";
    if (!multiply(r, least, most)) return "invalid repeat count";
    buffer_add_text(r->out, written);
    if (lazy) buffer_add_char(r->out, '?');
    r->after_repeat = true;
    return NULL;
}

static const char *read_brace(reader *r) {
    int least, most;
    size_t length = read_count(r->rest, &least, &most);
    if (length == 0) {
        skip(r, 1);
        literal(r, '{');
        r->after_repeat = false;
        return NULL;
    }
    bool unbounded = most == INT32_MAX;
    if (least < 0 || least > MOST_REPEATS || (!unbounded && (most > MOST_REPEATS || most < least)))
        return "invalid repeat count";
    return read_repetition(r, length, least, most);
}

/* --- the pattern ------------------------------------------------------------------------------------------------- */

/* \Q...\E; without \E up to the end. */
static void read_quoted(reader *r) {
    skip(r, 2);
    size_t end = text_find(r->rest, TEXT("\\E"));
    size_t after = end == SIZE_MAX ? 0 : r->rest.size - end - 2;
    size_t stop = end == SIZE_MAX ? 0 : r->rest.size - end;
    while (r->rest.size > stop)
        literal(r, take_rune(r));
    skip(r, stop - after);
}

static const char *read_member_alone(reader *r, const char *members) {
    begin_atom(r);
    buffer_add_format(r->out, "[%s]", members);
    return NULL;
}

static const char *read_backslash(reader *r) {
    char c = r->rest.size > 1 ? r->rest.data[1] : '\0';
    if (c == 'A') return assertion(r, "\\A", 2), NULL;
    if (c == 'b') return assertion(r, "\\b", 2), NULL;
    if (c == 'B') return assertion(r, "\\B", 2), NULL;
    if (c == 'z') return assertion(r, "\\z", 2), NULL;
    if (c == 'Q') return read_quoted(r), NULL;
    const char *members = perl_class(r);
    if (members) return read_member_alone(r, members);
    if (c == 'p' || c == 'P') {
        bool found;
        begin_atom(r);
        buffer_add_char(r->out, '[');
        const char *wrong = unicode_class(r, &found);
        buffer_add_char(r->out, ']');
        return wrong;
    }
    uint32_t rune;
    skip(r, 1);
    const char *wrong = escaped_rune(r, &rune);
    if (!wrong) literal(r, rune);
    return wrong;
}

static const char *read_one(reader *r) {
    switch (peek(r)) {
    case '*':
    case '+': return read_repetition(r, 1, 0, INT32_MAX);
    case '?': return read_repetition(r, 1, 0, 1);
    case '{': return read_brace(r);
    default: break;
    }
    r->after_repeat = false;
    switch (peek(r)) {
    case '(': return read_group(r);
    case ')': return close_group(r);
    case '[': return read_class(r);
    case '\\': return read_backslash(r);
    case '^': return assertion(r, "^", 1), NULL;
    case '$': return assertion(r, "$", 1), NULL;
    case '|':
        end_atom(r);
        buffer_add_char(r->out, '|');
        skip(r, 1);
        return NULL;
    case '.':
        begin_atom(r);
        buffer_add_char(r->out, '.');
        skip(r, 1);
        return NULL;
    default: literal(r, take_rune(r)); return NULL;
    }
}

const char *regex_rewrite(text pattern, buffer *out) {
    if (!utf8_is_valid(pattern)) return "invalid UTF-8";
    reader r = {.rest = pattern, .out = out};
    while (!at_end(&r)) {
        const char *wrong = read_one(&r);
        if (wrong) return wrong;
    }
    return r.depth ? "missing closing )" : NULL;
}
