#!/usr/bin/env python3
"""Renders random trees with strata and with kustomize, and prints what differs, shrunk.

usage: run.py --bin PROGRAM [--seed N] [--count N | --seconds S] [-j N] [--show] [--no-shrink]

A tree differs when one program accepts it and the other doesn't, when standard output differs, or when strata ends in
another way than with 0 or 1. Where kustomize's own output varies from run to run, strata may give any of it.
"""
import argparse
import collections
import concurrent.futures
import difflib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time

from shrink import shrink
from tree import make_tree

REFERENCE_RUNS = 6
SHRUNK_SECONDS = 60


def lay_out(tree, folder):
    for path, text in tree.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", newline="", encoding="utf-8") as f:
            f.write(text)


def render(program, folder):
    done = subprocess.run([program, "build", "top"], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL,
                          timeout=60)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


class Difference:
    def __init__(self, kind, ours, reference):
        self.kind = kind
        self.ours = ours
        self.reference = reference

    def text(self):
        if self.kind != "output differs":
            return "".join(f"{name}: {r[0]} {r[2][:1000]}\n" for name, r in (("strata", self.ours),
                                                                            ("kustomize", self.reference)))
        lines = [r[1].decode(errors="replace").splitlines() for r in (self.reference, self.ours)]
        return "\n".join(difflib.unified_diff(*lines, "kustomize", "strata", lineterm="", n=4))


def compare(program, tree):
    """(Difference or None, whether kustomize accepts the tree)."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(tree, folder)
        reference = render("kustomize", folder)
        ours = render(program, folder)
        accepted = reference[0] == 0
        if ours[0] not in (0, 1):
            return Difference(f"strata ends with {ours[0]}", ours, reference), accepted
        if accepted == (ours[0] == 0) and (not accepted or reference[1] == ours[1]):
            return None, accepted
        for _ in range(REFERENCE_RUNS):
            again = render("kustomize", folder)
            if (again[0] == 0) == (ours[0] == 0) and (again[0] != 0 or again[1] == ours[1]):
                return None, accepted
        if accepted != (ours[0] == 0):
            return Difference("strata refuses" if accepted else "strata accepts", ours, reference), accepted
        return Difference("output differs", ours, reference), accepted


def same_failure(program, kind):
    """Whether a smaller tree differs in the same way, within a time for all of them."""
    end = time.monotonic() + SHRUNK_SECONDS

    def fails(tree):
        if time.monotonic() > end or "top/kustomization.yaml" not in tree:
            return False
        difference, _ = compare(program, tree)
        return difference is not None and difference.kind == kind
    return fails


def report(program, seed, difference, options):
    tree = make_tree(seed)
    if not options.no_shrink:
        tree = shrink(tree, same_failure(program, difference.kind))
        difference = compare(program, tree)[0] or difference
    print(f"seed {seed}: {difference.kind}")
    for path, text in sorted(tree.items()):
        print(f"--- {path}\n{text}")
    print(difference.text(), flush=True)
    print(f"again: tests/differential/run.py --bin {options.bin} --seed {seed} --count 1\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--count", type=int)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("-j", type=int, default=os.cpu_count())
    parser.add_argument("--show", action="store_true", help="print the trees")
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--most", type=int, default=5, help="stop after so many differences")
    options = parser.parse_args()
    place = tempfile.TemporaryDirectory()
    # A copy, so that a new build doesn't disturb the run.
    program = shutil.copy2(options.bin, os.path.join(place.name, "strata"))
    began = time.monotonic()
    kinds, accepted, done = collections.Counter(), 0, 0
    print(f"seed {options.seed}")
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        seeds = itertools.count(options.seed)
        while sum(kinds.values()) < options.most:
            left = options.count - done if options.count else 16 * options.j
            if left <= 0 or (not options.count and time.monotonic() - began > options.seconds):
                break
            batch = list(itertools.islice(seeds, min(left, 16 * options.j)))
            for seed, (difference, ok) in zip(batch, pool.map(lambda s: compare(program, make_tree(s)), batch)):
                done += 1
                accepted += ok
                if options.show:
                    for path, text in sorted(make_tree(seed).items()):
                        print(f"--- {path}\n{text}")
                if difference:
                    kinds[difference.kind] += 1
                    report(program, seed, difference, options)
    print(f"{done} trees, {accepted} accepted by kustomize, {sum(kinds.values())} differ {dict(kinds) or ''}, "
          f"{done / (time.monotonic() - began):.0f} trees a second")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
