/*
 * package/tree.c: strata_package_tree; after cmd/config's tree and kyaml's kio/tree.go.
 *
 * A directory hangs below the directory with resources whose path is the longest beginning of its own, as text:
 * kustomize takes any beginning, a different one from run to run when there are several.
 */
#include "core/sort.h"
#include "package/package_api.h"
#include "package/pipeline.h"
#include "package/tree_fields.h"
#include "source/path.h"

typedef struct leaf {
    node *root;
    text file;
    text directory;
    text kind, name, name_space, version;
} leaf;

typedef struct tree_work {
    work *work;
    text root; /* the directory that was asked for */
    tree_field_list fields;
    leaf *leaves;
    size_t count;
} tree_work;

static text scalar_of(const node *mapping, const char *key) {
    const node *value = node_get(mapping, text_from(key));
    return node_is_null(value) ? TEXT_EMPTY : node_text(value);
}

static leaf read_leaf(node *root) {
    const node *metadata = NODE_GET(root, "metadata");
    text path = file_annotations_path(root);
    return (leaf){.root = root,
                  .file = path_base(path),
                  .directory = path_directory(path),
                  .kind = scalar_of(root, "kind"),
                  .version = scalar_of(root, "apiVersion"),
                  .name = scalar_of(metadata, "name"),
                  .name_space = scalar_of(metadata, "namespace")};
}

static int compare_in_directory(const leaf *a, const leaf *b) {
    const text pairs[][2] = {{a->file, b->file},
                             {a->name_space, b->name_space},
                             {a->name, b->name},
                             {a->kind, b->kind},
                             {a->version, b->version}};
    int order = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && !order; i++)
        order = text_compare(pairs[i][0], pairs[i][1]);
    return order;
}

static int compare_leaves(const void *a, const void *b, void *user) {
    (void)user;
    int order = text_compare(((const leaf *)a)->directory, ((const leaf *)b)->directory);
    return order ? order : compare_in_directory(a, b);
}

static strata_status draw_leaf(tree_work *t, const leaf *l, text in_brackets, drawing *parent, drawing **out) {
    arena *a = t->work->sc.arena;
    text value = l->name_space.size ? TEXT_CONCAT(a, l->kind, TEXT(" "), l->name_space, TEXT("/"), l->name)
                                    : TEXT_CONCAT(a, l->kind, TEXT(" "), l->name);
    *out = value.data ? drawing_add_labelled(a, parent, in_brackets, value) : NULL;
    if (!*out) return scope_no_memory(&t->work->sc);
    return tree_fields_draw(t->work, &t->fields, l->root, *out);
}

/* --- by directories ---------------------------------------------------------------------------------------------- */

typedef struct branch {
    text directory;
    drawing *drawn;
} branch;

/*
 * Directories come sorted, so those whose text begins this one's are a stack: what doesn't begin it begins none that
 * follows.
 */
typedef struct branch_stack {
    branch *items;
    size_t count;
    size_t capacity;
} branch_stack;

static strata_status branch_name(tree_work *t, text directory, text *out) {
    work *w = t->work;
    text place = path_join(w->sc.arena, t->root, directory), full = place.data ? work_path(w, place) : place;
    text file = full.data ? path_join(w->sc.arena, full, TEXT("Krmfile")) : full;
    if (!file.data) return scope_no_memory(&w->sc);
    *out = path_base(directory);
    if (w->loading.files->stat(w->loading.files, file) == FILE_MISSING) return STRATA_OK;
    *out = TEXT_CONCAT(w->sc.arena, TEXT("Pkg: "), *out);
    return out->data ? STRATA_OK : scope_no_memory(&w->sc);
}

static strata_status enter_directory(tree_work *t, branch_stack *stack, text directory, drawing *root, drawing **out) {
    arena *a = t->work->sc.arena;
    while (stack->count && !text_starts(directory, stack->items[stack->count - 1].directory))
        stack->count--;
    *out = stack->count ? stack->items[stack->count - 1].drawn : root;
    if (!text_is(directory, ".")) {
        text name;
        TRY(branch_name(t, directory, &name));
        *out = drawing_add(a, *out, name);
        if (!*out) return scope_no_memory(&t->work->sc);
    }
    branch *items = arena_grow(a, stack->items, &stack->capacity, stack->count + 1, sizeof *items);
    if (!items) return scope_no_memory(&t->work->sc);
    stack->items = items;
    items[stack->count++] = (branch){directory, *out};
    return STRATA_OK;
}

static strata_status draw_directories(tree_work *t, drawing *root) {
    branch_stack stack = {0};
    drawing *current = root, *drawn;
    for (size_t i = 0; i < t->count; i++) {
        const leaf *l = &t->leaves[i];
        if (i == 0 || !text_equal(l->directory, t->leaves[i - 1].directory))
            TRY(enter_directory(t, &stack, l->directory, root, &current));
        TRY(draw_leaf(t, l, l->file, current, &drawn));
    }
    return STRATA_OK;
}

/* --- by owners --------------------------------------------------------------------------------------------------- */

typedef struct owned owned;
struct owned {
    const leaf *leaf; /* NULL: only named as an owner so far */
    text id;
    owned **items;
    size_t count;
    size_t capacity;
};

static const node *owner_of(const leaf *l) {
    const node *owners = node_at(l->root, "metadata", "ownerReferences", NULL);
    return node_is_sequence(owners) && owners->count ? owners->items[0] : NULL;
}

static strata_status id_of(work *w, text kind, text name_space, text name, text *out) {
    *out = TEXT_CONCAT(w->sc.arena, kind, TEXT(" "), name_space, TEXT("/"), name);
    return out->data ? STRATA_OK : scope_no_memory(&w->sc);
}

