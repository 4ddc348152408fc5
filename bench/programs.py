"""Programs that render kustomizations, and what running one costs: seconds, peak memory, instructions.

A program is the words before the folders on its command line. `look` runs once, with what it printed and its memory;
`seconds_of` times a whole process as plainly as can be; `instructions_of` counts with valgrind.
"""
import collections
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time

# many: it takes several folders and prints their streams as one.
Program = collections.namedtuple("Program", "name words many")
Look = collections.namedtuple("Look", "failed digest seconds computing peak_kib")

KNOWN = {"kustomize": ["build"], "kubectl": ["kustomize"]}
SEPARATOR = b"---\n"


def find(name):
    """The program of that name on PATH, None when it isn't there."""
    path = shutil.which(name)
    return Program(name, [path, *KNOWN.get(name, ["build"])], False) if path else None


def command_lines(program, targets):
    if program.many:
        return [[*program.words, *targets]]
    return [[*program.words, target] for target in targets]


def look_at(argv, out):
    """Seconds that one process takes and computes, its peak KiB and its status; it writes to the file OUT. The peak is
    measured from outside by GNU time: a child of Python's own would be charged with Python's memory."""
    quiet = {"stdout": out, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    with tempfile.NamedTemporaryFile("r") as report:
        timed = shutil.which("time")
        around = [timed, "-q", "-f", "%U %S %M", "-o", report.name] if timed else []
        start = time.perf_counter()
        status = subprocess.run([*around, *argv], check=False, **quiet).returncode
        seconds = time.perf_counter() - start
        words = report.read().split()
    computing = float(words[-3]) + float(words[-2]) if words else None
    return seconds, computing, int(words[-1]) if words else None, status


def look(program, targets):
    """One run over all targets: whether it failed, the hash of what it printed, its time and its highest peak."""
    digest, seconds, computing, peaks = hashlib.sha256(), 0, [], []
    for n, argv in enumerate(command_lines(program, targets)):
        with tempfile.TemporaryFile() as out:
            took, computed, peak, status = look_at(argv, out)
            if status != 0:
                return Look(True, None, took, None, None)
            digest.update(SEPARATOR if n else b"")
            out.seek(0)
            shutil.copyfileobj(out, HashWriter(digest))
        seconds += took
        computing.append(computed)
        peaks.append(peak)
    return Look(False, digest.hexdigest(), seconds, None if None in computing else sum(computing),
                None if None in peaks else max(peaks))


class HashWriter:
    def __init__(self, digest):
        self.write = digest.update


def seconds_of(program, targets):
    """How long the processes take and how long they compute, their output thrown away: nothing of Python's is in that
    time but the start."""
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
    seconds, computing = 0, 0
    for argv in command_lines(program, targets):
        start = time.perf_counter()
        pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=actions)
        _, _, usage = os.wait4(pid, 0)
        seconds += time.perf_counter() - start
        computing += usage.ru_utime + usage.ru_stime
    os.close(null)
    return seconds, computing


def instructions_of(argv, objects=None):
    """Instructions that one process executes, by valgrind; only those of objects whose file name matches OBJECTS."""
    with tempfile.TemporaryDirectory() as folder:
        file = folder + "/callgrind"
        tool = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={file}", "--compress-strings=no",
                "--compress-pos=no", "--dump-line=no"]
        subprocess.run([*tool, *argv], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        with open(file, encoding="utf-8") as f:
            return sum_of_costs(f, objects)


def sum_of_costs(lines, objects):
    """Callgrind's file: `ob=FILE` says whose the cost lines (`POSITION COST`) below it are; the line after `calls=` is
    the callee's cost over again."""
    total, counted, callee = 0, True, False
    for line in lines:
        if line.startswith("ob="):
            counted = objects is None or re.search(objects, os.path.basename(line[3:].strip()))
        elif line.startswith("calls="):
            callee = True
        elif line[0].isdigit():
            if counted and not callee:
                total += int(line.split()[1])
            callee = False
    return total
