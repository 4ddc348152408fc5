#!/usr/bin/env python3
"""Programs that a build starts and that die, hang on or misbehave: functions, a plugin, helm and git.

    test_children.py STRATA [unittest options]

Whatever they do, a build ends soon, with one error and status 1, prints no part of a stream, keeps the old output file,
and leaves neither a temporary file nor a process behind. What they do wrong without harm is no error.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

STRATA = ""
GENERATED = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: made\n"
# More than a pipe holds, so that who doesn't read it has it break.
LARGE = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: large\ndata:\n" + "".join(
    f"  key{i}: {'x' * 100}\n" for i in range(4000))
CONFIGURATION = "apiVersion: example.org/v1\nkind: Fn\nmetadata:\n  name: fn\n"
FUNCTION = CONFIGURATION + "  annotations:\n    config.kubernetes.io/function: 'exec: {path: ./child}'\n"
PLUGINS = ["--enable-alpha-plugins", "--enable-exec"]

# What a child does, as a shell script; the build must fail.
DEADLY = {
    "is killed at once": "kill -9 $$",
    "is killed after reading": "cat >/dev/null; kill -9 $$",
    "is killed amid its output": "printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: a}\\n'; kill -9 $$",
    "aborts": "kill -6 $$",
    "exits without a word": "exit 3",
    "exits amid its output": "printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: a}\\n'; exit 1",
    "closes its output and fails": "exec 1>&-; cat >/dev/null; exit 1",
    "closes all of its streams and fails": "exec 0<&- 1>&- 2>&-; exit 1",
    "floods its errors and fails": "yes 'something is wrong' | head -c 20000000 >&2; exit 1",
    "writes no text to its errors": "head -c 100000 /dev/zero >&2; printf '\\033[2J\\377' >&2; exit 1",
    "leaves a process that holds its streams": "sleep 300 & echo $! >>\"$PIDS\"; kill -9 $$",
    "leaves a session that holds its streams": "setsid sleep 300 & exit 1",
}
# What comes out with status 0 and is no resource.
GARBAGE = {
    "prints a part of YAML": "cat >/dev/null; printf 'a: [b'",
    "prints bytes": "cat >/dev/null; head -c 1000 /dev/urandom | tr -d '\\n'; printf ': ['",
    "prints a resource without a name": "cat >/dev/null; printf 'kind: ConfigMap\\napiVersion: v1\\n'",
    "prints a scalar": "cat >/dev/null; echo text",
}


def is_running(pid):
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


class Children(unittest.TestCase):
    runs = 0

    def setUp(self):
        self.directory = pathlib.Path(os.path.realpath(tempfile.mkdtemp(prefix="strata-children-")))
        self.addCleanup(shutil.rmtree, self.directory)
        (self.directory / "tmp").mkdir()
        self.environment = {
            "PATH": f"{self.directory}/bin:/usr/bin:/bin",
            "HOME": str(self.directory),
            "TMPDIR": str(self.directory / "tmp"),
            "PIDS": str(self.directory / "pids"),
            "KUSTOMIZE_PLUGIN_HOME": str(self.directory / "plugins"),
        }
        self.write("app/large.yaml", LARGE)

    def write(self, name, content):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return path

    def program(self, name, script):
        self.write(name, f"#!/bin/sh\n{script}\n").chmod(0o755)

    def run_build(self, options):
        self.write("old.yaml", "old\n")
        (self.directory / "pids").unlink(missing_ok=True)
        began = time.monotonic()
        done = subprocess.run([STRATA, "build", *options, "-o", str(self.directory / "old.yaml"), "app"],
                              cwd=self.directory, env=self.environment, capture_output=True, timeout=120,
                              stdin=subprocess.DEVNULL)
        Children.runs += 1
        self.assertLess(time.monotonic() - began, 60)
        self.assertEqual(done.stdout, b"")
        self.assertEqual(list((self.directory / "tmp").iterdir()), [], "temporary files were left behind")
        self.assertEqual(list(self.directory.glob("old.yaml.*")), [], "temporary files were left behind")
        self.assert_no_process_left()
        return done

    def assert_no_process_left(self):
        pids = self.directory / "pids"
        for pid in pids.read_text().split() if pids.exists() else []:
            # It is killed, but may take a moment to go.
            for _ in range(100):
                if not is_running(pid):
                    break
                time.sleep(0.05)
            self.assertFalse(is_running(pid), "a process was left behind")

    def assert_dies(self, place, options, behaviours):
        for what, script in behaviours.items():
            with self.subTest(what):
                self.program(place, script)
                done = self.run_build(options)
                errors = done.stderr.decode(errors="replace")
                self.assertEqual((done.returncode, errors.count("error: ")), (1, 1), errors[-2000:])
                self.assertEqual((self.directory / "old.yaml").read_text(), "old\n")

    def assert_builds(self, place, options, script, want):
        self.program(place, script)
        done = self.run_build(options)
        self.assertEqual((done.returncode, (self.directory / "old.yaml").read_text()), (0, want), done.stderr[-2000:])

    def test_generator_function(self):
        self.write("app/fn.yaml", FUNCTION)
        self.write("app/kustomization.yaml", "generators: [fn.yaml]\n")
        self.assert_dies("app/child", PLUGINS, {**DEADLY, **GARBAGE})
        self.assert_builds("app/child", PLUGINS, f"yes x | head -c 5000000 >&2; echo '{GENERATED}'", GENERATED)

    def test_transformer_function(self):
        self.write("app/fn.yaml", FUNCTION)
        self.write("app/kustomization.yaml", "resources: [large.yaml]\ntransformers: [fn.yaml]\n")
        self.assert_dies("app/child", PLUGINS, {**DEADLY, **GARBAGE})
        # It prints what it will without reading what it is given, and that is that.
        self.assert_builds("app/child", PLUGINS, f"exec 0<&-; echo '{GENERATED}'", GENERATED)

    def test_validator_function(self):
        self.write("app/fn.yaml", FUNCTION)
        self.write("app/kustomization.yaml", "resources: [large.yaml]\nvalidators: [fn.yaml]\n")
        self.assert_dies("app/child", PLUGINS, {**DEADLY, **GARBAGE})

    def test_plugin(self):
        self.write("app/fn.yaml", CONFIGURATION)
        self.write("app/kustomization.yaml", "resources: [large.yaml]\ntransformers: [fn.yaml]\n")
        self.assert_dies("plugins/example.org/v1/fn/Fn", PLUGINS, {**DEADLY, **GARBAGE})

    def test_helm(self):
        self.write("app/charts/app/Chart.yaml", "name: app\nversion: 1.0.0\n")
        self.write("app/charts/app/values.yaml", "a: 1\n")
        self.write("app/kustomization.yaml", "helmCharts:\n- {name: app, releaseName: one, valuesInline: {b: 2}}\n")
        version = 'if [ "$1" = version ]; then echo v3.19.0; exit; fi\n'
        self.assert_dies("bin/helm", ["--enable-helm"], DEADLY)
        self.assert_dies("bin/helm", ["--enable-helm"], {k: version + v for k, v in {**DEADLY, **GARBAGE}.items()})
        self.assert_builds("bin/helm", ["--enable-helm"], version + f"yes x | head -c 5000000 >&2; echo '{GENERATED}'",
                           GENERATED)

    def test_git(self):
        self.write("app/kustomization.yaml", "resources: ['file:///nowhere/repository.git//base']\n")
        self.assert_dies("bin/git", [], {**DEADLY, "does nothing": "exit 0"})


if __name__ == "__main__":
    STRATA = os.path.abspath(sys.argv.pop(1))
    unittest.main(exit=False)
    print(f"{Children.runs} builds")