static strata_status find_owned(work *w, table *all, text id, owned **out) {
    *out = table_get(all, id);
    if (*out) return STRATA_OK;
    *out = ARENA_NEW(w->sc.arena, owned);
    if (!*out || !table_add(all, w->sc.arena, id, *out)) return scope_no_memory(&w->sc);
    (*out)->id = id;
    return STRATA_OK;
}

static strata_status add_owned(work *w, owned *owner, owned *item) {
    owned **items = arena_grow(w->sc.arena, owner->items, &owner->capacity, owner->count + 1, sizeof *items);
    if (!items) return scope_no_memory(&w->sc);
    owner->items = items;
    items[owner->count++] = item;
    return STRATA_OK;
}

/* Owners are known by kind and name, in the namespace of what they own. */
static strata_status enter_owned(tree_work *t, table *all, const leaf *l, owned *root) {
    work *w = t->work;
    const node *reference = owner_of(l);
    owned *owner = root, *own;
    text id;
    if (reference) {
        TRY(id_of(w, scalar_of(reference, "kind"), l->name_space, scalar_of(reference, "name"), &id));
        TRY(find_owned(w, all, id, &owner));
    }
    TRY(id_of(w, l->kind, l->name_space, l->name, &id));
    TRY(find_owned(w, all, id, &own));
    own->leaf = l;
    return add_owned(w, owner, own);
}

static int compare_owned(const void *a, const void *b, void *user) {
    (void)user;
    return compare_in_directory((*(owned *const *)a)->leaf, (*(owned *const *)b)->leaf);
}

static strata_status fail_no_owner(work *w, const owned *missing, const owned *item) {
    return scope_fail(&w->sc, DIAGNOSTIC_OWNER_MISSING, item->leaf->root->where,
                      "owner '%.*s' not found in input, but found as an owner of input objects", TEXT_ARG(missing->id));
}

static strata_status draw_owned(tree_work *t, owned *parent, drawing *place, uint32_t depth) {
    work *w = t->work;
    if (depth > w->sc.limits->nesting)
        return scope_fail(&w->sc, DIAGNOSTIC_LIMIT, ORIGIN_UNKNOWN,
                          "owners are more than %u levels deep, or own themselves", (unsigned)w->sc.limits->nesting);
    if (!sort_stable(w->sc.from, parent->items, parent->count, sizeof *parent->items, compare_owned, NULL))
        return scope_no_memory(&w->sc);
    for (size_t i = 0; i < parent->count; i++) {
        drawing *drawn;
        TRY(draw_leaf(t, parent->items[i]->leaf, TEXT("Resource"), place, &drawn));
        TRY(draw_owned(t, parent->items[i], drawn, depth + 1));
    }
    return STRATA_OK;
}

static strata_status draw_owners(tree_work *t, drawing *root) {
    table all = {0};
    owned top = {0};
    for (size_t i = 0; i < t->count; i++)
        TRY(enter_owned(t, &all, &t->leaves[i], &top));
    for (const table_entry *e = all.newest; e; e = e->older) {
        const owned *o = e->value;
        if (!o->leaf) return fail_no_owner(t->work, o, o->items[0]);
    }
    return draw_owned(t, &top, root, 0);
}

/* --- both -------------------------------------------------------------------------------------------------------- */

static bool has_owners(const node_list *resources) {
    for (size_t i = 0; i < resources->count; i++) {
        const node *owners = node_at(resources->items[i], "metadata", "ownerReferences", NULL);
        if (!node_is_null(owners)) return true;
    }
    return false;
}

/* The resources, without those that have no kind when the tree is one of directories. */
static strata_status read_leaves(tree_work *t, const node_list *resources, bool by_owners) {
    work *w = t->work;
    t->leaves = ARENA_ARRAY(w->sc.arena, leaf, resources->count + 1);
    if (!t->leaves) return scope_no_memory(&w->sc);
    for (size_t i = 0; i < resources->count; i++) {
        leaf l = read_leaf(resources->items[i]);
        if (by_owners || l.kind.size) t->leaves[t->count++] = l;
    }
    if (by_owners || sort_stable(w->sc.from, t->leaves, t->count, sizeof *t->leaves, compare_leaves, NULL))
        return STRATA_OK;
    return scope_no_memory(&w->sc);
}

static strata_status draw(work *w, const strata_package_options *options, node_list *resources, buffer *out) {
    tree_work t = {.work = w, .root = TEXT(".")};
    TRY(pipeline_choose_local(w, resources, options->include_local, options->exclude_non_local));
    if (resources->count == 0) return STRATA_OK;
    bool by_owners = options->graph == STRATA_TREE_GRAPH_OWNERS ||
                     (options->graph == STRATA_TREE_GRAPH_UNSPECIFIED && has_owners(resources));
    if (options->path) t.root = path_clean(w->sc.arena, package_text(w, options->path));
    drawing *root = drawing_add(w->sc.arena, NULL, by_owners ? TEXT(".") : t.root);
    if (!t.root.data || !root) return scope_no_memory(&w->sc);
    TRY(tree_fields_init(w, options, &t.fields));
    TRY(read_leaves(&t, resources, by_owners));
    TRY(by_owners ? draw_owners(&t, root) : draw_directories(&t, root));
    return drawing_write(&w->sc, root, out);
}

strata_status strata_package_tree(strata_output **out, const strata_renderer *renderer,
                                  const strata_package_options *options, strata_error *error) {
    return package_run_on_tree(out, renderer, options, draw, error);
}
