/* yaml/document_pack.c: see document_pack.h. Places inside a pack count from 1; a copy has them moved to its own. */
#include "yaml/document_pack.h"

#include <stdatomic.h>

struct document_pack {
    allocator from; /* its own: a pack outlives who made it */
    limits bounds;
    meter meter; /* in front of the allocator: what a text makes of little is as much here as in a build */
    atomic_size_t references;
    arena memory;
    text source;
    text bytes; /* what the places count in: the source with its line breaks normalised */
    node_list documents;
    size_t nodes;    /* in all documents */
    size_t pointers; /* to items, keys and values */
    size_t extras;
};

/* --- making ------------------------------------------------------------------------------------------------------ */

static void count_nodes(document_pack *pack, const node *n) {
    pack->nodes++;
    if (n->extra) pack->extras++;
    if (n->kind == NODE_SCALAR) return;
    size_t pointers = n->kind == NODE_MAPPING ? (size_t)n->count * 2 : n->count;
    pack->pointers += pointers;
    for (size_t i = 0; i < pointers; i++)
        count_nodes(pack, n->items[i]);
}

static void note_warning(const strata_error *warning, void *user) {
    (void)warning;
    *(bool *)user = true;
}

/* A text in UTF-16 becomes a source of its own in the table, whose places a copy could not move. */
static bool read_documents(document_pack *pack, bool whole, size_t begin, size_t end) {
    static const yaml_options options = {.dialect = YAML_RESOURCE};
    bool warned = false;
    origin_table origins = {0};
    scope sc = {.arena = &pack->memory,
                .from = &pack->meter.counting,
                .limits = &pack->bounds,
                .meter = &pack->meter,
                .origins = &origins,
                .warn = note_warning,
                .warn_user = &warned};
    if (whole) {
        if (yaml_read(&sc, TEXT_EMPTY, pack->source, ORIGIN_UNKNOWN, &options, &pack->documents)) return false;
    } else {
        origin first;
        if (!origin_add(&origins, &pack->memory, TEXT_EMPTY, pack->source, ORIGIN_UNKNOWN, &first) ||
            yaml_read_part(&sc, pack->source, begin, end, first, &pack->documents))
            return false;
    }
    if (warned || origins.count != 1) return false;
    pack->bytes = origins.items[0].bytes;
    for (size_t i = 0; i < pack->documents.count; i++)
        count_nodes(pack, pack->documents.items[i]);
    return true;
}

/* An empty pack for `size` bytes of text. */
static document_pack *new_pack(const allocator *from, const limits *bounds, size_t size) {
    document_pack *pack = from->allocate(sizeof *pack, from->user);
    if (!pack) return NULL;
    memset(pack, 0, sizeof *pack);
    pack->from = *from;
    pack->bounds = *bounds;
    meter_init(&pack->meter, &pack->from, &pack->bounds);
    meter_feed(&pack->meter, size);
    atomic_init(&pack->references, 1);
    arena_init(&pack->memory, &pack->meter.counting);
    arena_expect(&pack->memory, size);
    return pack;
}

document_pack *document_pack_new(const allocator *from, const limits *bounds, text bytes) {
    document_pack *pack = new_pack(from, bounds, bytes.size);
    if (!pack) return NULL;
    pack->source = text_copy(&pack->memory, bytes);
    if (pack->source.data && read_documents(pack, true, 0, bytes.size)) return pack;
    document_pack_release(pack);
    return NULL;
}

document_pack *document_pack_new_part(const allocator *from, const limits *bounds, text whole, size_t begin,
                                      size_t end) {
    document_pack *pack = new_pack(from, bounds, end - begin);
    if (!pack) return NULL;
    pack->source = whole;
    if (read_documents(pack, false, begin, end)) return pack;
    document_pack_release(pack);
    return NULL;
}

document_pack *document_pack_share(document_pack *pack) {
    atomic_fetch_add_explicit(&pack->references, 1, memory_order_relaxed);
    return pack;
}

