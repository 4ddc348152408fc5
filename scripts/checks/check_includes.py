#!/usr/bin/env python3
"""A room includes only rooms before it; the command and the bindings see the public headers only."""
import re

import common

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]', re.M)


def allowed(path, target):
    to = target.split("/")[0] if "/" in target else None
    if path.startswith("lib/"):
        room = path.split("/")[1]
        if to == "strata":
            return True
        if to not in common.ROOMS:
            return True
        if room == "source":
            return to in ("core", "source")
        return room in common.ROOMS and common.ROOMS.index(to) <= common.ROOMS.index(room)
    if path.startswith("include/"):
        return to is None or to == "strata"
    return to not in common.ROOMS


def check(options):
    for path in common.files(options.root, "lib", "include", "cli", "bindings", suffixes=(".c", ".h")):
        text = common.code_only(common.read(options.root, path), keep_strings=True)
        for m in INCLUDE.finditer(text):
            if not allowed(path, m.group(1)):
                yield f"{path}:{common.line_of(text, m.start())}: includes {m.group(1)}, against the order of the rooms"


if __name__ == "__main__":
    common.run(__doc__, check)
