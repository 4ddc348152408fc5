/* cli/limits.c: see limits.h. */
#include "limits.h"

#include "messages.h"

#include <stdlib.h>
#include <string.h>

typedef enum limit_kind { LIMIT_BYTES, LIMIT_COUNT, LIMIT_TIME } limit_kind;

typedef struct limit_row {
    const char *name;
    limit_kind kind;
    size_t field; /* of strata_limits: 64 bits for bytes, else 32 */
} limit_row;

static const limit_row rows[] = {
    {"input_file", LIMIT_BYTES, offsetof(strata_limits, input_file)},
    {"input_total", LIMIT_BYTES, offsetof(strata_limits, input_total)},
    {"output", LIMIT_BYTES, offsetof(strata_limits, output)},
    {"memory", LIMIT_BYTES, offsetof(strata_limits, memory)},
    {"growth", LIMIT_BYTES, offsetof(strata_limits, growth)},
    {"function_output", LIMIT_BYTES, offsetof(strata_limits, function_output)},
    {"nesting", LIMIT_COUNT, offsetof(strata_limits, nesting)},
    {"alias_nodes", LIMIT_COUNT, offsetof(strata_limits, alias_nodes)},
    {"documents", LIMIT_COUNT, offsetof(strata_limits, documents)},
    {"base_depth", LIMIT_COUNT, offsetof(strata_limits, base_depth)},
    {"regex_steps", LIMIT_COUNT, offsetof(strata_limits, regex_steps)},
    {"fetches", LIMIT_COUNT, offsetof(strata_limits, fetches)},
    {"fetch_time", LIMIT_TIME, offsetof(strata_limits, fetch_time)},
    {"time", LIMIT_TIME, offsetof(strata_limits, time)},
};

static const limit_row *find_row(const char *name, size_t size) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strlen(rows[i].name) == size && memcmp(rows[i].name, name, size) == 0) return &rows[i];
    return NULL;
}

/* What a number is multiplied by; 0 for a suffix that the kind doesn't know. */
static uint64_t unit_of(limit_kind kind, const char *suffix) {
    static const struct {
        const char *suffix;
        limit_kind kind;
        uint64_t unit;
    } units[] = {{"K", LIMIT_BYTES, 1 << 10}, {"M", LIMIT_BYTES, 1 << 20}, {"G", LIMIT_BYTES, 1 << 30},
                 {"ms", LIMIT_TIME, 1},       {"s", LIMIT_TIME, 1000},     {"m", LIMIT_TIME, 60000}};
    if (*suffix == '\0') return 1;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].kind == kind && strcmp(units[i].suffix, suffix) == 0) return units[i].unit;
    return 0;
}

static bool read_number(limit_kind kind, const char *text, uint64_t *out) {
    uint64_t most = kind == LIMIT_BYTES ? SIZE_MAX : UINT32_MAX, number = 0;
    if (*text < '0' || *text > '9') return false;
    for (; *text >= '0' && *text <= '9'; text++) {
        unsigned digit = (unsigned)(*text - '0');
        if (number > (most - digit) / 10) return false;
        number = number * 10 + digit;
    }
    uint64_t unit = unit_of(kind, text);
    if (unit == 0 || number > most / unit) return false;
    *out = number * unit;
    return true;
}

static int set_limit(const invocation *call, const char *given, strata_limits *out) {
    const char *equals = strchr(given, '=');
    const limit_row *row = equals ? find_row(given, (size_t)(equals - given)) : NULL;
    uint64_t number;
    if (!row) return usage_error(call, NULL, "--limit needs NAME=NUMBER with the name of a limit, not %s", given);
    if (!read_number(row->kind, equals + 1, &number))
        return usage_error(call, NULL, "the limit %s can't be %s", row->name, equals + 1);
    char *field = (char *)out + row->field;
    if (row->kind == LIMIT_BYTES)
        memcpy(field, &number, sizeof number);
    else
        memcpy(field, &(uint32_t){(uint32_t)number}, sizeof(uint32_t));
    return 0;
}

int limits_read(const invocation *call, const string_list *given, strata_limits *out) {
    strata_limits_init(out);
    for (size_t i = 0; i < given->count; i++) {
        int status = set_limit(call, given->items[i], out);
        if (status) return status;
    }
    return 0;
}
