/*
 * build/accumulate.c: files, directories and repositories that a kustomization names; after kustomize's kusttarget.go
 * (accumulateResources, accumulateDirectory). See target.h.
 */
#include "build/target.h"

#include "model/resource_reader.h"
#include "source/path.h"
#include "source/url.h"

/* --- reading ahead ----------------------------------------------------------------------------------------------- */

enum { ENOUGH_TO_READ = 96 * 1024 /* a build that reads less is done before threads are of use */ };

/* A file that was read, and perhaps parsed on other threads. */
typedef struct opened {
    loaded loaded;
    ahead_file *ahead; /* NULL: it wasn't */
} opened;

static void announce(const target *t) {
    read_ahead_announce(t->build->ahead, t->loader, &t->k.resources, t->next_resource);
    read_ahead_announce(t->build->ahead, t->loader, &t->k.components, 0);
}

/*
 * From enough bytes on, what the build will come to is read ahead: nearest first. The file at hand was not. Files that
 * builds share, a limit that each allocation has to be counted for, and a caller's filter are matters of one thread.
 */
static void begin_ahead(target *t, opened *file) {
    build *b = t->build;
    scope *sc = b->sc;
    b->read_so_far += file->loaded.bytes.size;
    if (b->options->jobs < 2 || b->read_so_far < ENOUGH_TO_READ || sc->documents || sc->limits->memory ||
        loader_has_filter(t->loader))
        return;
    bool begins = !b->ahead;
    if (begins) b->ahead = read_ahead_new(sc->meter ? sc->meter->from : sc->from, sc->limits, b->options->jobs - 1);
    if (!b->ahead) return;
    file->ahead = read_ahead_split(sc, b->ahead, file->loaded.bytes);
    for (const target *at = begins ? t : NULL; at; at = at->consumer)
        announce(at);
}

static strata_status open_entry(target *t, const located *path, opened *out) {
    scope *sc = t->build->sc;
    *out = (opened){.ahead = NULL};
    if (t->build->ahead) TRY(read_ahead_take(sc, t->build->ahead, t->loader, path, &out->loaded, &out->ahead));
    if (out->ahead) return STRATA_OK;
    TRY(loader_load(sc, t->loader, path->value, path->where, &out->loaded));
    if (out->loaded.outcome == LOAD_DONE) begin_ahead(t, out);
    return STRATA_OK;
}

/* --- files ------------------------------------------------------------------------------------------------------- */

static strata_status set_of(scope *sc, const schema *s, const resource_list *list, resource_set *out) {
    resource_set_init(out, s);
    for (size_t i = 0; i < list->count; i++)
        TRY(resource_set_append(sc, out, list->items[i]));
    return STRATA_OK;
}

static strata_status read_resources(target *t, const located *path, const opened *file, resource_list *out) {
    scope *sc = t->build->sc;
    text name = loader_display(sc, t->loader, path->value);
    node_list documents = {NULL, 0, 0, 0};
    bool given = false;
    if (!name.data) return scope_no_memory(sc);
    if (file->ahead) TRY(read_ahead_documents(sc, t->build->ahead, file->ahead, name, path->where, &documents, &given));
    if (given) return resources_of_documents(sc, name, file->loaded.bytes, &documents, path->where, out);
    return resources_read(sc, name, file->loaded.bytes, path->where, out);
}

static strata_status accumulate_file(target *t, accumulator *acc, const located *path, const opened *file) {
    scope *sc = t->build->sc;
    resource_list read;
    resource_set set;
    TRY(read_resources(t, path, file, &read));
    TRY(set_of(sc, t->build->schema, &read, &set));
    if (t->origin.recorded) {
        provenance own;
        text annotation;
        TRY(provenance_append(sc, &t->origin, path->value, &own));
        TRY(provenance_of_file(sc, &own, &annotation));
        TRY(provenance_set_origin(sc, &set, annotation));
    }
    return resource_set_append_all(sc, &acc->set, &set);
}

/* What the use of a base counts as, beside its memory: looking for its files takes longer than holding it. */
enum { BASE_CHARGE = 8 * 1024 };

/* --- directories and repositories -------------------------------------------------------------------------------- */

static strata_status check_kind(const target *base, bool is_component, origin named_at) {
    scope *sc = base->build->sc;
    if (is_component == base->k.is_component) return STRATA_OK;
    text root = loader_display(sc, base->loader, loader_root(base->loader));
    if (is_component)
        return scope_fail(sc, DIAGNOSTIC_WRONG_KIND, named_at,
                          "%.*s is a Kustomization, not a Component: name it under resources", TEXT_ARG(root));
    return scope_fail(sc, DIAGNOSTIC_WRONG_KIND, named_at,
                      "%.*s is a Component: name it under components, not resources", TEXT_ARG(root));
}

static strata_status accumulate_loaded(target *t, accumulator *acc, target *base, const located *path,
                                       bool is_component) {
    scope *sc = t->build->sc;
    base->k.has_build_metadata = t->k.has_build_metadata;
    base->k.build_metadata = t->k.build_metadata;
    base->origin = t->origin;
    if (t->origin.recorded) TRY(provenance_append(sc, &t->origin, path->value, &base->origin));
    base->helm_namespace = text_empty(t->k.name_space) ? t->helm_namespace : t->k.name_space;
    TRY(target_set_schema(base, false));
    TRY(check_kind(base, is_component, path->where));
    if (is_component) return target_accumulate(base, acc);
    accumulator own;
    accumulator_init(&own, t->build->schema);
    TRY(target_accumulate(base, &own));
    return accumulator_merge(sc, acc, &own);
}

/*
 * How much a base is, all that it names included: an entry that names it again warrants so much more (core/meter.h). An
 * entry counts the first time only that its own kustomization is accumulated, so that all of them together are at most
 * the entries in the input times all of the input.
 */
