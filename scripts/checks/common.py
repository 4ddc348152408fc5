"""What the checks share: the files of the repository, C text without comments, and how violations are reported."""
import argparse
import os
import re
import sys

ROOMS = ["core", "yaml", "source", "schema", "model", "generate", "transform", "function", "build", "edit", "package"]
SKIPPED = re.compile(r"^(\.git|__pycache__|\.cache)$")
BUILT = re.compile(r"^build")


def files(root, *folders, suffixes=()):
    """Paths below root, relative to it and sorted, of files whose names end in one of the suffixes."""
    found = []
    root = os.path.normpath(root)
    for folder in folders or ("",):
        for directory, names, leaves in os.walk(os.path.normpath(os.path.join(root, folder))):
            names[:] = sorted(n for n in names if not SKIPPED.match(n) and not (directory == root and BUILT.match(n)))
            for leaf in sorted(leaves):
                if not suffixes or leaf.endswith(tuple(suffixes)):
                    found.append(os.path.relpath(os.path.join(directory, leaf), root))
    return found


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as f:
        return f.read()


COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def code_only(text, keep_strings=False):
    """C text in which comments, and strings unless they are to stay, are blanked; lines keep their numbers."""
    def blank(match):
        piece = match.group()
        if keep_strings and piece[0] in "\"'":
            return piece
        return re.sub(r"[^\n]", " ", piece)
    return COMMENT_OR_STRING.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def parser(doc):
    p = argparse.ArgumentParser(description=doc)
    p.add_argument("--root", default=os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    return p


def run(doc, check, **arguments):
    """Calls check(options), which gives violations, and ends the process: 1 when there are any."""
    p = parser(doc)
    for name, keywords in arguments.items():
        p.add_argument("--" + name.replace("_", "-"), **keywords)
    violations = list(check(p.parse_args()))
    for v in violations:
        print(v)
    sys.exit(1 if violations else 0)
