/* Files that builds share: what they get is what reading gives, and nobody sees what another makes of it. */
#include "write_fixture.h"
#include "yaml/document_cache.h"
#include "yaml/pieces.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>

static document_cache *cache;

static void set_up(void) {
    fixture_set_up();
    cache = document_cache_new(&allocator_libc, &limits_default, 1 << 20);
    cr_assert_not_null(cache);
}

static void tear_down(void) {
    fixture_tear_down();
    document_cache_free(cache);
}

TestSuite(document_cache, .init = set_up, .fini = tear_down);

static const yaml_options options = {.dialect = YAML_RESOURCE};

static const char text_with_all[] = "a: &x [1, \"q\\n\", {b: c}]\nd: *x\ne: |\n  text\n# {\"k\": 1}\nf: !t v\n"
                                    "---\n# nothing\n---\r\ng: {}\nh: >-\n  folded\n  text\n";

static document_pack *get(const char *input) { return document_cache_get(cache, text_from(input)); }

/* A small file is kept from the second time on. */
static document_pack *get_kept(const char *input) {
    document_pack_release(get(input));
    return get(input);
}

/* Whether two trees say the same, at the same distance between their places. */
static void expect_same(const node *a, const node *b, origin apart) {
    cr_assert_eq(a->kind, b->kind);
    cr_assert_eq(a->style, b->style);
    cr_assert_eq(a->tag, b->tag);
    cr_assert_eq(a->flags, b->flags);
    cr_assert_eq(a->count, b->count);
    cr_assert_eq(a->where + apart, b->where);
    cr_assert_eq(!a->extra, !b->extra);
    if (a->extra) cr_assert(text_equal(a->extra->tag, b->extra->tag));
    if (a->extra) cr_assert(text_equal(a->extra->head_comment, b->extra->head_comment));
    if (a->kind == NODE_SCALAR) {
        cr_assert(text_equal(node_text(a), node_text(b)));
        return;
    }
    for (size_t i = 0; i < (a->kind == NODE_MAPPING ? (size_t)a->count * 2 : a->count); i++)
        expect_same(a->items[i], b->items[i], apart);
}

/* Reads in the ordinary way, then takes the pack: the second has its places behind the first. */
static void expect_as_read(document_pack *pack, const char *input) {
    node_list read = {0}, taken = {0};
    cr_assert_eq(yaml_read(&sc, TEXT("t.yaml"), text_from(input), ORIGIN_UNKNOWN, &options, &read), STRATA_OK);
    origin_source *last = &sc.origins->items[sc.origins->count - 1];
    origin apart = last->size + 1;
    cr_assert_eq(document_pack_take(&sc, pack, TEXT("t.yaml"), ORIGIN_UNKNOWN, &taken), STRATA_OK);
    cr_assert_eq(read.count, taken.count);
    cr_assert_eq(read.pieces, taken.pieces);
    for (size_t i = 0; i < read.count; i++)
        expect_same(read.items[i], taken.items[i], apart);
}

Test(document_cache, shared_pack_gives_what_reading_gives) {
    expect_as_read(get_kept(text_with_all), text_with_all);
    expect_as_read(get(text_with_all), text_with_all);
    cr_assert_eq(sc.origins->count, 4u);
}

Test(document_cache, lone_pack_gives_what_reading_gives) {
    expect_as_read(document_pack_new(&allocator_libc, &limits_default, text_from(text_with_all)), text_with_all);
    expect_as_read(document_pack_new(&allocator_libc, &limits_default, TEXT("a: b")), "a: b");
    expect_as_read(document_pack_new(&allocator_libc, &limits_default, TEXT("")), "");
}

