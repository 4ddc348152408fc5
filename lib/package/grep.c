/* package/grep.c: strata_package_grep; after cmd/config's grep and kyaml's kio/filters/grep.go. */
#include "core/regex.h"
#include "package/flow_text.h"
#include "package/package_api.h"
#include "package/pipeline.h"
#include "package/quantity.h"
#include "yaml/path.h"

typedef enum query_kind { QUERY_REGEXP, QUERY_AT_LEAST, QUERY_AT_MOST, QUERY_MORE, QUERY_LESS } query_kind;

typedef struct query {
    query_kind kind;
    text_list path;
    text value;
    regex *expression;
    quantity amount;
    bool has_amount;
} query;

/* --- the query --------------------------------------------------------------------------------------------------- */

static strata_status fail_no_quantity(work *w, origin where, text value) {
    return scope_fail(&w->sc, DIAGNOSTIC_QUANTITY, where, "'%.*s' is no quantity", TEXT_ARG(value));
}

static strata_status split_last(work *w, query *q) {
    static const struct {
        const char *sign;
        query_kind kind;
    } rows[] = {
        {">=", QUERY_AT_LEAST}, {"<=", QUERY_AT_MOST}, {">", QUERY_MORE}, {"<", QUERY_LESS}, {"=", QUERY_REGEXP}};
    text *last = &q->path.items[q->path.count - 1], part = *last;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text sign = text_from(rows[i].sign);
        size_t at = text_find(part, sign);
        if (at == SIZE_MAX) continue;
        *last = text_slice(part, 0, at);
        q->kind = rows[i].kind;
        q->value = text_after(part, at + sign.size);
        if (text_find(q->value, sign) == SIZE_MAX) return STRATA_OK;
        return scope_fail(&w->sc, DIAGNOSTIC_QUERY, ORIGIN_UNKNOWN,
                          "ambiguous match: %.*s has more than one %s in its last part", TEXT_ARG(part), rows[i].sign);
    }
    return STRATA_OK;
}

static strata_status parse_query(work *w, text given, query *out) {
    *out = (query){.kind = QUERY_REGEXP, .value = TEXT_EMPTY};
    TRY(field_path_parse(&w->sc, given, &out->path));
    TRY(split_last(w, out));
    if (out->kind != QUERY_REGEXP) {
        out->has_amount = quantity_parse(out->value, &out->amount);
        return STRATA_OK;
    }
    text why = TEXT_EMPTY;
    TRY(regex_compile(&w->sc, out->value, &out->expression, &why));
    if (out->expression) return STRATA_OK;
    return scope_fail(&w->sc, DIAGNOSTIC_QUERY, ORIGIN_UNKNOWN, "'%.*s' is no regular expression: %.*s",
                      TEXT_ARG(out->value), TEXT_ARG(why));
}

/* --- matching ---------------------------------------------------------------------------------------------------- */

/* The text that an expression is held against: the value on one line, without any double quotes. */
static strata_status value_text(work *w, const node *n, text *out) {
    text flow;
    TRY(flow_text(&w->sc, n, &flow));
    char *bytes = arena_chars(w->sc.arena, flow.size + 1);
    size_t size = 0;
    if (!bytes) return scope_no_memory(&w->sc);
    for (size_t i = 0; i < flow.size; i++)
        if (flow.data[i] != '"') bytes[size++] = flow.data[i];
    bytes[size] = '\0';
    *out = text_trim(text_of(bytes, size));
    return STRATA_OK;
}

static strata_status compares(work *w, const query *q, const node *n, bool *out) {
    text value = node_text(n);
    quantity amount;
    *out = false;
    if (value.size == 0) return STRATA_OK;
    if (!quantity_parse(value, &amount)) return fail_no_quantity(w, n->where, value);
    if (!q->has_amount) return fail_no_quantity(w, ORIGIN_UNKNOWN, q->value);
    switch (q->kind) {
    case QUERY_AT_LEAST: *out = amount >= q->amount; break;
    case QUERY_AT_MOST: *out = amount <= q->amount; break;
    case QUERY_MORE: *out = amount > q->amount; break;
    default: *out = amount < q->amount; break;
    }
    return STRATA_OK;
}

static strata_status value_matches(work *w, query *q, const node *n, bool *out) {
    if (q->kind != QUERY_REGEXP) return compares(w, q, n, out);
    text value;
    TRY(value_text(w, n, &value));
    return regex_matches(&w->sc, q->expression, value, out);
}

static strata_status resource_matches(work *w, query *q, node *root, bool *out) {
    node_list found = {0};
    *out = false;
    TRY(path_match(&w->sc, root, q->path.items, q->path.count, NULL, &found));
    for (size_t i = 0; i < found.count; i++) {
        bool matches;
        TRY(value_matches(w, q, found.items[i], &matches));
        *out = *out || matches;
    }
    return STRATA_OK;
}

static strata_status choose(work *w, query *q, bool invert, node_list *resources) {
    pipeline_step step;
    size_t kept = 0;
    TRY(pipeline_begin(w, resources, &step));
    for (size_t i = 0; i < resources->count; i++) {
        bool matches;
        TRY(resource_matches(w, q, resources->items[i], &matches));
        if (matches != invert) resources->items[kept++] = resources->items[i];
    }
    resources->count = kept;
    return pipeline_end(w, resources, &step);
}

static strata_status grep(work *w, const strata_package_options *options, node_list *resources, buffer *out) {
    const pipeline_writing how = {.keep_index = options->annotate, .keep_path = true};
    query q;
    text given = package_text(w, options->query);
    if (!given.data) return scope_no_memory(&w->sc);
    TRY(parse_query(w, given, &q));
    strata_status status = choose(w, &q, options->invert, resources);
    regex_free(q.expression);
    if (status != STRATA_OK || resources->count == 0) return status;
    return pipeline_write(w, resources, &how, out);
}

strata_status strata_package_grep(strata_output **out, const strata_renderer *renderer,
                                  const strata_package_options *options, strata_error *error) {
    if (out) *out = NULL;
    if (!options || !options->query) return api_fail(error, DIAGNOSTIC_USAGE, "a query is needed");
    return package_run_on_all(out, renderer, options, JOINT_DOCUMENTS, grep, error);
}
