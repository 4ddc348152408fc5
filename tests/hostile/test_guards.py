#!/usr/bin/env python3
"""What the command neither reads, nor writes, nor runs, nor prints, whatever the files of strangers say.

    test_guards.py STRATA [unittest options]
"""
import ctypes
import glob
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

STRATA = ""
SECRET = "sesame-open"
CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {}\n"
CHART = "apiVersion: v2\nname: c\nversion: 1.0.0\n"
TEMPLATE = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: from-chart\n"


def refuse_openat2():
    """Makes the kernel an old one for this process and its children: a filter says ENOSYS (38) to openat2 (437)."""
    program = b"".join(struct.pack("=HBBI", *instruction) for instruction in (
        (0x20, 0, 0, 0),  # load the number of the call
        (0x15, 0, 1, 437),
        (0x06, 0, 0, 0x00050000 | 38),
        (0x06, 0, 0, 0x7FFF0000)))
    code = ctypes.create_string_buffer(program)
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(set_seccomp, filter_mode, header, 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")


class Guards(unittest.TestCase):
    """Each test has a folder with `in`, which is what strangers wrote, and `out`, which is none of their business."""

    prepare = staticmethod(lambda: None)  # called in the child

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="strata-guards-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.inside = self.folder / "in"
        self.outside = self.folder / "out"
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        self.write("out/secret.yaml", CONFIG_MAP.format("outside") + f"data:\n  key: {SECRET}\n")
        self.write("out/kustomization.yaml", "resources: [secret.yaml]\n")

    def write(self, path, text):
        full = self.folder / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text)
        return full

    def link(self, path, target):
        full = self.folder / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.symlink_to(target)

    def environment(self, **more):
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TMPDIR": str(self.temporary), **more}

    def run_strata(self, *arguments, env=None, timeout=60):
        return subprocess.run([STRATA, *arguments], cwd=self.inside, env=env or self.environment(), text=True,
                              errors="replace", capture_output=True, stdin=subprocess.DEVNULL, timeout=timeout,
                              preexec_fn=self.prepare)

    def assert_refused(self, *arguments, mention="", **keywords):
        done = self.run_strata(*arguments, **keywords)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        self.assertNotIn(SECRET, done.stderr)
        self.assertIn(mention, done.stderr)
        return done

    def in_jail(self, *arguments, **keywords):
        return self.assert_refused("build", "--root", str(self.inside), "--load-restrictor", "LoadRestrictionsNone",
                                   *arguments, **keywords)

    # --- reading: the root ---------------------------------------------------------------------------------------

    def test_root_refuses_paths_that_climb(self):
        for field in ("resources: [{}]", "components: [{}]", "crds: [{}]", "configurations: [{}]",
                      "transformers: [{}]", "patches: [{{path: {}}}]", "replacements: [{{path: {}}}]",
                      "configMapGenerator: [{{name: c, files: [{}]}}]", "openapi: {{path: {}}}",
                      "configMapGenerator: [{{name: c, envs: [{}]}}]"):
            for path in ("../out/secret.yaml", str(self.outside / "secret.yaml")):
                self.write("in/r.yaml", CONFIG_MAP.format("inside"))
                self.write("in/kustomization.yaml", field.format(path) + "\n")
                with self.subTest(field=field, path=path):
                    self.in_jail()

    def test_root_refuses_links(self):
        self.link("in/link.yaml", "../out/secret.yaml")
        self.link("in/absolute.yaml", str(self.outside / "secret.yaml"))
        self.link("in/base", "../out")
        self.link("in/sub/up", "../../out")
        for entry in ("link.yaml", "absolute.yaml", "base", "base/secret.yaml", "sub/up/secret.yaml"):
            self.write("in/kustomization.yaml", f"resources: [{entry}]\n")
            with self.subTest(entry=entry):
                self.in_jail()

    def test_root_refuses_a_kustomization_file_that_is_a_link(self):
        self.inside.mkdir()
        self.link("in/kustomization.yaml", "../out/kustomization.yaml")
        self.in_jail()

    def test_root_refuses_a_target_outside(self):
        self.inside.mkdir()
        self.in_jail("../out", mention="--root")

    def test_root_lets_links_inside_pass(self):
        self.write("in/a/r.yaml", CONFIG_MAP.format("inside"))
        self.link("in/b.yaml", "a/r.yaml")
        self.write("in/kustomization.yaml", "resources: [b.yaml]\n")
        done = self.run_strata("build", "--root", str(self.inside), "--load-restrictor", "LoadRestrictionsNone")
        self.assertEqual((done.returncode, done.stdout), (0, CONFIG_MAP.format("inside")), done.stderr)

    def test_root_refuses_what_is_fetched(self):
        for entry in ("https://127.0.0.1:1/r.yaml", f"file://{self.outside}", "https://127.0.0.1:1/o/r?ref=main"):
            self.write("in/kustomization.yaml", f"resources: ['{entry}']\n")
            with self.subTest(entry=entry):
                self.in_jail()

    def test_a_link_that_changes_while_it_is_read(self):
        """Another process puts a link to the secret in the place of the file, over and over."""
        good = self.write("in/good.yaml", CONFIG_MAP.format("inside"))
        self.write("in/kustomization.yaml", "resources: [r.yaml]\n")
        swap = ("import os, sys\n"
                "good, bad, place = sys.argv[1:]\n"
                "while True:\n"
                "    for target in (good, bad):\n"
                "        os.symlink(target, place + '.new')\n"
                "        os.rename(place + '.new', place)\n")
        self.link("in/r.yaml", str(good))
        racer = subprocess.Popen([sys.executable, "-c", swap, str(good), str(self.outside / "secret.yaml"),
                                  str(self.inside / "r.yaml")])
        try:
            for _ in range(100):
                done = self.run_strata("build", "--root", str(self.inside), "--load-restrictor", "LoadRestrictionsNone")
                self.assertIn(done.stdout, ("", CONFIG_MAP.format("inside")))
                self.assertNotIn(SECRET, done.stderr)
        finally:
            racer.kill()
            racer.wait()

    def test_the_usual_restriction_refuses_links_too(self):
        self.link("in/link.yaml", "../out/secret.yaml")
        self.write("in/kustomization.yaml", "resources: [link.yaml]\n")
        self.assert_refused("build", mention="not in or below")

    # --- reading: files that are none ----------------------------------------------------------------------------

    def test_special_files_are_refused_at_once(self):
        self.inside.mkdir()
        os.mkfifo(self.inside / "fifo")
        self.link("in/zero", "/dev/zero")
        self.link("in/tty", "/dev/tty")
        for entry in ("fifo", "zero", "tty", "/dev/zero", "/dev/stdin"):
            for field in ("resources: [{}]", "configMapGenerator: [{{name: c, files: [k={}]}}]"):
                self.write("in/kustomization.yaml", field.format(entry) + "\n")
                with self.subTest(entry=entry, field=field):
                    self.assert_refused("build", "--load-restrictor", "LoadRestrictionsNone", timeout=10)

    def test_proc_is_refused_under_root(self):
        for entry in ("/proc/self/environ", "/proc/self/root/etc/passwd", "/proc/self/cwd/../out/secret.yaml"):
            self.write("in/kustomization.yaml", f"configMapGenerator: [{{name: c, files: ['k={entry}']}}]\n")
            with self.subTest(entry=entry):
                self.in_jail()

    # --- helm ----------------------------------------------------------------------------------------------------

    def chart(self, place):
        self.write(f"{place}/c/Chart.yaml", CHART)
        self.write(f"{place}/c/values.yaml", "")
        self.write(f"{place}/c/templates/t.yaml", TEMPLATE)

    @unittest.skipUnless(shutil.which("helm"), "needs helm")
    def test_root_holds_for_charts(self):
        self.chart("out/charts")
        self.chart("in/charts")
        self.link("in/linked", "../out/charts")
        chart = "helmCharts: [{name: c, releaseName: r}]\n"
        for text in (f"helmGlobals: {{chartHome: ../out/charts}}\n{chart}",
                     f"helmGlobals: {{chartHome: {self.outside}/charts}}\n{chart}",
                     f"helmGlobals: {{chartHome: linked}}\n{chart}",
                     "helmCharts: [{name: ../../out/charts/c, releaseName: r}]\n",
                     "helmCharts: [{name: c, releaseName: r, valuesFile: ../out/secret.yaml}]\n",
                     "helmCharts: [{name: c, releaseName: r, additionalValuesFiles: [../out/secret.yaml]}]\n",
                     f"helmGlobals: {{configHome: {self.outside}}}\n{chart}"):
            self.write("in/kustomization.yaml", text)
            with self.subTest(text=text):
                self.in_jail("--enable-helm")

    @unittest.skipUnless(shutil.which("helm"), "needs helm")
    def test_root_refuses_links_out_of_a_chart(self):
        self.chart("in/charts")
        self.write("in/charts/c/templates/t.yaml", TEMPLATE + 'data: {k: {{ .Files.Get "x" | quote }}}\n')
        self.write("in/kustomization.yaml", "helmCharts: [{name: c, releaseName: r}]\n")
        for link, target in (("charts/c/x", "../../../out/secret.yaml"), ("charts/c/y", str(self.outside)),
                             ("charts/c/charts/z", "../../../../out"), ("charts/c/templates/w.yaml", "/dev/zero")):
            self.link(f"in/{link}", target)
            with self.subTest(link=link):
                self.in_jail("--enable-helm")
            os.unlink(self.inside / link)
        self.link("in/charts/c/again", ".")
        self.write("in/charts/c/templates/t.yaml", TEMPLATE)
        self.in_jail("--enable-helm", mention="leads back to it")

    def test_helm_reads_a_copy_that_nobody_changes(self):
        """Whoever may write into the tree puts links into the chart once helm runs."""
        self.write("helm", f"""#!/bin/sh
[ "$1" = template ] || {{ echo v3.0.0; exit; }}
chart=$3
cd {self.inside}/charts/c
for file in templates/t.yaml linked.txt ../../more.yaml; do ln -sf {self.outside}/secret.yaml $file; done
ln -sfn {self.outside} folder
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  seen: '
cat $chart/templates/t.yaml $chart/linked.txt $chart/folder/f $7 | tr '\n' '.'
""").chmod(0o755)
        self.write("in/charts/c/Chart.yaml", CHART)
        self.write("in/charts/c/values.yaml", "{}")
        self.write("in/charts/c/templates/t.yaml", "one\n")
        self.write("in/shared.txt", "two\n")
        self.write("in/directory/f", "three\n")
        self.write("in/more.yaml", "{}\n")
        self.link("in/charts/c/linked.txt", "../../shared.txt")
        self.link("in/charts/c/folder", "../../directory")
        self.write("in/kustomization.yaml",
                   "helmCharts: [{name: c, releaseName: r, additionalValuesFiles: [more.yaml]}]\n")
        done = self.run_strata("build", "--root", ".", "--enable-helm", "--helm-command", str(self.folder / "helm"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("seen: one.two.three.{}.", done.stdout)
        self.assertNotIn(SECRET, done.stdout)
        self.assertEqual(os.listdir(self.temporary), [])

    def test_charts_of_many_files_are_refused_by_name_of_the_limit(self):
        """A file counts 64 KiB beside its own bytes, for links may make many of few."""
        self.write("helm", """#!/bin/sh
[ "$1" = template ] || { echo v3.0.0; exit; }
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n'
""").chmod(0o755)
        self.write("in/charts/c/Chart.yaml", CHART)
        self.write("in/charts/c/values.yaml", "{}")
        for i in range(30):
            self.write(f"in/charts/c/files/{i}", "text")
        self.write("in/kustomization.yaml", "helmCharts: [{name: c, releaseName: r}]\n")
        build = ("build", "--root", ".", "--enable-helm", "--helm-command", str(self.folder / "helm"), "--limit")
        done = self.run_strata(*build, "input_total=1M")
        self.assertEqual(done.returncode, 1)
        self.assertIn("its first 16 files and directories", done.stderr)
        self.assertIn("more than 1048576 bytes (limit input_total)", done.stderr)
        self.assertIn("raise input_total", done.stderr)
        self.assertEqual(os.listdir(self.temporary), [])
        done = self.run_strata(*build, "input_total=3M")
        self.assertEqual(done.returncode, 0, done.stderr)

    @unittest.skipUnless(shutil.which("helm"), "needs helm")
    def test_root_pulls_no_chart(self):
        self.write("in/kustomization.yaml",
                   "helmCharts: [{name: c, releaseName: r, repo: 'https://127.0.0.1:1', version: 1.0.0}]\n")
        self.in_jail("--enable-helm", mention="fetching is switched off")

    @unittest.skipUnless(shutil.which("helm"), "needs helm")
    def test_charts_can_not_read_the_environment(self):
        self.chart("in/charts")
        self.write("in/kustomization.yaml",
                   "helmCharts: [{name: c, nameTemplate: 'x{{env \"TOKEN\"}}'}]\n")
        done = self.run_strata("build", "--enable-helm", env=self.environment(TOKEN=SECRET))
        self.assertNotIn(SECRET, done.stdout + done.stderr)

    def test_names_with_a_dash_reach_no_program(self):
        for text in ("helmCharts: [{name: --post-renderer=/bin/true, releaseName: r}]\n",
                     "helmCharts: [{name: c, releaseName: --post-renderer=/bin/true}]\n"):
            self.write("in/kustomization.yaml", text)
            with self.subTest(text=text):
                self.assert_refused("build", "--enable-helm", mention="dash")

    # --- git -----------------------------------------------------------------------------------------------------

    def test_a_ref_that_is_an_option(self):
        mark = self.folder / "mark"
        for entry in (f"file:///any?ref=--upload-pack=touch%20{mark}%3B", "https://-oProxyCommand=x/o/r",
                      "git@-oProxyCommand=x:o/r.git"):
            self.write("in/kustomization.yaml", f"resources: ['{entry}']\n")
            with self.subTest(entry=entry):
                self.assert_refused("build", mention="dash")
        self.assertFalse(mark.exists())

    def fake_git(self, script):
        git = self.write("bin/git", "#!/bin/sh\n" + script)
        git.chmod(0o755)
        return self.environment(PATH=f"{self.folder}/bin:{os.environ['PATH']}")

    def test_git_gets_no_stranger_s_variables(self):
        """A hook of strata's own caller would point git to another repository."""
        environment = self.fake_git(f'env > "{self.folder}/seen"\nexit 1\n')
        local = subprocess.run(["git", "rev-parse", "--local-env-vars"], text=True, capture_output=True, check=True)
        local = set(local.stdout.split()) - {"GIT_CONFIG_COUNT"} | {"GIT_NAMESPACE", "GIT_ATTR_SOURCE"}
        self.assertIn("GIT_DIR", local)
        kept = {name: "kept" for name in ("GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_SSL_CAINFO", "SSH_AUTH_SOCK",
                                          "https_proxy", "TOKEN_OF_A_HELPER", "GIT_CONFIG_GLOBAL")}
        environment.update(kept, GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="a.b", GIT_CONFIG_VALUE_0="kept")
        environment.update({name: "/nowhere" for name in local})
        self.write("in/kustomization.yaml", "resources: ['https://127.0.0.1:1/o/r.git?ref=main']\n")
        self.assert_refused("build", env=environment)
        seen = (self.folder / "seen").read_text()
        self.assertNotIn("/nowhere", seen)
        for name in [*kept, "GIT_CONFIG_VALUE_0"]:
            self.assertIn(f"{name}=kept\n", seen)
        self.assertIn("GIT_CONFIG_COUNT=2\n", seen)
        self.assertIn("GIT_TERMINAL_PROMPT=0\n", seen)
        self.assertIn("GIT_ALLOW_PROTOCOL=https:http:ssh\n", seen)
        self.assertIn("core.hooksPath", seen)

    def test_a_signal_leaves_neither_clones_nor_children(self):
        environment = self.fake_git(f'sleep 60 &\necho $! > "{self.folder}/pid.new"\n'
                                    f'mv "{self.folder}/pid.new" "{self.folder}/pid"\nwait\n')
        self.write("in/kustomization.yaml", "resources: ['https://127.0.0.1:1/o/r.git?ref=main']\n")
        for number in (signal.SIGINT, signal.SIGTERM):
            self.assert_signal_ends(number, environment, "build")
        self.assert_signal_ends(signal.SIGINT, environment, "localize")
        self.assert_signal_ends(signal.SIGINT, environment, "edit", "add", "resource", "https://127.0.0.1:1/o/s.git")
        (self.inside / "kustomization.yaml").unlink()
        self.assert_signal_ends(signal.SIGINT, environment, "create", "--resources", "https://127.0.0.1:1/o/r.git")
        self.assertEqual(os.listdir(self.inside), [])

    def test_a_signal_ends_functions_over_a_directory(self):
        script = self.write("in/f.sh", f'#!/bin/sh\nsleep 60 &\necho $! > "{self.folder}/pid.new"\n'
                                       f'mv "{self.folder}/pid.new" "{self.folder}/pid"\nwait\n')
        script.chmod(0o755)
        self.write("in/r.yaml", CONFIG_MAP.format("r"))
        self.assert_signal_ends(signal.SIGINT, self.environment(), "fn", "run", ".", "--enable-exec", "--exec-path",
                                "./f.sh")
        self.assertEqual((self.inside / "r.yaml").read_text(), CONFIG_MAP.format("r"))

    def test_time_is_a_limit_of_every_command(self):
        script = self.write("in/f.sh", "#!/bin/sh\nsleep 60\n")
        script.chmod(0o755)
        self.write("in/r.yaml", CONFIG_MAP.format("r"))
        environment = self.fake_git("sleep 60\n")
        os.symlink("git", self.folder / "bin/kubectl")
        for arguments in (["fn", "run", ".", "--enable-exec", "--exec-path", "./f.sh"],
                          ["localize", "https://127.0.0.1:1/o/r.git?ref=main"],
                          ["create", "--resources", "https://127.0.0.1:1/o/r.git"],
                          ["edit", "add", "resource", "https://127.0.0.1:1/o/r.git"],
                          ["openapi", "fetch"]):
            self.assert_refused(*arguments, "--limit", "time=300ms", env=environment,
                                mention="this takes more than 300 ms (limit time)")

    def assert_signal_ends(self, number, environment, *arguments):
        """Sends the signal once the program that strata starts has written its child's number into `pid`."""
        child = subprocess.Popen([STRATA, *arguments], cwd=self.inside, env=environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not (self.folder / "pid").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        child.send_signal(number)
        self.assertEqual(child.wait(timeout=30), -number)
        self.assertEqual(glob.glob(f"{self.temporary}/*"), [])
        self.assert_gone(int((self.folder / "pid").read_text()))
        os.unlink(self.folder / "pid")

    def assert_gone(self, number):
        for _ in range(100):
            try:
                with open(f"/proc/{number}/stat") as f:
                    if f.read().rsplit(")", 1)[1].split()[0] in "ZX":
                        return
            except OSError:
                return
            time.sleep(0.02)
        self.fail(f"process {number} runs on")

    # --- writing -------------------------------------------------------------------------------------------------

    def test_names_of_resources_stay_in_the_directory(self):
        self.write("in/r.yaml", 'apiVersion: v1\nkind: ../../K\nmetadata: {name: "../../../../x"}\n---\n'
                                'apiVersion: ../v1\nkind: K\nmetadata: {name: /etc/y}\n')
        self.write("in/kustomization.yaml", "resources: [r.yaml]\n")
        (self.folder / "rendered").mkdir()
        before = sorted(str(p) for p in self.folder.rglob("*"))
        done = self.run_strata("build", "-o", "../rendered")
        self.assertEqual(done.returncode, 0, done.stderr)
        made = [p for p in self.folder.rglob("*") if str(p) not in before]
        self.assertEqual([str(p.parent) for p in made], [str(self.folder / "rendered")] * 2)

    def test_links_in_the_output_directory_are_not_followed(self):
        victim = self.write("victim", "old\n")
        self.write("in/r.yaml", CONFIG_MAP.format("c"))
        self.write("in/kustomization.yaml", "resources: [r.yaml]\n")
        self.link("rendered/v1_configmap_c.yaml", str(victim))
        done = self.run_strata("build", "-o", "../rendered")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(victim.read_text(), "old\n")
        place = self.folder / "rendered/v1_configmap_c.yaml"
        self.assertFalse(place.is_symlink())
        self.assertEqual(place.read_text(), CONFIG_MAP.format("c"))

    def test_links_in_a_mirrored_tree_are_not_followed(self):
        victim = self.write("victim", "old\n")
        for name in "ab":
            self.write(f"in/{name}/r.yaml", CONFIG_MAP.format(name))
            self.write(f"in/{name}/kustomization.yaml", "resources: [r.yaml]\n")
        self.link("rendered/a/manifests.yaml", str(victim))
        self.link("rendered/b", str(self.outside))
        done = self.run_strata("build", "--recursive", ".", "-o", "../rendered")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(victim.read_text(), "old\n")
        self.assertEqual((self.folder / "rendered/a/manifests.yaml").read_text(), CONFIG_MAP.format("a"))
        self.assertFalse((self.outside / "manifests.yaml").exists())

    def test_nothing_is_left_behind(self):
        self.write("in/r.yaml", CONFIG_MAP.format("c"))
        self.write("in/kustomization.yaml", "resources: [r.yaml]\n")
        (self.folder / "rendered/v1_configmap_c.yaml").mkdir(parents=True)
        self.assert_refused("build", "-o", "../rendered")
        self.assertEqual(os.listdir(self.folder / "rendered"), ["v1_configmap_c.yaml"])

    # --- messages ------------------------------------------------------------------------------------------------

    def test_no_terminal_escapes(self):
        escape = "\\e]0;owned\\a\\x1b[2J\\x9b31m\\u202e"
        for text in (f'namePrefix: "{escape}"\nresources: ["{escape}.yaml"]\n', f'"{escape}": 1\n',
                     f'resources: [r.yaml]\npatches: [{{patch: "{escape}", target: {{name: "({escape}"}}}}]\n',
                     f'kind: "{escape}"\nresources: []\n',
                     f'configMapGenerator: [{{name: c, files: ["{escape}=a=b"]}}]\n',
                     f'resources: ["https://x.invalid/{escape}"]\n'):
            self.write("in/r.yaml", CONFIG_MAP.format("c"))
            self.write("in/kustomization.yaml", text)
            with self.subTest(text=text):
                done = self.assert_refused("build", "--root", ".")
                self.assertNotRegex(done.stderr, "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")

    def test_raw_escapes_in_files_are_not_printed(self):
        self.write("in/r.yaml", "kind: [\x1b[31m\n")
        self.write("in/\x1b[31m/kustomization.yaml", "resources: [nothing]\n")
        self.write("in/kustomization.yaml", "resources: [r.yaml]\n")
        for target in (".", "\x1b[31m"):
            done = self.assert_refused("build", target)
            self.assertNotIn("\x1b", done.stderr)

    def test_a_fix_tells_of_a_broken_build_without_escapes(self):
        self.write("in/kustomization.yaml", 'resources: ["\\e[31m.yaml"]\n')
        done = self.run_strata("edit", "fix")
        self.assertIn("now produces the error", done.stdout)
        self.assertIn("\\x1b[31m.yaml", done.stdout)
        self.assertNotIn("\x1b", done.stdout + done.stderr)

    def test_programs_cannot_drive_the_terminal(self):
        evil = "\\033]0;owned\\007\\033[2J\\233\\302\\23331m\\342\\200\\256\\rx\\r\\n"
        program = f"#!/bin/sh\ncat > /dev/null\nprintf 'one\\ntwo: {evil}' >&2\nexit 1\n"
        environment = self.fake_git(f"printf 'fatal: {evil}' >&2\nexit 1\n")
        for path in ("in/f.sh", "helm"):
            self.write(path, program).chmod(0o755)
        self.write("in/r.yaml", CONFIG_MAP.format("c"))
        self.write("in/f.yaml", "apiVersion: v1\nkind: F\nmetadata:\n  name: f\n  annotations:\n"
                                "    config.kubernetes.io/function: 'exec: {path: ./f.sh}'\n")
        self.write("in/charts/c/Chart.yaml", CHART)
        for kustomization, *options in (
                ("generators: [f.yaml]\n", "--enable-alpha-plugins", "--enable-exec"),
                ("resources: ['https://127.0.0.1:1/o/r.git?ref=main']\n",),
                ("helmCharts: [{name: c}]\n", "--enable-helm", "--helm-command", str(self.folder / "helm"))):
            self.write("in/kustomization.yaml", kustomization)
            with self.subTest(kustomization=kustomization):
                done = self.assert_refused("build", *options, env=environment)
                self.assertNotRegex(done.stderr, "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffd]")
                self.assertIn("\\x1b]0;owned\\x07\\x1b[2J\\x9b\\u{009b}31m\\u{202e}", done.stderr)
        done = self.assert_refused("fn", "run", ".", "--enable-exec", "--exec-path", "./f.sh")
        self.assertTrue(done.stderr.startswith("one\ntwo: \\x1b]0;"), done.stderr)
        self.assertIn("\\x0dx\n", done.stderr)

    def test_secrets_are_not_in_messages(self):
        secret = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\nstringData:\n  password: {SECRET}\n"
        for broken in (secret + "  password: [\n", secret + f"  other: !!int {SECRET}\n",
                       secret + f"  <<: {SECRET}\n", secret + f"\t{SECRET}\n"):
            self.write("in/r.yaml", broken)
            self.write("in/kustomization.yaml", "resources: [r.yaml]\n")
            with self.subTest(broken=broken):
                self.assert_refused("build")
        for generator in (f"secretGenerator: [{{name: s, literals: ['{SECRET}']}}]\n",
                          f"secretGenerator:\n- name: s\n  literals: [k={SECRET}, k={SECRET}]\n"):
            self.write("in/kustomization.yaml", generator)
            with self.subTest(generator=generator):
                self.assert_refused("build")

    # --- limits --------------------------------------------------------------------------------------------------

    def test_each_limit_can_be_set(self):
        data = "data: &d\n  a: &a {b: {c: d}}\n  e: *a\n"
        text = CONFIG_MAP.format("aaaa") + data + "---\n" + CONFIG_MAP.format("other")
        self.write("in/base/r.yaml", text)
        self.write("in/base/kustomization.yaml", "resources: [r.yaml]\n")
        self.write("in/kustomization.yaml",
                   "resources: [base]\npatches: [{target: {name: '" + "a?" * 40 + "[xa]'}, patch: "
                   '\'[{"op": "test", "path": "/kind", "value": "ConfigMap"}]\'}]\n')
        done = self.run_strata("build")
        self.assertEqual(done.returncode, 0, done.stderr)
        for limit in ("input_file=20", "input_total=100", "output=10", "memory=1K", "nesting=2", "alias_nodes=1",
                      "documents=1", "base_depth=0", "regex_steps=1"):
            with self.subTest(limit=limit):
                self.assert_refused("build", "--limit", limit, mention="[limit]")
        self.assertEqual(self.run_strata("build", "--limit", "time=1m", "--limit", "memory=1G").returncode, 0)

    def test_limits_that_are_none(self):
        self.write("in/kustomization.yaml", "resources: []\n")
        for limit in ("nothing=1", "memory", "memory=", "memory=-1", "memory=1x", "memory=99999999999999999999",
                      "nesting=5000000000", "time=1G", "nesting=1K"):
            with self.subTest(limit=limit):
                self.assertEqual(self.run_strata("build", "--limit", limit).returncode, 2)


class GuardsOnOldKernels(Guards):
    """The same where there is no openat2: paths are walked segment by segment then."""

    prepare = staticmethod(refuse_openat2)

    def test_there_is_none(self):
        ask = ("import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
               "print(libc.syscall(437, -100, b'/', b'\\0' * 24, 24), ctypes.get_errno())")
        done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, preexec_fn=self.prepare)
        self.assertEqual(done.stdout, "-1 38\n")


if __name__ == "__main__":
    STRATA = os.path.abspath(sys.argv.pop(1))
    unittest.main()
