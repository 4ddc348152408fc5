#!/usr/bin/env python3
"""Each room has a README and builds all of its sources; a test file belongs to a program."""
import os

import common

ROOMS = ["lib/" + room for room in common.ROOMS]
OTHERS = ["cli", "scripts", "scripts/checks", "tests", "testdata", "bench", "bindings"]


def check(options):
    exists = lambda *parts: os.path.exists(os.path.join(options.root, *parts))
    for room in ROOMS + OTHERS:
        if exists(room) and common.files(options.root, room) and not exists(room, "README.md"):
            yield f"{room}: has no README.md"
    for path in common.files(options.root, "lib", "cli", "tests", suffixes=(".c",)):
        folder = os.path.dirname(path)
        listed = False
        while folder and not listed:
            listing = os.path.join(folder, "CMakeLists.txt")
            listed = exists(listing) and os.path.basename(path) in common.read(options.root, listing)
            folder = os.path.dirname(folder)
        if not listed:
            yield f"{path}: no CMakeLists.txt names it"


if __name__ == "__main__":
    common.run(__doc__, check)
