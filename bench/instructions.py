#!/usr/bin/env python3
"""Holds the instructions that two small builds take against bench/instructions.json: more than 5 % above is an error.

    instructions.py [--strata PATH] [--renew]

Counted by valgrind in the code of strata and of libfyaml alone: what the C library executes depends on the processor,
the rest only on the compiler and the version of libfyaml (the figures are those of a Release build with Debian 12's).
When a growth is wanted, or after a step down, --renew writes the figures anew; commit them with the change that made
them.
"""
import argparse
import json
import os
import sys
import tempfile

import make_one
import programs

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = os.path.join(HERE, "instructions.json")
PRODUCTION = os.path.join(HERE, "..", "testdata", "readme", "overlays", "production")
TOLERANCE = 0.05
COUNTED = r"^strata$|^libstrata|^libfyaml"


def judge(name, count, kept):
    """(whether it's fine, a line about it)"""
    if not kept:
        return False, f"{name}: {count} instructions, none kept: run instructions.py --renew"
    change = count / kept - 1
    line = f"{name}: {count} instructions, {change:+.1%} of {kept}"
    if change > TOLERANCE:
        return False, f"{line}: more than {TOLERANCE:.0%} above (if it is wanted: instructions.py --renew)"
    if change < -TOLERANCE:
        line += " (hold the gain: instructions.py --renew)"
    return True, line


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", default=os.path.join(HERE, "..", "build", "strata"))
    parser.add_argument("--renew", action="store_true", help="write the figures instead of judging them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        cases = {"one deployment": make_one.make(root + "/one"), "overlay for production": PRODUCTION}
        counts = {name: programs.instructions_of([os.path.abspath(options.strata), "build", target], COUNTED)
                  for name, target in cases.items()}
    if options.renew:
        with open(KEPT, "w", encoding="utf-8") as f:
            json.dump(counts, f, indent=2)
            f.write("\n")
    with open(KEPT, encoding="utf-8") as f:
        kept = json.load(f)
    verdicts = [judge(name, count, kept.get(name)) for name, count in counts.items()]
    for _, line in verdicts:
        print(line)
    return 0 if all(fine for fine, _ in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
