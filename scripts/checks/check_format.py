#!/usr/bin/env python3
"""C files are as clang-format 14 and .clang-format lay them out."""
import os
import subprocess

import common


def check(options):
    paths = common.files(options.root, "lib", "cli", "include", "tests", "bench", suffixes=(".c", ".h"))
    if not paths:
        return
    done = subprocess.run([options.clang_format, "--dry-run", "--Werror", "--ferror-limit=1", *paths], cwd=options.root,
                          capture_output=True, text=True)
    for line in done.stderr.splitlines():
        if "error:" in line:
            yield line.split("error:")[0] + "is not formatted: run clang-format -i"


if __name__ == "__main__":
    common.run(__doc__, check, clang_format={"default": "clang-format"})
