/* function/function_spec.c: see function_spec.h. */
#include "function/function_spec.h"

#include "function/annotation.h"
#include "model/decode.h"
#include "yaml/reader.h"
#include "yaml/writer.h"

/* --- the fields -------------------------------------------------------------------------------------------------- */

#define ROWS(rows_, type_, name_)                                                                                      \
    { (name_), (rows_), sizeof(rows_) / sizeof *(rows_), sizeof(type_), false }

static const field_row mount_rows[] = {
    {.key = "type", .type = FIELD_TEXT, .offset = offsetof(storage_mount, type)},
    {.key = "src", .type = FIELD_TEXT, .offset = offsetof(storage_mount, source)},
    {.key = "dst", .type = FIELD_TEXT, .offset = offsetof(storage_mount, target)},
    {.key = "rw", .type = FIELD_BOOL, .offset = offsetof(storage_mount, read_write)},
};
static const struct_type mount_type = ROWS(mount_rows, storage_mount, "a mount");
static const field_row container_rows[] = {
    {.key = "image", .type = FIELD_TEXT, .offset = offsetof(container_spec, image)},
    {.key = "network", .type = FIELD_BOOL, .offset = offsetof(container_spec, network)},
    {.key = "mounts", .type = FIELD_STRUCTS, .offset = offsetof(container_spec, mounts), .nested = &mount_type},
    {.key = "envs", .type = FIELD_TEXTS, .offset = offsetof(container_spec, envs)},
};
static const struct_type container_type = ROWS(container_rows, container_spec, "a container");
static const field_row exec_rows[] = {
    {.key = "path", .type = FIELD_TEXT, .offset = offsetof(exec_spec, path)},
    {.key = "args", .type = FIELD_TEXTS, .offset = offsetof(exec_spec, args)},
    {.key = "envs", .type = FIELD_TEXTS, .offset = offsetof(exec_spec, envs)},
};
static const struct_type exec_type = ROWS(exec_rows, exec_spec, "an exec function");
static const field_row spec_rows[] = {
    {.key = "deferFailure", .type = FIELD_BOOL, .offset = offsetof(function_spec, defer_failure)},
    {.key = "container", .type = FIELD_STRUCT, .offset = offsetof(function_spec, container), .nested = &container_type},
    {.key = "exec", .type = FIELD_STRUCT, .offset = offsetof(function_spec, exec), .nested = &exec_type},
};
static const struct_type spec_type = ROWS(spec_rows, function_spec, "a function");

static strata_status decode(scope *sc, origin where, text bytes, function_spec *out) {
    static const yaml_options options = {.dialect = YAML_V2, .refuse_duplicate_keys = true};
    node_list documents = {NULL, 0, 0, false};
    TRY(yaml_read_inline(sc, where, bytes, &options, &documents));
    const node *root = documents.count ? documents.items[0] : NULL;
    if (node_is_null(root)) return STRATA_OK;
    TRY(decode_refuse_unknown(sc, &spec_type, root));
    return decode_struct(sc, &spec_type, root, DECODE_LENIENT, out);
}

/* --- where it may stand ------------------------------------------------------------------------------------------ */

static strata_status decode_field(scope *sc, const node *field, function_spec *out) {
    buffer b;
    buffer_init(&b, sc->from, sc->limits->output);
    text bytes = TEXT_EMPTY;
    strata_status status = yaml_write_v3(sc, field, &b);
    if (status == STRATA_OK && !(bytes = text_copy(sc->arena, buffer_text(&b))).data) status = scope_no_memory(sc);
    buffer_free(&b);
    TRY(status);
    return decode(sc, field->where, bytes, out);
}

strata_status function_spec_read(scope *sc, const node *config, bool *found, function_spec *out) {
    static const text keys[] = {TEXT_INIT("config.kubernetes.io/function"), TEXT_INIT("config.k8s.io/function")};
    const node *annotations = node_at(config, "metadata", "annotations", NULL);
    *found = true;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        text value = annotation_get(config, keys[i]);
        if (!text_empty(value)) return decode(sc, node_get(annotations, keys[i])->where, value, out);
    }
    const node *field = node_at(config, "metadata", "configFn", NULL);
    if (!node_is_null(field)) return decode_field(sc, field, out);
    out->container.image = annotation_get(config, TEXT("config.kubernetes.io/container"));
    *found = !text_empty(out->container.image);
    return STRATA_OK;
}

storage_mount storage_mount_parse(text option) {
    storage_mount mount = {.type = TEXT_EMPTY};
    text part;
    bool more;
    do {
        more = text_cut(&option, ',', &part);
        text value = part, key;
        if (!text_cut(&value, '=', &key)) continue;
        if (text_is(key, "type")) mount.type = value;
        if (text_is(key, "src") || text_is(key, "source")) mount.source = value;
        if (text_is(key, "dst") || text_is(key, "target")) mount.target = value;
        if (text_is(key, "rw")) mount.read_write = text_is(value, "true");
    } while (more);
    return mount;
}
