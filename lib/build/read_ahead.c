/* build/read_ahead.c: see read_ahead.h. One task reads a file and cuts it, one more parses each part of a large one. */
#include "build/read_ahead.h"

#include "core/pool.h"
#include "source/path.h"
#include "source/url.h"
#include "yaml/document_pack.h"
#include "yaml/pieces.h"

#include <pthread.h>
#include <stddef.h>

enum { PART = 128 * 1024 /* bytes that are parsed by one task: some milliseconds */ };

typedef struct ahead_part {
    pool_task task;
    ahead_file *file;
    size_t begin, end;
    document_pack *pack; /* NULL: to be read in the ordinary way, or taken */
} ahead_part;

struct ahead_file {
    pool_task task;
    read_ahead *owner;
    const allocator *from;
    arena memory;
    load_place place;
    text full;
    file_outcome outcome;
    text bytes; /* as they are in the file */
    text whole; /* what is parsed: their line breaks normalised */
    ahead_part *parts;
    size_t part_count;
    bool taken;
    ahead_file *next;
};

struct read_ahead {
    const allocator *from;
    const limits *limits;
    pool *pool;
    pthread_mutex_t lock; /* guards what follows */
    arena memory;
    table files; /* by path and restriction */
    table roots; /* directories that were looked into */
    ahead_file *newest;
    size_t input; /* bytes that were read */
};

read_ahead *read_ahead_new(const allocator *from, const limits *bounds, size_t threads) {
    read_ahead *ahead = from->allocate(sizeof *ahead, from->user);
    if (!ahead) return NULL;
    memset(ahead, 0, sizeof *ahead);
    ahead->from = from;
    ahead->limits = bounds;
    ahead->pool = pool_new(from, threads);
    if (!ahead->pool) {
        from->release(ahead, from->user);
        return NULL;
    }
    arena_init(&ahead->memory, from);
    pthread_mutex_init(&ahead->lock, NULL);
    return ahead;
}

static void free_file(void *object) {
    ahead_file *file = object;
    const allocator *from = file->from;
    for (size_t i = 0; i < file->part_count; i++)
        document_pack_release(file->parts[i].pack);
    arena_free(&file->memory);
    from->release(file, from->user);
}

void read_ahead_free(read_ahead *ahead) {
    if (!ahead) return;
    pool_free(ahead->pool);
    for (ahead_file *file = ahead->newest, *next; file; file = next) {
        next = file->next;
        if (!file->taken) free_file(file);
    }
    arena_free(&ahead->memory);
    pthread_mutex_destroy(&ahead->lock);
    ahead->from->release(ahead, ahead->from->user);
}

/* --- parsing ----------------------------------------------------------------------------------------------------- */

static void parse_part(pool_task *task) {
    ahead_part *part = (ahead_part *)task;
    ahead_file *file = part->file;
    part->pack = document_pack_new_part(file->owner->from, file->owner->limits, file->whole, part->begin, part->end);
}

