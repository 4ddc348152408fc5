#!/usr/bin/env python3
"""Text files: no long lines in scripts, no tabs, no trailing blanks, a newline at the end; nothing that is true on
one machine only, nothing left to do, no reference to what is not in the repository."""
import re

import common

SUFFIXES = (".c", ".h", ".py", ".md", ".txt", ".cmake", ".in", ".json", ".sh", ".def", ".map")
# Written so that this file does not find itself.
FORBIDDEN = [
    (re.compile(r"(?<![\w.])/(?:root|home|work|Users)/\w"), "a path of one machine"),
    (re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b"), "something left to do"),
    (re.compile(r"\btra" r"ps? \d"), "a reference to a page that is not in the repository: say the fact itself"),
]
WRAPPED = (".py",)
LONGEST_LINE = 120


def check(options):
    for path in common.files(options.root):
        if path.startswith(("testdata/", "tests/data/", "tests/golden/cases/")):
            continue
        if not path.endswith(SUFFIXES):
            continue
        text = common.read(options.root, path)
        if text and not text.endswith("\n"):
            yield f"{path}: does not end in a newline"
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > LONGEST_LINE and path.endswith(WRAPPED):
                yield f"{path}:{number}: longer than {LONGEST_LINE} characters"
            if line != line.rstrip() and not path.endswith(".md"):
                yield f"{path}:{number}: ends in blanks"
            if "\t" in line:
                yield f"{path}:{number}: has a tab"
            for pattern, what in FORBIDDEN:
                if pattern.search(line):
                    yield f"{path}:{number}: {what}"


if __name__ == "__main__":
    common.run(__doc__, check)
