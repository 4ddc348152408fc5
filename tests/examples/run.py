#!/usr/bin/env python3
"""Runs the programs of examples/ and compares what they print.

usage: run.py --bin DIR --root REPOSITORY
"""
import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

MEMORY = """apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    team: web
  name: shop
  namespace: production
spec:
  replicas: 3
  revisionHistoryLimit: 3
  template:
    metadata:
      labels:
        team: web
    spec:
      containers:
      - image: registry.example/shop:1.4.2
        name: shop
"""

KUSTOMIZATION = """# The shop.
resources:
- shop.yaml  # all of it
images:
- name: shop   # ours
  newTag: 1.4.1
"""


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as f:
        return f.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--root", required=True)
    options = parser.parse_args()
    options.bin = os.path.abspath(options.bin)
    readme = os.path.join(options.root, "testdata", "readme")
    production = os.path.join(readme, "overlays", "production")
    failed = []

    def expect(what, printed, wanted):
        if printed != wanted:
            failed.append(f"{what} gives\n{printed}\nand not\n{wanted}")

    def run(name, *arguments, status=0, **more):
        done = subprocess.run([os.path.join(options.bin, name), *arguments], capture_output=True, text=True,
                              check=False, **more)
        if done.returncode != status:
            failed.append(f"{name} ends with {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    expect("render_directory", run("render_directory", production).stdout, read(readme, "expected.yaml"))
    with tempfile.TemporaryDirectory() as place:
        with open(os.path.join(place, "kustomization.yaml"), "w", encoding="utf-8") as f:
            f.write("image:\n- name: a\n")
        expect("render_directory of a mistake", run("render_directory", ".", status=1, cwd=place).stderr,
               "kustomization.yaml:1:1: error: unknown field \"image\" in a kustomization [unknown-field]\n"
               "hint: did you mean images?\n")
    expect("render_memory", run("render_memory").stdout, MEMORY)
    expect("render_threads", run("render_threads", production).stdout, "100 builds in 4 threads: the same stream\n")

    listed = run("list_images", ".", cwd=production).stdout.splitlines()
    for wanted in ("image registry.example/shop:1.4.2", "resource Deployment/shop from ../../base/deployment.yaml:1"):
        if wanted not in listed:
            failed.append(f"list_images lacks {wanted!r}:\n" + "\n".join(listed))
    digest = hashlib.sha256(read(production, "kustomization.yaml").encode()).hexdigest()[:12]
    if f"input {digest} kustomization.yaml" not in listed:
        failed.append("list_images lacks the digest of kustomization.yaml:\n" + "\n".join(listed))

    with tempfile.TemporaryDirectory() as place:
        with open(os.path.join(place, "kustomization.yaml"), "w", encoding="utf-8") as f:
            f.write(KUSTOMIZATION)
        run("edit_kustomization", place, "shop:1.4.2")
        edited = read(place, "kustomization.yaml")
        for wanted in ("# The shop.", "# all of it", "# ours", "newTag: 1.4.2"):
            if wanted not in edited:
                failed.append(f"edit_kustomization lost {wanted!r}:\n{edited}")
    if shutil.which("valgrind") and os.environ.get("STRATA_VALGRIND"):
        for name, *arguments in (("render_directory", production), ("render_memory",), ("list_images", production)):
            done = subprocess.run(["valgrind", "-q", "--leak-check=full", "--error-exitcode=9",
                                   os.path.join(options.bin, name), *arguments], capture_output=True, text=True,
                                  check=False)
            if done.returncode:
                failed.append(f"{name} under valgrind ends with {done.returncode}\n{done.stderr}")
    if failed:
        sys.exit("\n\n".join(failed))
    print("all examples print what they should")


if __name__ == "__main__":
    main()
