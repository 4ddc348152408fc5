/* build/api_resource.c: strata_resource and strata_field (strata/resource.h). */
#include "build/api.h"

#include "yaml/json.h"
#include "yaml/path.h"
#include "yaml/writer.h"

/* --- making ------------------------------------------------------------------------------------------------------ */

static bool c_string(arena *a, text t, const char **out) { return (*out = text_c_string(a, t)) != NULL; }

/* A result that was made in part is made anew by the next call; its memory goes with the result. */
static strata_resource *make(scope *sc, strata_result *owner, const resource *inside) {
    strata_resource *r = ARENA_NEW(sc->arena, strata_resource);
    if (!r) return NULL;
    r->owner = owner;
    r->inside = inside;
    gvk type = resource_gvk(inside);
    origin_place place = {.file = TEXT_EMPTY};
    if (origin_resolve(sc->origins, inside->root->where, &place)) {
        r->line = place.line;
        r->column = place.column;
    }
    arena *a = sc->arena;
    bool fine = c_string(a, type.group, &r->group) && c_string(a, type.version, &r->version) &&
                c_string(a, type.kind, &r->kind) && c_string(a, resource_name(inside), &r->name) &&
                c_string(a, resource_namespace(inside), &r->name_space) && c_string(a, place.file, &r->file);
    return fine ? r : NULL;
}

size_t strata_result_resource_count(const strata_result *result) { return result ? result->set.count : 0; }

strata_status strata_result_resource(strata_resource **out, strata_result *result, size_t index, strata_error *error) {
    if (out) *out = NULL;
    if (!out || !result) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    if (index >= result->set.count)
        return api_fail(error, DIAGNOSTIC_NO_SUCH_ITEM, "the result has no resource with that number");
    if (error) error_clear(error);
    *out = NULL;
    scope sc = api_result_scope(result, error);
    if (!result->resources) result->resources = ARENA_ARRAY(sc.arena, strata_resource *, result->set.count);
    if (!result->resources) return scope_no_memory(&sc);
    strata_resource **place = &result->resources[index];
    if (!*place) *place = make(&sc, result, result->set.items[index]);
    if (!*place) return scope_no_memory(&sc);
    *out = *place;
    return STRATA_OK;
}

void api_resources_free(strata_result *result) {
    for (size_t i = 0; result->resources && i < result->set.count; i++) {
        strata_resource *r = result->resources[i];
        if (!r) continue;
        buffer_free(&r->yaml.bytes);
        buffer_free(&r->json.bytes);
    }
}

/* --- what it is -------------------------------------------------------------------------------------------------- */

const char *strata_resource_group(const strata_resource *from) { return from ? from->group : ""; }
const char *strata_resource_version(const strata_resource *from) { return from ? from->version : ""; }
const char *strata_resource_kind(const strata_resource *from) { return from ? from->kind : ""; }
const char *strata_resource_name(const strata_resource *from) { return from ? from->name : ""; }
const char *strata_resource_namespace(const strata_resource *from) { return from ? from->name_space : ""; }
const char *strata_resource_file(const strata_resource *from) { return from ? from->file : ""; }
uint32_t strata_resource_line(const strata_resource *from) { return from ? from->line : 0; }
uint32_t strata_resource_column(const strata_resource *from) { return from ? from->column : 0; }

/* --- its texts --------------------------------------------------------------------------------------------------- */

typedef strata_status (*text_writer)(scope *sc, const node *document, buffer *out);

static strata_status write_yaml(scope *sc, const node *document, buffer *out) {
    return yaml_write(sc, document, YAML_TO_STREAM, out);
}

/* What the writers need on the way is given back at once, so that asking costs no more than the text. */
static strata_status write_text(scope *sc, const node *document, text_writer write, api_text *out) {
    arena *kept = sc->arena, passing;
    arena_init(&passing, sc->from);
    buffer_free(&out->bytes);
    buffer_init(&out->bytes, sc->from, sc->limits->output);
    sc->arena = &passing;
    strata_status status = write(sc, document, &out->bytes);
    sc->arena = kept;
    arena_free(&passing);
    return status == STRATA_OK ? api_text_finish(sc, out) : status;
}

static strata_status give_text(const char **out_data, size_t *out_size, strata_resource *from, api_text *made,
                               text_writer write, strata_error *error) {
    if (error) error_clear(error);
    *out_data = "";
    *out_size = 0;
    scope sc = api_result_scope(from->owner, error);
    if (!made->is_made) TRY(write_text(&sc, from->inside->root, write, made));
    *out_data = made->bytes.data;
    *out_size = made->bytes.size;
    return STRATA_OK;
}

static strata_status refuse_text(const char **out_data, strata_error *error) {
    if (out_data) *out_data = "";
    return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
}

strata_status strata_resource_yaml(const char **out_data, size_t *out_size, strata_resource *from,
                                   strata_error *error) {
    if (!out_data || !out_size || !from) return refuse_text(out_data, error);
    return give_text(out_data, out_size, from, &from->yaml, write_yaml, error);
}

strata_status strata_resource_json(const char **out_data, size_t *out_size, strata_resource *from,
                                   strata_error *error) {
    if (!out_data || !out_size || !from) return refuse_text(out_data, error);
    return give_text(out_data, out_size, from, &from->json, json_write, error);
}

