/* transform/label_selector.c: see label_selector.h. */
#include "transform/label_selector.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

/* --- tokens ------------------------------------------------------------------------------------------------------ */

typedef enum token_type {
    TOKEN_END,
    TOKEN_WORD, /* also `in` and `notin`: they are operators only where one is wanted */
    TOKEN_COMMA,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_NOT,
    TOKEN_EQUAL,
    TOKEN_NOT_EQUAL,
    TOKEN_GREATER,
    TOKEN_LESS
} token_type;

typedef struct token {
    token_type type;
    text written;
} token;

typedef struct parser {
    scope *sc;
    text expression;
    origin where;
    size_t at;  /* behind the next token */
    token next; /* not taken yet */
} parser;

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
static bool is_symbol(char c) { return c && strchr("=!(),><", c); }

static token_type symbol_type(text written) {
    static const struct {
        const char *written;
        token_type type;
    } symbols[] = {{")", TOKEN_CLOSE},      {",", TOKEN_COMMA}, {"!", TOKEN_NOT},
                   {"==", TOKEN_EQUAL},     {"=", TOKEN_EQUAL}, {">", TOKEN_GREATER},
                   {"!=", TOKEN_NOT_EQUAL}, {"<", TOKEN_LESS},  {"(", TOKEN_OPEN}};
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (text_is(written, symbols[i].written)) return symbols[i].type;
    return TOKEN_END;
}

static void read_next(parser *p) {
    text all = p->expression;
    while (p->at < all.size && is_space(all.data[p->at]))
        p->at++;
    size_t start = p->at;
    if (start == all.size) {
        p->next = (token){TOKEN_END, TEXT_EMPTY};
        return;
    }
    if (is_symbol(all.data[start])) {
        bool two = symbol_type(text_slice(all, start, start + 2)) != TOKEN_END && start + 2 <= all.size;
        p->at += two ? 2 : 1;
        p->next.written = text_slice(all, start, p->at);
        p->next.type = symbol_type(p->next.written);
        return;
    }
    while (p->at < all.size && !is_space(all.data[p->at]) && !is_symbol(all.data[p->at]))
        p->at++;
    p->next = (token){TOKEN_WORD, text_slice(all, start, p->at)};
}

static token take(parser *p) {
    token taken = p->next;
    read_next(p);
    return taken;
}

static strata_status fail(const parser *p, token found, const char *wanted) {
    if (found.type == TOKEN_END)
        return scope_fail(p->sc, DIAGNOSTIC_SELECTOR, p->where, "the selector \"%.*s\" ends where %s is expected",
                          TEXT_ARG(p->expression), wanted);
    return scope_fail(p->sc, DIAGNOSTIC_SELECTOR, p->where, "\"%.*s\" in the selector \"%.*s\" where %s is expected",
                      TEXT_ARG(found.written), TEXT_ARG(p->expression), wanted);
}

/* --- names and values -------------------------------------------------------------------------------------------- */

enum { LONGEST_NAME = 63, LONGEST_PREFIX = 253 };

static bool is_lower_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
static bool is_alphanumeric(char c) { return is_lower_alphanumeric(c) || (c >= 'A' && c <= 'Z'); }

/* Letters, digits, '-', '_' and '.', with a letter or digit at both ends. */
static bool is_name(text t) {
    if (t.size == 0 || t.size > LONGEST_NAME) return false;
    for (size_t i = 0; i < t.size; i++)
        if (!is_alphanumeric(t.data[i]) && t.data[i] != '-' && t.data[i] != '_' && t.data[i] != '.') return false;
    return is_alphanumeric(t.data[0]) && is_alphanumeric(t.data[t.size - 1]);
}

static bool is_dns_label(text t) {
    for (size_t i = 0; i < t.size; i++)
        if (!is_lower_alphanumeric(t.data[i]) && t.data[i] != '-') return false;
    return t.size && t.data[0] != '-' && t.data[t.size - 1] != '-';
}

static bool is_dns_name(text t) {
    if (t.size > LONGEST_PREFIX) return false;
    text part;
    for (bool more = true; more;) {
        more = text_cut(&t, '.', &part);
        if (!is_dns_label(part)) return false;
    }
    return true;
}

