/* core/regex_property.c: see regex_property.h. After unicodeTable in Go's regexp/syntax. */
#include "core/regex_property.h"

static bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The names of general categories in Go and what PCRE2 calls them; all other names are scripts. */
static const struct category {
    const char *name; /* in small letters, without '_' */
    const char *property;
} categories[] = {
    {"any", "Any"},
    {"cn", "Cn"},
    {"unassigned", "Cn"},
    {"lc", "L&"},
    {"casedletter", "L&"},
    {"c", "C"},
    {"other", "C"},
    {"cc", "Cc"},
    {"control", "Cc"},
    {"cntrl", "Cc"},
    {"cf", "Cf"},
    {"format", "Cf"},
    {"co", "Co"},
    {"privateuse", "Co"},
    {"cs", "Cs"},
    {"surrogate", "Cs"},
    {"l", "L"},
    {"letter", "L"},
    {"ll", "Ll"},
    {"lowercaseletter", "Ll"},
    {"lm", "Lm"},
    {"modifierletter", "Lm"},
    {"lo", "Lo"},
    {"otherletter", "Lo"},
    {"lt", "Lt"},
    {"titlecaseletter", "Lt"},
    {"lu", "Lu"},
    {"uppercaseletter", "Lu"},
    {"m", "M"},
    {"mark", "M"},
    {"combiningmark", "M"},
    {"mc", "Mc"},
    {"spacingmark", "Mc"},
    {"me", "Me"},
    {"enclosingmark", "Me"},
    {"mn", "Mn"},
    {"nonspacingmark", "Mn"},
    {"n", "N"},
    {"number", "N"},
    {"nd", "Nd"},
    {"decimalnumber", "Nd"},
    {"digit", "Nd"},
    {"nl", "Nl"},
    {"letternumber", "Nl"},
    {"no", "No"},
    {"othernumber", "No"},
    {"p", "P"},
    {"punctuation", "P"},
    {"punct", "P"},
    {"pc", "Pc"},
    {"connectorpunctuation", "Pc"},
    {"pd", "Pd"},
    {"dashpunctuation", "Pd"},
    {"pe", "Pe"},
    {"closepunctuation", "Pe"},
    {"pf", "Pf"},
    {"finalpunctuation", "Pf"},
    {"pi", "Pi"},
    {"initialpunctuation", "Pi"},
    {"po", "Po"},
    {"otherpunctuation", "Po"},
    {"ps", "Ps"},
    {"openpunctuation", "Ps"},
    {"s", "S"},
    {"symbol", "S"},
    {"sc", "Sc"},
    {"currencysymbol", "Sc"},
    {"sk", "Sk"},
    {"modifiersymbol", "Sk"},
    {"sm", "Sm"},
    {"mathsymbol", "Sm"},
    {"so", "So"},
    {"othersymbol", "So"},
    {"z", "Z"},
    {"separator", "Z"},
    {"zl", "Zl"},
    {"lineseparator", "Zl"},
    {"zp", "Zp"},
    {"paragraphseparator", "Zp"},
    {"zs", "Zs"},
    {"spaceseparator", "Zs"},
};

enum { LONGEST_NAME = 40 };

bool regex_write_property(buffer *out, text name, bool negated) {
    char small[LONGEST_NAME + 1];
    size_t size = 0;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (c == '_' || c == '-' || c == ' ') continue;
        if (!is_alphanumeric(c) || size == LONGEST_NAME) return false;
        small[size++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    small[size] = '\0';
    const char *prefix = "sc:", *property = small;
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (strcmp(small, categories[i].name) == 0) {
            prefix = "";
            property = categories[i].property;
        }
    if (strcmp(small, "ascii") == 0) {
        buffer_add_format(out, "[:%sascii:]", negated ? "^" : "");
        return true;
    }
    if (strcmp(small, "assigned") == 0) {
        property = "Cn";
        prefix = "";
        negated = !negated;
    }
    buffer_add_format(out, "\\%c{%s%s}", negated ? 'P' : 'p', prefix, property);
    return size > 0;
}