/* --- fields ------------------------------------------------------------------------------------------------------ */

struct strata_field {
    allocator from;
    strata_type type;
    size_t size;
    char *text;
    char *file;
    uint32_t line, column;
};

static strata_type type_of(text json) {
    switch (json.size ? json.data[0] : 'n') {
    case '{': return STRATA_TYPE_MAP;
    case '[': return STRATA_TYPE_LIST;
    case '"': return STRATA_TYPE_STRING;
    case 't':
    case 'f': return STRATA_TYPE_BOOL;
    case 'n': return STRATA_TYPE_NULL;
    default: return STRATA_TYPE_NUMBER;
    }
}

static char *copy(const allocator *from, text t) {
    char *made = from->allocate(t.size + 1, from->user);
    if (!made) return NULL;
    if (t.size) memcpy(made, t.data, t.size);
    made[t.size] = '\0';
    return made;
}

/* A transformer's value has no place; then that of its key says where the field is. */
static origin place_of(scope *sc, const resource *inside, const text_list *parts, const node *value) {
    size_t last = parts->count;
    node *parent;
    if (value->where != ORIGIN_UNKNOWN) return value->where;
    while (last && text_empty(text_trim(parts->items[last - 1])))
        last--;
    if (!last || path_get(sc, inside->root, parts->items, last - 1, NULL, &parent) || !node_is_mapping(parent))
        return ORIGIN_UNKNOWN;
    size_t pair = node_find(parent, text_trim(parts->items[last - 1]));
    return pair == SIZE_MAX ? ORIGIN_UNKNOWN : parent->pairs[pair].key->where;
}

/* What is read here lives shorter than the result, whose table of origins must not learn of it. */
static strata_status read_string(const scope *sc, text json, text *out) {
    origin_table own = {0};
    scope reading = *sc;
    node *string;
    reading.origins = &own;
    TRY(json_read_inline(&reading, ORIGIN_UNKNOWN, json, &string));
    *out = node_text(string);
    return STRATA_OK;
}

/* What is in the output is what JSON makes of the value, so the field is read from there. */
static strata_status fill_field(scope *sc, const node *value, origin where, strata_field *out) {
    buffer json;
    buffer_init(&json, sc->from, sc->limits->output);
    strata_status status = json_write(sc, value, &json);
    text bytes = buffer_text(&json);
    if (status == STRATA_OK && buffer_failed(&json)) status = scope_no_memory(sc);
    out->type = type_of(bytes);
    if (status == STRATA_OK && out->type == STRATA_TYPE_STRING) status = read_string(sc, bytes, &bytes);
    origin_place place = {.file = TEXT_EMPTY};
    if (!origin_resolve(sc->origins, where, &place)) place.line = place.column = 0;
    out->line = place.line;
    out->column = place.column;
    if (status == STRATA_OK) {
        out->size = bytes.size;
        out->text = copy(&out->from, bytes);
        out->file = copy(&out->from, place.file);
        if (!out->text || !out->file) status = scope_no_memory(sc);
    }
    buffer_free(&json);
    return status;
}

static strata_status find_field(scope *sc, const resource *inside, text path, strata_field *out) {
    text_list parts;
    node *value;
    TRY(path_split_bracketed(sc, path, '.', &parts));
    TRY(path_get(sc, inside->root, parts.items, parts.count, NULL, &value));
    if (!value || node_is_null(value))
        return scope_fail(sc, DIAGNOSTIC_NO_SUCH_ITEM, inside->root->where, "the resource has no field %.*s",
                          TEXT_ARG(path));
    return fill_field(sc, value, place_of(sc, inside, &parts, value), out);
}

strata_status strata_resource_field(strata_field **out, strata_resource *from, const char *path, strata_error *error) {
    if (out) *out = NULL;
    if (!out || !from || !path) return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
    if (error) error_clear(error);
    *out = NULL;
    scope sc = api_result_scope(from->owner, error);
    arena passing;
    /* A field may outlive its result, and with it the result's meter. */
    const allocator *lasting = &from->owner->from;
    strata_field *field = lasting->allocate(sizeof *field, lasting->user);
    if (!field) return scope_no_memory(&sc);
    *field = (strata_field){.from = *lasting};
    arena_init(&passing, sc.from);
    sc.arena = &passing;
    strata_status status = find_field(&sc, from->inside, text_from(path), field);
    arena_free(&passing);
    if (status == STRATA_OK)
        *out = field;
    else
        strata_field_free(field);
    return status;
}

void strata_field_free(strata_field *field) {
    if (!field) return;
    allocator from = field->from;
    from.release(field->text, from.user);
    from.release(field->file, from.user);
    from.release(field, from.user);
}

strata_type strata_field_type(const strata_field *field) { return field ? field->type : STRATA_TYPE_NULL; }
const char *strata_field_file(const strata_field *field) { return field ? field->file : ""; }
uint32_t strata_field_line(const strata_field *field) { return field ? field->line : 0; }
uint32_t strata_field_column(const strata_field *field) { return field ? field->column : 0; }

const char *strata_field_text(const strata_field *field, size_t *out_size) {
    if (out_size) *out_size = field ? field->size : 0;
    return field ? field->text : "";
}
