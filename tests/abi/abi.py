#!/usr/bin/env python3
"""Holds the ABI: the functions that the shared library exports, and the layout of public structs and enumerations,
against what is written down beside this file.

usage: abi.py symbols --library FILE        the exported functions are those of symbols.txt
       abi.py layout --root DIR --cc CC     structs and enumerations are those of layout.txt
       ... --write                          prints what to write there
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
STRUCT = re.compile(r"typedef struct (strata_\w+) \{(.*?)\n\} \1;", re.S)
ENUM = re.compile(r"enum (?:strata_\w+ )?\{(.*?)\}", re.S)


def without_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def members(body):
    """The names of the members of a struct's body."""
    for declaration in without_comments(body).split(";"):
        function = re.search(r"\(\*(\w+)\)", declaration)
        names = [function.group(1)] if function else re.findall(r"(\w+)(?:\[\w+\])?\s*(?:,|$)", declaration.strip())
        yield from names


def layout(options):
    lines = ["#include <stddef.h>", "#include <stdio.h>", "#include <strata/strata.h>", "int main(void) {"]
    folder = os.path.join(options.root, "include", "strata")
    for header in sorted(os.listdir(folder)):
        if header == "fyaml.h":
            continue
        with open(os.path.join(folder, header), encoding="utf-8") as f:
            text = f.read()
        for name, body in STRUCT.findall(text):
            lines.append(f'printf("struct {name} %zu:", sizeof({name}));')
            for member in members(body):
                lines.append(f'printf(" {member}@%zu", offsetof({name}, {member}));')
            lines.append('printf("\\n");')
        for body in ENUM.findall(without_comments(text)):
            for word in re.findall(r"\b(STRATA_\w+)", body):
                lines.append(f'printf("{word} %d\\n", (int){word});')
    lines += ["return 0;", "}"]
    with tempfile.TemporaryDirectory() as place:
        source, program = os.path.join(place, "layout.c"), os.path.join(place, "layout")
        with open(source, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        subprocess.run([options.cc, "-I", os.path.join(options.root, "include"), "-c", source, "-o", program + ".o"],
                       check=True)
        # Nothing of the library is called, and inline functions that mention it must not need it.
        stubs = os.path.join(place, "stubs.c")
        names = sorted(set(re.findall(r"strata_\w+_init_size", "\n".join(inline_calls(folder)))))
        with open(stubs, "w", encoding="utf-8") as f:
            f.write("\n".join(f"void {name}(void);\nvoid {name}(void) {{}}" for name in names) + "\n")
        subprocess.run([options.cc, program + ".o", stubs, "-o", program], check=True)
        return subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines()


def inline_calls(folder):
    for header in os.listdir(folder):
        with open(os.path.join(folder, header), encoding="utf-8") as f:
            yield f.read()


def symbols(options):
    printed = subprocess.run(["nm", "-D", "--defined-only", "--format=posix", options.library], check=True,
                             capture_output=True, text=True).stdout
    rows = (line.split() for line in printed.splitlines())
    return sorted({row[0].split("@")[0] for row in rows if row[1] != "A"})


def written(name):
    if not os.path.exists(os.path.join(HERE, name)):
        return []
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        return [line for line in f.read().splitlines() if line and not line.startswith("#")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("symbols", "layout"))
    parser.add_argument("--library")
    parser.add_argument("--root")
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.what == "symbols":
        found = symbols(options)
        known = {line.split()[0]: line for line in written("symbols.txt")}
        found = [known.get(name, f"{name} NEW") for name in found]
        wanted = list(known.values())
    else:
        found, wanted = layout(options), written("layout.txt")
    if options.write:
        print("\n".join(found))
        return
    wrong = [f"- {line}" for line in wanted if line not in set(found)]
    wrong += [f"+ {line}" for line in found if line not in set(wanted)]
    if wrong:
        sys.exit("\n".join(wrong) + f"\nthe ABI is not that of tests/abi/{options.what}.txt; docs/abi.md says what may "
                 "change")
    print(f"{len(found)} lines as written down")


if __name__ == "__main__":
    main()
