/* yaml/field_sort.c: see field_sort.h. */
#include "yaml/field_sort.h"

enum {
    SHORT_RUN = 12,       /* up to here insertion sort */
    SHORT_FOR_MEDIAN = 8, /* below: no choice of pivot */
    LONG = 50,            /* from here on: pivots of three medians, and a few swaps when nearly sorted */
    MOST_SWAPS = 12,      /* of choosing a pivot, when all comparisons were the other way round */
    MOST_REPAIRS = 5
};

typedef struct sorter {
    value_field *fields;
    key_order order;
} sorter;

static bool less(const sorter *s, size_t a, size_t b) {
    return key_compare(s->fields[a].key, s->fields[b].key, s->order) < 0;
}

static void swap(sorter *s, size_t a, size_t b) {
    value_field moved = s->fields[a];
    s->fields[a] = s->fields[b];
    s->fields[b] = moved;
}

/* --- plain sorting -------------------------------------------------------------------------------------------- */

static void insertion_sort(value_field *fields, size_t count, key_order order) {
    for (size_t i = 1; i < count; i++) {
        value_field moving = fields[i];
        size_t j = i;
        for (; j > 0 && key_compare(moving.key, fields[j - 1].key, order) < 0; j--)
            fields[j] = fields[j - 1];
        fields[j] = moving;
    }
}

static void merge(const value_field *from, size_t middle, size_t count, value_field *to, key_order order) {
    size_t left = 0, right = middle;
    for (size_t i = 0; i < count; i++) {
        bool take_right = left == middle || (right < count && key_compare(from[right].key, from[left].key, order) < 0);
        to[i] = from[take_right ? right++ : left++];
    }
}

void field_sort(value_field *fields, size_t count, key_order order, value_field *scratch) {
    for (size_t i = 0; i < count; i += SHORT_RUN)
        insertion_sort(fields + i, count - i < SHORT_RUN ? count - i : SHORT_RUN, order);
    for (size_t run = SHORT_RUN; run < count; run *= 2) {
        for (size_t i = 0; i < count; i += 2 * run) {
            size_t left = count - i, both = left < 2 * run ? left : 2 * run;
            merge(fields + i, both < run ? both : run, both, scratch + i, order);
        }
        memcpy(fields, scratch, count * sizeof *fields);
    }
}

/* --- as Go does ----------------------------------------------------------------------------------------------- */

static void put_in_order(const sorter *s, size_t *a, size_t *b, int *swaps) {
    if (!less(s, *b, *a)) return;
    size_t moved = *a;
    *a = *b;
    *b = moved;
    ++*swaps;
}

static size_t median(const sorter *s, size_t a, size_t b, size_t c, int *swaps) {
    put_in_order(s, &a, &b, swaps);
    put_in_order(s, &b, &c, swaps);
    put_in_order(s, &a, &b, swaps);
    return b;
}

/* *swaps tells how the candidates lay: 0 in order, MOST_SWAPS the other way round. */
static size_t choose_pivot(const sorter *s, size_t begin, size_t end, int *swaps) {
    size_t quarter = (end - begin) / 4;
    size_t a = begin + quarter, b = begin + 2 * quarter, c = begin + 3 * quarter;
    *swaps = 0;
    if (end - begin < SHORT_FOR_MEDIAN) return b;
    if (end - begin >= LONG) {
        a = median(s, a - 1, a, a + 1, swaps);
        b = median(s, b - 1, b, b + 1, swaps);
        c = median(s, c - 1, c, c + 1, swaps);
    }
    return median(s, a, b, c, swaps);
}

/* Moves the pair that is out of order at i apart, each to where its neighbours are in order with it. */
static void repair(sorter *s, size_t begin, size_t end, size_t i) {
    swap(s, i, i - 1);
    if (i - begin >= 2)
        for (size_t j = i - 1; j >= 1 && less(s, j, j - 1); j--)
            swap(s, j, j - 1);
    if (end - i >= 2)
        for (size_t j = i + 1; j < end && less(s, j, j - 1); j++)
            swap(s, j, j - 1);
}

