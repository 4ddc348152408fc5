/* yaml/shape.c: see shape.h. */
#include "yaml/shape.h"

#include "core/utf8.h"

unsigned text_classes(text t) {
    static const uint8_t classes[128] = {
        [0] = CLASS_CONTROL,  [1] = CLASS_CONTROL,  [2] = CLASS_CONTROL,  [3] = CLASS_CONTROL,  [4] = CLASS_CONTROL,
        [5] = CLASS_CONTROL,  [6] = CLASS_CONTROL,  [7] = CLASS_CONTROL,  [8] = CLASS_CONTROL,  [9] = CLASS_CONTROL,
        [10] = CLASS_LF,      [11] = CLASS_CONTROL, [12] = CLASS_CONTROL, [13] = CLASS_CONTROL, [14] = CLASS_CONTROL,
        [15] = CLASS_CONTROL, [16] = CLASS_CONTROL, [17] = CLASS_CONTROL, [18] = CLASS_CONTROL, [19] = CLASS_CONTROL,
        [20] = CLASS_CONTROL, [21] = CLASS_CONTROL, [22] = CLASS_CONTROL, [23] = CLASS_CONTROL, [24] = CLASS_CONTROL,
        [25] = CLASS_CONTROL, [26] = CLASS_CONTROL, [27] = CLASS_CONTROL, [28] = CLASS_CONTROL, [29] = CLASS_CONTROL,
        [30] = CLASS_CONTROL, [31] = CLASS_CONTROL, [' '] = CLASS_SPACE,  [':'] = CLASS_COLON,  ['#'] = CLASS_HASH,
        [127] = CLASS_DELETE, ['0'] = CLASS_DIGIT,  ['1'] = CLASS_DIGIT,  ['2'] = CLASS_DIGIT,  ['3'] = CLASS_DIGIT,
        ['4'] = CLASS_DIGIT,  ['5'] = CLASS_DIGIT,  ['6'] = CLASS_DIGIT,  ['7'] = CLASS_DIGIT,  ['8'] = CLASS_DIGIT,
        ['9'] = CLASS_DIGIT,
    };
    unsigned found = 0;
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        found |= c < 0x80 ? classes[c] : CLASS_HIGH;
    }
    return found;
}

size_t yaml_break_length(const char *bytes, size_t size) {
    unsigned char c = (unsigned char)bytes[0];
    if (c == '\n' || c == '\r') return 1;
    if (c == 0xC2 && size > 1 && (unsigned char)bytes[1] == 0x85) return 2;
    if (c == 0xE2 && size > 2 && (unsigned char)bytes[1] == 0x80 && ((unsigned char)bytes[2] & 0xFE) == 0xA8) return 3;
    return 0;
}

size_t yaml_break_before(text t, size_t end) {
    for (size_t length = 1; length <= 3 && length <= end; length++)
        if (yaml_break_length(t.data + end - length, length) == length) return length;
    return 0;
}