static bool is_key(text key) {
    text prefix, rest = key;
    if (!text_cut(&rest, '/', &prefix)) return is_name(key);
    return is_dns_name(prefix) && is_name(rest);
}

static strata_status check_key(const parser *p, text key) {
    if (is_key(key)) return STRATA_OK;
    return scope_fail(p->sc, DIAGNOSTIC_SELECTOR, p->where, "\"%.*s\" in the selector \"%.*s\" can't be a label's name",
                      TEXT_ARG(key), TEXT_ARG(p->expression));
}

static strata_status check_values(const parser *p, const label_requirement *r) {
    for (size_t i = 0; i < r->values.count; i++) {
        text value = r->values.items[i];
        if (text_empty(value) || is_name(value)) continue;
        return scope_fail(p->sc, DIAGNOSTIC_SELECTOR, p->where,
                          "\"%.*s\" in the selector \"%.*s\" can't be a label's value", TEXT_ARG(value),
                          TEXT_ARG(p->expression));
    }
    return STRATA_OK;
}

/* strconv.ParseInt in base 10. */
static bool parse_integer(text t, int64_t *out) {
    char digits[32];
    size_t start = t.size && (t.data[0] == '-' || t.data[0] == '+');
    if (t.size == start || t.size >= sizeof digits) return false;
    for (size_t i = start; i < t.size; i++)
        if (t.data[i] < '0' || t.data[i] > '9') return false;
    memcpy(digits, t.data, t.size);
    digits[t.size] = '\0';
    errno = 0;
    *out = strtoll(digits, NULL, 10);
    return errno == 0;
}

/* --- requirements ------------------------------------------------------------------------------------------------ */

static strata_status add_value(parser *p, label_requirement *r, text value) {
    return text_list_add(p->sc->arena, &r->values, value) ? STRATA_OK : scope_no_memory(p->sc);
}

/* "a, b)": an empty place is the empty value. Commas are taken in pairs, so that "a,,)" fails, as it does there. */
static strata_status read_value_list(parser *p, label_requirement *r) {
    while (p->next.type != TOKEN_CLOSE) {
        token t = take(p);
        if (t.type == TOKEN_WORD) {
            TRY(add_value(p, r, t.written));
            if (p->next.type != TOKEN_COMMA && p->next.type != TOKEN_CLOSE) return fail(p, p->next, "a comma or )");
            continue;
        }
        if (t.type != TOKEN_COMMA) return fail(p, t, "a value or a comma");
        if (r->values.count == 0) TRY(add_value(p, r, TEXT_EMPTY));
        if (p->next.type != TOKEN_CLOSE && p->next.type != TOKEN_COMMA) continue;
        TRY(add_value(p, r, TEXT_EMPTY));
        if (p->next.type != TOKEN_COMMA) continue;
        take(p);
        if (p->next.type == TOKEN_CLOSE) return fail(p, p->next, "a value or a comma");
    }
    return STRATA_OK;
}

static strata_status read_values(parser *p, label_requirement *r) {
    token open = take(p);
    if (open.type != TOKEN_OPEN) return fail(p, open, "(");
    if (p->next.type == TOKEN_CLOSE) TRY(add_value(p, r, TEXT_EMPTY));
    TRY(read_value_list(p, r));
    take(p);
    return STRATA_OK;
}

static strata_status read_one_value(parser *p, label_requirement *r) {
    if (p->next.type == TOKEN_END || p->next.type == TOKEN_COMMA) return add_value(p, r, TEXT_EMPTY);
    token t = take(p);
    return t.type == TOKEN_WORD ? add_value(p, r, t.written) : fail(p, t, "a value");
}

static strata_status read_bound(parser *p, label_requirement *r) {
    TRY(read_one_value(p, r));
    if (parse_integer(r->values.items[0], &r->bound)) return STRATA_OK;
    return scope_fail(p->sc, DIAGNOSTIC_SELECTOR, p->where,
                      "\"%.*s\" in the selector \"%.*s\" where a whole number is expected",
                      TEXT_ARG(r->values.items[0]), TEXT_ARG(p->expression));
}

