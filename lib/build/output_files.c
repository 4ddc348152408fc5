/* build/output_files.c: see output_files.h. */
#include "build/output_files.h"

#include "core/buffer.h"
#include "core/open_retrying.h"
#include "core/replace_files.h"
#include "yaml/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* --- names ------------------------------------------------------------------------------------------------------- */

static void add_lower(buffer *b, text t) {
    for (size_t i = 0; i < t.size; i++) {
        char c = t.data[i];
        /* A name is one element of a path, whatever the resource says. */
        if (c == '/' || c == '\0') c = '_';
        buffer_add_char(b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}

static void add_part(buffer *b, text part) {
    if (text_empty(part)) return;
    add_lower(b, part);
    buffer_add_char(b, '_');
}

/* "[namespace_]group_version_kind_name.yaml", without the parts that are empty. */
static strata_status file_name(scope *sc, const resource_set *set, const resource *r, bool with_namespace, text *out) {
    resource_id id = resource_current_id(r, set->schema);
    buffer b;
    buffer_init(&b, sc->from, 0);
    if (with_namespace && !id.cluster_scoped) add_part(&b, resource_id_effective_namespace(&id));
    add_part(&b, id.type.group);
    add_part(&b, id.type.version);
    add_part(&b, id.type.kind);
    if (b.size == 0) buffer_add_char(&b, '_');
    add_lower(&b, id.name);
    buffer_add_text(&b, TEXT(".yaml"));
    *out = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(sc->arena, buffer_text(&b));
    buffer_free(&b);
    return out->data ? STRATA_OK : scope_no_memory(sc);
}

/* Whether the resources that have one are in more than one namespace. */
static bool has_namespaces(const resource_set *set) {
    text first = TEXT_EMPTY;
    for (size_t i = 0; i < set->count; i++) {
        resource_id id = resource_current_id(set->items[i], set->schema);
        if (id.cluster_scoped) continue;
        text own = resource_id_effective_namespace(&id);
        if (text_empty(first)) first = own;
        if (!text_equal(first, own)) return true;
    }
    return false;
}

/* --- files ------------------------------------------------------------------------------------------------------- */

typedef struct output_file {
    text name;
    text bytes;
} output_file;

/* The namespaced resources first, then the others: of two files with one name the later one stays. */
static strata_status render_all(scope *sc, const resource_set *set, output_file *files) {
    bool with_namespace = has_namespaces(set);
    size_t count = 0;
    for (int cluster = 0; cluster <= 1; cluster++)
        for (size_t i = 0; i < set->count; i++) {
            const resource *r = set->items[i];
            if (resource_current_id(r, set->schema).cluster_scoped != cluster) continue;
            TRY(file_name(sc, set, r, with_namespace, &files[count].name));
            TRY(yaml_write_text(sc, r->root, YAML_TO_FILE, &files[count].bytes));
            count++;
        }
    return STRATA_OK;
}

strata_status output_write_directory(scope *sc, const resource_set *set, text directory) {
    output_file *files = ARENA_ARRAY(sc->arena, output_file, set->count + 1);
    char *path = text_c_string(sc->arena, directory);
    if (!files || !path) return scope_no_memory(sc);
    TRY(render_all(sc, set, files));
    int fd = open_retrying(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0)
        return scope_fail(sc, DIAGNOSTIC_WRITE_FAILED, ORIGIN_UNKNOWN, "can't open the directory %s: %s", path,
                          strerror(errno));
    strata_status status = STRATA_OK;
    for (size_t i = 0; i < set->count && status == STRATA_OK; i++)
        if (!replace_in_directory(fd, files[i].name.data, files[i].bytes))
            status = scope_fail(sc, DIAGNOSTIC_WRITE_FAILED, ORIGIN_UNKNOWN, "can't write %s/%.*s: %s", path,
                                TEXT_ARG(files[i].name), strerror(errno));
    close(fd);
    return status;
}