bool yaml_is_printable(const char *bytes, size_t size) {
    unsigned char c = (unsigned char)bytes[0];
    if (c < 0x80) return c == '\n' || (c >= 0x20 && c < 0x7F);
    size_t length;
    uint32_t code = utf8_decode(bytes, size, &length);
    return code >= 0xA0 && code <= 0xFFFD && code != 0xFEFF;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* What the characters of a text say about it; which of them were indicators depends on their neighbours. */
typedef struct findings {
    bool block_indicator, flow_indicator;
    bool line_break, special, tab;
    bool edge_blank; /* a space or break at either end */
    bool trailing_space, break_space, space_break;
} findings;

static void find_indicator(findings *f, text t, size_t i, bool after_blank) {
    bool before_blank = i + 1 >= t.size || is_blank(t.data[i + 1]);
    switch (t.data[i]) {
    case ',':
    case '[':
    case ']':
    case '{':
    case '}':
        f->flow_indicator = true;
        if (i == 0) f->block_indicator = true;
        break;
    case '?':
    case ':':
        f->flow_indicator = true;
        if (before_blank && (i == 0 || t.data[i] == ':')) f->block_indicator = true;
        break;
    case '#':
        if (after_blank) f->flow_indicator = f->block_indicator = true;
        break;
    case '-':
        if (i == 0 && before_blank) f->flow_indicator = f->block_indicator = true;
        break;
    default: break;
    }
}

static void find_in(findings *f, text t) {
    bool previous_space = false, previous_break = false, after_blank = true;
    for (size_t i = 0; i < t.size;) {
        const char *at = t.data + i;
        size_t left = t.size - i, length = 1;
        find_indicator(f, t, i, after_blank);
        if ((unsigned char)*at >= 0x80) utf8_decode(at, left, &length);
        if (*at == '\t')
            f->tab = true;
        else if (!yaml_is_printable(at, left))
            f->special = true;
        size_t break_length = yaml_break_length(at, left);
        if (*at == ' ') {
            if (i == 0 || i + 1 == t.size) f->edge_blank = true;
            if (i + 1 == t.size) f->trailing_space = true;
            if (previous_break) f->break_space = true;
        } else if (break_length) {
            f->line_break = true;
            if (i == 0 || i + break_length == t.size) f->edge_blank = true;
            if (previous_space) f->space_break = true;
        }
        previous_space = *at == ' ';
        previous_break = break_length > 0;
        after_blank = is_blank(*at) || break_length || *at == '\0';
        i += length;
    }
}

scalar_shape shape_of(text t) {
    if (t.size == 0) return (scalar_shape){.plain_in_block = true, .single_quoted = true};
    findings f = {0};
    if (memchr("&*!|>'\"%@`", t.data[0], 10)) f.block_indicator = f.flow_indicator = true;
    if (t.size >= 3 && (memcmp(t.data, "---", 3) == 0 || memcmp(t.data, "...", 3) == 0))
        f.block_indicator = f.flow_indicator = true;
    find_in(&f, t);
    bool quoted = f.edge_blank || f.break_space || f.space_break || f.tab || f.special || f.line_break;
    return (scalar_shape){
        .multiline = f.line_break,
        .tab = f.tab,
        .plain_in_block = !quoted && !f.block_indicator,
        .plain_in_flow = !quoted && !f.flow_indicator,
        .single_quoted = !f.break_space && !f.space_break && !f.tab && !f.special,
        .block = !f.trailing_space && !f.space_break && !f.special,
    };
}

node_style shape_style_v3(const scalar_shape *shape, text t, node_style wanted, bool flow, bool simple_key) {
    node_style style = simple_key && shape->multiline ? STYLE_DOUBLE_QUOTED : wanted;
    if (style == STYLE_PLAIN) {
        bool allowed = flow ? shape->plain_in_flow : shape->plain_in_block;
        if (!allowed || (t.size == 0 && (flow || simple_key))) style = STYLE_SINGLE_QUOTED;
    }
    if (style == STYLE_SINGLE_QUOTED && !shape->single_quoted) style = STYLE_DOUBLE_QUOTED;
    if ((style == STYLE_LITERAL || style == STYLE_FOLDED) && (!shape->block || flow || simple_key))
        style = STYLE_DOUBLE_QUOTED;
    return style;
}

bool shape_is_simple_key(const scalar_shape *shape, text t, size_t tag_size) {
    return !shape->multiline && t.size + tag_size <= 128;
}

bool yaml_is_sexagesimal(text t) {
    size_t i = t.size && (t.data[0] == '-' || t.data[0] == '+');
    if (i >= t.size || t.data[i] < '0' || t.data[i] > '9') return false;
    while (i < t.size && ((t.data[i] >= '0' && t.data[i] <= '9') || t.data[i] == '_'))
        i++;
    size_t groups = 0;
    for (; i < t.size && t.data[i] == ':'; groups++) {
        size_t digits = 0;
        for (i++; i < t.size && t.data[i] >= '0' && t.data[i] <= '9'; i++)
            digits++;
        if (digits == 0 || digits > 2 || (digits == 2 && t.data[i - 2] > '5')) return false;
    }
    if (groups == 0) return false;
    if (i < t.size && t.data[i] == '.')
        for (i++; i < t.size && ((t.data[i] >= '0' && t.data[i] <= '9') || t.data[i] == '_');)
            i++;
    return i == t.size;
}
