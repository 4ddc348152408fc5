/*
 * package/create.c: a new kustomization (strata/create.h); after kustomize's commands/create and its util.go.
 *
 * Unlike there, everything is looked at before anything is decided, so a refused call leaves no empty file.
 */
#include "strata/create.h"

#include "model/kustomization.h"
#include "model/resource_reader.h"
#include "package/walk.h"
#include "source/glob.h"
#include "source/path.h"
#include "yaml/writer.h"

void strata_create_options_init_size(strata_create_options *out, size_t size) {
    strata_create_options fresh = {.size = size};
    api_struct_init(out, size, &fresh, sizeof fresh);
}

/* What is in a directory under a name that a kustomization file may have; *found is NULL when there is nothing. */
static strata_status find_kustomization(work *w, text directory, const char **found) {
    const filesystem *fs = w->loading.files;
    *found = NULL;
    for (size_t i = 0; i < KUSTOMIZATION_FILE_NAMES && !*found; i++) {
        text path = path_join(w->sc.arena, directory, kustomization_file_names[i]);
        if (!path.data) return scope_no_memory(&w->sc);
        if (fs->stat(fs, path) != FILE_MISSING) *found = kustomization_file_names[i].data;
    }
    return STRATA_OK;
}

/* --- resources that are named ------------------------------------------------------------------------------------ */

/* What no file matches must be a directory or repository that could be built. */
static strata_status check_root(work *w, loader *here, text entry) {
    loader *root;
    strata_status status = loader_new(&w->sc, here, entry, ORIGIN_UNKNOWN, &root);
    if (status == STRATA_OK) loader_close(root);
    return scope_is_exhausted(status) || status == STRATA_OK
               ? status
               : scope_note(&w->sc, status, ORIGIN_UNKNOWN, "%.*s has no match among the files", TEXT_ARG(entry));
}

static strata_status add_named(work *w, loader *here, text entry, text_list *out) {
    bool valid;
    size_t before = out->count;
    TRY(glob_expand(&w->sc, w->loading.files, w->loading.working_directory, entry, &valid, out));
    if (!valid)
        return scope_fail(&w->sc, DIAGNOSTIC_FILE_PATTERN, ORIGIN_UNKNOWN, "syntax error in pattern '%.*s'",
                          TEXT_ARG(entry));
    if (out->count > before) return STRATA_OK;
    TRY(check_root(w, here, entry));
    return text_list_add(w->sc.arena, out, entry) ? STRATA_OK : scope_no_memory(&w->sc);
}

static strata_status add_all_named(work *w, const char *const *entries, text_list *out) {
    loader *here;
    if (!entries || !*entries) return STRATA_OK;
    TRY(loader_open(&w->sc, &w->loading, w->loading.working_directory, &here));
    strata_status status = STRATA_OK;
    for (; *entries && status == STRATA_OK; entries++) {
        text entry = text_copy(w->sc.arena, text_from(*entries));
        status = entry.data ? add_named(w, here, entry, out) : scope_no_memory(&w->sc);
    }
    loader_close(here);
    return status;
}

/* --- resources that are found ------------------------------------------------------------------------------------ */

typedef struct search {
    work *work;
    bool recursive;
    table seen; /* what is in the list */
    text_list *out;
} search;

static strata_status add_found(search *s, text path) {
    arena *a = s->work->sc.arena;
    if (table_find(&s->seen, path)) return STRATA_OK;
    if (!table_add(&s->seen, a, path, NULL) || !text_list_add(a, s->out, path)) return scope_no_memory(&s->work->sc);
    return STRATA_OK;
}

/* Whether the file's bytes are resources; what can't be read as such is none. */
static strata_status holds_resources(search *s, text path, text bytes, bool *out) {
    scope *sc = &s->work->sc;
    scope_attempt attempt;
    resource_list list = {0};
    TRY(scope_attempt_begin(sc, &attempt));
    strata_status status = resources_read(sc, path, bytes, ORIGIN_UNKNOWN, &list);
    *out = status == STRATA_OK;
    if (status == STRATA_NO_MEMORY) {
        scope_attempt_keep(sc, &attempt);
        return status;
    }
    scope_attempt_drop(sc, &attempt);
    return STRATA_OK;
}

static strata_status look_at_file(search *s, text path, text full) {
    work *w = s->work;
    text bytes;
    bool fits;
    file_outcome outcome = work_read(w, full, &bytes);
    switch (outcome) {
    case FILE_DONE:
        TRY(work_count_input(w, bytes.size));
        TRY(holds_resources(s, path, bytes, &fits));
        return fits ? add_found(s, path) : STRATA_OK;
    case FILE_NO_MEMORY: return scope_no_memory(&w->sc);
    case FILE_TOO_LARGE:
    case FILE_SPECIAL: return STRATA_OK; /* no resources, whatever is in it */
    case FILE_ABSENT:
    case FILE_IS_DIRECTORY:
        return scope_fail(&w->sc, DIAGNOSTIC_LINK_IN_DIRECTORY, ORIGIN_UNKNOWN,
                          "'%.*s' is a symbolic link to %s, and can't be searched for resources", TEXT_ARG(path),
                          outcome == FILE_ABSENT ? "nothing" : "a directory");
    default:
        return scope_fail(&w->sc, outcome == FILE_DENIED ? DIAGNOSTIC_FILE_DENIED : DIAGNOSTIC_FILE_IO, ORIGIN_UNKNOWN,
                          "can't read '%.*s'", TEXT_ARG(path));
    }
}

