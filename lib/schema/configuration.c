/*
 * schema/configuration.c: reads a `configurations` file; after kustomize's builtinconfig.makeTransformerConfigFromBytes
 * and the strict reading of sigs.k8s.io/yaml. See field_spec.h.
 *
 * Names of fields are compared without case, as Go's encoding/json does; unknown and repeated ones are refused.
 */
#include "schema/field_spec.h"

#include "core/suggest.h"
#include "yaml/reader.h"
#include "yaml/resolve.h"

#include <inttypes.h>

/* The file being read. */
typedef struct configuration_reader {
    scope *sc;
    text name;
} configuration_reader;

static strata_status wrong(const configuration_reader *r, const node *at, const char *what) {
    return scope_fail(r->sc, DIAGNOSTIC_CONFIGURATION_FILE, at->where, "in the configuration file %.*s: %s",
                      TEXT_ARG(r->name), what);
}

/* --- fields ------------------------------------------------------------------------------------------------------ */

/* A list of the names that a mapping may have; the last of equal ones in byte order counts, as in Go. */
static const node *find_field(const node *mapping, text name) {
    const node_pair *found = NULL;
    for (uint32_t i = 0; i < mapping->count; i++) {
        const node_pair *pair = &mapping->pairs[i];
        if (!text_equal_ignoring_case(node_text(pair->key), name)) continue;
        if (!found || text_compare(node_text(pair->key), node_text(found->key)) >= 0) found = pair;
    }
    return found && !node_is_null(found->value) ? found->value : NULL;
}

static strata_status check_fields(const configuration_reader *r, const node *mapping, const text *known, size_t count) {
    for (uint32_t i = 0; i < mapping->count; i++) {
        text key = node_text(mapping->pairs[i].key);
        bool found = false;
        for (size_t k = 0; k < count && !found; k++)
            found = text_equal_ignoring_case(key, known[k]);
        if (found) continue;
        text near = suggest_nearest(key, known, count);
        text hint = text_empty(near) ? TEXT_EMPTY : text_format(r->sc->arena, "did you mean \"%.*s\"?", TEXT_ARG(near));
        return scope_fail_hint(r->sc, DIAGNOSTIC_CONFIGURATION_FILE, mapping->pairs[i].key->where, hint,
                               "unknown field \"%.*s\" in the configuration file %.*s", TEXT_ARG(key),
                               TEXT_ARG(r->name));
    }
    return STRATA_OK;
}

static bool is_string(const node *n) {
    return n->kind == NODE_SCALAR && n->tag != TAG_BOOL && n->tag != TAG_INT && n->tag != TAG_FLOAT;
}

static strata_status read_string(const configuration_reader *r, const node *mapping, text field, text *out) {
    const node *value = find_field(mapping, field);
    *out = TEXT_EMPTY;
    if (!value) return STRATA_OK;
    if (!is_string(value)) return wrong(r, value, "a string is expected here");
    *out = node_text(value);
    return STRATA_OK;
}

/* A path may be a number or a bool too: the YAML reader makes a string of it, which it doesn't do for the kind. */
static strata_status read_path(const configuration_reader *r, const node *mapping, text *out) {
    const node *value = find_field(mapping, TEXT("path"));
    char digits[32];
    if (!value || value->kind != NODE_SCALAR || is_string(value)) return read_string(r, mapping, TEXT("path"), out);
    scalar_value v = resolve_v2(node_text(value));
    if (v.type == SCALAR_BOOL)
        *out = v.boolean ? TEXT("true") : TEXT("false");
    else if (v.type == SCALAR_INT)
        *out = text_format(r->sc->arena, "%" PRId64, v.integer);
    else if (v.type == SCALAR_FLOAT)
        *out = text_copy(r->sc->arena, text_of(digits, format_float_go(v.real, digits)));
    else
        *out = node_text(value);
    return out->data ? STRATA_OK : scope_no_memory(r->sc);
}

static strata_status read_bool(const configuration_reader *r, const node *mapping, text field, bool *out) {
    const node *value = find_field(mapping, field);
    *out = false;
    if (!value) return STRATA_OK;
    if (value->kind != NODE_SCALAR || value->tag != TAG_BOOL) return wrong(r, value, "true or false is expected here");
    *out = resolve_v2(node_text(value)).boolean;
    return STRATA_OK;
}

