#!/usr/bin/env python3
"""Times strata beside the other kustomize implementations on PATH and prints ratios of medians, and peak memory.

    run.py [--strata PATH] [--other NAME=PATH ...] [--runs N] [--apps N] [--megabytes N] [--tree DIR ...]
           [--json FILE] [--timeout SECONDS]

The inputs are made in a temporary directory (bench/make_apps.py, bench/make_crds.py); --tree adds a kustomization of
your own. Each program runs as a whole process, its output to the null device; runs alternate between the programs, and
the figure is the median. The outputs are compared first: a ratio counts for the same work only.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ONE = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: nginx:1.27
"""


def make_one(root):
    os.makedirs(root)
    with open(root + "/deployment.yaml", "w", encoding="utf-8") as f:
        f.write(ONE)
    with open(root + "/kustomization.yaml", "w", encoding="utf-8") as f:
        f.write("resources:\n- deployment.yaml\nnamePrefix: prod-\n")
    return root


def make(script, amount, root, target):
    subprocess.run([sys.executable, f"{HERE}/{script}", str(amount), root], check=True)
    return root + target


def output_of(argv):
    """What a program prints, None when it fails."""
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return done.stdout if done.returncode == 0 else None


def seconds_of(argv):
    """How long one process takes, its output thrown away: nothing of Python's is in that time but the start."""
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
    start = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=actions)
    os.waitpid(pid, 0)
    seconds = time.perf_counter() - start
    os.close(null)
    return seconds


def peak_memory(argv):
    """Peak KiB of one process, by GNU time: a child of Python's own would be charged with Python's memory."""
    if not os.path.exists("/usr/bin/time"):
        return None
    with tempfile.NamedTemporaryFile("r") as report:
        subprocess.run(["/usr/bin/time", "-f", "%M", "-o", report.name] + argv, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        return int(report.read().split()[-1])


def measure(case, programs, runs, timeout):
    """One row: for each program its median seconds and peak memory, or why there is none."""
    name, target = case
    outputs = {program: output_of([path, "build", target]) for program, path in programs.items()}
    samples = {program: [] for program in programs}
    for _ in range(runs):
        for program, path in programs.items():
            enough = timeout and sum(samples[program]) > timeout  # of a slow one
            if outputs[program] is not None and not enough:
                samples[program].append(seconds_of([path, "build", target]))
    row = {"case": name, "programs": {}}
    for program, path in programs.items():
        if not samples[program]:
            row["programs"][program] = {"failed": True}
            continue
        row["programs"][program] = {
            "seconds": statistics.median(samples[program]),
            "peak_kib": peak_memory([path, "build", target]),
            "runs": len(samples[program]),
            "same_output": outputs[program] == outputs["strata"],
        }
    return row


def megabytes(figures):
    return f"{figures['peak_kib'] / 1024:7.1f} MB" if figures["peak_kib"] else f"{'?':>10}"


def print_table(rows, programs):
    others = [p for p in programs if p != "strata"]
    print(f"{'case':<28}{'strata':>12}{'memory':>10}" + "".join(f"{o:>14}{'memory':>10}{'ratio':>9}" for o in others))
    for row in rows:
        own = row["programs"]["strata"]
        if own.get("failed"):
            print(f"{row['case']:<28}{'failed':>12}")
            continue
        line = f"{row['case']:<28}{own['seconds'] * 1e3:>9.2f} ms{megabytes(own)}"
        for other in others:
            its = row["programs"][other]
            if its.get("failed"):
                line += f"{'failed':>14}{'':>19}"
            else:
                mark = "" if its["same_output"] else " *"
                line += (f"{its['seconds'] * 1e3:>11.1f} ms{megabytes(its)}"
                         f"{its['seconds'] / own['seconds']:>7.1f}x{mark}")
        print(line)
    if any(not r["programs"][p].get("same_output", True) for r in rows for p in others):
        print("* its output differs from strata's")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", default=os.path.join(HERE, "..", "build", "strata"))
    parser.add_argument("--other", action="append", default=[])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--apps", type=int, action="append", default=[])
    parser.add_argument("--megabytes", type=float, default=12)
    parser.add_argument("--tree", action="append", default=[])
    parser.add_argument("--json")
    parser.add_argument("--timeout", type=float, default=60, help="seconds spent on one slow program in a case")
    options = parser.parse_args()
    programs = {"strata": os.path.abspath(options.strata)}
    for other in options.other or (["kustomize"] if shutil.which("kustomize") else []):
        name, _, path = other.partition("=")
        programs[name] = path or shutil.which(name)
    with tempfile.TemporaryDirectory() as root:
        cases = [("one deployment", make_one(root + "/one"))]
        cases += [(os.path.basename(os.path.abspath(t)), t) for t in options.tree]
        cases.append((f"{options.megabytes:g} MB of CRDs", make("make_crds.py", options.megabytes, root + "/crds", "")))
        for count in options.apps or [1000]:
            cases.append((f"{count} apps", make("make_apps.py", count, f"{root}/apps-{count}", "/overlay")))
        rows = [measure(case, programs, options.runs, options.timeout) for case in cases]
    print_table(rows, programs)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as f:
            json.dump(rows, f, indent=2)


main()
