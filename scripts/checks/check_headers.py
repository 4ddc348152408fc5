#!/usr/bin/env python3
"""Each header compiles alone: public ones in pedantic C11 and C++17, the others in C11."""
import concurrent.futures
import os
import subprocess
import tempfile

import common

STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]


def compile_alone(options, header, compiler, language, standard, folder):
    source = os.path.join(folder, "%s-%s.%s" % (header.replace("/", "_"), standard, "c" if language == "c" else "cc"))
    with open(source, "w") as f:
        # A translation unit must not be empty, and a header may be.
        f.write('#include "%s"\nextern int declared_to_be_something;\n' % header)
    done = subprocess.run([compiler, "-x", language, "-std=" + standard, "-D_GNU_SOURCE", *STRICT,
                           "-I", os.path.join(options.root, "include"), "-I", os.path.join(options.root, "lib"),
                           source], capture_output=True, text=True)
    return None if done.returncode == 0 else f"{header} as {standard}: {(done.stderr or 'fails').splitlines()[0]}"


def check(options):
    jobs = []
    for path in common.files(options.root, "include", suffixes=(".h",)):
        header = os.path.relpath(path, "include")
        jobs += [(header, options.cc, "c", "c11"), (header, options.cxx, "c++", "c++17")]
    for path in common.files(options.root, "lib", suffixes=(".h",)):
        jobs.append((os.path.relpath(path, "lib"), options.cc, "c", "c11"))
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = [pool.submit(compile_alone, options, *job, folder) for job in jobs]
        yield from (r.result() for r in results if r.result())


if __name__ == "__main__":
    common.run(__doc__, check, cc={"default": "cc"}, cxx={"default": "c++"})