void document_pack_release(document_pack *pack) {
    if (!pack || atomic_fetch_sub_explicit(&pack->references, 1, memory_order_acq_rel) != 1) return;
    allocator from = pack->from;
    arena_free(&pack->memory);
    from.release(pack, from.user);
}

text document_pack_source(const document_pack *pack) { return pack->source; }
size_t document_pack_pieces(const document_pack *pack) { return pack->documents.pieces; }
size_t document_pack_size(const document_pack *pack) { return sizeof *pack + pack->meter.used; }

/* --- copying ----------------------------------------------------------------------------------------------------- */

/* The rooms that the copies are cut from, each made once at the right size. */
typedef struct copying {
    node *nodes;
    node **pointers;
    node_extra *extras;
    origin moved; /* what is added to each place */
} copying;

static node *copy_node(copying *c, const node *n) {
    node *copy = c->nodes++;
    *copy = *n;
    if (copy->where != ORIGIN_UNKNOWN) copy->where += c->moved;
    if (n->extra) {
        copy->extra = c->extras++;
        *copy->extra = *n->extra;
    }
    if (n->kind == NODE_SCALAR) return copy;
    size_t pointers = n->kind == NODE_MAPPING ? (size_t)n->count * 2 : n->count;
    copy->capacity = n->count;
    copy->items = c->pointers;
    c->pointers += pointers;
    for (size_t i = 0; i < pointers; i++)
        copy->items[i] = copy_node(c, n->items[i]);
    return copy;
}

static strata_status copy_documents(scope *sc, const document_pack *pack, origin moved, node_list *out) {
    copying c = {.nodes = arena_alloc(sc->arena, pack->nodes * sizeof *c.nodes),
                 .pointers = arena_alloc(sc->arena, pack->pointers * sizeof *c.pointers),
                 .extras = arena_alloc(sc->arena, pack->extras * sizeof *c.extras),
                 .moved = moved};
    if (!c.nodes || !c.pointers || !c.extras) return scope_no_memory(sc);
    for (size_t i = 0; i < pack->documents.count; i++)
        if (!node_list_add(sc->arena, out, copy_node(&c, pack->documents.items[i]))) return scope_no_memory(sc);
    return STRATA_OK;
}

/* --- or giving them away ----------------------------------------------------------------------------------------- */

static void move_places(node *n, origin moved) {
    if (n->where != ORIGIN_UNKNOWN) n->where += moved;
    if (n->kind == NODE_SCALAR) return;
    size_t pointers = n->kind == NODE_MAPPING ? (size_t)n->count * 2 : n->count;
    for (size_t i = 0; i < pointers; i++)
        move_places(n->items[i], moved);
}

static strata_status give_documents(scope *sc, document_pack *pack, origin moved, node_list *out) {
    if (!meter_charge(sc->meter, pack->meter.used)) return scope_no_memory(sc);
    for (size_t i = 0; i < pack->documents.count; i++) {
        if (moved) move_places(pack->documents.items[i], moved);
        if (!node_list_add(sc->arena, out, pack->documents.items[i])) return scope_no_memory(sc);
    }
    return STRATA_OK;
}

static void release_pack(void *pack) { document_pack_release(pack); }

strata_status document_pack_take_part(scope *sc, document_pack *pack, origin first, node_list *out) {
    bool shared = atomic_load_explicit(&pack->references, memory_order_acquire) > 1;
    if (!arena_hold_object(sc->arena, release_pack, pack)) {
        document_pack_release(pack);
        return scope_no_memory(sc);
    }
    out->pieces += pack->documents.pieces;
    return shared ? copy_documents(sc, pack, first - 1, out) : give_documents(sc, pack, first - 1, out);
}

strata_status document_pack_take(scope *sc, document_pack *pack, text name, origin included_from, node_list *out) {
    origin first;
    if (!origin_add(sc->origins, sc->arena, name, pack->bytes, included_from, &first)) {
        document_pack_release(pack);
        return scope_no_memory(sc);
    }
    return document_pack_take_part(sc, pack, first, out);
}
