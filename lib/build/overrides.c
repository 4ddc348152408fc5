/* build/overrides.c: see overrides.h. */
#include "build/overrides.h"

#include "core/sort.h"
#include "yaml/through_json.h"

/* The lists of a kustomization are items and a count; this makes a copy with room for more. */
static void *with_room(scope *sc, const void *items, size_t count, size_t more, size_t size) {
    void *copy = arena_array(sc->arena, count + more, size);
    if (copy && count) memcpy(copy, items, count * size);
    return copy;
}

/* --- labels and annotations -------------------------------------------------------------------------------------- */

static strata_status set_entry(scope *sc, text_map *map, const override_metadata *m, const char *what) {
    if ((m->flags & STRATA_METADATA_KEEP) && text_map_get(map, m->key))
        return scope_fail(sc, DIAGNOSTIC_OVERRIDE_CONFLICT, ORIGIN_UNKNOWN,
                          "the %s %.*s of the overrides is in the kustomization file already", what, TEXT_ARG(m->key));
    return text_map_set(sc->arena, map, m->key, m->value) ? STRATA_OK : scope_no_memory(sc);
}

/* The entry of `labels` that `kustomize edit add label --without-selector` writes into; a new one when there is none.
 */
static strata_status label_entry(scope *sc, kustomization *k, bool templates, label **out) {
    for (size_t i = 0; i < k->labels.count; i++) {
        *out = &k->labels.items[i];
        if (!(*out)->include_selectors && (*out)->include_templates == templates) return STRATA_OK;
    }
    label *items = with_room(sc, k->labels.items, k->labels.count, 1, sizeof *items);
    if (!items) return scope_no_memory(sc);
    k->labels.items = items;
    *out = &items[k->labels.count++];
    (*out)->include_templates = templates;
    return STRATA_OK;
}

static strata_status apply_labels(scope *sc, const strata_overrides *o, kustomization *k) {
    for (size_t i = 0; i < o->labels.count; i++) {
        const override_metadata *m = &o->labels.items[i];
        text_map *pairs = &k->common_labels;
        if (!(m->flags & STRATA_METADATA_SELECTORS)) {
            label *entry = NULL;
            TRY(label_entry(sc, k, (m->flags & STRATA_METADATA_TEMPLATES) != 0, &entry));
            pairs = &entry->pairs;
        }
        TRY(set_entry(sc, pairs, m, "label"));
        text_map_sort(pairs);
    }
    for (size_t i = 0; i < o->annotations.count; i++)
        TRY(set_entry(sc, &k->common_annotations, &o->annotations.items[i], "annotation"));
    text_map_sort(&k->common_annotations);
    return STRATA_OK;
}

/* --- images ------------------------------------------------------------------------------------------------------ */

static image *find_image(image_list *list, text name) {
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].name, name)) return &list->items[i];
    return NULL;
}

static text keep_if_asked(text given, text old) { return text_is(given, "*") ? old : given; }

/* `old` is what the file has, or an image without anything. */
static image merged_image(const override_image *given, const image *old) {
    image out = given->entry;
    if (!given->edited) return out;
    out.new_name = keep_if_asked(out.new_name, old->new_name);
    out.new_tag = keep_if_asked(out.new_tag, old->new_tag);
    out.digest = keep_if_asked(out.digest, old->digest);
    return out;
}

static int compare_images(const void *a, const void *b, void *user) {
    (void)user;
    return text_compare(((const image *)a)->name, ((const image *)b)->name);
}

/* `kustomize edit set image` goes through a map: of entries with one name the last stays, and the order is by name. */
static strata_status sort_images(scope *sc, image_list *list) {
    if (!sort_stable(sc->from, list->items, list->count, sizeof *list->items, compare_images, NULL))
        return scope_no_memory(sc);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (kept && text_equal(list->items[kept - 1].name, list->items[i].name)) kept--;
        list->items[kept++] = list->items[i];
    }
    list->count = kept;
    return STRATA_OK;
}

