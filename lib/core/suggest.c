/* core/suggest.c: optimal string alignment distance over three rows; see suggest.h. */
#include "core/suggest.h"

enum { LONGEST = 64 };

static size_t least(size_t a, size_t b, size_t c) {
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

size_t text_distance(text a, text b) {
    if (a.size > LONGEST || b.size > LONGEST) return text_equal(a, b) ? 0 : SIZE_MAX;
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *current = rows[2];
    for (size_t j = 0; j <= b.size; j++)
        last[j] = before[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        current[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t change = a.data[i - 1] == b.data[j - 1] ? 0 : 1;
            current[j] = least(last[j] + 1, current[j - 1] + 1, last[j - 1] + change);
            bool swapped = i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1];
            if (swapped && before[j - 2] + 1 < current[j]) current[j] = before[j - 2] + 1;
        }
        size_t *oldest = before;
        before = last;
        last = current;
        current = oldest;
    }
    return last[b.size];
}

bool suggest_is_near(text wanted, text candidate) {
    size_t longer = wanted.size > candidate.size ? wanted.size : candidate.size;
    if (longer - (wanted.size + candidate.size - longer) > 1 + wanted.size / 4) return false;
    size_t distance = text_distance(wanted, candidate);
    return distance <= 1 + wanted.size / 4 && distance < candidate.size;
}

text suggest_nearest(text wanted, const text *candidates, size_t count) {
    text best = TEXT_EMPTY;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_distance(wanted, candidates[i]);
        if (distance < best_distance && suggest_is_near(wanted, candidates[i])) {
            best = candidates[i];
            best_distance = distance;
        }
    }
    return best;
}
