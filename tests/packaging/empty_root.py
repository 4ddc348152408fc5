#!/usr/bin/env python3
"""Runs a static command in a root directory that holds nothing but it and a tree of manifests, as nobody; and checks
that the Dockerfile makes an image like that.

usage: empty_root.py --strata FILE --root REPOSITORY
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

NOBODY = 65532


def enter(folder, user):
    os.chroot(folder)
    os.chdir("/manifests")
    if user:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)


def check_dockerfile(root):
    with open(os.path.join(root, "Dockerfile"), encoding="utf-8") as f:
        text = re.sub(r"\\\n", " ", re.sub(r"^#[^\n]*\n", "", f.read(), flags=re.M))
    last = re.split(r"^FROM ", text, flags=re.M)[-1].splitlines()
    problems = []
    if last[0].strip() != "scratch":
        problems.append("the last stage is not FROM scratch")
    if not re.search(r"^USER [1-9]\d*:[1-9]\d*$", "\n".join(last), re.M):
        problems.append("the last stage does not run as a numbered user other than root")
    if 'ENTRYPOINT ["/strata"]' not in last:
        problems.append("the entry point is not /strata")
    copied = [line.split()[-1] for line in last if line.startswith("COPY")]
    if copied != ["/strata", "/manifests"]:
        problems.append(f"copied are {copied}")
    for line in text.splitlines():
        if re.match(r"FROM \S+(:latest)?( AS|$)", line) and ":" not in line and line.split()[1] not in (
                "scratch", "packages"):
            problems.append(f"the base is not pinned: {line}")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--in-namespace", action="store_true", help="set by the script itself")
    options = parser.parse_args()
    problems = check_dockerfile(options.root)
    if problems:
        sys.exit("\n".join(problems))
    if os.geteuid() != 0:
        # A user namespace of one's own, in which chroot is allowed and no id but one's own is known.
        os.execvp("unshare", ["unshare", "--user", "--map-root-user", sys.executable, *sys.argv, "--in-namespace"])
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        shutil.copy(options.strata, os.path.join(place, "strata"))
        readme = os.path.join(options.root, "testdata", "readme")
        shutil.copytree(readme, os.path.join(place, "manifests"))
        done = subprocess.run(["/strata", "build", "overlays/production"], capture_output=True, text=True, env={},
                              check=False, preexec_fn=lambda: enter(place, 0 if options.in_namespace else NOBODY))
        with open(os.path.join(readme, "expected.yaml"), encoding="utf-8") as f:
            expected = f.read()
        if done.returncode or done.stdout != expected:
            sys.exit(f"exit {done.returncode}\n{done.stdout}{done.stderr}")
        print("renders in an empty root directory")


if __name__ == "__main__":
    main()
