#!/usr/bin/env python3
"""Runs the mistakes of testdata/mistakes through strata and compares what it says about each.

usage: mistakes.py --bin PROGRAM [--filter TEXT] [--reference | --record]

A mistake is one text file in parts, each under a line "== NAME": the files of a tree, and last "== strata ARGUMENTS"
with what the command prints on standard error when it is run there. app.yaml, a Deployment, is added to each tree that
does not have it.

--reference  checks that kustomize refuses the tree too, or, where strata only warns, that it renders it
--record     writes the last part anew: read it
"""
import os
import re
import subprocess
import sys
import tempfile

import runner

PLACE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "testdata",
                     "mistakes")
APP = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: registry.example/web:1.0
"""


def read(name):
    """The files of a mistake, the arguments, and what is expected of them."""
    with open(os.path.join(PLACE, name), newline="") as f:
        parts = re.split(r"^== (.*)\n", f.read(), flags=re.M)
    titles, texts = parts[1::2], parts[2::2]
    command = titles.pop()
    assert command.startswith("strata "), f"{name}: the last part is no command"
    return dict(zip(titles, texts)), command.split()[1:], texts[-1]


def run(program, files, arguments):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"app.yaml": APP, **files}.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", newline="") as f:
                f.write(text)
        done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, errors="replace",
                              stdin=subprocess.DEVNULL, timeout=60, env={**os.environ, "NO_COLOR": "1"})
    return done.returncode, done.stderr.replace(os.path.realpath(folder), "/tree")


def judge(name, program, is_reference):
    """What is wrong with the case, or None."""
    files, arguments, expected = read(name)
    warns = not re.search(r"^(\S+: )?error: ", expected, re.M)
    if is_reference:
        arguments = [a for a in arguments if a != "--strict"]
    status, got = run(program, files, arguments)
    if is_reference:
        refused = status != 0
        strict = "--strict" in read(name)[1]
        return None if strict or refused != warns else f"status {status}: {got}"
    if (status == 0) != warns:
        return f"status {status}: {got}"
    if got != expected:
        return runner.difference("standard error", expected.encode(), got.encode())
    return None


def record(name, program):
    files, arguments, expected = read(name)
    path = os.path.join(PLACE, name)
    _, got = run(program, files, arguments)
    with open(path, newline="") as f:
        text = f.read()
    with open(path, "w", newline="") as f:
        f.write(text[:len(text) - len(expected)] + got)


def cases():
    return (name for name in sorted(os.listdir(PLACE)) if name.endswith(".txt"))


if __name__ == "__main__":
    sys.exit(runner.main(__doc__, cases, judge, record))