Test(document_cache, changes_of_one_build_stay_its_own) {
    node_list first = {0}, second = {0};
    cr_assert_eq(document_pack_take(&sc, get_kept("a: {b: c}\n"), TEXT("t"), ORIGIN_UNKNOWN, &first), STRATA_OK);
    node_set_text(NODE_GET(NODE_GET(first.items[0], "a"), "b"), TEXT("changed"), TAG_STR);
    cr_assert(
        node_add(sc.arena, first.items[0], node_new_string(sc.arena, TEXT("x")), node_new_string(sc.arena, TEXT("y"))));
    cr_assert_eq(document_pack_take(&sc, get("a: {b: c}\n"), TEXT("t"), ORIGIN_UNKNOWN, &second), STRATA_OK);
    cr_assert_eq(second.items[0]->count, 1u);
    cr_assert(text_is(node_text(NODE_GET(NODE_GET(second.items[0], "a"), "b")), "c"));
}

Test(document_cache, same_bytes_have_one_pack) {
    document_pack *a = get_kept("a: 1\n"), *b = get("a: 1\n"), *other = get_kept("a: 2\n");
    cr_assert_not_null(a);
    cr_assert_eq(a, b);
    cr_assert_neq(a, other);
    document_pack_release(a);
    document_pack_release(b);
    document_pack_release(other);
}

Test(document_cache, small_file_waits_for_its_second_time) {
    cr_assert_null(get("a: 1\n"));
    cr_assert_eq(document_cache_size(cache), 0u);
    document_pack_release(get("a: 1\n"));
    cr_assert_gt(document_cache_size(cache), 0u);
}

Test(document_cache, what_fails_or_has_places_of_its_own_is_left_to_reading) {
    static const char utf16[] = "\xff\xfe"
                                "a\0:\0 \0b\0";
    cr_assert_null(get_kept("a: [\n"));
    cr_assert_null(get_kept("a: b\n--- c\n"));
    cr_assert_null(document_pack_new(&allocator_libc, &limits_default, text_of(utf16, sizeof utf16 - 1)));
    cr_assert_eq(document_cache_size(cache), 0u);
}

/* A file of 8,000 bytes with the number in it. */
static document_pack *get_large(int number) {
    char input[8001], start[16];
    memset(input, 'x', sizeof input);
    snprintf(start, sizeof start, "a: %07d", number);
    memcpy(input, start, 10);
    input[sizeof input - 1] = '\0';
    return get(input);
}

/* The same outside of the cache, with limits of its own. */
static document_pack *get_large_alone(const limits *bounds) {
    char input[8001] = "a: ";
    memset(input + 3, 'x', sizeof input - 4);
    return document_pack_new(&allocator_libc, bounds, text_from(input));
}

Test(document_cache, least_used_leave_when_there_is_no_room) {
    document_cache_free(cache);
    cache = document_cache_new(&allocator_libc, &limits_default, 150000);
    document_pack *first = get_large(0), *held = get_large(1);
    for (int i = 2; i < 50; i++) {
        document_pack_release(get_large(i));
        document_pack *again = get_large(0);
        cr_assert_eq(again, first); /* used all the time, so it stays */
        document_pack_release(again);
        cr_assert_leq(document_cache_size(cache), 150000u);
    }
    /* What has left lives on for those who have it. */
    cr_assert_eq(document_pack_source(held).size, 8000u);
    document_pack *anew = get_large(1);
    cr_assert_neq(anew, held);
    document_pack_release(first);
    document_pack_release(held);
    document_pack_release(anew);
}

Test(document_cache, file_larger_than_the_room_is_given_and_not_kept) {
    document_cache_free(cache);
    cache = document_cache_new(&allocator_libc, &limits_default, 1000);
    document_pack *pack = get_large(0);
    cr_assert_not_null(pack);
    cr_assert_eq(document_cache_size(cache), 0u);
    document_pack_release(pack);
}

Test(document_cache, pack_counts_towards_the_memory_of_its_build) {
    limits small = limits_default;
    meter m;
    small.memory = 5000;
    meter_init(&m, &allocator_libc, &small);
    sc.meter = &m;
    node_list taken = {0};
    document_pack *pack = document_pack_new(&allocator_libc, &limits_default, TEXT("a: [1, 2, 3, 4, 5, 6, 7, 8]\n"));
    cr_assert_eq(document_pack_take(&sc, pack, TEXT("t"), ORIGIN_UNKNOWN, &taken), STRATA_OK);
    cr_assert_eq(document_pack_take(&sc, get_large(0), TEXT("t"), ORIGIN_UNKNOWN, &taken), STRATA_OK, "shared");
    document_cache_free(cache);
    cache = NULL;
    pack = get_large_alone(&limits_default);
    strata_status status = document_pack_take(&sc, pack, TEXT("t"), ORIGIN_UNKNOWN, &taken);
    cr_assert(scope_is_exhausted(status), "%d", (int)status);
}

