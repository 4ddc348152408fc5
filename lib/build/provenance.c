/* build/provenance.c: see provenance.h. */
#include "build/provenance.h"

#include "core/buffer.h"
#include "source/path.h"
#include "source/repository_url.h"
#include "transform/transform.h"
#include "yaml/reader.h"
#include "yaml/writer.h"

static const text origin_key = TEXT_INIT("config.kubernetes.io/origin");
static const text transformations_key = TEXT_INIT("alpha.config.kubernetes.io/transformations");

strata_status provenance_append(scope *sc, const provenance *at, text path, provenance *out) {
    repository_url url;
    bool is_repository;
    *out = *at;
    TRY(repository_url_parse(sc, path, &is_repository, &url));
    if (is_repository) { /* a file that is fetched from such a URL counts as a repository, too */
        out->repository = url.clone_url;
        out->reference = url.reference;
        out->path = TEXT_EMPTY;
        path = repository_url_origin_path(sc, &url);
        if (!path.data) return scope_no_memory(sc);
    }
    out->path = path_join(sc->arena, out->path, path);
    return out->path.data ? STRATA_OK : scope_no_memory(sc);
}

static bool add_field(arena *a, node *map, text key, text value) {
    if (text_empty(value)) return true;
    return node_add(a, map, node_new_string(a, key), node_new_string(a, value));
}

static strata_status write_text(scope *sc, const node *n, text *out) {
    buffer b;
    buffer_init(&b, sc->from, 0);
    strata_status status = yaml_write_v3(sc, n, &b);
    if (status == STRATA_OK && !(*out = text_copy(sc->arena, buffer_text(&b))).data) status = scope_no_memory(sc);
    buffer_free(&b);
    return status;
}

strata_status provenance_of_file(scope *sc, const provenance *file, text *out) {
    arena *a = sc->arena;
    node *map = node_new_mapping(a);
    if (!map || !add_field(a, map, TEXT("path"), file->path) || !add_field(a, map, TEXT("repo"), file->repository) ||
        !add_field(a, map, TEXT("ref"), file->reference))
        return scope_no_memory(sc);
    return write_text(sc, map, out);
}

strata_status provenance_of_builtin(scope *sc, const provenance *at, text file_name, text kind, text *out) {
    arena *a = sc->arena;
    node *map = node_new_mapping(a), *by = node_new_mapping(a);
    text file = path_join(a, at->path, file_name);
    if (!map || !by || !file.data || !add_field(a, map, TEXT("repo"), at->repository) ||
        !add_field(a, map, TEXT("ref"), at->reference) || !add_field(a, map, TEXT("configuredIn"), file) ||
        !add_field(a, by, TEXT("apiVersion"), TEXT("builtin")) || !add_field(a, by, TEXT("kind"), kind) ||
        !node_add(a, map, node_new_string(a, TEXT("configuredBy")), by))
        return scope_no_memory(sc);
    return write_text(sc, map, out);
}

/* The origin of the configuration, as its annotation has it, becomes the place where the plugin was configured. */
static strata_status read_origin(scope *sc, const resource *config, text annotation, const node **out) {
    static const yaml_options options = {.dialect = YAML_V2};
    node_list documents = {NULL, 0, 0, false};
    TRY(yaml_read_inline(sc, config->root->where, annotation, &options, &documents));
    *out = documents.count ? documents.items[0] : NULL;
    return STRATA_OK;
}

strata_status provenance_of_plugin(scope *sc, const resource *config, text *out) {
    arena *a = sc->arena;
    text annotation = node_text(node_get(node_at(config->root, "metadata", "annotations", NULL), origin_key));
    const node *from;
    *out = TEXT_EMPTY;
    if (text_empty(annotation)) return STRATA_OK;
    TRY(read_origin(sc, config, annotation, &from));
    node *map = node_new_mapping(a), *by = node_new_mapping(a);
    if (!map || !by || !add_field(a, map, TEXT("repo"), node_text(NODE_GET(from, "repo"))) ||
        !add_field(a, map, TEXT("ref"), node_text(NODE_GET(from, "ref"))) ||
        !add_field(a, map, TEXT("configuredIn"), node_text(NODE_GET(from, "path"))) ||
        !add_field(a, by, TEXT("apiVersion"), resource_api_version(config)) ||
        !add_field(a, by, TEXT("kind"), resource_kind(config)) ||
        !add_field(a, by, TEXT("name"), resource_name(config)) ||
        !add_field(a, by, TEXT("namespace"), resource_namespace(config)) ||
        !node_add(a, map, node_new_string(a, TEXT("configuredBy")), by))
        return scope_no_memory(sc);
    return write_text(sc, map, out);
}

static strata_status set_annotation(scope *sc, resource *r, text key, text value) {
    text_map annotations;
    TRY(resource_annotations(sc, r, &annotations));
    if (!text_map_set(sc->arena, &annotations, key, value)) return scope_no_memory(sc);
    return resource_set_annotations(sc, r, &annotations);
}

static text annotation_of(const resource *r, text key) {
    return node_text(node_get(node_at(r->root, "metadata", "annotations", NULL), key));
}

strata_status provenance_mark_origin(scope *sc, resource_set *set, text annotation) {
    for (size_t i = 0; i < set->count; i++)
        if (text_empty(annotation_of(set->items[i], origin_key)))
            TRY(set_annotation(sc, set->items[i], origin_key, annotation));
    return STRATA_OK;
}

/* AnnotateAll goes through the annotations transformer, which refuses annotations that are no mapping. */
strata_status provenance_set_origin(scope *sc, resource_set *set, text annotation) {
    field_spec spec = {.path = TEXT("metadata/annotations"), .create = true};
    text_map map = {NULL, 0, 0};
    if (!text_map_set(sc->arena, &map, origin_key, annotation)) return scope_no_memory(sc);
    return annotations_apply(sc, set, &map, (field_spec_list){&spec, 1});
}

/* The annotation as an item of a YAML list: "- " before its first line, two spaces before the others. */
static strata_status as_list_item(scope *sc, text annotation, text *out) {
    buffer b;
    buffer_init(&b, sc->from, 0);
    text rest = annotation, line;
    for (bool first = true; !text_empty(rest); first = false) {
        text_cut(&rest, '\n', &line);
        buffer_add_text(&b, first ? TEXT("- ") : TEXT("  "));
        buffer_add_text(&b, line);
        buffer_add_char(&b, '\n');
    }
    *out = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(sc->arena, buffer_text(&b));
    buffer_free(&b);
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

static strata_status mark_one(scope *sc, resource *r, text annotation, text item) {
    if (text_empty(annotation_of(r, origin_key))) return set_annotation(sc, r, origin_key, annotation);
    text list = TEXT_CONCAT(sc->arena, annotation_of(r, transformations_key), item);
    return list.data ? set_annotation(sc, r, transformations_key, list) : scope_no_memory(sc);
}

strata_status provenance_mark_transformation(scope *sc, resource_set *set, text annotation) {
    text item;
    TRY(as_list_item(sc, annotation, &item));
    for (size_t i = 0; i < set->count; i++)
        if (!node_is_null_or_empty(set->items[i]->root)) TRY(mark_one(sc, set->items[i], annotation, item));
    return STRATA_OK;
}
