#!/usr/bin/env python3
"""A room includes only rooms before it and the libraries that are its own; the command and the bindings see the public
headers only."""
import re

import common

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]', re.M)


# Whose headers which room or binding may include, beside those of the C library and the system.
LIBRARIES = {
    "xxhash.h": ("core", "yaml"),
    "pcre2.h": ("core",),
    "libfyaml.h": ("yaml",),
    "curl/curl.h": ("source",),
    "sha256.h": ("transform", "build"),  # libmd
    "node_api.h": ("node",),
}
SYSTEM = re.compile(r"^(sys|arpa|linux)/\w+\.h$|^(ctype|dirent|dlfcn|errno|fcntl|float|ftw|inttypes|limits|math|poll|"
                    r"pthread|sched|search|signal|"
                    r"spawn|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|time|"
                    r"unistd)\.h$")


def is_known(path, target):
    """Whether a header in angle brackets is the system's, the public one, or one of a library that the room may use."""
    if SYSTEM.match(target) or target.startswith("strata/"):
        return True
    if path == "include/strata/fyaml.h":  # what it is there for
        return target == "libfyaml.h"
    return path.startswith(("lib/", "bindings/")) and path.split("/")[1] in LIBRARIES.get(target, ())


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
            if m.group(0).rstrip().endswith(">") and not is_known(path, m.group(1)):
                yield f"{path}:{common.line_of(text, m.start())}: includes {m.group(1)}, a library of other rooms"
            elif not allowed(path, m.group(1)):
                yield f"{path}:{common.line_of(text, m.start())}: includes {m.group(1)}, against the order of the rooms"


if __name__ == "__main__":
    common.run(__doc__, check)
