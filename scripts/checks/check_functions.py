#!/usr/bin/env python3
"""Functions of the C library that are not used: some nowhere, some not inside the library, which is a guest."""
import re

import common

# No bounds, or state that threads share.
NOWHERE = """strcpy strcat stpcpy sprintf vsprintf strtok gets tmpnam tempnam mktemp asctime ctime gmtime localtime
alloca""".split()
# A shell between us and a program; numbers that overflow unseen.
ONLY_IN_TESTS = ["system", "popen", "scanf", "sscanf", "fscanf", "atoi"]
# A guest does not print, end the process, read the environment, or change what the whole process shares.
NOT_IN_LIBRARY = """getenv secure_getenv setenv putenv unsetenv exit _exit abort quick_exit atexit printf vprintf puts
putchar fprintf vfprintf fputs fputc perror err errx warn warnx setlocale chdir fchdir umask signal sigaction fork vfork
rand srand random srandom assert""".split()
# File -> the functions that it may call all the same.
EXCEPTIONS = {}


def check(options):
    for path in common.files(options.root, "lib", "cli", "tests", "include", suffixes=(".c", ".h")):
        banned = set(NOWHERE)
        if not path.startswith("tests/"):
            banned |= set(ONLY_IN_TESTS)
        if path.startswith("lib/"):
            banned |= set(NOT_IN_LIBRARY)
        allowed = EXCEPTIONS.get(path, set())
        text = common.code_only(common.read(options.root, path))
        used = set()
        for m in re.finditer(r"(?<![\w.>])(\w+)[ \t]*\(", text):
            used.add(m.group(1))
            if m.group(1) in banned - allowed:
                yield f"{path}:{common.line_of(text, m.start(1))}: calls {m.group(1)}"
        for name in sorted(allowed - used):
            yield f"{path}: the exception for {name} is not needed any more (scripts/checks/check_functions.py)"


if __name__ == "__main__":
    common.run(__doc__, check)
