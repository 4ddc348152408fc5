/* core/hash_index.c: open addressing, with the further values of a hash in a list; see hash_index.h. */
#include "core/hash_index.h"

enum { FIRST_SLOTS = 16 };

/* The slot of the hash, or the free one where it belongs. */
static hash_slot *slot_of(const hash_index *index, uint64_t hash) {
    size_t mask = index->slot_count - 1, at = hash & mask;
    while (index->slots[at].first && index->slots[at].hash != hash)
        at = (at + 1) & mask;
    return &index->slots[at];
}

static bool resize(hash_index *index, arena *a, size_t slot_count) {
    hash_slot *old = index->slots;
    size_t old_count = index->slot_count;
    hash_slot *slots = ARENA_ARRAY(a, hash_slot, slot_count);
    if (!slots) return false;
    index->slots = slots;
    index->slot_count = slot_count;
    for (size_t i = 0; i < old_count; i++)
        if (old[i].first) *slot_of(index, old[i].hash) = old[i];
    return true;
}

/* At most three quarters of the slots are used. */
bool hash_index_expect(hash_index *index, arena *a, size_t count) {
    size_t wanted = index->slot_count ? index->slot_count : FIRST_SLOTS;
    while (wanted / 4 * 3 < count) {
        if (wanted > SIZE_MAX / 2) return false;
        wanted *= 2;
    }
    return wanted == index->slot_count || resize(index, a, wanted);
}

static bool add_more(hash_index *index, arena *a, hash_slot *slot, void *value) {
    if ((slot->more ? index->more[slot->last - 1].value : slot->first) == value) return true;
    if (index->more_count == UINT32_MAX) return false;
    hash_more *more = arena_grow(a, index->more, &index->more_capacity, index->more_count + 1, sizeof *more);
    if (!more) return false;
    index->more = more;
    more[index->more_count++] = (hash_more){value, 0};
    uint32_t number = (uint32_t)index->more_count;
    *(slot->more ? &more[slot->last - 1].next : &slot->more) = number;
    slot->last = number;
    return true;
}

bool hash_index_add(hash_index *index, arena *a, uint64_t hash, void *value) {
    if (!hash_index_expect(index, a, index->used + 1)) return false;
    hash_slot *slot = slot_of(index, hash);
    if (slot->first) return add_more(index, a, slot, value);
    *slot = (hash_slot){hash, value, 0, 0};
    index->used++;
    return true;
}

hash_found hash_index_find(const hash_index *index, uint64_t hash) {
    if (index->used == 0) return (hash_found){NULL, 0};
    const hash_slot *slot = slot_of(index, hash);
    return (hash_found){slot->first, slot->more};
}

hash_found hash_index_next(const hash_index *index, hash_found found) {
    if (!found.next) return (hash_found){NULL, 0};
    return (hash_found){index->more[found.next - 1].value, index->more[found.next - 1].next};
}