/* Cuts the text into parts and queues them; a small one is parsed at once. Without parts it is read as usual. */
static void parse(ahead_file *file) {
    file->whole = pieces_normalize(&file->memory, file->bytes);
    size_t size = file->whole.data ? file->whole.size : 0;
    file->parts = size ? ARENA_ARRAY(&file->memory, ahead_part, size / PART + 1) : NULL;
    if (!file->parts) return;
    size_t count = 0;
    for (size_t at = 0; at < size; count++) {
        size_t end = size - at < 2 * PART ? size : pieces_cut(file->whole, at + PART);
        file->parts[count] = (ahead_part){.task.run = parse_part, .file = file, .begin = at, .end = end};
        at = end;
    }
    file->part_count = count;
    if (count == 1) {
        parse_part(&file->parts[0].task);
        file->parts[0].task.state = POOL_DONE;
        return;
    }
    for (size_t i = 0; i < count; i++)
        pool_add(file->owner->pool, &file->parts[i].task);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static void announce(read_ahead *ahead, const load_place *place, const located_list *paths, size_t first);

/* Whether it is the first time; false also when memory is out. */
static bool enter_root(read_ahead *ahead, text root) {
    pthread_mutex_lock(&ahead->lock);
    text copy = table_find(&ahead->roots, root) ? TEXT_EMPTY : text_copy(&ahead->memory, root);
    bool entered = copy.size && table_add(&ahead->roots, &ahead->memory, copy, ahead);
    pthread_mutex_unlock(&ahead->lock);
    return entered;
}

/* The one kustomization file of a directory; false when there is none, or something is wrong with it. */
static bool read_kustomization(ahead_file *file, const load_place *place, kustomization *out) {
    arena *a = &file->memory;
    text bytes = TEXT_EMPTY;
    size_t found = 0;
    for (size_t i = 0; i < KUSTOMIZATION_FILE_NAMES; i++) {
        text path = path_join(a, place->root, kustomization_file_names[i]), read;
        if (!path.data || place->files->read(place->files, a, path, load_place_within(place),
                                             file->owner->limits->input_file, &read) != FILE_DONE)
            continue;
        found++;
        bytes = read;
    }
    origin_table origins = {0};
    scope sc = {.arena = a, .from = file->owner->from, .limits = file->owner->limits, .origins = &origins};
    return found == 1 && kustomization_read(&sc, TEXT_EMPTY, bytes, ORIGIN_UNKNOWN, out) == STRATA_OK;
}

/* What a base names; each is looked into once, so circles end. */
static void look_into(ahead_file *file) {
    load_place place = file->place;
    file_kind kind;
    kustomization k;
    if (place.files->real_path(place.files, &file->memory, file->full, &place.root, &kind) != FILE_DONE) return;
    if (kind != FILE_DIRECTORY || (place.jail.size && !path_has_prefix(place.root, place.jail))) return;
    if (!enter_root(file->owner, place.root) || !read_kustomization(file, &place, &k)) return;
    announce(file->owner, &place, &k.resources, 0);
    announce(file->owner, &place, &k.components, 0);
}

/* Whether the total stays within the limit of a build. */
static bool count_input(read_ahead *ahead, size_t size) {
    pthread_mutex_lock(&ahead->lock);
    bool fits = ahead->input <= ahead->limits->input_total && size <= ahead->limits->input_total - ahead->input;
    if (fits) ahead->input += size;
    pthread_mutex_unlock(&ahead->lock);
    return fits;
}

static void read_file(pool_task *task) {
    ahead_file *file = (ahead_file *)task;
    const filesystem *files = file->place.files;
    file->outcome = files->read(files, &file->memory, file->full, load_place_within(&file->place),
                                file->owner->limits->input_file, &file->bytes);
    if (file->outcome == FILE_DONE && !count_input(file->owner, file->bytes.size)) file->outcome = FILE_TOO_LARGE;
    if (file->outcome == FILE_DONE)
        parse(file);
    else if (file->outcome == FILE_IS_DIRECTORY)
        look_into(file);
}

/* --- what is to be read ------------------------------------------------------------------------------------------ */

static ahead_file *new_file(read_ahead *ahead) {
    ahead_file *file = ahead->from->allocate(sizeof *file, ahead->from->user);
    if (!file) return NULL;
    memset(file, 0, sizeof *file);
    file->task.run = read_file;
    file->owner = ahead;
    file->from = ahead->from;
    arena_init(&file->memory, ahead->from);
    arena_expect(&file->memory, 0);
    return file;
}

/* One file for each path and restriction: a link may lead where another base must not read. */
static text key_of(arena *a, const load_place *place, text full) {
    return TEXT_CONCAT(a, full, TEXT("\n"), load_place_within(place));
}

/* Enters the file, and gives false when it is there already. */
static bool enter_file(read_ahead *ahead, ahead_file *file) {
    text key = key_of(&file->memory, &file->place, file->full);
    pthread_mutex_lock(&ahead->lock);
    bool entered = key.data && !table_find(&ahead->files, key) && table_add(&ahead->files, &ahead->memory, key, file);
    if (entered) {
        file->next = ahead->newest;
        ahead->newest = file;
    }
    pthread_mutex_unlock(&ahead->lock);
    return entered;
}

static void announce_one(read_ahead *ahead, const load_place *place, text path) {
    ahead_file *file = url_is_remote_file(path) ? NULL : new_file(ahead);
    if (!file) return;
    file->place = *place;
    file->place.root = text_copy(&file->memory, place->root);
    file->full = text_copy(&file->memory, load_place_path(&file->memory, place, path));
    if (file->place.root.data && file->full.data && enter_file(ahead, file))
        pool_add(ahead->pool, &file->task);
    else
        free_file(file);
}

static void announce(read_ahead *ahead, const load_place *place, const located_list *paths, size_t first) {
    for (size_t i = first; i < paths->count; i++)
        announce_one(ahead, place, paths->items[i].value);
}

void read_ahead_announce(read_ahead *ahead, const loader *l, const located_list *paths, size_t first) {
    load_place place = loader_place(l);
    announce(ahead, &place, paths, first);
}

/* --- what was read ----------------------------------------------------------------------------------------------- */

static ahead_file *find(scope *sc, read_ahead *ahead, const loader *l, text path) {
    load_place place = loader_place(l);
    text full = load_place_path(sc->arena, &place, path);
    text key = full.data ? key_of(sc->arena, &place, full) : full;
    if (!key.data) return NULL;
    pthread_mutex_lock(&ahead->lock);
    ahead_file *file = table_get(&ahead->files, key);
    pthread_mutex_unlock(&ahead->lock);
    return file;
}

/* The build has the file from now on, and with it what it takes of memory. */
static strata_status hand_over(scope *sc, ahead_file *file) {
    if (!arena_hold_object(sc->arena, free_file, file)) return scope_no_memory(sc);
    file->taken = true;
    return STRATA_OK;
}

strata_status read_ahead_take(scope *sc, read_ahead *ahead, loader *l, const located *path, loaded *out,
                              ahead_file **file) {
    *file = NULL;
    ahead_file *found = url_is_remote_file(path->value) ? NULL : find(sc, ahead, l, path->value);
    if (!found || found->taken) return STRATA_OK;
    pool_wait(ahead->pool, &found->task);
    if (found->outcome != FILE_DONE) return STRATA_OK;
    TRY(hand_over(sc, found));
    TRY(loader_accept(sc, l, path->value, path->where, found->bytes, out));
    if (!meter_charge(sc->meter, found->memory.used)) return scope_no_memory_for(sc, path->where);
    *file = found;
    return STRATA_OK;
}

ahead_file *read_ahead_split(scope *sc, read_ahead *ahead, text bytes) {
    ahead_file *file = bytes.size >= 2 * PART ? new_file(ahead) : NULL;
    if (!file) return NULL;
    if (hand_over(sc, file) != STRATA_OK) {
        free_file(file);
        return NULL;
    }
    file->bytes = bytes;
    parse(file);
    return file;
}

/* Waits for all parts; false when one has to be read in the ordinary way, or they are too many documents. */
static bool wait_for_parts(read_ahead *ahead, ahead_file *file) {
    size_t count = 0;
    bool fine = file->part_count > 0;
    for (size_t i = 0; i < file->part_count; i++) {
        pool_wait(ahead->pool, &file->parts[i].task);
        fine = fine && file->parts[i].pack;
        if (fine) count += document_pack_pieces(file->parts[i].pack) - (i > 0);
    }
    return fine && count <= ahead->limits->documents;
}

strata_status read_ahead_documents(scope *sc, read_ahead *ahead, ahead_file *file, text name, origin named_at,
                                   node_list *out, bool *given) {
    *given = wait_for_parts(ahead, file);
    if (!*given) return STRATA_OK;
    origin first;
    if (!origin_add(sc->origins, sc->arena, name, file->whole, named_at, &first)) return scope_no_memory(sc);
    for (size_t i = 0; i < file->part_count; i++) {
        document_pack *pack = file->parts[i].pack;
        file->parts[i].pack = NULL;
        TRY(document_pack_take_part(sc, pack, first, out));
    }
    out->pieces -= file->part_count - 1;
    return STRATA_OK;
}
