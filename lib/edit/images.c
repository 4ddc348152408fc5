/*
 * edit/images.c: set image and set replicas; after kustomize's commands/edit setimage.go and setreplicas.go.
 *
 * Both write the whole list anew: sorted by name, of several entries of one name the first. An argument takes the place
 * of an entry altogether; '*' stands for what the entry has.
 */
#include "core/sort.h"
#include "edit/canonical.h"
#include "edit/editing.h"
#include "transform/image_reference.h"

/* An entry of the list to be; `old` is the file's. */
typedef struct named_entry {
    text name;
    node *entry;
    bool from_file;
    text new_name, new_tag, digest; /* of an argument */
    text count;
} named_entry;

typedef struct entry_list {
    named_entry *items;
    size_t count;
    table by_name; /* number + 1 */
} entry_list;

static named_entry *find_entry(const entry_list *list, text name) {
    size_t number = (uintptr_t)table_get(&list->by_name, name);
    return number ? &list->items[number - 1] : NULL;
}

/* The entry of that name, a new one if there is none; NULL when memory is out. The list has room. */
static named_entry *entry_of(editing *e, entry_list *list, text name) {
    named_entry *found = find_entry(list, name);
    if (found) return found;
    if (!table_add(&list->by_name, e->sc->arena, name, (void *)(uintptr_t)(list->count + 1))) return NULL;
    list->items[list->count] = (named_entry){.name = name};
    return &list->items[list->count++];
}

static strata_status new_entries(editing *e, const char *field, entry_list *out, node **list) {
    TRY(editing_change(e));
    TRY(canonical_list(e->sc, e->draft, text_from(field), list));
    *out = (entry_list){.items = ARENA_ARRAY(e->sc->arena, named_entry, (*list)->count + e->given->value_count + 1)};
    return out->items ? STRATA_OK : scope_no_memory(e->sc);
}

/* The file's entries behind those of the arguments: the first of each name. */
static strata_status add_from_file(editing *e, entry_list *entries, const node *list) {
    for (uint32_t i = 0; i < list->count; i++) {
        size_t before = entries->count;
        named_entry *entry = entry_of(e, entries, node_text(NODE_GET(list->items[i], "name")));
        if (!entry) return scope_no_memory(e->sc);
        if (entries->count > before) entry->from_file = true;
        if (!entry->entry) entry->entry = list->items[i];
    }
    return STRATA_OK;
}

static int compare_names(const void *a, const void *b, void *user) {
    (void)user;
    return text_compare(((const named_entry *)a)->name, ((const named_entry *)b)->name);
}

/* Puts the entries into the list, sorted; `finish` gives an argument's entry its fields. */
static strata_status write_entries(editing *e, entry_list *entries, node *list,
                                   strata_status (*finish)(editing *, named_entry *)) {
    if (entries->count &&
        !sort_stable(e->sc->from, entries->items, entries->count, sizeof *entries->items, compare_names, NULL))
        return scope_no_memory(e->sc);
    list->items = NULL;
    list->count = list->capacity = 0;
    for (size_t i = 0; i < entries->count; i++) {
        named_entry *entry = &entries->items[i];
        if (!entry->entry && !(entry->entry = node_new_mapping(e->sc->arena))) return scope_no_memory(e->sc);
        TRY(finish(e, entry));
        if (!node_append(e->sc->arena, list, entry->entry)) return scope_no_memory(e->sc);
    }
    return STRATA_OK;
}

/* --- images ------------------------------------------------------------------------------------------------------- */

static bool is_star(text t) { return text_is(t, "*"); }

static strata_status parse_image(editing *e, text argument, named_entry *out) {
    text value = argument, key;
    bool renames = text_cut(&value, '=', &key);
    if (!renames) value = argument;
    image_reference reference = image_reference_split(value);
    if (text_equal(reference.name, argument))
        return editing_refuse(e,
                              "invalid format of image %.*s, use NAME=NEWNAME, NAME:TAG, NAME@DIGEST, NAME:TAG@DIGEST, "
                              "or NAME=NEWNAME with :TAG, @DIGEST or both behind it",
                              TEXT_ARG(argument));
    bool named = renames && !text_empty(key);
    *out = (named_entry){.name = named ? key : reference.name,
                         .new_name = named ? reference.name : TEXT_EMPTY,
                         .new_tag = reference.tag,
                         .digest = reference.digest};
    return STRATA_OK;
}

static text kept(const node *old, text value, const char *field) {
    if (!is_star(value)) return value;
    text before = node_text(node_get(old, text_from(field)));
    return is_star(before) ? TEXT_EMPTY : before;
}

