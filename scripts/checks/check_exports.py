#!/usr/bin/env python3
"""The shared library exports what the public headers declare, each declaration has a comment, and nothing else."""
import re
import subprocess

import common

DECLARATION = re.compile(r"^STRATA_API\b[^;{]*?\b(strata_\w+)\s*\([^;]*;", re.M)


def declared(root):
    """The functions of the public headers: name -> (place, whether a comment stands above it or its neighbours)."""
    found = {}
    for path in common.files(root, "include", suffixes=(".h",)):
        text = common.read(root, path)
        for m in DECLARATION.finditer(text):
            above = text[:m.start()].rstrip(" \t")
            block = above[above.rfind("\n\n") + 1:]
            found[m.group(1)] = (f"{path}:{common.line_of(text, m.start())}", "*/" in block)
    return found


def exported(library):
    out = subprocess.run(["nm", "-D", "--defined-only", "--format=posix", library], capture_output=True, text=True,
                         check=True).stdout
    rows = (line.split() for line in out.splitlines())
    return {row[0].split("@")[0] for row in rows if row[1] != "A"}


def check(options):
    names = declared(options.root)
    for name, (place, documented) in sorted(names.items()):
        if not documented:
            yield f"{place}: {name} has no comment"
    if options.library:
        symbols = exported(options.library)
        for name in sorted(symbols - set(names)):
            yield f"{name} is exported and no public header declares it"
        for name in sorted(set(names) - symbols):
            yield f"{names[name][0]}: {name} is declared and not exported"


if __name__ == "__main__":
    common.run(__doc__, check, library={"default": None})
