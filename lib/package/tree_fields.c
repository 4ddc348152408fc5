/* package/tree_fields.c: see tree_fields.h. */
#include "package/tree_fields.h"

#include "core/sort.h"
#include "package/flow_text.h"
#include "package/package_api.h"
#include "yaml/path.h"
#include "yaml/writer.h"

typedef struct tree_field {
    text name;     /* of the branch or line */
    text sub_name; /* of the line below a container; empty: the field stands alone */
    text_list path;
} tree_field;

/* --- which ------------------------------------------------------------------------------------------------------- */

/* The longest first: each begins with what the shorter ones don't. */
static const char *const container_lists[] = {"spec.template.spec.containers",
                                              "spec.jobTemplate.spec.template.spec.containers", "spec.containers"};
enum { CONTAINER_LIST_COUNT = sizeof container_lists / sizeof *container_lists };

static strata_status join(scope *sc, const text_list *parts, text *out) {
    *out = TEXT_EMPTY;
    for (size_t i = 0; i < parts->count; i++) {
        *out = i ? TEXT_CONCAT(sc->arena, *out, TEXT("."), parts->items[i]) : parts->items[i];
        if (!out->data) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static strata_status add_field(work *w, const text_list *path, tree_field_list *out) {
    tree_field *items = arena_grow(w->sc.arena, out->items, &out->capacity, out->count + 1, sizeof *items);
    if (!items) return scope_no_memory(&w->sc);
    out->items = items;
    tree_field *field = &items[out->count++];
    *field = (tree_field){.path = *path, .sub_name = TEXT_EMPTY};
    TRY(join(&w->sc, path, &field->name));
    for (size_t i = 0; i < CONTAINER_LIST_COUNT; i++) {
        if (!text_starts(field->name, text_from(container_lists[i]))) continue;
        field->name = text_from(container_lists[i]);
        field->sub_name = path->items[path->count - 1];
        break;
    }
    return STRATA_OK;
}

static strata_status add_path(work *w, const char *path, tree_field_list *out) {
    text_list parts = {0};
    text copy = package_text(w, path);
    if (!copy.data) return scope_no_memory(&w->sc);
    TRY(field_path_parse(&w->sc, copy, &parts));
    return add_field(w, &parts, out);
}

static strata_status add_of_containers(work *w, const char *field, tree_field_list *out) {
    static const char *const lists[] = {"spec.containers", "spec.template.spec.containers",
                                        "spec.jobTemplate.spec.template.spec.containers"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        text_list parts = {0};
        TRY(field_path_parse(&w->sc, text_from(lists[i]), &parts));
        if (!text_list_add(w->sc.arena, &parts, TEXT("[name=.*]")) ||
            !text_list_add(w->sc.arena, &parts, text_from(field)))
            return scope_no_memory(&w->sc);
        TRY(add_field(w, &parts, out));
    }
    return STRATA_OK;
}

strata_status tree_fields_init(work *w, const strata_package_options *options, tree_field_list *out) {
    static const struct {
        unsigned flag;
        const char *of_containers;
        const char *own;
    } rows[] = {{STRATA_TREE_NAME, "name", NULL},
                {STRATA_TREE_IMAGE, "image", NULL},
                {STRATA_TREE_COMMAND, "command", NULL},
                {STRATA_TREE_ARGS, "args", NULL},
                {STRATA_TREE_ENV, "env", NULL},
                {STRATA_TREE_REPLICAS, NULL, "spec.replicas"},
                {STRATA_TREE_RESOURCES, "resources", NULL},
                {STRATA_TREE_PORTS, "ports", "spec.ports"}};
    *out = (tree_field_list){0};
    TRY(field_order_init(&w->sc, &out->order));
    for (const char *const *path = options->field_paths; path && *path; path++)
        TRY(add_path(w, *path, out));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!(options->fields & rows[i].flag)) continue;
        if (rows[i].of_containers) TRY(add_of_containers(w, rows[i].of_containers, out));
        if (rows[i].own) TRY(add_path(w, rows[i].own, out));
    }
    return STRATA_OK;
}

/* --- looking them up --------------------------------------------------------------------------------------------- */

/* A branch or line that is being put together. */
typedef struct shown shown;
typedef struct shown_list {
    shown *items;
    size_t count;
    size_t capacity;
} shown_list;
struct shown {
    text name;
    text value;
    size_t rank;
    bool is_branch;
    shown_list below;
};

static shown *add_shown(work *w, const field_order *order, shown_list *list, text name) {
    shown *items = arena_grow(w->sc.arena, list->items, &list->capacity, list->count + 1, sizeof *items);
    if (!items) return NULL;
    list->items = items;
    items[list->count] = (shown){.name = name, .value = TEXT_EMPTY, .rank = field_order_rank(order, name)};
    return &items[list->count++];
}

/* The one with that name, made when it is missing. */
static shown *find_shown(work *w, const field_order *order, shown_list *list, text name) {
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].name, name)) return &list->items[i];
    return add_shown(w, order, list, name);
}

static strata_status value_of_field(work *w, const node *n, text *out) {
    node *bare = node_clone(w->sc.arena, n);
    if (!bare) return scope_no_memory(&w->sc);
    TRY(comments_strip(&w->sc, bare));
    return flow_text(&w->sc, bare, out);
}

