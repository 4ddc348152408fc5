#!/usr/bin/env python3
"""Times strata beside the other implementations on PATH and prints medians, their ratios and peak memory.

    run.py [--full] [--strata PATH] [--other NAME ...] [--case WORDS] [--tree DIR ...] [--json FILE]
    run.py --print FILE [--wall]

The inputs are made in a temporary directory by the makers beside this file; --tree adds a kustomization of your own.
The outputs are compared first: a ratio counts for the same work only. Then each program runs as a whole process, its
output to the null device, in turn with the others; a figure is the median. What takes long is timed seldom: over a
second three times, over ten seconds once. Cases that take another implementation many minutes are for strata alone
unless --full is given. --print shows what an earlier run kept.

The table has the processor time of a process, user and system, which depends less on what else runs than the time
that passes. --wall shows the latter; the JSON has both.
"""
import argparse
import collections
import json
import os
import statistics
import sys
import tempfile

import make_apps
import make_crds
import make_one
import make_overlays
import programs

HERE = os.path.dirname(os.path.abspath(__file__))
PRODUCTION = os.path.join(HERE, "..", "testdata", "readme", "overlays", "production")
OTHERS = ["kustomize", "kubectl"]
MEGABYTES, OVERLAYS, APPS = 12, 1000, (1000, 3000, 10000)

# make: DIRECTORY -> the folders to build, one or several. others: whether the other implementations run it always, with
# --full, or never.
Case = collections.namedtuple("Case", "name make others")


def cases_of(trees):
    yield Case("one Deployment with a name prefix", make_one.make, "always")
    yield Case("README's overlay for production", lambda root: PRODUCTION, "always")
    for tree in trees:
        yield Case(os.path.basename(os.path.abspath(tree)), lambda root, tree=tree: tree, "always")
    yield Case(f"{MEGABYTES} MB of CRDs", lambda root: make_crds.make(MEGABYTES, root), "always")
    for count, others in zip(APPS, ("always", "full", "never")):
        yield Case(f"{count:,} small applications", lambda root, count=count: make_apps.make(count, root), others)
    yield Case(f"{OVERLAYS:,} overlays, one after the other", lambda root: make_overlays.make(OVERLAYS, root), "always")


def runs_for(seconds):
    return 15 if seconds < 0.2 else 5 if seconds < 1 else 3 if seconds < 10 else 0


def measure(case, run, root):
    """One row: for each program its median seconds and peak memory, or that it failed."""
    made = case.make(root)
    targets = made if isinstance(made, list) else [made]
    looks = [programs.look(program, targets) for program in run]
    runs = [0 if look.failed else runs_for(look.seconds) for look in looks]
    samples = [[(look.seconds, look.computing)] if count == 0 else [] for look, count in zip(looks, runs)]
    for n in range(max(runs)):
        for program, count, sample in zip(run, runs, samples):
            if n < count:
                sample.append(programs.seconds_of(program, targets))
    row = {"case": case.name, "programs": {}}
    for program, look, sample in zip(run, looks, samples):
        row["programs"][program.name] = {"failed": True} if look.failed else {
            "seconds": statistics.median(seconds for seconds, _ in sample),
            "processor_seconds": statistics.median(computing or 0 for _, computing in sample),
            "peak_kib": look.peak_kib,
            "runs": len(sample),
            "same_output": look.digest == looks[0].digest,
        }
    return row


def figure(value):
    """Two or three digits that say something."""
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.1f}" if value < 9.95 else f"{value:.0f}"


def time_and_memory(figures, clock):
    if figures is None:
        return "-"
    if figures.get("failed"):
        return "fails"
    seconds = figures[clock]
    time = f"{figure(seconds)} s" if seconds >= 1 else f"{figure(seconds * 1e3)} ms"
    memory = f", {figure(figures['peak_kib'] / 1024)} MB" if figures["peak_kib"] else ""
    return time + memory + ("" if figures["same_output"] else " *")


def ratio(own, its, clock):
    if not its or own.get("failed") or its.get("failed"):
        return "-"
    return figure(its[clock] / own[clock])


def table(rows, clock):
    """The rows as a Markdown table, a line each, and growth from the first number of applications to the last."""
    others = list(dict.fromkeys(name for row in rows for name in row["programs"] if name != "strata"))
    head = ["work", "strata"] + [cell for other in others for cell in (other, "ratio")]
    lines = [head, ["---"] * len(head)]
    for row in rows:
        own = row["programs"]["strata"]
        its = [row["programs"].get(other) for other in others]
        lines.append([row["case"], time_and_memory(own, clock)] +
                     [cell for other in its for cell in (time_and_memory(other, clock), ratio(own, other, clock))])
    return ["| " + " | ".join(line) + " |" for line in lines]


def growth(rows, clock):
    """How much more the last number of applications takes than the first, None when both weren't measured."""
    seconds = {row["case"]: row["programs"]["strata"].get(clock) for row in rows}
    few, many = (seconds.get(f"{count:,} small applications") for count in (APPS[0], APPS[-1]))
    return many / few if few and many else None


def show(rows, clock):
    print("\n".join(table(rows, clock)))
    grown = growth(rows, clock)
    if grown:
        print(f"\n{APPS[-1]:,} applications take strata {grown:.1f} times as long as {APPS[0]:,}.")
    if any(not its.get("same_output", True) for row in rows for its in row["programs"].values()):
        print("\n* its output differs from strata's")


def takes_many(words, root):
    """Whether `strata build A B` prints both."""
    one = make_one.make(root)
    many, single = programs.Program("", words, True), programs.Program("", words, False)
    look = programs.look(many, [one, one])
    return not look.failed and look.digest == programs.look(single, [one, one]).digest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", default=os.path.join(HERE, "..", "build", "strata"))
    parser.add_argument("--other", action="append", help="of PATH; in place of " + " and ".join(OTHERS))
    parser.add_argument("--full", action="store_true", help="other implementations run the cases of many minutes too")
    parser.add_argument("--case", default="", help="only those with these words in their name")
    parser.add_argument("--tree", action="append", default=[])
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--print", metavar="FILE")
    parser.add_argument("--wall", action="store_true")
    options = parser.parse_args()
    clock = "seconds" if options.wall else "processor_seconds"
    if options.print:
        with open(options.print, encoding="utf-8") as f:
            return show(json.load(f), clock)
    words = [os.path.abspath(options.strata), "build"]
    others = [program for program in map(programs.find, options.other or OTHERS) if program]
    wanted = {"always"} | ({"full"} if options.full else set())
    rows = []
    with tempfile.TemporaryDirectory() as root:
        strata = programs.Program("strata", words, takes_many(words, root + "/probe"))
        for n, case in enumerate(c for c in cases_of(options.tree) if options.case in c.name):
            print(f"... {case.name}", file=sys.stderr)
            run = [strata] + (others if case.others in wanted else [])
            rows.append(measure(case, run, f"{root}/{n}"))
    show(rows, clock)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as f:
            json.dump(rows, f, indent=2)
            f.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
