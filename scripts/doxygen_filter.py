#!/usr/bin/env python3
"""Turns the comments of a public header into those that Doxygen reads; the headers are written for readers.

The comment at the top becomes the file's, others that of what follows or, behind code on a line, of what precedes.
Indented lines are code. What Doxygen would take for a command is escaped.

usage: doxygen_filter.py HEADER
"""
import re
import sys

COMMENT = re.compile(r"/\*.*?\*/", re.S)
SPECIAL = re.compile(r"([\\@&$#<>%])")


def lines_of(comment):
    """The lines of a comment's text without its frame; empty ones are ''."""
    inside = comment[2:-2]
    for line in inside.split("\n"):
        line = re.sub(r"^\s*\*? ?", "", line, count=1) if inside.count("\n") else line.strip()
        yield line.rstrip()


def text_of(comment):
    out, in_code = [], False
    for line in lines_of(comment):
        is_code = line.startswith("    ")
        if is_code and not in_code:
            out.append("@code{.unparsed}")
        if in_code and not is_code and line:
            out.append("@endcode")
        in_code = is_code or (in_code and not line)
        out.append(line if in_code else SPECIAL.sub(r"\\\1", line))
    if in_code:
        out.append("@endcode")
    return "\n".join(out).strip("\n")


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        header = f.read()
    out, at, first = [], 0, True
    for match in COMMENT.finditer(header):
        comment = match.group()
        before = header[header.rfind("\n", 0, match.start()) + 1:match.start()]
        out.append(header[at:match.start()])
        at = match.end()
        if "clang-format" in comment:
            continue
        if re.match(r"/\* ---", comment):
            out.append(re.sub(r"[^\n]", "", comment))
        elif before.strip():
            out.append("/**< " + text_of(comment) + " */")
        elif first:
            out.append("/** @file\n" + text_of(comment) + "\n*/")
        else:
            out.append("/** " + text_of(comment) + " */")
        first = False
    out.append(header[at:])
    sys.stdout.write("".join(out))


if __name__ == "__main__":
    main()
