#!/usr/bin/env python3
"""Whether cost grows with the work and no faster: each input of make_growth.py at N and at four times N.

    growth.py [--strata PATH] [--case NAME ...] [--times FACTOR]

Instructions are counted by valgrind, memory is the peak of the process. A case fails when either grows to more than
five times: sorting takes a little more than four, what is quadratic goes to sixteen. No time is measured, so the
verdict is the same on every machine. --times measures at FACTOR times the ordinary numbers: a quadratic part that is
small shows late.
"""
import argparse
import os
import sys
import tempfile

import make_growth
import programs

HERE = os.path.dirname(os.path.abspath(__file__))
GROWTH = 4
ALLOWED = 5


def measure(strata, name, n, root):
    """Instructions and peak KiB of building a case at N."""
    maker, _ = make_growth.CASES[name]
    argv = [strata, "build", maker(n, f"{root}/{name}-{n}")]
    with tempfile.TemporaryFile() as out:
        _, _, peak, status = programs.look_at(argv, out)
    if status != 0:
        raise SystemExit(f"growth: {' '.join(argv)} ends with {status}")
    return programs.instructions_of(argv), peak


def judge(strata, name, n, floor, root):
    """Whether a case grows as it may, and a line about it; FLOOR is what a program costs that does nothing."""
    few, many = measure(strata, name, n, root), measure(strata, name, n * GROWTH, root)
    ratios = [(m - f) / max(1, l - f) for l, m, f in zip(few, many, floor)]
    fine = all(ratio <= ALLOWED for ratio in ratios)
    line = (f"{name:<30}{n:>7,} {few[0] / 1e6:9.1f} M {few[1] / 1024:7.1f} MB"
            f"{n * GROWTH:>9,} {many[0] / 1e6:9.1f} M {many[1] / 1024:7.1f} MB"
            f"   x {ratios[0]:.1f}, memory x {ratios[1]:.1f}")
    return fine, line + ("" if fine else "   MORE THAN THE INPUT")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", default=os.path.join(HERE, "..", "build", "strata"))
    parser.add_argument("--case", action="append", choices=make_growth.CASES)
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    strata, failed = os.path.abspath(options.strata), 0
    with tempfile.TemporaryDirectory() as root:
        with tempfile.TemporaryFile() as out:
            floor = (programs.instructions_of([strata, "version"]), programs.look_at([strata, "version"], out)[2])
        for name in options.case or make_growth.CASES:
            fine, line = judge(strata, name, make_growth.CASES[name][1] * options.times, floor, root)
            print(line, flush=True)
            failed += not fine
    print(f"{failed} cases grow faster than their input" if failed else "every case grows with its input")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
