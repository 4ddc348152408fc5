/*
 * schema/field_spec.c: merging of transformer configurations; after kustomize's types/fieldspec.go and
 * api/internal/plugins/builtinconfig (transformerconfig.go, namebackreferences.go). See field_spec.h.
 */
#include "schema/field_spec.h"

#include "core/sort.h"
#include "core/table.h"
#include "schema/kind_order.h"

const transformer_config_list transformer_config_lists[] = {
    {TEXT_INIT("namePrefix"), offsetof(transformer_config, name_prefix)},
    {TEXT_INIT("nameSuffix"), offsetof(transformer_config, name_suffix)},
    {TEXT_INIT("namespace"), offsetof(transformer_config, name_space)},
    {TEXT_INIT("commonLabels"), offsetof(transformer_config, common_labels)},
    {TEXT_INIT("labels"), offsetof(transformer_config, labels)},
    {TEXT_INIT("templateLabels"), offsetof(transformer_config, template_labels)},
    {TEXT_INIT("volumeClaimTemplateLabels"), offsetof(transformer_config, volume_claim_template_labels)},
    {TEXT_INIT("commonAnnotations"), offsetof(transformer_config, common_annotations)},
    {TEXT_INIT("varReference"), offsetof(transformer_config, var_reference)},
    {TEXT_INIT("images"), offsetof(transformer_config, images)},
    {TEXT_INIT("replicas"), offsetof(transformer_config, replicas)},
};
const size_t transformer_config_list_count = sizeof transformer_config_lists / sizeof *transformer_config_lists;

field_spec_list *transformer_config_list_at(transformer_config *config, const transformer_config_list *list) {
    return (field_spec_list *)((char *)config + list->offset);
}

static bool part_selects(text wanted, text part) { return text_empty(wanted) || text_equal(wanted, part); }

bool field_spec_selects(const field_spec *spec, text group, text version, text kind) {
    return part_selects(spec->group, group) && part_selects(spec->version, version) && part_selects(spec->kind, kind);
}

/* --- sorting ----------------------------------------------------------------------------------------------------- */

/*
 * kustomize's sort is not stable, so specs of one kind may change places there; such specs name different fields, so
 * their order has no effect on the result.
 */
static int compare_specs(const void *a, const void *b, void *user) {
    (void)user;
    const field_spec *first = a, *second = b;
    return kind_compare((const text[3]){first->group, first->version, first->kind},
                        (const text[3]){second->group, second->version, second->kind});
}

static int compare_references(const void *a, const void *b, void *user) {
    (void)user;
    const name_reference *first = a, *second = b;
    return kind_compare((const text[3]){first->group, first->version, first->kind},
                        (const text[3]){second->group, second->version, second->kind});
}

/* --- field specs ------------------------------------------------------------------------------------------------- */

/* A list that grows, with indexes of its specs: numbers + 1, in list order. All of it is scratch. */
typedef struct spec_builder {
    arena *scratch;
    field_spec *items;
    size_t count;
    size_t capacity;
    table by_path;
    table by_path_and_kind;
} spec_builder;

static text path_and_kind(arena *a, const field_spec *spec) {
    return TEXT_CONCAT(a, spec->path, TEXT("\0"), spec->kind);
}