static strata_status read_operation(parser *p, label_requirement *r) {
    token t = take(p);
    bool in = t.type == TOKEN_WORD && text_is(t.written, "in");
    bool not_in = t.type == TOKEN_WORD && text_is(t.written, "notin");
    if (in || not_in) {
        r->op = in ? LABEL_IN : LABEL_NOT_IN;
        return read_values(p, r);
    }
    switch (t.type) {
    case TOKEN_EQUAL: r->op = LABEL_IN; return read_one_value(p, r);
    case TOKEN_NOT_EQUAL: r->op = LABEL_NOT_IN; return read_one_value(p, r);
    case TOKEN_GREATER: r->op = LABEL_GREATER; return read_bound(p, r);
    case TOKEN_LESS: r->op = LABEL_LESS; return read_bound(p, r);
    default: return fail(p, t, "an operator (=, ==, !=, in, notin, <, >)");
    }
}

static strata_status read_requirement(parser *p, label_requirement *r) {
    bool negated = p->next.type == TOKEN_NOT;
    if (negated) take(p);
    token key = take(p);
    if (key.type != TOKEN_WORD) return fail(p, key, "a label's name");
    TRY(check_key(p, key.written));
    r->key = key.written;
    r->op = negated ? LABEL_MISSING : LABEL_EXISTS;
    if (negated || p->next.type == TOKEN_END || p->next.type == TOKEN_COMMA) return STRATA_OK;
    TRY(read_operation(p, r));
    return check_values(p, r);
}

static strata_status add_requirement(parser *p, label_selector *out) {
    label_requirement *items = arena_grow(p->sc->arena, out->items, &out->capacity, out->count + 1, sizeof *items);
    if (!items) return scope_no_memory(p->sc);
    out->items = items;
    items[out->count] = (label_requirement){.key = TEXT_EMPTY};
    return read_requirement(p, &items[out->count++]);
}

strata_status label_selector_parse(scope *sc, text expression, origin where, label_selector *out) {
    parser p = {.sc = sc, .expression = expression, .where = where};
    *out = (label_selector){NULL, 0, 0};
    read_next(&p);
    if (p.next.type == TOKEN_END) return STRATA_OK;
    for (;;) {
        if (p.next.type != TOKEN_WORD && p.next.type != TOKEN_NOT) return fail(&p, p.next, "a label's name or !");
        TRY(add_requirement(&p, out));
        token t = take(&p);
        if (t.type == TOKEN_END) return STRATA_OK;
        if (t.type != TOKEN_COMMA) return fail(&p, t, "a comma");
    }
}

/* --- matching ---------------------------------------------------------------------------------------------------- */

static strata_status compare(scope *sc, const label_requirement *r, const text *value, origin where, bool *out) {
    int64_t number;
    *out = false;
    if (!value) return STRATA_OK;
    if (!parse_integer(*value, &number))
        return scope_warn(sc, DIAGNOSTIC_LABEL_NUMBER, where, "%.*s is compared with a number, but \"%.*s\" is none",
                          TEXT_ARG(r->key), TEXT_ARG(*value));
    *out = r->op == LABEL_GREATER ? number > r->bound : number < r->bound;
    return STRATA_OK;
}

static bool is_met(const label_requirement *r, const text *value) {
    switch (r->op) {
    case LABEL_IN: return value && text_list_has(&r->values, *value);
    case LABEL_NOT_IN: return !value || !text_list_has(&r->values, *value);
    case LABEL_EXISTS: return value;
    default: return !value; /* LABEL_MISSING */
    }
}

strata_status label_selector_matches(scope *sc, const label_selector *s, const text_map *labels, origin where,
                                     bool *out) {
    *out = true;
    for (size_t i = 0; *out && i < s->count; i++) {
        const label_requirement *r = &s->items[i];
        const text *value = text_map_get(labels, r->key);
        if (r->op == LABEL_GREATER || r->op == LABEL_LESS)
            TRY(compare(sc, r, value, where, out));
        else
            *out = is_met(r, value);
    }
    return STRATA_OK;
}
