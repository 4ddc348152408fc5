#!/usr/bin/env python3
"""Installs the build into an empty prefix and builds a small program against it: by pkg-config, shared and static, and
by find_package. Each must run and print the version.

usage: consumers.py --build DIR --examples DIR [--cc COMPILER] [--flag FLAG]...
"""
import argparse
import os
import subprocess
import sys
import tempfile

PROGRAM = "#include <stdio.h>\n#include <strata/strata.h>\nint main(void) { return puts(strata_version()) < 0; }\n"
PROJECT = """cmake_minimum_required(VERSION 3.22)
project(consumer C)
find_package(strata {version} REQUIRED)
add_executable(consumer main.c)
target_link_libraries(consumer PRIVATE strata::strata)
"""


def run(*command, cwd, **environment):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def find(prefix, name):
    for folder, _, leaves in os.walk(prefix):
        if name in leaves:
            return folder
    sys.exit(f"{name} is not installed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--examples", required=True, help="the folder examples/")
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--flag", action="append", default=[], help="for the compiler; may be repeated")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        prefix, project = os.path.join(place, "prefix"), os.path.join(place, "project")
        os.mkdir(project)
        run("cmake", "--install", os.path.abspath(options.build), "--prefix", prefix, cwd=place)
        packages = find(prefix, "strata.pc")
        libraries = find(prefix, "libstrata.a")
        version = run(os.path.join(prefix, "bin", "strata"), "version", "-o", "yaml", cwd=place)
        version = version.rsplit("strataVersion: ", 1)[1]
        moved = {"PKG_CONFIG_PATH": packages, "LD_LIBRARY_PATH": libraries}
        with open(os.path.join(project, "main.c"), "w") as f:
            f.write(PROGRAM)
        with open(os.path.join(project, "CMakeLists.txt"), "w") as f:
            f.write(PROJECT.format(version=version))

        flags = run("pkg-config", "--cflags", "--libs", "strata", cwd=place, **moved).split()
        run(options.cc, *options.flag, "main.c", *flags, "-o", "shared", cwd=project)
        static = run("pkg-config", "--cflags", "--libs", "--static", "strata", cwd=place, **moved).split()
        static = [os.path.join(libraries, "libstrata.a") if word == "-lstrata" else word for word in static]
        run(options.cc, *options.flag, "main.c", *static, "-o", "static", cwd=project)
        run("cmake", "-S", ".", "-B", "build", f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_C_COMPILER={options.cc}",
            f"-DCMAKE_C_FLAGS={' '.join(options.flag)}", cwd=project)
        run("cmake", "--build", "build", cwd=project)
        # The examples, as a new user builds them.
        run("cmake", "-S", os.path.abspath(options.examples), "-B", "examples", f"-DCMAKE_PREFIX_PATH={prefix}",
            f"-DCMAKE_C_COMPILER={options.cc}", f"-DCMAKE_C_FLAGS={' '.join(options.flag)}", cwd=project)
        run("cmake", "--build", "examples", cwd=project)
        run(os.path.join(project, "examples", "render_memory"), cwd=project, **moved)
        for program in ("shared", "static", "build/consumer"):
            printed = run(os.path.join(project, program), cwd=project, **moved)
            if printed != version:
                sys.exit(f"{program} prints {printed!r}, not {version}")
    print("installed, linked shared and static and by find_package, and run")


if __name__ == "__main__":
    main()