static strata_status add_spec(scope *sc, spec_builder *b, const field_spec *spec) {
    field_spec *items = arena_grow(b->scratch, b->items, &b->capacity, b->count + 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    b->items = items;
    items[b->count++] = *spec;
    void *number = (void *)(uintptr_t)b->count;
    text key = path_and_kind(b->scratch, spec);
    if (!key.data || !table_add(&b->by_path_and_kind, b->scratch, key, number) ||
        !table_add(&b->by_path, b->scratch, spec->path, number))
        return scope_no_memory(sc);
    return STRATA_OK;
}

/* The specs that `spec` may count for: those of its kind, or with its path when it is for every kind. */
static strata_status find_alike(scope *sc, const spec_builder *b, const field_spec *spec, const table_entry **out) {
    text key = text_empty(spec->kind) ? spec->path : path_and_kind(b->scratch, spec);
    if (!key.data) return scope_no_memory(sc);
    *out = table_find(text_empty(spec->kind) ? &b->by_path : &b->by_path_and_kind, key);
    return STRATA_OK;
}

/* FsSlice.MergeOne: a spec that is there for this kind or a narrower one counts as the same. */
static strata_status merge_spec(scope *sc, spec_builder *b, const field_spec *spec) {
    const table_entry *e = NULL;
    TRY(find_alike(sc, b, spec, &e));
    for (; e; e = table_next(e)) {
        const field_spec *own = &b->items[(uintptr_t)e->value - 1];
        if (!field_spec_selects(spec, own->group, own->version, own->kind)) continue;
        if (own->create == spec->create) return STRATA_OK;
        return scope_fail(sc, DIAGNOSTIC_FIELD_SPEC_CONFLICT, ORIGIN_UNKNOWN,
                          "two configurations disagree on whether to create the field %.*s of %.*s",
                          TEXT_ARG(spec->path), TEXT_ARG(text_empty(spec->kind) ? TEXT("every kind") : spec->kind));
    }
    return add_spec(sc, b, spec);
}

static bool same_specs(field_spec_list a, field_spec_list b) { return a.items == b.items && a.count == b.count; }

static strata_status add_specs(scope *sc, spec_builder *b, field_spec_list specs) {
    for (size_t i = 0; i < specs.count; i++)
        TRY(add_spec(sc, b, &specs.items[i]));
    return STRATA_OK;
}

static strata_status merge_into_builder(scope *sc, spec_builder *b, field_spec_list from) {
    for (size_t i = 0; i < from.count; i++)
        TRY(merge_spec(sc, b, &from.items[i]));
    return STRATA_OK;
}

/* The list as it is now; one that hasn't changed stays where it is: bases with a configuration each are merged one by
 * one, and mostly bring what is there. */
static strata_status keep_specs(scope *sc, const spec_builder *b, field_spec_list *into) {
    size_t size = b->count * sizeof *b->items;
    if (b->count == into->count && memcmp(b->items, into->items, size) == 0) return STRATA_OK;
    field_spec *items = arena_alloc(sc->arena, size);
    if (!items) return scope_no_memory(sc);
    memcpy(items, b->items, size);
    *into = (field_spec_list){items, b->count};
    return STRATA_OK;
}

static strata_status merge_specs(scope *sc, arena *scratch, field_spec_list *into, field_spec_list from, bool sorted) {
    if (from.count == 0 || same_specs(*into, from)) return STRATA_OK;
    spec_builder b = {.scratch = scratch};
    TRY(add_specs(sc, &b, *into));
    TRY(merge_into_builder(sc, &b, from));
    if (sorted && !sort_stable(sc->from, b.items, b.count, sizeof *b.items, compare_specs, NULL))
        return scope_no_memory(sc);
    return keep_specs(sc, &b, into);
}

strata_status field_spec_list_merge(scope *sc, field_spec_list *into, field_spec_list from) {
    if (into->count == 0) {
        *into = from;
        return STRATA_OK;
    }
    arena scratch;
    arena_init(&scratch, sc->from);
    strata_status status = merge_specs(sc, &scratch, into, from, false);
    arena_free(&scratch);
    return status;
}

/* --- name references --------------------------------------------------------------------------------------------- */

static bool same_kind(const name_reference *a, const name_reference *b) {
    return text_equal(a->kind, b->kind) && text_equal(a->version, b->version) && text_equal(a->group, b->group);
}

/* A list that grows, with an index of its kinds. Entries that something is merged into have a builder. */
typedef struct reference_builder {
    arena *scratch;
    name_reference *items;
    spec_builder **referrers;
    size_t count;
    table by_kind; /* kind → number + 1 */
} reference_builder;

static strata_status add_reference(scope *sc, reference_builder *b, const name_reference *reference) {
    b->items[b->count++] = *reference;
    if (!table_add(&b->by_kind, b->scratch, reference->kind, (void *)(uintptr_t)b->count)) return scope_no_memory(sc);
    return STRATA_OK;
}

/* A kind can be in a configuration many times: its referrers are put together once. */
static strata_status merge_referrers(scope *sc, reference_builder *b, name_reference *own, field_spec_list from) {
    spec_builder **referrers = &b->referrers[own - b->items];
    if (from.count == 0 || same_specs(own->referrers, from)) return STRATA_OK;
    if (!*referrers) {
        *referrers = ARENA_NEW(b->scratch, spec_builder);
        if (!*referrers) return scope_no_memory(sc);
        (*referrers)->scratch = b->scratch;
        TRY(add_specs(sc, *referrers, own->referrers));
    }
    return merge_into_builder(sc, *referrers, from);
}

static strata_status merge_reference(scope *sc, reference_builder *b, const name_reference *reference) {
    for (const table_entry *e = table_find(&b->by_kind, reference->kind); e; e = table_next(e)) {
        name_reference *own = &b->items[(uintptr_t)e->value - 1];
        if (same_kind(own, reference)) return merge_referrers(sc, b, own, reference->referrers);
    }
    return add_reference(sc, b, reference);
}

static strata_status merge_references(scope *sc, arena *scratch, name_reference_list *into, name_reference_list from) {
    if (from.count == 0 || (into->items == from.items && into->count == from.count)) return STRATA_OK;
    reference_builder b = {.scratch = scratch,
                           .items = ARENA_ARRAY(sc->arena, name_reference, into->count + from.count),
                           .referrers = ARENA_ARRAY(scratch, spec_builder *, into->count + from.count)};
    if (!b.items || !b.referrers) return scope_no_memory(sc);
    for (size_t i = 0; i < into->count; i++)
        TRY(add_reference(sc, &b, &into->items[i]));
    for (size_t i = 0; i < from.count; i++)
        TRY(merge_reference(sc, &b, &from.items[i]));
    for (size_t i = 0; i < b.count; i++)
        if (b.referrers[i]) TRY(keep_specs(sc, b.referrers[i], &b.items[i].referrers));
    if (!sort_stable(sc->from, b.items, b.count, sizeof *b.items, compare_references, NULL)) return scope_no_memory(sc);
    *into = (name_reference_list){b.items, b.count};
    return STRATA_OK;
}

static strata_status merge_config(scope *sc, arena *scratch, transformer_config *into, const transformer_config *from) {
    for (size_t i = 0; i < transformer_config_list_count; i++) {
        const transformer_config_list *list = &transformer_config_lists[i];
        const field_spec_list *other = (const field_spec_list *)((const char *)from + list->offset);
        TRY(merge_specs(sc, scratch, transformer_config_list_at(into, list), *other, true));
    }
    return merge_references(sc, scratch, &into->name_references, from->name_references);
}

strata_status transformer_config_merge(scope *sc, transformer_config *into, const transformer_config *from) {
    arena scratch;
    arena_init(&scratch, sc->from);
    strata_status status = merge_config(sc, &scratch, into, from);
    arena_free(&scratch);
    return status;
}

strata_status transformer_config_sort(scope *sc, transformer_config *config) {
    for (size_t i = 0; i < transformer_config_list_count; i++) {
        field_spec_list *list = transformer_config_list_at(config, &transformer_config_lists[i]);
        field_spec *items = (field_spec *)(uintptr_t)list->items;
        if (!sort_stable(sc->from, items, list->count, sizeof *items, compare_specs, NULL)) return scope_no_memory(sc);
    }
    name_reference *items = (name_reference *)(uintptr_t)config->name_references.items;
    if (!sort_stable(sc->from, items, config->name_references.count, sizeof *items, compare_references, NULL))
        return scope_no_memory(sc);
    return STRATA_OK;
}
