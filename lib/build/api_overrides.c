/* build/api_overrides.c: strata_overrides (strata/overrides.h): what is to be changed, kept until a build applies it.
 */
#include "build/api.h"

#include "build/overrides.h"
#include "transform/image_reference.h"

#include <stdlib.h>

strata_overrides *strata_overrides_new(void) {
    strata_overrides *o = calloc(1, sizeof *o);
    if (o) arena_init(&o->memory, NULL);
    return o;
}

void strata_overrides_free(strata_overrides *overrides) {
    if (!overrides) return;
    arena_free(&overrides->memory);
    free(overrides);
}

static strata_status fail_null(strata_error *error) {
    return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed");
}

static strata_status fail_memory(strata_error *error) { return api_fail(error, DIAGNOSTIC_NO_MEMORY, "out of memory"); }

/* Copies strings until one fails. */
typedef struct copier {
    arena *memory;
    bool failed;
} copier;

static text copy(copier *c, const char *string) {
    text made = string && *string ? text_copy(c->memory, text_from(string)) : TEXT_EMPTY;
    if (!made.data) c->failed = true;
    return made;
}

/* Room for one more at the end of a list; NULL when memory is out. The caller counts it. */
#define ROOM(o, list)                                                                                                  \
    arena_grow(&(o)->memory, (o)->list.items, &(o)->list.capacity, (o)->list.count + 1, sizeof *(o)->list.items)

/* --- names ------------------------------------------------------------------------------------------------------- */

static strata_status set_name(strata_overrides *o, override_text *out, const char *value, strata_error *error) {
    if (!o) return fail_null(error);
    if (error) error_clear(error);
    copier c = {&o->memory, false};
    override_text made = {value != NULL, copy(&c, value)};
    if (c.failed) return fail_memory(error);
    *out = made;
    return STRATA_OK;
}

strata_status strata_overrides_set_namespace(strata_overrides *o, const char *value, strata_error *error) {
    return set_name(o, o ? &o->name_space : NULL, value, error);
}

strata_status strata_overrides_set_name_prefix(strata_overrides *o, const char *value, strata_error *error) {
    return set_name(o, o ? &o->name_prefix : NULL, value, error);
}

strata_status strata_overrides_set_name_suffix(strata_overrides *o, const char *value, strata_error *error) {
    return set_name(o, o ? &o->name_suffix : NULL, value, error);
}

/* --- labels and annotations -------------------------------------------------------------------------------------- */

static strata_status set_metadata(strata_overrides *o, override_metadata_list *list, override_metadata m,
                                  strata_error *error) {
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].key, m.key)) {
            list->items[i] = m;
            return STRATA_OK;
        }
    override_metadata *items =
        arena_grow(&o->memory, list->items, &list->capacity, list->count + 1, sizeof *list->items);
    if (!items) return fail_memory(error);
    list->items = items;
    items[list->count++] = m;
    return STRATA_OK;
}

static strata_status add_metadata(strata_overrides *o, bool labels, const char *key, const char *value, unsigned flags,
                                  strata_error *error) {
    unsigned known = STRATA_METADATA_KEEP | (labels ? STRATA_METADATA_SELECTORS | STRATA_METADATA_TEMPLATES : 0U);
    if (!o || !key || !value) return fail_null(error);
    if (flags & ~known) return api_fail(error, DIAGNOSTIC_USAGE, "unknown flags of a label or annotation");
    if (error) error_clear(error);
    copier c = {&o->memory, false};
    override_metadata m = {copy(&c, key), copy(&c, value), flags};
    if (c.failed) return fail_memory(error);
    return set_metadata(o, labels ? &o->labels : &o->annotations, m, error);
}

strata_status strata_overrides_set_label(strata_overrides *o, const char *key, const char *value, unsigned flags,
                                         strata_error *error) {
    return add_metadata(o, true, key, value, flags, error);
}

strata_status strata_overrides_set_annotation(strata_overrides *o, const char *key, const char *value, unsigned flags,
                                              strata_error *error) {
    return add_metadata(o, false, key, value, flags, error);
}

/* --- images and replicas ----------------------------------------------------------------------------------------- */

static strata_status set_image(strata_overrides *o, const override_image *made, strata_error *error) {
    for (size_t i = 0; i < o->images.count; i++)
        if (text_equal(o->images.items[i].entry.name, made->entry.name)) {
            o->images.items[i] = *made;
            return STRATA_OK;
        }
    override_image *items = ROOM(o, images);
    if (!items) return fail_memory(error);
    o->images.items = items;
    items[o->images.count++] = *made;
    return STRATA_OK;
}

