#!/usr/bin/env python3
"""Holds README.md against what it quotes: files of testdata/readme, what its commands print, the program in C.

usage: readme.py --bin PROGRAM --library LIBRARY [--cc COMPILER] [--flag FLAG]...

A block that is no file and no program must be what the command in the block of shell before it prints. Each command of
such a block must be a file of the repository; those of the program itself are run. The C program is compiled and run on
the example.
"""
import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXAMPLE = os.path.join(ROOT, "testdata", "readme")


def read(*parts):
    with open(os.path.join(ROOT, *parts)) as f:
        return f.read()


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})


def judge_shell(text, options):
    """Runs the commands of the program, whose output then is options.printed; those of scripts/ only have to exist."""
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        if words[0] == "build/strata":
            done = run([options.bin, *words[1:]], ROOT)
            options.printed = done.stdout + done.stderr
        elif not os.access(words[0], os.X_OK):
            return f"calls {words[0]}, which is no program of the repository"
        missing = [w for w in words[1:] if "/" in w and not os.path.exists(w)]
        if missing:
            return f"names {missing[0]}, which is not there"
    return None


def judge_block(language, text, options):
    """What is wrong with a block of README.md, or None."""
    if language == "yaml" and text.startswith("# "):
        name, rest = text[2:].split("\n", 1)
        return None if rest == read("testdata", "readme", name) else f"is not {name}"
    if language in ("yaml", ""):
        return None if text == options.printed else "is not what the command before it prints"
    if language == "sh":
        return judge_shell(text, options)
    if language == "c":
        header = read("include", "strata", "strata.h")
        quoted = "".join(" *     %s\n" % line if line else " *\n" for line in text.rstrip("\n").split("\n"))
        if quoted not in header:
            return "is not the program of include/strata/strata.h"
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "main.c"), "w") as f:
                f.write(text)
            built = run([options.cc, "-std=c11", *options.flag, "-I", os.path.join(ROOT, "include"), "main.c",
                         options.library, "-Wl,-rpath," + os.path.dirname(options.library), "-o", "main"], folder)
            if built.returncode:
                return "does not compile: " + built.stderr
            done = run([os.path.join(folder, "main")], os.path.join(EXAMPLE, "overlays", "production"))
            return None if done.stdout == read("testdata", "readme", "expected.yaml") else "does not render the example"
    return f"is in a language that {os.path.basename(__file__)} does not know: {language}"


def judge_figures(text):
    """What is wrong with the table of figures, which is the one that bench made, or None."""
    bench = [sys.executable, os.path.join(ROOT, "bench", "run.py"), "--print"]
    printed = run([*bench, os.path.join(ROOT, "bench", "figures.json")], ROOT).stdout
    table = "".join(line + "\n" for line in printed.split("\n") if line.startswith("|"))
    if table and table in text:
        return None
    return "README.md: the table of figures is not that of bench/run.py --print bench/figures.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--library", required=True)
    parser.add_argument("--flag", action="append", default=[], help="for the compiler; may be repeated")
    options = parser.parse_args()
    options.printed = None
    options.bin, options.library = os.path.abspath(options.bin), os.path.abspath(options.library)
    os.chdir(ROOT)
    text = read("README.md")
    wrong = []
    for m in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S):
        complaint = judge_block(m.group(1), m.group(2), options)
        if complaint:
            wrong.append(f"README.md:{text.count(chr(10), 0, m.start()) + 1}: the block {complaint}")
    complaint = judge_figures(text)
    wrong += [complaint] if complaint else []
    print("\n".join(wrong) or "README.md is true")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