/* Whether the range is in order, perhaps after a few repairs. */
static bool is_nearly_sorted(sorter *s, size_t begin, size_t end) {
    size_t i = begin + 1;
    for (int repairs = 0; repairs < MOST_REPAIRS; repairs++) {
        while (i < end && !less(s, i, i - 1))
            i++;
        if (i == end) return true;
        if (end - begin < LONG) return false;
        repair(s, begin, end, i);
    }
    return false;
}

/* Puts what is less than the pivot before it and the rest behind; returns its place. */
static size_t partition(sorter *s, size_t begin, size_t end, size_t pivot, bool *was_partitioned) {
    swap(s, begin, pivot);
    size_t i = begin + 1, j = end - 1;
    for (*was_partitioned = true;; *was_partitioned = false) {
        while (i <= j && less(s, i, begin))
            i++;
        while (i <= j && !less(s, j, begin))
            j--;
        if (i > j) break;
        swap(s, i++, j--);
    }
    swap(s, j, begin);
    return j;
}

/* Puts what is not greater than the pivot first; returns where the rest begins. */
static size_t partition_equal(sorter *s, size_t begin, size_t end, size_t pivot) {
    swap(s, begin, pivot);
    size_t i = begin + 1, j = end - 1;
    for (;;) {
        while (i <= j && !less(s, begin, i))
            i++;
        while (i <= j && less(s, begin, j))
            j--;
        if (i > j) return i;
        swap(s, i++, j--);
    }
}

static void reverse(sorter *s, size_t begin, size_t end) {
    for (; begin + 1 < end; begin++)
        swap(s, begin, --end);
}

/* Scatters a few fields in the middle: what has given one bad pivot may give another. */
static void break_pattern(sorter *s, size_t begin, size_t end) {
    size_t length = end - begin, mask = 1;
    uint64_t random = length;
    while (mask <= length)
        mask *= 2;
    for (size_t i = begin + length / 4 * 2 - 1; i <= begin + length / 4 * 2 + 1; i++) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        size_t other = (size_t)random & (mask - 1);
        swap(s, i, begin + (other < length ? other : other - length));
    }
}

static void sift_down(sorter *s, size_t first, size_t root, size_t end) {
    for (size_t child; (child = 2 * root + 1) < end; root = child) {
        if (child + 1 < end && less(s, first + child, first + child + 1)) child++;
        if (!less(s, first + root, first + child)) return;
        swap(s, first + root, first + child);
    }
}

static void heap_sort(sorter *s, size_t begin, size_t end) {
    size_t count = end - begin;
    for (size_t i = (count - 1) / 2 + 1; i-- > 0;)
        sift_down(s, begin, i, count);
    for (size_t i = count; i-- > 0;) {
        swap(s, begin, begin + i);
        sift_down(s, begin, 0, i);
    }
}

/* `patience`: how many bad pivots are left before the range is heap-sorted. */
static void sort_range(sorter *s, size_t begin, size_t end, unsigned patience) {
    bool balanced = true, partitioned = true;
    while (end - begin > SHORT_RUN) {
        if (patience == 0) {
            heap_sort(s, begin, end);
            return;
        }
        if (!balanced) {
            break_pattern(s, begin, end);
            patience--;
        }
        int swaps;
        size_t pivot = choose_pivot(s, begin, end, &swaps);
        if (swaps == MOST_SWAPS) {
            reverse(s, begin, end);
            pivot = end - 1 - (pivot - begin);
        }
        bool hopeful = swaps == 0 || swaps == MOST_SWAPS;
        if (balanced && partitioned && hopeful && is_nearly_sorted(s, begin, end)) return;
        if (begin > 0 && !less(s, begin - 1, pivot)) {
            begin = partition_equal(s, begin, end, pivot);
            continue;
        }
        size_t middle = partition(s, begin, end, pivot, &partitioned);
        size_t left = middle - begin, right = end - middle, enough = (end - begin) / 8;
        balanced = (left < right ? left : right) >= enough;
        if (left < right) {
            sort_range(s, begin, middle, patience);
            begin = middle + 1;
        } else {
            sort_range(s, middle + 1, end, patience);
            end = middle;
        }
    }
    insertion_sort(s->fields + begin, end - begin, s->order);
}

void field_sort_go(value_field *fields, size_t count, key_order order) {
    sorter s = {fields, order};
    unsigned patience = 0;
    for (size_t n = count; n > 0; n /= 2)
        patience++;
    sort_range(&s, 0, count, patience);
}