static strata_status look_at(void *user, const walk_entry *entry, bool *enter) {
    search *s = user;
    const char *file;
    if (!entry->is_directory) return look_at_file(s, entry->path, entry->full);
    *enter = s->recursive;
    if (!s->recursive) return STRATA_OK;
    TRY(find_kustomization(s->work, entry->full, &file));
    *enter = !file;
    return file ? add_found(s, entry->path) : STRATA_OK;
}

static strata_status add_detected(work *w, bool recursive, text_list *out) {
    search s = {.work = w, .recursive = recursive, .out = out};
    for (size_t i = 0; i < out->count; i++)
        if (!table_add(&s.seen, w->sc.arena, out->items[i], NULL)) return scope_no_memory(&w->sc);
    return walk_directory(w, w->loading.working_directory, look_at, &s);
}

/* --- labels and annotations -------------------------------------------------------------------------------------- */

static text without_quotes(text t) {
    bool quoted = t.size >= 2 && t.data[0] == '"' && t.data[t.size - 1] == '"';
    return quoted ? text_slice(t, 1, t.size - 1) : t;
}

static strata_status read_pairs(work *w, const char *const *given, const char *what, text_map *out) {
    for (; given && *given; given++) {
        text pair = text_copy(w->sc.arena, text_from(*given)), rest = pair, key;
        if (!pair.data) return scope_no_memory(&w->sc);
        bool has_colon = text_cut(&rest, ':', &key);
        if (has_colon && key.size == 0)
            return scope_fail(&w->sc, DIAGNOSTIC_PAIR, ORIGIN_UNKNOWN,
                              "invalid %s: '%.*s' (need k:v pair where v may be quoted)", what, TEXT_ARG(pair));
        if (!text_map_set(w->sc.arena, out, key, without_quotes(rest))) return scope_no_memory(&w->sc);
    }
    return STRATA_OK;
}

/* --- the file ---------------------------------------------------------------------------------------------------- */

/* Writes one field as a document of its own, as kustomize does; an empty one is left out. */
static strata_status write_field(work *w, const char *key, node *value) {
    node *field = node_new_mapping(w->sc.arena);
    if (!field || !value || !node_set(w->sc.arena, field, text_from(key), value)) return scope_no_memory(&w->sc);
    bool empty = value->count == 0;
    return empty ? STRATA_OK : yaml_write(&w->sc, field, YAML_TO_STREAM, &w->output->bytes);
}

static node *text_node(work *w, const char *value) {
    text copy = text_copy(w->sc.arena, text_from(value));
    return copy.data ? node_new_string(w->sc.arena, copy) : NULL;
}

static node *list_node(work *w, const text_list *list) {
    node *n = node_new_sequence(w->sc.arena);
    for (size_t i = 0; n && i < list->count; i++) {
        node *item = node_new_string(w->sc.arena, list->items[i]);
        if (!item || !node_append(w->sc.arena, n, item)) return NULL;
    }
    return n;
}

static node *map_node(work *w, const text_map *map) {
    node *n = node_new_mapping(w->sc.arena);
    for (size_t i = 0; n && i < map->count; i++) {
        node *key = node_new_string(w->sc.arena, map->items[i].key);
        node *value = node_new_string(w->sc.arena, map->items[i].value);
        if (!key || !value || !node_add(w->sc.arena, n, key, value)) return NULL;
    }
    return n;
}

static strata_status create(work *w, const strata_create_options *given) {
    text_list resources = {0};
    text_map labels = {0}, annotations = {0};
    const char *existing;
    TRY(add_all_named(w, given->resources, &resources));
    TRY(find_kustomization(w, w->loading.working_directory, &existing));
    if (existing)
        return scope_fail(&w->sc, DIAGNOSTIC_KUSTOMIZATION_EXISTS, ORIGIN_UNKNOWN,
                          "kustomization file already exists: '%s'", existing);
    if (given->autodetect) TRY(add_detected(w, given->recursive, &resources));
    TRY(read_pairs(w, given->annotations, "annotation", &annotations));
    TRY(read_pairs(w, given->labels, "label", &labels));
    TRY(write_field(w, "apiVersion", text_node(w, "kustomize.config.k8s.io/v1beta1")));
    TRY(write_field(w, "kind", text_node(w, "Kustomization")));
    TRY(write_field(w, "resources", list_node(w, &resources)));
    TRY(write_field(w, "namePrefix", text_node(w, given->name_prefix)));
    TRY(write_field(w, "nameSuffix", text_node(w, given->name_suffix)));
    TRY(write_field(w, "namespace", text_node(w, given->name_space)));
    TRY(write_field(w, "commonLabels", map_node(w, &labels)));
    return write_field(w, "commonAnnotations", map_node(w, &annotations));
}

strata_status strata_create_run(strata_output **out, const strata_renderer *renderer,
                                const strata_create_options *given, strata_error *error) {
    strata_create_options options;
    work w;
    strata_create_options_init(&options);
    if (out) *out = NULL;
    if (!out || !renderer || (given && !api_struct_take(&options, sizeof options, given)))
        return api_fail(error, DIAGNOSTIC_USAGE, "a NULL where a value is needed, or options that _init didn't make");
    strata_status status = work_begin(&w, renderer, error);
    if (status == STRATA_OK) status = create(&w, &options);
    return work_end(&w, status, out);
}