static strata_status apply_images(scope *sc, const strata_overrides *o, kustomization *k) {
    static const image nothing = {.where = ORIGIN_UNKNOWN};
    if (o->images.count == 0) return STRATA_OK;
    image_list list = {with_room(sc, k->images.items, k->images.count, o->images.count, sizeof(image)),
                       k->images.count};
    if (!list.items) return scope_no_memory(sc);
    bool sorted = false;
    for (size_t i = 0; i < o->images.count; i++)
        sorted |= o->images.items[i].edited;
    if (sorted) TRY(sort_images(sc, &list));
    for (size_t i = 0; i < o->images.count; i++) {
        const override_image *given = &o->images.items[i];
        image *place = find_image(&list, given->entry.name);
        image merged = merged_image(given, place ? place : &nothing);
        if (!place) place = &list.items[list.count++];
        *place = merged;
    }
    if (sorted) TRY(sort_images(sc, &list));
    k->images = list;
    return STRATA_OK;
}

/* --- replicas ---------------------------------------------------------------------------------------------------- */

static bool is_overridden(const strata_overrides *o, text name) {
    for (size_t i = 0; i < o->replicas.count; i++)
        if (text_equal(o->replicas.items[i].name, name)) return true;
    return false;
}

static strata_status apply_replicas(scope *sc, const strata_overrides *o, kustomization *k) {
    if (o->replicas.count == 0) return STRATA_OK;
    replica *items = ARENA_ARRAY(sc->arena, replica, k->replicas.count + o->replicas.count);
    size_t count = 0;
    if (!items) return scope_no_memory(sc);
    for (size_t i = 0; i < k->replicas.count; i++)
        if (!is_overridden(o, k->replicas.items[i].name)) items[count++] = k->replicas.items[i];
    for (size_t i = 0; i < o->replicas.count; i++)
        items[count++] = o->replicas.items[i];
    k->replicas = (replica_list){items, count};
    return STRATA_OK;
}

/* --- patches and components -------------------------------------------------------------------------------------- */

static strata_status apply_patches(scope *sc, const strata_overrides *o, kustomization *k) {
    if (o->patches.count == 0) return STRATA_OK;
    patch *items = with_room(sc, k->patches.items, k->patches.count, o->patches.count, sizeof *items);
    if (!items) return scope_no_memory(sc);
    for (size_t i = 0; i < o->patches.count; i++) {
        patch *p = &items[k->patches.count + i];
        *p = o->patches.items[i];
        /* What the file's own inline patches go through, too. */
        TRY(string_through_json(sc, ORIGIN_UNKNOWN, p->inline_text.value, false, &p->inline_text.value));
        p->label = text_format(sc->arena, "overrides, patch %zu", i + 1);
        if (!p->label.data) return scope_no_memory(sc);
    }
    k->patches = (patch_list){items, k->patches.count + o->patches.count};
    return STRATA_OK;
}

static bool is_listed(const located_list *list, text path) {
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].value, path)) return true;
    return false;
}

static strata_status apply_components(scope *sc, const strata_overrides *o, const loader *from, kustomization *k) {
    if (o->components.count == 0) return STRATA_OK;
    located_list list = {with_room(sc, k->components.items, k->components.count, o->components.count, sizeof(located)),
                         k->components.count};
    if (!list.items) return scope_no_memory(sc);
    for (size_t i = 0; i < o->components.count; i++) {
        const override_component *c = &o->components.items[i];
        bool there = true;
        if (c->flags & STRATA_COMPONENT_OPTIONAL) TRY(loader_may_be_base(sc, from, c->path, &there));
        if (there && !is_listed(&list, c->path)) list.items[list.count++] = (located){c->path, ORIGIN_UNKNOWN};
    }
    k->components = list;
    return STRATA_OK;
}

/* --- a copy that lives as long as the build ----------------------------------------------------------------------- */

static bool own(arena *a, text *t) {
    if (text_empty(*t)) return true;
    *t = text_copy(a, *t);
    return t->data;
}

