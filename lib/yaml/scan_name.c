/* yaml/scan_name.c: anchors, aliases, tags and directives; see scanner.h. */
#include "yaml/scan_cursor.h"

bool scan_anchor(scanner *s, token *out) {
    *out = (token){.type = scan_byte(s, 0) == '*' ? TOKEN_ALIAS : TOKEN_ANCHOR, .start = s->mark};
    scan_skip(s);
    yaml_mark name = s->mark;
    while (scan_is_word(s))
        scan_skip(s);
    out->value = scan_since(s, name);
    out->end = s->mark;
    unsigned char c = scan_byte(s, 0);
    if (!scan_is_space_or_end(s, 0)) s->odd = true;
    if (out->value.size && (scan_is_space_or_end(s, 0) || memchr("?:,]}%@`", c, 8))) return true;
    return scan_refuse(s, s->mark, "names of anchors consist of letters, digits, '-' and '_'");
}

/* --- tags -------------------------------------------------------------------------------------------------------- */

static int hex_digit(unsigned char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* %xx as often as the character that begins with it has bytes. */
static bool take_escaped(scanner *s, yaml_mark tag) {
    int left = 0;
    do {
        int high = hex_digit(scan_byte(s, 1)), low = hex_digit(scan_byte(s, 2));
        if (scan_byte(s, 0) != '%' || high < 0 || low < 0) return scan_refuse(s, tag, "a malformed %-escape in a tag");
        int octet = high * 16 + low;
        if (left == 0) {
            left = octet < 0x80 ? 1 : (octet & 0xE0) == 0xC0 ? 2 : (octet & 0xF0) == 0xE0 ? 3 : 4;
            if (octet >= 0x80 && (octet < 0xC0 || octet >= 0xF8)) left = 0;
        } else if ((octet & 0xC0) != 0x80) {
            left = 0;
        }
        if (left == 0) return scan_refuse(s, tag, "an escape in a tag that is not UTF-8");
        buffer_add_char(&s->value, (char)octet);
        for (int i = 0; i < 3; i++)
            scan_skip(s);
    } while (--left > 0);
    return true;
}

/* What follows a handle. `head` is what has been read of it already, with its '!'. */
static bool scan_uri(scanner *s, text head, yaml_mark tag, text *out) {
    bool any = head.size > 0;
    buffer_clear(&s->value);
    if (head.size > 1) buffer_add_text(&s->value, text_after(head, 1));
    for (unsigned char c = scan_byte(s, 0); scan_is_word(s) || (c && memchr(";/?:@&=+$,.!~*'()[]%", c, 20));
         c = scan_byte(s, 0)) {
        if (c != '%')
            scan_take(s, &s->value);
        else if (!take_escaped(s, tag))
            return false;
        any = true;
    }
    if (!any) return scan_refuse(s, tag, "a tag without a name");
    return scan_keep(s, &s->value, out);
}

/* "!", "!!" or "!name!"; in a tag also "!name", which is no handle but the tag itself. */
static bool scan_handle(scanner *s, bool directive, yaml_mark tag, text *out) {
    yaml_mark start = s->mark;
    if (scan_byte(s, 0) != '!') return scan_refuse(s, tag, "a handle begins with '!'");
    scan_skip(s);
    while (scan_is_word(s))
        scan_skip(s);
    if (scan_byte(s, 0) == '!')
        scan_skip(s);
    else if (directive && s->mark.at - start.at != 1)
        return scan_refuse(s, tag, "a handle ends with '!'");
    *out = scan_since(s, start);
    return true;
}

static bool scan_verbatim_tag(scanner *s, token *out) {
    scan_skip(s);
    scan_skip(s);
    if (!scan_uri(s, TEXT_EMPTY, out->start, &out->suffix)) return false;
    if (scan_byte(s, 0) != '>') return scan_refuse(s, out->start, "a tag that is not closed with '>'");
    scan_skip(s);
    return true;
}

static bool scan_short_tag(scanner *s, token *out) {
    text handle;
    if (!scan_handle(s, false, out->start, &handle)) return false;
    if (handle.size > 1 && handle.data[handle.size - 1] == '!') {
        out->value = handle;
        return scan_uri(s, TEXT_EMPTY, out->start, &out->suffix);
    }
    if (!scan_uri(s, handle, out->start, &out->suffix)) return false;
    if (out->suffix.size)
        out->value = TEXT("!");
    else
        out->suffix = TEXT("!");
    return true;
}

/* "!!name": what else may stand in a tag is up to go-yaml. */
static bool is_plain_tag(const token *tag) {
    if (!text_is(tag->value, "!!")) return false;
    for (size_t i = 0; i < tag->suffix.size; i++) {
        char c = tag->suffix.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) return false;
    }
    return true;
}