/* A lone '*' in the file itself counts as nothing, and takes the tagSuffix along, as it does in an argument. */
static bool has_star(const node *entry) {
    return is_star(node_text(NODE_GET(entry, "newName"))) || is_star(node_text(NODE_GET(entry, "newTag"))) ||
           is_star(node_text(NODE_GET(entry, "digest")));
}

static strata_status finish_image(editing *e, named_entry *entry) {
    node *n = entry->entry;
    if (entry->from_file) {
        if (!has_star(n)) return STRATA_OK;
        entry->new_name = node_text(NODE_GET(n, "newName"));
        entry->new_tag = node_text(NODE_GET(n, "newTag"));
        entry->digest = node_text(NODE_GET(n, "digest"));
    }
    text new_name = kept(n, entry->new_name, "newName"), new_tag = kept(n, entry->new_tag, "newTag");
    text digest = kept(n, entry->digest, "digest");
    node_remove(n, TEXT("tagSuffix"));
    TRY(canonical_set_text(e->sc, n, TEXT("name"), entry->name));
    TRY(canonical_set_text(e->sc, n, TEXT("newName"), new_name));
    TRY(canonical_set_text(e->sc, n, TEXT("newTag"), new_tag));
    return canonical_set_text(e->sc, n, TEXT("digest"), digest);
}

strata_status edit_set_images(editing *e) {
    entry_list entries;
    node *list;
    if (e->given->value_count == 0) return editing_refuse(e, "no image specified");
    named_entry *parsed = ARENA_ARRAY(e->sc->arena, named_entry, e->given->value_count);
    if (!parsed) return scope_no_memory(e->sc);
    for (size_t i = 0; i < e->given->value_count; i++)
        TRY(parse_image(e, editing_value(e, i), &parsed[i]));
    TRY(new_entries(e, "images", &entries, &list));
    for (size_t i = 0; i < e->given->value_count; i++) {
        named_entry *entry = entry_of(e, &entries, parsed[i].name);
        if (!entry) return scope_no_memory(e->sc);
        *entry = parsed[i];
    }
    TRY(add_from_file(e, &entries, list));
    return write_entries(e, &entries, list, finish_image);
}

/* --- replicas ----------------------------------------------------------------------------------------------------- */

/* strconv.ParseInt, base 10, 64 bits; the canonical text of the number. */
static bool parse_count(editing *e, text t, text *out) {
    bool negative = !text_empty(t) && t.data[0] == '-';
    if (!text_empty(t) && (t.data[0] == '-' || t.data[0] == '+')) t = text_after(t, 1);
    uint64_t value = 0, most = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    if (text_empty(t)) return false;
    for (size_t i = 0; i < t.size; i++) {
        unsigned digit = (unsigned char)t.data[i] - (unsigned)'0';
        if (digit > 9 || value > (most - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *out = text_format(e->sc->arena, "%s%llu", negative && value ? "-" : "", (unsigned long long)value);
    return true;
}

static strata_status finish_replica(editing *e, named_entry *entry) {
    if (entry->from_file) return STRATA_OK;
    node *old = NODE_GET(entry->entry, "count");
    TRY(canonical_set_text(e->sc, entry->entry, TEXT("name"), entry->name));
    if (old) {
        node_set_text(old, entry->count, TAG_INT);
        return STRATA_OK;
    }
    return canonical_add(e->sc, entry->entry, TEXT("count"),
                         node_new_scalar(e->sc->arena, entry->count, TAG_INT, STYLE_PLAIN));
}

static strata_status parse_replica(editing *e, text argument, named_entry *out) {
    text count = argument, name;
    bool fine = text_cut(&count, '=', &name) && text_find_char(count, '=') == SIZE_MAX;
    *out = (named_entry){.name = name};
    if (!fine || !parse_count(e, count, &out->count))
        return editing_refuse(e, "invalid format of replica %.*s, use the following format: <name>=<count>",
                              TEXT_ARG(argument));
    return out->count.data ? STRATA_OK : scope_no_memory(e->sc);
}

strata_status edit_set_replicas(editing *e) {
    entry_list entries;
    node *list;
    if (e->given->value_count == 0) return editing_refuse(e, "no replicas specified");
    named_entry *parsed = ARENA_ARRAY(e->sc->arena, named_entry, e->given->value_count);
    if (!parsed) return scope_no_memory(e->sc);
    for (size_t i = 0; i < e->given->value_count; i++)
        TRY(parse_replica(e, editing_value(e, i), &parsed[i]));
    TRY(new_entries(e, "replicas", &entries, &list));
    for (size_t i = 0; i < e->given->value_count; i++) {
        named_entry *entry = entry_of(e, &entries, parsed[i].name);
        if (!entry) return scope_no_memory(e->sc);
        *entry = parsed[i];
    }
    TRY(add_from_file(e, &entries, list));
    return write_entries(e, &entries, list, finish_replica);
}