strata_status strata_overrides_set_image(strata_overrides *o, const char *given, strata_error *error) {
    if (!o || !given) return fail_null(error);
    if (error) error_clear(error);
    text all = text_copy(&o->memory, text_from(given)), rest = all, name = TEXT_EMPTY;
    if (!all.data) return fail_memory(error);
    bool renames = text_find_char(all, '=') != SIZE_MAX;
    if (renames) text_cut(&rest, '=', &name);
    image_reference reference = image_reference_split(rest);
    if (text_equal(reference.name, all))
        return api_fail(error, DIAGNOSTIC_OVERRIDE_VALUE, "an image needs a new name, a tag or a digest");
    override_image made = {.edited = true};
    made.entry = (image){.name = renames ? name : reference.name,
                         .new_name = renames ? reference.name : TEXT_EMPTY,
                         .tag_suffix = TEXT_EMPTY,
                         .new_tag = reference.tag,
                         .digest = reference.digest};
    return set_image(o, &made, error);
}

strata_status strata_overrides_set_image_parts(strata_overrides *o, const char *name, const char *new_name,
                                               const char *new_tag, const char *digest, strata_error *error) {
    if (!o || !name) return fail_null(error);
    if (error) error_clear(error);
    copier c = {&o->memory, false};
    override_image made = {.edited = false};
    made.entry = (image){.name = copy(&c, name),
                         .new_name = copy(&c, new_name),
                         .tag_suffix = TEXT_EMPTY,
                         .new_tag = copy(&c, new_tag),
                         .digest = copy(&c, digest)};
    return c.failed ? fail_memory(error) : set_image(o, &made, error);
}

strata_status strata_overrides_set_replicas(strata_overrides *o, const char *name, int64_t count, strata_error *error) {
    if (!o || !name) return fail_null(error);
    if (error) error_clear(error);
    for (size_t i = 0; i < o->replicas.count; i++)
        if (text_equal(o->replicas.items[i].name, text_from(name))) {
            o->replicas.items[i].count = count;
            return STRATA_OK;
        }
    copier c = {&o->memory, false};
    replica made = {.name = copy(&c, name), .count = count};
    replica *items = ROOM(o, replicas);
    if (c.failed || !items) return fail_memory(error);
    o->replicas.items = items;
    items[o->replicas.count++] = made;
    return STRATA_OK;
}

/* --- patches and components -------------------------------------------------------------------------------------- */

void strata_patch_init_size(strata_patch *given, size_t size) {
    strata_patch fresh = {.size = size};
    api_struct_init(given, size, &fresh, sizeof fresh);
}

static bool is_given(const char *string) { return string && *string; }

/* The target, when the patch has one; it stays NULL otherwise. */
static bool copy_target(copier *c, const strata_patch *given, const selector **out) {
    if (!is_given(given->group) && !is_given(given->version) && !is_given(given->kind) && !is_given(given->name) &&
        !is_given(given->name_space) && !is_given(given->label_selector) && !is_given(given->annotation_selector))
        return true;
    selector *target = ARENA_NEW(c->memory, selector);
    if (!target) return false;
    *target = (selector){.type = {copy(c, given->group), copy(c, given->version), copy(c, given->kind)},
                         .name = copy(c, given->name),
                         .name_space = copy(c, given->name_space),
                         .annotation_selector = copy(c, given->annotation_selector),
                         .label_selector = copy(c, given->label_selector)};
    *out = target;
    return !c->failed;
}

strata_status strata_overrides_add_patch(strata_overrides *o, const strata_patch *patch_given, strata_error *error) {
    strata_patch given;
    if (!o || !patch_given) return fail_null(error);
    strata_patch_init(&given);
    if (!api_struct_take(&given, sizeof given, patch_given))
        return api_fail(error, DIAGNOSTIC_USAGE, "the patch was not made by strata_patch_init");
    if (is_given(given.patch) == is_given(given.path))
        return api_fail(error, DIAGNOSTIC_OVERRIDE_VALUE, "a patch is either a text or the path of a file");
    if (error) error_clear(error);
    copier c = {&o->memory, false};
    patch made = {.path = {copy(&c, given.path), ORIGIN_UNKNOWN},
                  .inline_text = {copy(&c, given.patch), ORIGIN_UNKNOWN},
                  .allow_name_change = given.allow_name_change != 0,
                  .allow_kind_change = given.allow_kind_change != 0};
    patch *items = ROOM(o, patches);
    if (!items || !copy_target(&c, &given, &made.target) || c.failed) return fail_memory(error);
    o->patches.items = items;
    items[o->patches.count++] = made;
    return STRATA_OK;
}

strata_status strata_overrides_add_component(strata_overrides *o, const char *path, unsigned flags,
                                             strata_error *error) {
    if (!o || !path) return fail_null(error);
    if (flags & ~(unsigned)STRATA_COMPONENT_OPTIONAL)
        return api_fail(error, DIAGNOSTIC_USAGE, "unknown flags of a component");
    if (error) error_clear(error);
    copier c = {&o->memory, false};
    override_component made = {copy(&c, path), flags};
    override_component *items = ROOM(o, components);
    if (c.failed || !items) return fail_memory(error);
    o->components.items = items;
    items[o->components.count++] = made;
    return STRATA_OK;
}
