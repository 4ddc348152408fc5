/* generate/key_values.c: see key_values.h. */
#include "generate/key_values.h"

#include "core/table.h"
#include "core/utf8.h"
#include "source/path.h"

/* The reference's line reader holds 64 KiB, break included; a longer line ends the file without a word. */
enum { LONGEST_LINE = 64 * 1024 - 1 };

typedef struct pair_list {
    text_map map;
    table keys;
} pair_list;

static strata_status add_pair(scope *sc, pair_list *pairs, const generator_args *args, text key, text value,
                              origin where) {
    const table_entry *before = table_find(&pairs->keys, key);
    if (before) {
        strata_status status = scope_fail(sc, DIAGNOSTIC_DUPLICATE_KEY, where, "%.*s has the key %.*s twice",
                                          TEXT_ARG(args->name), TEXT_ARG(key));
        return scope_note(sc, status, *(const origin *)before->value, "it is set here first");
    }
    origin *place = ARENA_NEW(sc->arena, origin);
    if (!place) return scope_no_memory(sc);
    *place = where;
    text_map *map = &pairs->map;
    text_pair *items = arena_grow(sc->arena, map->items, &map->capacity, map->count + 1, sizeof *items);
    if (!items || !table_add(&pairs->keys, sc->arena, key, place)) return scope_no_memory(sc);
    map->items = items;
    items[map->count++] = (text_pair){key, value};
    return STRATA_OK;
}

/* --- env files --------------------------------------------------------------------------------------------------- */

/* Without the white space before it; what comes after the value stays. */
static text trim_left(text line) {
    text rest = text_trim(line);
    if (text_empty(rest)) return TEXT_EMPTY;
    return text_after(line, (size_t)(rest.data - line.data));
}

static strata_status add_env_line(scope *sc, pair_list *pairs, const generator_args *args, text line, bool first,
                                  origin where) {
    if (!utf8_is_valid(line)) return scope_fail(sc, DIAGNOSTIC_ENV_FILE, where, "a line of the file is not UTF-8");
    if (first && text_starts(line, TEXT("\xEF\xBB\xBF"))) line = text_after(line, 3);
    line = trim_left(line);
    if (text_empty(line) || line.data[0] == '#') return STRATA_OK;
    text value = line, key;
    text_cut(&value, '=', &key);
    return text_empty(key) ? STRATA_OK : add_pair(sc, pairs, args, key, value, where);
}

static strata_status add_env_file(scope *sc, loader *from, pair_list *pairs, const generator_args *args,
                                  const located *path) {
    text bytes, name = loader_display(sc, from, path->value);
    origin start;
    TRY(loader_read(sc, from, path->value, path->where, &bytes));
    if (!name.data || !origin_add(sc->origins, sc->arena, name, bytes, path->where, &start)) return scope_no_memory(sc);
    text rest = bytes;
    for (bool first = true; !text_empty(rest); first = false) {
        text line;
        text_cut(&rest, '\n', &line);
        origin where = start + (origin)(line.data - bytes.data);
        if (line.size > LONGEST_LINE)
            return scope_warn(sc, DIAGNOSTIC_ENV_LINE, where,
                              "%.*s has a line of more than %d bytes: kustomize ignores it and all that follows",
                              TEXT_ARG(path->value), LONGEST_LINE);
        if (text_ends(line, TEXT("\r"))) line.size--;
        TRY(add_env_line(sc, pairs, args, line, first, where));
    }
    return STRATA_OK;
}

/* --- literals and files --------------------------------------------------------------------------------------------
 */

/* Without the quotes around it, if the same one stands at both ends. */
static text unquote(text value) {
    bool quoted = value.size >= 2 && value.data[0] == value.data[value.size - 1] &&
                  (value.data[0] == '"' || value.data[0] == '\'');
    return quoted ? text_slice(value, 1, value.size - 1) : value;
}

static strata_status add_literal(scope *sc, pair_list *pairs, const generator_args *args, const located *literal) {
    size_t equals = text_find_char(literal->value, '=');
    if (equals == 0 || equals == SIZE_MAX)
        return scope_fail_hint(sc, DIAGNOSTIC_LITERAL, literal->where,
                               text_contains(literal->value, TEXT(": ")) ? TEXT("write an equals sign for the colon")
                                                                         : TEXT_EMPTY,
                               "a literal must be KEY=VALUE");
    return add_pair(sc, pairs, args, text_slice(literal->value, 0, equals),
                    unquote(text_after(literal->value, equals + 1)), literal->where);
}

static strata_status add_file(scope *sc, loader *from, pair_list *pairs, const generator_args *args,
                              const located *file) {
    text path = file->value, key, bytes;
    size_t equals = text_find_char(path, '=');
    if (equals != SIZE_MAX) {
        text_cut(&path, '=', &key);
        if (text_empty(key) || text_empty(path) || text_find_char(path, '=') != SIZE_MAX)
            return scope_fail(sc, DIAGNOSTIC_FILE_SOURCE, file->where, "a file must be PATH or KEY=PATH, not \"%.*s\"",
                              TEXT_ARG(file->value));
    } else {
        key = path_base(path);
    }
    TRY(loader_read(sc, from, path, file->where, &bytes));
    return add_pair(sc, pairs, args, key, bytes, file->where);
}

strata_status key_values_read(scope *sc, loader *from, const generator_args *args, text_map *out) {
    pair_list pairs = {0};
    for (size_t i = 0; i < args->envs.count; i++)
        TRY(add_env_file(sc, from, &pairs, args, &args->envs.items[i]));
    for (size_t i = 0; i < args->literals.count; i++)
        TRY(add_literal(sc, &pairs, args, &args->literals.items[i]));
    for (size_t i = 0; i < args->files.count; i++)
        TRY(add_file(sc, from, &pairs, args, &args->files.items[i]));
    static const text_map none = {NULL, 0, 0};
    return text_map_join(sc->arena, &none, &pairs.map, out) ? STRATA_OK : scope_no_memory(sc);
}
