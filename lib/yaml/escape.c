/* yaml/escape.c: see escape.h. */
#include "yaml/escape.h"

#include "core/utf8.h"
#include "yaml/shape.h"

bool escape_is_total(text t) { return text_starts(t, TEXT("\xEF\xBB\xBF")); }

static void write_escape(buffer *out, uint32_t code) {
    static const char short_forms[32] = {[0] = '0',    ['\a'] = 'a', ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',
                                         ['\v'] = 'v', ['\f'] = 'f', ['\r'] = 'r', [0x1B] = 'e'};
    char letter = code < 32 ? short_forms[code] : 0;
    if (code == '"' || code == '\\') letter = (char)code;
    if (code == 0x85) letter = 'N';
    if (code == 0xA0) letter = '_';
    if (code == 0x2028) letter = 'L';
    if (code == 0x2029) letter = 'P';
    if (letter)
        buffer_add(out, (char[]){'\\', letter}, 2);
    else if (code <= 0xFF)
        buffer_add_format(out, "\\x%02X", (unsigned)code);
    else if (code <= 0xFFFF)
        buffer_add_format(out, "\\u%04X", (unsigned)code);
    else
        buffer_add_format(out, "\\U%08X", (unsigned)code);
}

size_t escape_add(buffer *out, text t, size_t i, bool escape_all) {
    const char *at = t.data + i;
    size_t left = t.size - i, length;
    uint32_t code = utf8_decode(at, left, &length);
    bool escaped =
        escape_all || code == '"' || code == '\\' || yaml_break_length(at, left) || !yaml_is_printable(at, left);
    if (escaped)
        write_escape(out, code);
    else
        buffer_add(out, at, length);
    return length;
}
