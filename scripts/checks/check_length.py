#!/usr/bin/env python3
"""Files are under 600 lines, functions fit on a screen: at most 70 lines."""
import re

import common

FILE_LINES = 600
FUNCTION_LINES = 70
FUNCTION = re.compile(r"^[A-Za-z_][^\n;{}=]*\b(\w+)\([^;{}]*\)\s*\{$", re.M)


def functions(text):
    """(name, first line, lines) of each function: from its name to the brace at the start of a line."""
    for m in FUNCTION.finditer(text):
        end = text.find("\n}", m.end())
        if end >= 0:
            first = common.line_of(text, m.start())
            yield m.group(1), first, common.line_of(text, end + 1) - first + 1


def check(options):
    for path in common.files(options.root, suffixes=(".c", ".h", ".py")):
        text = common.read(options.root, path)
        lines = text.count("\n")
        if lines > FILE_LINES:
            yield f"{path}: {lines} lines, more than {FILE_LINES}"
        if path.endswith(".c"):
            for name, first, count in functions(text):
                if count > FUNCTION_LINES:
                    yield f"{path}:{first}: {name} has {count} lines, more than {FUNCTION_LINES}"


if __name__ == "__main__":
    common.run(__doc__, check)
