#!/usr/bin/env python3
"""Each test that docs/security.md says holds an attack is there.

    test_documented.py SOURCE-DIRECTORY
"""
import pathlib
import re
import sys


def main():
    root = pathlib.Path(sys.argv[1])
    tests = "".join(p.read_text() for p in sorted((root / "tests").rglob("*")) if p.suffix in (".py", ".c"))
    rows = [line for line in (root / "docs/security.md").read_text().splitlines() if line.startswith("| ")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row.rsplit("|", 2)[1])}
    missing = sorted(n for n in named if not re.search(rf"(def |class |, |\(){n}\b", tests))
    print(f"{len(rows)} rows, {len(named)} tests", *(f"no test {name}" for name in missing), sep="\n")
    return bool(missing) or not named


if __name__ == "__main__":
    sys.exit(main())
