#!/usr/bin/env python3
"""Builds each bomb of bombs.py and bombs_of_bases.py: it has to end small, with one clear error or with success.

    test_bombs.py STRATA [--timed] [--unmeasured] [NAME...]

--timed asks for 100 ms of processor time, too, which only a machine with nothing else to do gives reliably; else a
bomb only has to end. --unmeasured is for builds with sanitizers or without optimization: they have to give the same
answers, in whatever memory they take.
"""
import os
import subprocess
import sys
import tempfile

import bombs_of_bases  # noqa: F401 adds to BOMBS
from bombs import BOMBS, Link

MOST_SECONDS = 0.1
MOST_BYTES = 64 << 20


def write(folder, files):
    for path, content in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if isinstance(content, Link):
            os.symlink(content, full)
        else:
            with open(full, "w") as f:
                f.write(content)


def run(strata, folder):
    """The status, the message, seconds of processor time and bytes of memory of a build."""
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen([strata, "build", "."], cwd=folder, stdout=subprocess.DEVNULL, stderr=errors,
                                 env={**os.environ, "NO_COLOR": "1"})
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        message = errors.read().decode(errors="replace")
    return child.returncode, message, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def problems(want, timed, measured, status, message, seconds, memory):
    if status not in (0, 1):
        yield f"exit status {status}: {message[-2000:]}"
    if want is not None and bool(want) != (status != 0):
        yield f"exit status {status}: {message[:300]}"
    if status == 1 and message.count("error: ") != 1:
        yield f"not one error: {message[:300]}"
    if want and want not in message:
        yield f"the message does not say {want}: {message[:300]}"
    if timed and seconds > MOST_SECONDS:
        yield f"{seconds * 1000:.0f} ms"
    if measured and memory > MOST_BYTES:
        yield f"{memory >> 20} MiB"


def main():
    strata, *rest = sys.argv[1:]
    measured, timed = "--unmeasured" not in rest, "--timed" in rest
    names = [n for n in rest if n in BOMBS] or list(BOMBS)
    failed = 0
    for name in names:
        files, want = BOMBS[name]()
        with tempfile.TemporaryDirectory() as folder:
            write(folder, files)
            outcome = run(os.path.abspath(strata), folder)
        found = list(problems(want, timed, measured, *outcome))
        print(f"{name}: status {outcome[0]}, {outcome[2] * 1000:.0f} ms, {outcome[3] >> 20} MiB", *found, sep="\n  ")
        failed += bool(found)
    print(f"{failed} tests failed out of {len(names)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
