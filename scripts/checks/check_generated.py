#!/usr/bin/env python3
"""The files in docs/ that the program prints itself say what it says now (scripts/generate writes them)."""
import os
import subprocess

import common

PAGES = {"docs/cli.md": "markdown", "docs/diagnostics.md": "diagnostics"}


def check(options):
    for path, form in PAGES.items():
        now = subprocess.run([options.program, "manual", "--format", form], capture_output=True, check=True).stdout
        full = os.path.join(options.root, path)
        old = open(full, "rb").read() if os.path.exists(full) else None
        if old != now:
            yield f"{path}: is not what `strata manual --format {form}` prints: run scripts/generate"


if __name__ == "__main__":
    common.run(__doc__, check, program={"required": True})