Test(document_cache, pack_is_held_to_the_limits_of_a_build) {
    limits small = limits_default;
    small.memory = 5000;
    cr_assert_null(get_large_alone(&small));
}

/* The parts of a text, wherever it may be cut, have what it has. */
static void expect_parts(const char *input) {
    text whole = text_from(input);
    for (size_t from = 0; from <= whole.size; from++) {
        size_t cut = pieces_cut(whole, from);
        cr_assert_geq(cut, from);
        node_list read = {0}, taken = {0};
        cr_assert_eq(yaml_read(&sc, TEXT("t"), whole, ORIGIN_UNKNOWN, &options, &read), STRATA_OK);
        origin_source *last = &sc.origins->items[sc.origins->count - 1];
        origin apart = last->size + 1, first;
        cr_assert(origin_add(sc.origins, sc.arena, TEXT("t"), whole, ORIGIN_UNKNOWN, &first));
        document_pack *one = document_pack_new_part(&allocator_libc, &limits_default, whole, 0, cut);
        document_pack *two = document_pack_new_part(&allocator_libc, &limits_default, whole, cut, whole.size);
        cr_assert_eq(document_pack_take_part(&sc, one, first, &taken), STRATA_OK);
        cr_assert_eq(document_pack_take_part(&sc, two, first, &taken), STRATA_OK);
        cr_assert_eq(read.pieces + (cut < whole.size), taken.pieces);
        cr_assert_eq(read.count, taken.count, "%s at %zu", input, cut);
        for (size_t i = 0; i < read.count; i++)
            expect_same(read.items[i], taken.items[i], apart);
    }
}

Test(document_cache, parts_of_a_file_have_its_documents) {
    expect_parts("a: 1\n---\nb: 2\n---\nc: |\n  text\n---\nd: 4");
    expect_parts("---\na: 1\n---\n---\nb: 2\n---\n---\n---\nc: 3\n---\n");
    expect_parts("---\n---\n---\n---\na: 1\n--- # comment\nb: 1\n---");
    expect_parts("a: 1\n\n---\n\n---\nb: 1\n---  \n# c\n");
    expect_parts("a: >+\n  b\n\n---\nc: d");
    expect_parts("a: b");
}

enum { THREADS = 6, ROUNDS = 400 };

/* NULL when every file was what it should be. */
static void *read_many(void *user) {
    unsigned at = (unsigned)(uintptr_t)user;
    const char *wrong = NULL;
    for (int i = 0; i < ROUNDS && !wrong; i++) {
        arena thread_memory;
        origin_table origins = {0};
        arena_init(&thread_memory, NULL);
        scope own = {.arena = &thread_memory, .from = &allocator_libc, .limits = &limits_default, .origins = &origins};
        node_list documents = {0};
        at = at * 1103515245u + 12345u;
        int number = (int)(at >> 16) % 20;
        document_pack *pack = get_large(number);
        char want[12];
        snprintf(want, sizeof want, "%07d", number);
        if (!pack || document_pack_take(&own, pack, TEXT("t"), ORIGIN_UNKNOWN, &documents))
            wrong = "a file was not read";
        else if (!text_starts(node_text(NODE_GET(documents.items[0], "a")), text_of(want, 7)))
            wrong = "a file is that of another text";
        else
            documents.items[0]->count = 0;
        arena_free(&thread_memory);
    }
    return (void *)wrong;
}

Test(document_cache, serves_many_threads) {
    pthread_t threads[THREADS];
    document_cache_free(cache);
    cache = document_cache_new(&allocator_libc, &limits_default, 100000);
    for (size_t i = 0; i < THREADS; i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, read_many, (void *)(i + 1)), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        cr_assert_null(wrong, "%s", (const char *)wrong);
    }
}
