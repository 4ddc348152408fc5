#!/usr/bin/env python3
"""Runs the trees of testdata/ through strata and compares what comes out, byte for byte.

usage: run.py --bin PROGRAM [--filter TEXT] [--reference | --record]

A case is a folder with a file `command` (the arguments, run in that folder) and either
    expected.yaml    standard output, which kustomize gives for the same arguments
    diagnostic.txt   standard error of a refusal; standard output is empty and the status 1
A case may have both: then diagnostic.txt holds the warnings of a build that succeeds.

--reference  checks expected.yaml, and that refusals are refused, against the kustomize on PATH instead of strata
--record     writes expected.yaml with kustomize and diagnostic.txt with strata where they are missing: read them
"""
import os
import shlex
import subprocess
import sys

import runner

ROOT = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "testdata")
QUIET = {"NO_COLOR": "1", "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


def cases():
    for folder, names, leaves in os.walk(ROOT):
        names.sort()
        if "command" in leaves:
            yield os.path.relpath(folder, ROOT)


def run(program, folder):
    with open(os.path.join(folder, "command")) as f:
        arguments = shlex.split(f.read())
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=60,
                          env={**os.environ, **QUIET})
    return done.returncode, done.stdout, done.stderr


def content(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return None
    with open(path, "rb") as f:
        return f.read()


def judge(case, program, is_reference):
    """What is wrong with the case, or None."""
    folder = os.path.join(ROOT, case)
    output, diagnostic = content(folder, "expected.yaml"), content(folder, "diagnostic.txt")
    if output is None and diagnostic is None:
        return "has neither expected.yaml nor diagnostic.txt: see --record"
    status, out, err = run(program, folder)
    if output is None:
        if status != 1 or out:
            return f"is not refused: status {status}, {len(out)} bytes on standard output"
    elif status != 0:
        return f"status {status}: {err.decode(errors='replace')}"
    elif out != output:
        return runner.difference("standard output", output, out)
    if not is_reference and err != (diagnostic or b""):
        return runner.difference("standard error", diagnostic or b"", err)
    return None


def record(case, program):
    """Writes what the case lacks; what is there stays."""
    folder = os.path.join(ROOT, case)
    status, out, _ = run("kustomize", folder)
    _, _, err = run(program, folder)
    missing = {"expected.yaml": out if status == 0 else b"", "diagnostic.txt": err}
    for name, text in missing.items():
        if text and content(folder, name) is None:
            with open(os.path.join(folder, name), "wb") as f:
                f.write(text)


if __name__ == "__main__":
    sys.exit(runner.main(__doc__, cases, judge, record))
