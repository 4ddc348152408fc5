/* transform/var_value.c: see var_value.h. After kyaml's yaml/rnode.go and kustomize's api/filters/refvar. */
#include "transform/var_value.h"

#include "core/base64.h"
#include "core/utf8.h"
#include "yaml/path.h"
#include "yaml/resolve.h"

/* --- reading ----------------------------------------------------------------------------------------------------- */

/* "ports[0]" means the parts ports and 0, "[0]" the part 0. */
static strata_status add_part(scope *sc, text part, text_list *out) {
    size_t open = text_find_last_char(part, '[');
    bool indexed = text_ends(part, TEXT("]")) && open != SIZE_MAX && open + 2 < part.size;
    for (size_t i = open + 1; indexed && i + 1 < part.size; i++)
        indexed = part.data[i] >= '0' && part.data[i] <= '9';
    bool added = true;
    if (!indexed || open > 0) added = text_list_add(sc->arena, out, indexed ? text_slice(part, 0, open) : part);
    if (indexed) added = added && text_list_add(sc->arena, out, text_slice(part, open + 1, part.size - 1));
    return added ? STRATA_OK : scope_no_memory(sc);
}

static strata_status find_field(scope *sc, node *root, text path, node **out) {
    text_list split, parts = {NULL, 0, 0};
    TRY(path_split_bracketed(sc, path, '.', &split));
    for (size_t i = 0; i < split.count; i++)
        TRY(add_part(sc, split.items[i], &parts));
    return path_get(sc, root, parts.items, parts.count, NULL, out);
}

/* strconv.ParseFloat, of what YAML reads as a number. */
static bool read_float(text t, double *out) {
    for (size_t i = 0; i < t.size; i++)
        if (!t.data[i] || !strchr("0123456789+-.eE", t.data[i])) return false;
    scalar_value v = resolve_v3(t);
    if (v.type == SCALAR_FLOAT) *out = v.real;
    if (v.type == SCALAR_INT) *out = (double)v.integer;
    if (v.type == SCALAR_UINT) *out = (double)v.unsigned_integer;
    return v.type == SCALAR_FLOAT || v.type == SCALAR_INT || v.type == SCALAR_UINT;
}

/* strconv.ParseBool. */
static bool read_bool(text t, bool *out) {
    static const char *const words[] = {"1", "t", "T", "true",  "TRUE",  "True",
                                        "0", "f", "F", "false", "FALSE", "False"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!text_is(t, words[i])) continue;
        *out = i < 6;
        return true;
    }
    return false;
}

static bool read_scalar(const node *n, var_value *out) {
    out->string = node_text(n);
    switch (n->tag) {
    case TAG_INT: out->type = VAR_INT; return path_part_number(out->string, &out->integer);
    case TAG_FLOAT: out->type = VAR_FLOAT; return read_float(out->string, &out->real);
    case TAG_BOOL: out->type = VAR_BOOL; return read_bool(out->string, &out->boolean);
    default: out->type = VAR_TEXT; return true;
    }
}

strata_status var_value_read(scope *sc, node *root, text path, var_value *out, bool *found) {
    *out = (var_value){.string = TEXT_EMPTY};
    *found = false;
    scope quiet = *sc;
    quiet.error = NULL;
    node *field;
    strata_status status = find_field(&quiet, root, path, &field);
    if (status == STRATA_NO_MEMORY) return scope_no_memory(sc);
    if (status != STRATA_OK || !field) return STRATA_OK;
    if (field->kind == NODE_SCALAR) {
        *found = read_scalar(field, out);
    } else {
        out->type = VAR_COLLECTION;
        *found = true;
    }
    return STRATA_OK;
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

void var_value_print(const var_value *value, buffer *out) {
    char number[32];
    switch (value->type) {
    case VAR_INT: buffer_add_format(out, "%lld", (long long)value->integer); break;
    case VAR_FLOAT: buffer_add(out, number, format_float_go(value->real, number)); break;
    case VAR_BOOL: buffer_add_text(out, value->boolean ? TEXT("true") : TEXT("false")); break;
    default: buffer_add_text(out, value->string); break;
    }
}

/* strconv.FormatFloat with 'f': the shortest digits without an exponent, from the form that may have one. */
static void print_without_exponent(double real, buffer *out) {
    char number[32];
    text t = text_of(number, format_float_go(real, number)), mantissa;
    if (text_starts(t, TEXT("-"))) buffer_add_char(out, '-');
    t = text_starts(t, TEXT("-")) ? text_after(t, 1) : t;
    int64_t exponent = 0;
    if (text_cut(&t, 'e', &mantissa)) path_part_number(t, &exponent);
    text fraction = mantissa, whole;
    text_cut(&fraction, '.', &whole);
    if (exponent < 0) {
        buffer_add_text(out, TEXT("0."));
        buffer_add_repeated(out, '0', (size_t)(-exponent - 1));
    }
    buffer_add_text(out, whole);
    for (size_t i = 0; i < fraction.size || (int64_t)i < exponent; i++) {
        if (exponent >= 0 && (int64_t)i == exponent) buffer_add_char(out, '.');
        buffer_add_char(out, i < fraction.size ? fraction.data[i] : '0');
    }
}

/* Text that is no UTF-8 (a '$' before a letter beyond ASCII makes some) becomes base64, as yaml.v3's SetString has it.
 */
static text storable(arena *a, text t) { return utf8_is_valid(t) ? t : base64_encode(a, t, 70); }

strata_status var_value_write(scope *sc, const var_value *value, node *scalar) {
    static const node_tag tags[] = {TAG_STR, TAG_INT, TAG_FLOAT, TAG_BOOL, TAG_STR};
    text t = value->string;
    if (value->type == VAR_TEXT) {
        t = storable(sc->arena, t);
    } else {
        buffer b;
        buffer_init(&b, sc->from, 0);
        if (value->type == VAR_FLOAT)
            print_without_exponent(value->real, &b);
        else
            var_value_print(value, &b);
        t = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(sc->arena, buffer_text(&b));
        buffer_free(&b);
    }
    if (!t.data) return scope_no_memory(sc);
    node_set_text(scalar, t, tags[value->type]);
    scalar->style = STYLE_PLAIN;
    return STRATA_OK;
}