static bool own_metadata(arena *a, override_metadata_list *list) {
    bool owned = true;
    for (size_t i = 0; i < list->count && owned; i++)
        owned = own(a, &list->items[i].key) && own(a, &list->items[i].value);
    return owned;
}

static bool own_images(arena *a, override_image_list *list) {
    bool owned = true;
    for (size_t i = 0; i < list->count && owned; i++) {
        image *entry = &list->items[i].entry;
        owned = own(a, &entry->name) && own(a, &entry->new_name) && own(a, &entry->tag_suffix) &&
                own(a, &entry->new_tag) && own(a, &entry->digest);
    }
    return owned;
}

static bool own_target(arena *a, const selector **target) {
    if (!*target) return true;
    selector *copy = ARENA_NEW(a, selector);
    if (!copy) return false;
    *copy = **target;
    *target = copy;
    return own(a, &copy->type.group) && own(a, &copy->type.version) && own(a, &copy->type.kind) &&
           own(a, &copy->name) && own(a, &copy->name_space) && own(a, &copy->annotation_selector) &&
           own(a, &copy->label_selector);
}

static bool own_patches(arena *a, override_patch_list *list) {
    bool owned = true;
    for (size_t i = 0; i < list->count && owned; i++) {
        patch *p = &list->items[i];
        owned = own(a, &p->path.value) && own(a, &p->inline_text.value) && own_target(a, &p->target);
    }
    return owned;
}

static void *copy_items(arena *a, const void *items, size_t size) {
    void *copy = size ? arena_alloc(a, size) : NULL;
    if (copy) memcpy(copy, items, size);
    return copy;
}

#define OWN_LIST(a, list)                                                                                              \
    ((list).items = copy_items(a, (list).items, (list).count * sizeof *(list).items), (list).items || !(list).count)

/* The result shows these texts when the caller has freed the overrides. */
static strata_status own_all(scope *sc, strata_overrides *o) {
    arena *a = sc->arena;
    bool owned = OWN_LIST(a, o->labels) && OWN_LIST(a, o->annotations) && OWN_LIST(a, o->images) &&
                 OWN_LIST(a, o->replicas) && OWN_LIST(a, o->patches) && OWN_LIST(a, o->components) &&
                 own(a, &o->name_space.value) && own(a, &o->name_prefix.value) && own(a, &o->name_suffix.value) &&
                 own_metadata(a, &o->labels) && own_metadata(a, &o->annotations) && own_images(a, &o->images) &&
                 own_patches(a, &o->patches);
    for (size_t i = 0; i < o->replicas.count && owned; i++)
        owned = own(a, &o->replicas.items[i].name);
    for (size_t i = 0; i < o->components.count && owned; i++)
        owned = own(a, &o->components.items[i].path);
    return owned ? STRATA_OK : scope_no_memory(sc);
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

static void apply_name(const override_text *given, text *out, origin *where) {
    if (!given->given) return;
    *out = given->value;
    *where = ORIGIN_UNKNOWN;
}

bool overrides_are_empty(const strata_overrides *o) {
    if (!o) return true;
    bool named =
        !text_empty(o->name_space.value) || !text_empty(o->name_prefix.value) || !text_empty(o->name_suffix.value);
    return !named && o->labels.count + o->annotations.count + o->images.count + o->replicas.count + o->patches.count +
                             o->components.count ==
                         0;
}

strata_status overrides_apply(scope *sc, const strata_overrides *given, const loader *from, kustomization *k) {
    if (!given) return STRATA_OK;
    strata_overrides copy = *given;
    const strata_overrides *o = &copy;
    TRY(own_all(sc, &copy));
    apply_name(&o->name_space, &k->name_space, &k->name_space_at);
    apply_name(&o->name_prefix, &k->name_prefix, &k->name_prefix_at);
    apply_name(&o->name_suffix, &k->name_suffix, &k->name_suffix_at);
    TRY(apply_labels(sc, o, k));
    TRY(apply_images(sc, o, k));
    TRY(apply_replicas(sc, o, k));
    TRY(apply_patches(sc, o, k));
    return apply_components(sc, o, from, k);
}
