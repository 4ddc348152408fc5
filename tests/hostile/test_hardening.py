#!/usr/bin/env python3
"""What a release build of the command and the shared library must have against what the other tests did not find.

    test_hardening.py FILE...

A position independent executable, no lazy binding and so nothing to overwrite in its tables, no executable stack, no
memory that is both writable and executable, canaries on stacks, and checked functions of the C library.
"""
import re
import subprocess
import sys


def readelf(option, path):
    return subprocess.run(["readelf", "-W", option, path], check=True, capture_output=True, text=True).stdout


def missing(path):
    headers, dynamic, symbols = readelf("-hl", path), readelf("-d", path), readelf("-s", path)
    wanted = {
        "position independent": re.search(r"Type:\s+DYN", headers),
        "read-only tables": "GNU_RELRO" in headers and re.search(r"BIND_NOW|FLAGS_1.*NOW", dynamic),
        "a stack without code": re.search(r"GNU_STACK.* RW +0x", headers),
        "no segment to write and run": not re.search(r"LOAD.* RWE ", headers),
        "stack canaries": "__stack_chk_fail" in symbols,
        "checked functions": re.search(r"__(memcpy|snprintf|vsnprintf|vfprintf)_chk", symbols),
    }
    return [name for name, there in wanted.items() if not there]


def main():
    failed = False
    for path in sys.argv[1:]:
        found = missing(path)
        print(f"{path}: {'lacks ' + ', '.join(found) if found else 'fine'}")
        failed |= bool(found)
    return failed


if __name__ == "__main__":
    sys.exit(main())
