#!/usr/bin/env python3
"""Makes the Debian packages of a build, installs them into an empty root directory, and uses them.

usage: debs.py --build DIR --root REPOSITORY [--cc COMPILER] [--flag FLAG]...
"""
import argparse
import glob
import os
import subprocess
import sys
import tempfile

PROGRAM = "#include <stdio.h>\n#include <strata/strata.h>\nint main(void) { return puts(strata_version()) < 0; }\n"


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def install(root, packages):
    """What the packages depend on is the system's, so dpkg is told not to ask for it."""
    admin = os.path.join(root, "var", "lib", "dpkg")
    for folder in ("info", "updates", "triggers"):
        os.makedirs(os.path.join(admin, folder))
    for name in ("status", "available"):
        with open(os.path.join(admin, name), "w", encoding="utf-8"):
            pass
    run("dpkg", f"--root={root}", "--force-not-root", "--force-depends", "--force-script-chrootless", "--install",
        *packages)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--flag", action="append", default=[])
    options = parser.parse_args()
    readme = os.path.join(options.root, "testdata", "readme")
    with tempfile.TemporaryDirectory() as place:
        made, root = os.path.join(place, "packages"), os.path.join(place, "root")
        os.mkdir(root)
        run("cpack", "-G", "DEB", "--config", os.path.join(options.build, "CPackConfig.cmake"), "-B", made, cwd=place)
        packages = sorted(glob.glob(os.path.join(made, "*.deb")))
        if len(packages) != 3:
            sys.exit(f"not three packages: {packages}")
        for package in packages:
            fields = run("dpkg-deb", "--field", package)
            for field in ("Package:", "Version:", "Architecture:", "Maintainer:", "Description:"):
                if field not in fields:
                    sys.exit(f"{package} has no {field}\n{fields}")
        install(root, packages)
        usr = os.path.join(root, "usr")
        libraries = os.path.dirname(glob.glob(os.path.join(usr, "lib*", "**", "libstrata.so"), recursive=True)[0])
        environment = {**os.environ, "LD_LIBRARY_PATH": libraries,
                       "PKG_CONFIG_PATH": os.path.join(libraries, "pkgconfig"), "PKG_CONFIG_DISABLE_SYSROOT": "1"}
        with open(os.path.join(readme, "expected.yaml"), encoding="utf-8") as f:
            expected = f.read()
        if run(os.path.join(usr, "bin", "strata"), "build", os.path.join(readme, "overlays", "production")) != expected:
            sys.exit("the installed command renders something else")
        with open(os.path.join(place, "main.c"), "w", encoding="utf-8") as f:
            f.write(PROGRAM)
        flags = run("pkg-config", "--cflags", "--libs", "strata", env=environment).split()
        program = os.path.join(place, "program")
        run(options.cc, *options.flag, os.path.join(place, "main.c"), *flags, "-o", program)
        print(f"{', '.join(os.path.basename(p) for p in packages)} installed; strata {run(program, env=environment)}",
              end="")
        for page in ("man1/strata.1", "man3/libstrata.3"):
            if not glob.glob(os.path.join(usr, "share", "man", page + "*")):
                sys.exit(f"{page} is not installed")


if __name__ == "__main__":
    main()