bool scan_tag(scanner *s, token *out) {
    *out = (token){.type = TOKEN_TAG, .start = s->mark, .value = TEXT_EMPTY, .suffix = TEXT_EMPTY};
    if (!(scan_byte(s, 1) == '<' ? scan_verbatim_tag(s, out) : scan_short_tag(s, out))) return false;
    if (!scan_is_space_or_end(s, 0)) return scan_refuse(s, out->start, "white space must follow a tag");
    s->odd = s->odd || !is_plain_tag(out);
    out->end = s->mark;
    return true;
}

/* --- directives -------------------------------------------------------------------------------------------------- */

static bool scan_version_number(scanner *s, yaml_mark directive, int *out) {
    int digits = 0;
    *out = 0;
    for (unsigned char c = scan_byte(s, 0); c >= '0' && c <= '9'; c = scan_byte(s, 0)) {
        if (++digits > 2) return scan_refuse(s, directive, "a malformed version of YAML");
        *out = *out * 10 + (c - '0');
        scan_skip(s);
    }
    return digits > 0 || scan_refuse(s, directive, "a malformed version of YAML");
}

static bool scan_version(scanner *s, token *out) {
    int major, minor;
    out->type = TOKEN_VERSION;
    scan_skip_blanks(s);
    if (!scan_version_number(s, out->start, &major)) return false;
    if (scan_byte(s, 0) != '.') return scan_refuse(s, out->start, "a malformed version of YAML");
    scan_skip(s);
    if (!scan_version_number(s, out->start, &minor)) return false;
    out->other_version = major != 1 || minor != 1;
    return true;
}

static bool scan_tag_directive(scanner *s, token *out) {
    out->type = TOKEN_TAG_DIRECTIVE;
    scan_skip_blanks(s);
    if (!scan_handle(s, true, out->start, &out->value)) return false;
    if (!scan_is_blank(s, 0)) return scan_refuse(s, out->start, "white space must follow the handle");
    scan_skip_blanks(s);
    if (!scan_uri(s, TEXT_EMPTY, out->start, &out->suffix)) return false;
    return scan_is_space_or_end(s, 0) || scan_refuse(s, out->start, "white space must follow the prefix");
}

bool scan_directive(scanner *s, token *out) {
    *out = (token){.start = s->mark, .value = TEXT_EMPTY, .suffix = TEXT_EMPTY};
    scan_skip(s);
    yaml_mark start = s->mark;
    while (scan_is_word(s))
        scan_skip(s);
    text name = scan_since(s, start);
    if (!scan_is_space_or_end(s, 0) || !(text_is(name, "YAML") || text_is(name, "TAG")))
        return scan_refuse(s, out->start, "an unknown directive");
    if (!(text_is(name, "YAML") ? scan_version(s, out) : scan_tag_directive(s, out))) return false;
    out->end = s->mark;
    scan_skip_blanks(s);
    if (scan_byte(s, 0) == '#')
        while (!scan_is_break_or_end(s, 0))
            scan_skip(s);
    if (!scan_is_break_or_end(s, 0)) return scan_refuse(s, out->start, "nothing may follow a directive on its line");
    scan_skip_break(s);
    return true;
}