typedef struct field_search {
    work *work;
    const field_order *order;
    const tree_field *field;
    shown_list *out;
} field_search;

/* Enters what a path leads to. `key` is what its elements were found by, innermost first. */
static strata_status enter_found(field_search *s, const node_list *found, text key) {
    work *w = s->work;
    if (found->count == 0) return STRATA_OK;
    shown *top = find_shown(w, s->order, s->out, s->field->name);
    if (!top) return scope_no_memory(&w->sc);
    if (text_empty(s->field->sub_name)) return value_of_field(w, found->items[0], &top->value);
    top->is_branch = true;
    shown *element = find_shown(w, s->order, &top->below, key);
    if (!element) return scope_no_memory(&w->sc);
    for (size_t i = 0; i < found->count; i++) {
        shown *line = add_shown(w, s->order, &element->below, s->field->sub_name);
        if (!line) return scope_no_memory(&w->sc);
        TRY(value_of_field(w, found->items[i], &line->value));
    }
    return STRATA_OK;
}

/* The text that an element was matched by: its field as YAML. */
static strata_status element_key(work *w, const node *element, text name, text *out) {
    const node *value = node_get(element, name);
    buffer b;
    *out = TEXT_EMPTY;
    if (!value) return STRATA_OK;
    buffer_init(&b, w->sc.from, w->sc.limits->output);
    strata_status status = yaml_write_v3(&w->sc, value, &b);
    if (status == STRATA_OK && (buffer_failed(&b) || !(*out = text_copy(w->sc.arena, text_trim(buffer_text(&b)))).data))
        status = scope_no_memory(&w->sc);
    buffer_free(&b);
    return status;
}

/* Follows the path from part `at`, list by list, as each element has a branch of its own. */
static strata_status follow(field_search *s, node *from, size_t at, text key) {
    const text_list *path = &s->field->path;
    work *w = s->work;
    size_t end = at;
    text name, value;
    node_list found = {0};
    while (end < path->count && !path_part_is_element(path->items[end]))
        end++;
    if (end == path->count || !path_part_split_element(path->items[end], &name, &value) || text_empty(name)) {
        TRY(path_match(&w->sc, from, path->items + at, path->count - at, NULL, &found));
        return enter_found(s, &found, key);
    }
    TRY(path_match(&w->sc, from, path->items + at, end + 1 - at, NULL, &found));
    for (size_t i = 0; i < found.count; i++) {
        text own, inner = key;
        TRY(element_key(w, found.items[i], name, &own));
        if (key.size) inner = TEXT_CONCAT(w->sc.arena, own, TEXT("/"), key);
        if (!inner.data) return scope_no_memory(&w->sc);
        TRY(follow(s, found.items[i], end + 1, key.size ? inner : own));
    }
    return STRATA_OK;
}

/* --- drawing ----------------------------------------------------------------------------------------------------- */

static int compare_shown(const void *a, const void *b, void *user) {
    const shown *x = a, *y = b;
    (void)user;
    if (x->rank && y->rank) return x->rank < y->rank ? -1 : x->rank > y->rank;
    if (x->rank || y->rank) return x->rank ? -1 : 1;
    int order = text_compare(x->name, y->name);
    return order ? order : text_compare(x->value, y->value);
}

static strata_status sort_shown(work *w, shown_list *list) {
    bool sorted = sort_stable(w->sc.from, list->items, list->count, sizeof *list->items, compare_shown, NULL);
    return sorted ? STRATA_OK : scope_no_memory(&w->sc);
}

static strata_status draw_line(work *w, const shown *line, drawing *branch) {
    text value = TEXT_CONCAT(w->sc.arena, line->name, TEXT(": "), line->value);
    return value.data && drawing_add(w->sc.arena, branch, value) ? STRATA_OK : scope_no_memory(&w->sc);
}

static strata_status draw_elements(work *w, shown *list, drawing *branch) {
    drawing *top = drawing_add(w->sc.arena, branch, list->name);
    if (!top) return scope_no_memory(&w->sc);
    TRY(sort_shown(w, &list->below));
    for (size_t i = 0; i < list->below.count; i++) {
        shown *element = &list->below.items[i];
        text number = text_format(w->sc.arena, "%zu", i);
        drawing *own = number.data ? drawing_add(w->sc.arena, top, number) : NULL;
        if (!own) return scope_no_memory(&w->sc);
        TRY(sort_shown(w, &element->below));
        for (size_t j = 0; j < element->below.count; j++)
            TRY(draw_line(w, &element->below.items[j], own));
    }
    return STRATA_OK;
}

strata_status tree_fields_draw(work *w, const tree_field_list *fields, node *root, drawing *branch) {
    shown_list all = {0};
    for (size_t i = 0; i < fields->count; i++) {
        field_search s = {.work = w, .order = &fields->order, .field = &fields->items[i], .out = &all};
        TRY(follow(&s, root, 0, TEXT_EMPTY));
    }
    TRY(sort_shown(w, &all));
    for (size_t i = 0; i < all.count; i++)
        TRY(all.items[i].is_branch ? draw_elements(w, &all.items[i], branch) : draw_line(w, &all.items[i], branch));
    return STRATA_OK;
}
