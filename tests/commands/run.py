#!/usr/bin/env python3
"""Runs commands in small folders and compares what they print and leave with what kustomize prints and leaves.

usage: run.py --bin PROGRAM [--filter TEXT] [--reference | --record]

A case is a text file:

    # What it shows.
    $ cfg count --kind=false app         one call, its words split as a shell does; any number, one after the other
    -- before/app/a.yaml --              a file of the folder that the calls are made in
    -- before/fn.sh, executable --
    -- before/link.yaml -> a.yaml --     a symbolic link
    -- stdin --
    -- stdout --                         what all calls print; <DIR> stands for the folder
    -- status 1 --                       of the last call; 0 when it isn't said
    -- stderr mentions --                each line must be found there (never recorded)
    -- after/app/b.yaml --               a file that is new or changed
    -- removed/app/a.yaml --             a file that is gone

", no newline" at the end of a name says that the last line has none. Files that are not mentioned must stay as they
are. Calls are made through a link named kustomize, so statuses are kustomize's.

A line "# differs: WHY" says that kustomize does otherwise, and why: such a case is strata's alone.

--reference  checks the cases against the kustomize on PATH instead
--record     writes stdout, status, after and removed of the cases that have none of them, as kustomize gives them
"""
import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
HEADER = re.compile(r"^-- (.*) --$")
RESULTS = ("stdout", "status", "after/", "removed/")


def parse(text):
    """(head, [(name, attributes, body)])"""
    head, sections, body = [], [], None
    for line in text.splitlines(keepends=True):
        match = HEADER.match(line.rstrip("\n"))
        if match:
            name, *attributes = match.group(1).split(", ")
            body = []
            sections.append((name, attributes, body))
        else:
            (head if body is None else body).append(line)
    joined = [(name, attributes, "".join(body)) for name, attributes, body in sections]
    return "".join(head), [(n, a, b[:-1] if "no newline" in a else b) for n, a, b in joined]


def write_files(folder, sections):
    for name, attributes, body in sections:
        if not name.startswith("before/"):
            continue
        path, _, target = name[len("before/"):].partition(" -> ")
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if target:
            os.symlink(target, full)
            continue
        with open(full, "w", newline="") as f:
            f.write(body)
        if "executable" in attributes:
            os.chmod(full, 0o755)


def snapshot(folder):
    found = {}
    for directory, _, leaves in os.walk(folder):
        for leaf in leaves:
            full = os.path.join(directory, leaf)
            name = os.path.relpath(full, folder)
            if os.path.islink(full):
                found[name] = "-> " + os.readlink(full) + "\n"
                continue
            with open(full, newline="", encoding="utf-8", errors="surrogateescape") as f:
                found[name] = f.read()
    return found


def run_case(program, head, sections):
    """What comes of the case, as sections, and standard error."""
    place = os.path.realpath(tempfile.mkdtemp(prefix="strata-commands-"))
    try:
        folder, link = os.path.join(place, "work"), os.path.join(place, "kustomize")
        os.mkdir(folder)
        os.symlink(program, link)
        write_files(folder, sections)
        before = snapshot(folder)
        stdin = next((body for name, _, body in sections if name == "stdin"), "")
        out, err, status = "", "", 0
        for line in head.splitlines():
            if not line.startswith("$ "):
                continue
            done = subprocess.run([link, *shlex.split(line[2:])], cwd=folder, input=stdin, capture_output=True,
                                  encoding="utf-8", errors="surrogateescape", timeout=60,
                                  env={**os.environ, "NO_COLOR": "1",
                                       "PATH": os.path.join(folder, "bin") + ":" + os.environ["PATH"]})
            out, err, status = out + done.stdout, err + done.stderr, done.returncode
        out = out.replace(folder, "<DIR>")
        after = snapshot(folder)
        results = [("stdout", out)] + ([(f"status {status}", "")] if status else [])
        results += [("after/" + path, body.replace(folder, "<DIR>"))
                    for path, body in sorted(after.items()) if before.get(path) != body]
        return results + [("removed/" + path, "") for path in sorted(before) if path not in after], err
    finally:
        shutil.rmtree(place)


def section_text(name, body):
    if body and not body.endswith("\n"):
        return f"-- {name}, no newline --\n{body}\n"
    return f"-- {name} --\n{body}"


def judge(program, path, is_reference):
    """What is wrong with the case, or None."""
    with open(path, newline="") as f:
        head, sections = parse(f.read())
    got, err = run_case(program, head, sections)
    want = [(name, body) for name, _, body in sections if name.startswith(RESULTS)]
    if not any(name == "stdout" for name, _ in want):
        want.insert(0, ("stdout", ""))
    if sorted(got) != sorted(want):
        shown = ["".join(section_text(*s) for s in sorted(r)) for r in (want, got)]
        return f"expected\n{shown[0]}got\n{shown[1]}standard error\n{err}"
    for name, _, body in sections:
        for line in body.splitlines() if name == "stderr mentions" and not is_reference else ():
            if line not in err:
                return f"standard error lacks {line!r}:\n{err}"
    return None


def record(program, path):
    """Adds the results to a case that has none."""
    with open(path, newline="") as f:
        text = f.read()
    head, sections = parse(text)
    if "# differs:" in head or any(name.startswith(RESULTS) for name, _, _ in sections):
        return
    got, _ = run_case(program, head, sections)
    with open(path, "w", newline="") as f:
        f.write(text + "".join(section_text(*s) for s in got if s != ("stdout", "")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="strata")
    parser.add_argument("--filter", default="")
    parser.add_argument("--reference", action="store_true")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    reference = shutil.which("kustomize") if options.reference or options.record else None
    count = failed = 0
    for directory, names, leaves in os.walk(HERE):
        names.sort()
        for leaf in sorted(leaves):
            path = os.path.join(directory, leaf)
            name = os.path.relpath(path, HERE)
            if not leaf.endswith(".txt") or leaf == "CMakeLists.txt" or options.filter not in name:
                continue
            if options.record:
                record(reference, path)
            with open(path, newline="") as f:
                if options.reference and "# differs:" in f.read():
                    continue
            wrong = judge(reference if options.reference else os.path.abspath(options.bin), path, options.reference)
            count += 1
            if wrong:
                failed += 1
                print(f"FAIL {name}: {wrong}")
    print(f"{count - failed} passed, {failed} failed")
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
