/* yaml/key_order.c: see key_order.h. */
#include "yaml/key_order.h"

#include "core/utf8.h"
#include "yaml/field_sort.h"
#include "yaml/letters.h"
#include "yaml/shape.h"

/* --- comparing ------------------------------------------------------------------------------------------------ */

static uint32_t code_at(text t, size_t i) {
    size_t length;
    return utf8_decode(t.data + i, t.size - i, &length);
}

/* Where the character before t[i] begins. */
static size_t character_before(text t, size_t i) {
    do
        i--;
    while (i > 0 && ((unsigned char)t.data[i] & 0xC0) == 0x80);
    return i;
}

/* Whether a digit other than 0 stands in the run of digits that ends before t[i]. */
static bool follows_number(text t, size_t i) {
    while (i > 0) {
        i = character_before(t, i);
        uint32_t code = code_at(t, i);
        if (!letters_is_digit(code)) return false;
        if (code != '0') return true;
    }
    return false;
}

/* The number at t[i], wrapping as Go's int64 does; *digits counts its characters. */
static int64_t number_at(text t, size_t i, bool after_number, size_t *digits) {
    uint64_t number = after_number ? 1 : 0;
    *digits = 0;
    while (i < t.size) {
        size_t length;
        uint32_t code = utf8_decode(t.data + i, t.size - i, &length);
        if (!letters_is_digit(code)) break;
        number = number * 10 + (code - '0');
        i += length;
        ++*digits;
    }
    return (int64_t)number;
}

static int compare_numbers(text a, text b, size_t i, uint32_t a_code, uint32_t b_code) {
    bool after_number = (a_code == '0' || b_code == '0') && follows_number(a, i);
    size_t a_digits, b_digits;
    int64_t a_number = number_at(a, i, after_number, &a_digits);
    int64_t b_number = number_at(b, i, after_number, &b_digits);
    if (a_number != b_number) return a_number < b_number ? -1 : 1;
    if (a_digits != b_digits) return a_digits < b_digits ? -1 : 1;
    return a_code < b_code ? -1 : 1;
}

/* The keys differ at their character i. */
static int compare_at(text a, text b, size_t i, key_order order) {
    uint32_t a_code = code_at(a, i), b_code = code_at(b, i);
    bool a_letter = letters_is_letter(a_code), b_letter = letters_is_letter(b_code);
    if (a_letter && b_letter) return a_code < b_code ? -1 : 1;
    if (a_letter || b_letter) {
        bool after_digit = order == KEY_ORDER_V3 && i > 0 && letters_is_digit(code_at(a, character_before(a, i)));
        return (after_digit ? a_letter : b_letter) ? -1 : 1;
    }
    return compare_numbers(a, b, i, a_code, b_code);
}

int key_compare(text a, text b, key_order order) {
    size_t shorter = a.size < b.size ? a.size : b.size, i = 0;
    while (i < shorter && a.data[i] == b.data[i])
        i++;
    if (order == KEY_ORDER_BYTES && i < shorter) return (unsigned char)a.data[i] < (unsigned char)b.data[i] ? -1 : 1;
    if (i == shorter) return a.size == b.size ? 0 : a.size < b.size ? -1 : 1;
    while (i > 0 && ((unsigned char)a.data[i] & 0xC0) == 0x80)
        i--;
    return compare_at(a, b, i, order);
}

int yaml_key_compare(text a, text b) { return key_compare(a, b, KEY_ORDER_V2); }

/* --- sorting -------------------------------------------------------------------------------------------------- */

/* Without digits, in ASCII, the order is that of a dictionary. */
static bool is_ambiguous(const value_field *fields, size_t count) {
    unsigned classes = 0;
    for (size_t i = 0; i < count; i++)
        classes |= fields[i].classes;
    return classes & (CLASS_DIGIT | CLASS_HIGH);
}

static bool is_sorted(const value_field *fields, size_t count, key_order order) {
    for (size_t i = 1; i < count; i++)
        if (key_compare(fields[i - 1].key, fields[i].key, order) >= 0) return false;
    return true;
}

static strata_status check_neighbours(scope *sc, const value_field *fields, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (text_equal(fields[i - 1].key, fields[i].key)) return value_duplicate_key(sc, &fields[i - 1], &fields[i]);
    return STRATA_OK;
}

strata_status key_order_sort(scope *sc, value_field *fields, size_t count, key_order order, value_field *scratch) {
    if (count < 2) return STRATA_OK;
    bool ambiguous = order != KEY_ORDER_BYTES && is_ambiguous(fields, count);
    if (!ambiguous && is_sorted(fields, count, order)) return STRATA_OK;
    field_sort(fields, count, ambiguous ? KEY_ORDER_BYTES : order, scratch);
    TRY(check_neighbours(sc, fields, count));
    if (ambiguous) field_sort_go(fields, count, order);
    return STRATA_OK;
}