static size_t fed(const scope *sc) { return sc->meter ? sc->meter->input + sc->meter->again : 0; }

static strata_status note_size(build *b, text root, size_t bytes) {
    scope *sc = b->sc;
    size_t *size = ARENA_NEW(sc->arena, size_t);
    if (!size) return scope_no_memory(sc);
    *size = sc->meter && bytes > sc->meter->input ? sc->meter->input : bytes;
    return table_add(&b->bases, sc->arena, root, size) ? STRATA_OK : scope_no_memory(sc);
}

static strata_status accumulate_directory(target *t, accumulator *acc, loader *from, const located *path,
                                          bool is_component) {
    scope *sc = t->build->sc;
    if (t->depth >= sc->limits->base_depth)
        return scope_fail(sc, DIAGNOSTIC_LIMIT, path->where, "bases are nested more than %u deep",
                          sc->limits->base_depth);
    target *base = meter_charge(sc->meter, BASE_CHARGE) ? ARENA_NEW(sc->arena, target) : NULL;
    if (!base) return scope_no_memory_for(sc, path->where);
    const size_t *known = table_get(&t->build->bases, loader_root(from));
    if (known && !t->seen_before) meter_feed_again(sc->meter, *known);
    size_t before = fed(sc);
    TRY(target_load(t->build, from, path->where, base));
    base->depth = t->depth + 1;
    base->consumer = t;
    base->seen_before = known;
    if (t->build->ahead) announce(base);
    TRY(accumulate_loaded(t, acc, base, path, is_component));
    return known ? STRATA_OK : note_size(t->build, loader_root(from), fed(sc) - before);
}

static strata_status accumulate_opened(target *t, accumulator *acc, loader *from, const located *path,
                                       bool is_component) {
    strata_status status = accumulate_directory(t, acc, from, path, is_component);
    loader_close(from);
    return status;
}

static strata_status accumulate_base(target *t, accumulator *acc, const located *path, bool is_component) {
    loader *from;
    TRY(loader_new(t->build->sc, t->loader, path->value, path->where, &from));
    return accumulate_opened(t, acc, from, path, is_component);
}

/* --- which of them ----------------------------------------------------------------------------------------------- */

/*
 * A page that can be fetched but holds no resources may be the front page of a repository: then the base is tried. When
 * that can't be had either, malformed YAML means that the page was meant as a file; but not after a timeout, as then
 * there is something to clone. `page` holds the page's failure, and is ended here.
 */
static strata_status open_instead_of_page(target *t, const located *path, scope_attempt *page, loader **out) {
    scope *sc = t->build->sc;
    strata_status malformed =
        strata_error_code(sc->error) == DIAGNOSTIC_YAML_SYNTAX ? strata_error_status(sc->error) : STRATA_OK;
    scope_attempt base;
    strata_status status = scope_attempt_begin(sc, &base);
    if (status != STRATA_OK) {
        scope_attempt_keep(sc, page);
        return status;
    }
    status = loader_new(sc, t->loader, path->value, path->where, out);
    if (status == STRATA_OK) {
        scope_attempt_drop(sc, &base);
        scope_attempt_drop(sc, page);
        return status;
    }
    if (malformed && !scope_is_exhausted(status) && strata_error_code(sc->error) != DIAGNOSTIC_FETCH_TIMEOUT) {
        status = malformed;
        scope_attempt_drop(sc, &base);
    } else {
        scope_attempt_replace(sc, &base);
    }
    scope_attempt_keep(sc, page);
    return status;
}

static strata_status accumulate_page(target *t, accumulator *acc, const located *path, const opened *file) {
    scope *sc = t->build->sc;
    scope_attempt page;
    TRY(scope_attempt_begin(sc, &page));
    bool base = false;
    strata_status status = accumulate_file(t, acc, path, file);
    /* When that can't be told, the page's own failure is the answer. */
    if (status != STRATA_OK && !scope_is_exhausted(status) &&
        loader_may_be_base(sc, t->loader, path->value, &base) != STRATA_OK)
        base = false;
    if (!base) {
        scope_attempt_keep(sc, &page);
        return status;
    }
    loader *from;
    TRY(open_instead_of_page(t, path, &page, &from));
    return accumulate_opened(t, acc, from, path, false);
}

/*
 * The reference tries each entry as a file and then, if that fails for whatever reason, as a base. Only a directory or
 * a repository can be one, so for everything else the file's error is the one to show.
 */
static strata_status accumulate_entry(target *t, accumulator *acc, const located *path) {
    scope *sc = t->build->sc;
    opened file;
    TRY(open_entry(t, path, &file));
    if (file.loaded.outcome == LOAD_DONE) {
        bool page = url_is_remote_file(path->value);
        return page ? accumulate_page(t, acc, path, &file) : accumulate_file(t, acc, path, &file);
    }
    bool base = false;
    if (file.loaded.outcome != LOAD_BAD_STATUS) TRY(loader_may_be_base(sc, t->loader, path->value, &base));
    if (base) return accumulate_base(t, acc, path, false);
    return loader_explain(sc, t->loader, path->value, path->where, &file.loaded);
}

strata_status accumulate_resources(target *t, accumulator *acc, const located_list *paths) {
    for (size_t i = 0; i < paths->count; i++) {
        if (paths == &t->k.resources) t->next_resource = i + 1;
        TRY(accumulate_entry(t, acc, &paths->items[i]));
    }
    return STRATA_OK;
}

strata_status accumulate_components(target *t, accumulator *acc) {
    for (size_t i = 0; i < t->k.components.count; i++)
        TRY(accumulate_base(t, acc, &t->k.components.items[i], true));
    return STRATA_OK;
}