/* --- lists ------------------------------------------------------------------------------------------------------- */

static strata_status expect(const configuration_reader *r, const node *n, node_kind kind) {
    if (n->kind == (uint8_t)kind) return STRATA_OK;
    return wrong(r, n, kind == NODE_SEQUENCE ? "a list is expected here" : "a mapping is expected here");
}

static strata_status read_spec(const configuration_reader *r, const node *n, field_spec *out) {
    static const text known[] = {TEXT_INIT("group"), TEXT_INIT("version"), TEXT_INIT("kind"), TEXT_INIT("path"),
                                 TEXT_INIT("create")};
    if (node_is_null(n)) return STRATA_OK;
    TRY(expect(r, n, NODE_MAPPING));
    TRY(check_fields(r, n, known, sizeof known / sizeof *known));
    TRY(read_string(r, n, TEXT("group"), &out->group));
    TRY(read_string(r, n, TEXT("version"), &out->version));
    TRY(read_string(r, n, TEXT("kind"), &out->kind));
    TRY(read_path(r, n, &out->path));
    return read_bool(r, n, TEXT("create"), &out->create);
}

static strata_status read_specs(const configuration_reader *r, const node *list, field_spec_list *out) {
    if (!list) return STRATA_OK;
    TRY(expect(r, list, NODE_SEQUENCE));
    field_spec *items = ARENA_ARRAY(r->sc->arena, field_spec, list->count);
    if (!items) return scope_no_memory(r->sc);
    for (uint32_t i = 0; i < list->count; i++)
        TRY(read_spec(r, list->items[i], &items[i]));
    *out = (field_spec_list){items, list->count};
    return STRATA_OK;
}

static strata_status read_reference(const configuration_reader *r, const node *n, name_reference *out) {
    static const text known[] = {TEXT_INIT("group"), TEXT_INIT("version"), TEXT_INIT("kind"), TEXT_INIT("fieldSpecs")};
    if (node_is_null(n)) return STRATA_OK;
    TRY(expect(r, n, NODE_MAPPING));
    TRY(check_fields(r, n, known, sizeof known / sizeof *known));
    TRY(read_string(r, n, TEXT("group"), &out->group));
    TRY(read_string(r, n, TEXT("version"), &out->version));
    TRY(read_string(r, n, TEXT("kind"), &out->kind));
    return read_specs(r, find_field(n, TEXT("fieldSpecs")), &out->referrers);
}

static strata_status read_references(const configuration_reader *r, const node *list, name_reference_list *out) {
    if (!list) return STRATA_OK;
    TRY(expect(r, list, NODE_SEQUENCE));
    name_reference *items = ARENA_ARRAY(r->sc->arena, name_reference, list->count);
    if (!items) return scope_no_memory(r->sc);
    for (uint32_t i = 0; i < list->count; i++)
        TRY(read_reference(r, list->items[i], &items[i]));
    *out = (name_reference_list){items, list->count};
    return STRATA_OK;
}

static strata_status read_lists(const configuration_reader *r, const node *root, transformer_config *out) {
    text known[32];
    size_t count = 0;
    for (; count < transformer_config_list_count; count++)
        known[count] = transformer_config_lists[count].key;
    known[count++] = TEXT("nameReference");
    TRY(expect(r, root, NODE_MAPPING));
    TRY(check_fields(r, root, known, count));
    for (size_t i = 0; i < transformer_config_list_count; i++) {
        const transformer_config_list *list = &transformer_config_lists[i];
        TRY(read_specs(r, find_field(root, list->key), transformer_config_list_at(out, list)));
    }
    return read_references(r, find_field(root, TEXT("nameReference")), &out->name_references);
}

strata_status transformer_config_read(scope *sc, text name, text bytes, origin named_at, transformer_config *out) {
    static const yaml_options options = {.dialect = YAML_V2, .refuse_duplicate_keys = true};
    const configuration_reader r = {sc, name};
    node_list documents = {0};
    memset(out, 0, sizeof *out);
    TRY(yaml_read(sc, name, bytes, named_at, &options, &documents));
    if (documents.count == 0 || node_is_null(documents.items[0])) return STRATA_OK;
    TRY(read_lists(&r, documents.items[0], out));
    return transformer_config_sort(sc, out);
}
