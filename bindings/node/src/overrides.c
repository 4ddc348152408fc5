/* overrides.c: overrides of an object (index.d.ts: Overrides). */
#include "addon.h"

typedef struct maker {
    reader *r;
    strata_overrides *overrides;
    strata_error *error;
    strata_status status;
} maker;

/* Whether to go on after a call. */
static bool goes_on(maker *m, strata_status status) {
    if (m->status == STRATA_OK) m->status = status;
    return m->r->ok && m->status == STRATA_OK;
}

typedef strata_status (*name_setter)(strata_overrides *, const char *, strata_error *);

static void set_name(maker *m, napi_value from, const char *field, name_setter set) {
    const char *value = get_text(m->r, from, field);
    if (value && m->r->ok) goes_on(m, set(m->overrides, value, m->error));
}

typedef strata_status (*entry_setter)(strata_overrides *, const char *, const char *, unsigned, strata_error *);

static void set_entries(maker *m, napi_value from, const char *field, unsigned flags, entry_setter set) {
    uint32_t count;
    napi_value object = get_property(m->r, from, field), keys = get_keys(m->r, object, &count), key, value;
    for (uint32_t i = 0; i < count && m->r->ok && m->status == STRATA_OK; i++) {
        napi_get_element(m->r->env, keys, i, &key);
        napi_get_property(m->r->env, object, key, &value);
        const char *name = read_text(m->r, key, NULL), *text = read_text(m->r, value, NULL);
        if (m->r->ok) goes_on(m, set(m->overrides, name, text, flags, m->error));
    }
}

static void set_images(maker *m, napi_value from) {
    const char **images = get_texts(m->r, from, "images");
    for (size_t i = 0; images && m->r->ok && images[i]; i++)
        if (!goes_on(m, strata_overrides_set_image(m->overrides, images[i], m->error))) return;
}

static void set_replicas(maker *m, napi_value from) {
    uint32_t count;
    napi_value object = get_property(m->r, from, "replicas"), keys = get_keys(m->r, object, &count), key;
    for (uint32_t i = 0; i < count && m->r->ok && m->status == STRATA_OK; i++) {
        napi_get_element(m->r->env, keys, i, &key);
        const char *name = read_text(m->r, key, NULL);
        int64_t number = name ? get_integer(m->r, object, name) : 0;
        if (m->r->ok) goes_on(m, strata_overrides_set_replicas(m->overrides, name, number, m->error));
    }
}

static void add_patch(maker *m, napi_value from) {
    strata_patch patch;
    strata_patch_init(&patch);
    napi_valuetype type = napi_undefined;
    napi_typeof(m->r->env, from, &type);
    if (type == napi_string) {
        patch.patch = read_text(m->r, from, NULL);
    } else {
        patch.patch = get_text(m->r, from, "patch");
        patch.path = get_text(m->r, from, "path");
        patch.group = get_text(m->r, from, "group");
        patch.version = get_text(m->r, from, "version");
        patch.kind = get_text(m->r, from, "kind");
        patch.name = get_text(m->r, from, "name");
        patch.name_space = get_text(m->r, from, "namespace");
        patch.label_selector = get_text(m->r, from, "labelSelector");
        patch.annotation_selector = get_text(m->r, from, "annotationSelector");
        patch.allow_name_change = get_bool(m->r, from, "allowNameChange");
        patch.allow_kind_change = get_bool(m->r, from, "allowKindChange");
    }
    if (m->r->ok) goes_on(m, strata_overrides_add_patch(m->overrides, &patch, m->error));
}

static void add_patches(maker *m, napi_value from) {
    uint32_t count;
    napi_value array = get_array(m->r, from, "patches", &count), item;
    for (uint32_t i = 0; i < count && m->r->ok && m->status == STRATA_OK; i++) {
        napi_get_element(m->r->env, array, i, &item);
        add_patch(m, item);
    }
}

static void add_components(maker *m, napi_value from) {
    unsigned flags = get_bool(m->r, from, "ignoreMissingComponents") ? STRATA_COMPONENT_OPTIONAL : 0;
    const char **paths = get_texts(m->r, from, "components");
    for (size_t i = 0; paths && m->r->ok && paths[i]; i++)
        if (!goes_on(m, strata_overrides_add_component(m->overrides, paths[i], flags, m->error))) return;
}

static unsigned label_flags(maker *m, napi_value from) {
    if (get_bool(m->r, from, "labelSelectors")) return STRATA_METADATA_SELECTORS;
    return get_bool(m->r, from, "labelTemplates") ? STRATA_METADATA_TEMPLATES : STRATA_METADATA_PLAIN;
}

bool overrides_make(reader *r, napi_value given, strata_overrides **out) {
    *out = NULL;
    if (is_absent(r, given)) return r->ok;
    maker m = {r, strata_overrides_new(), strata_error_new(), STRATA_OK};
    set_name(&m, given, "namespace", strata_overrides_set_namespace);
    set_name(&m, given, "namePrefix", strata_overrides_set_name_prefix);
    set_name(&m, given, "nameSuffix", strata_overrides_set_name_suffix);
    set_entries(&m, given, "labels", label_flags(&m, given), strata_overrides_set_label);
    set_entries(&m, given, "annotations", STRATA_METADATA_PLAIN, strata_overrides_set_annotation);
    set_images(&m, given);
    set_replicas(&m, given);
    add_patches(&m, given);
    add_components(&m, given);
    bool made = r->ok && m.status == STRATA_OK;
    if (r->ok && !made) napi_throw(r->env, make_error(r->env, m.status, m.error));
    if (made)
        *out = m.overrides;
    else
        strata_overrides_free(m.overrides);
    strata_error_free(m.error);
    return made;
}
