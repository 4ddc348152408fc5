#!/usr/bin/env python3
"""Remote sources through the command: git over HTTP and file://, single files by HTTP, all on this machine.

    test_remote.py STRATA [unittest options]

Expected streams are those of kustomize. With KUSTOMIZE_BINARY=PATH in the environment, each build that must be the same
is done with that kustomize, too, and compared.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from server import Server

STRATA = ""
CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {}\ndata:\n  key: {}\n"
RENDERED = "apiVersion: v1\ndata:\n  key: {}\nkind: ConfigMap\nmetadata:\n  name: {}\n"


class Remote(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="strata-remote-"))
        self.addCleanup(shutil.rmtree, self.directory)
        self.temporary = self.directory / "tmp"
        self.temporary.mkdir()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.directory),
            "TMPDIR": str(self.temporary),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.server = Server(str(self.directory / "repositories"))
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    # What the tests are made of.

    def write(self, name, content):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return path

    def overlay(self, content):
        self.write("overlay/kustomization.yaml", content)

    def page(self, path, body, status=200):
        self.server.pages[path] = (status, body.encode())

    def git(self, *arguments):
        identity = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
        subprocess.run(
            ["git", *identity, *arguments],
            cwd=self.repository,
            env=self.environment,
            check=True,
            capture_output=True,
        )

    def make_repository(self, files):
        """Commits the files; the repository is also at /git/repo.git on the server. Called again, it adds a commit."""
        self.repository = self.directory / "repositories" / "repo.git"
        fresh = not self.repository.exists()
        self.repository.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            self.write(f"repositories/repo.git/{name}", content)
        if fresh:
            self.git("init")
        self.git("add", "-A")
        self.git("commit", "-m", "x")
        self.git("config", "uploadpack.allowAnySHA1InWant", "true")
        return f"{self.server.url}/git/repo.git"

    def run_program(self, *arguments, program=None):
        return subprocess.run(
            [program or STRATA, *arguments],
            cwd=self.directory,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def run_build(self, target, *options, program=None):
        return self.run_program("build", target, *options, program=program)

    def assert_nothing_left(self):
        self.assertEqual(os.listdir(self.temporary), [])

    def assert_builds(self, expected, target="overlay", *options):
        done = self.run_build(target, *options)
        self.assertEqual((done.stdout, done.returncode), (expected, 0), done.stderr)
        self.assert_nothing_left()
        if reference := os.environ.get("KUSTOMIZE_BINARY"):
            theirs = self.run_build(target, *options, program=reference)
            self.assertEqual((theirs.stdout, theirs.returncode), (expected, 0), theirs.stderr)

    def assert_fails(self, words, target="overlay", *options):
        done = self.run_build(target, *options)
        self.assertEqual((done.stdout, done.returncode), ("", 1), done.stderr)
        self.assertIn(words, done.stderr)
        self.assert_nothing_left()
        return done.stderr

    def clones(self):
        return sum("service=git-upload-pack" in request for request in self.server.requests)

    # Single files.

    def test_resource_by_url(self):
        self.page("/cm.yaml", CONFIG_MAP.format("a", "v"))
        self.overlay(f"namePrefix: p-\nresources: ['{self.server.url}/cm.yaml']\n")
        self.assert_builds(RENDERED.format("v", "p-a"))

    def test_redirected_resource(self):
        self.page("/cm.yaml", CONFIG_MAP.format("a", "v"))
        self.page("/old.yaml", "/cm.yaml", 302)
        self.overlay(f"resources: ['{self.server.url}/old.yaml']\n")
        self.assert_builds(RENDERED.format("v", "a"))

    def test_empty_answer_is_an_empty_file(self):
        self.page("/none.yaml", "", 204)
        self.write("overlay/cm.yaml", CONFIG_MAP.format("a", "v"))
        self.overlay(f"resources: ['{self.server.url}/none.yaml', cm.yaml]\n")
        self.assert_builds(RENDERED.format("v", "a"))

    def test_generator_file_by_url_is_keyed_by_its_last_element(self):
        self.page("/dir/app.conf", "x=1\n")
        self.overlay(
            "generatorOptions: {disableNameSuffixHash: true}\n"
            f"configMapGenerator: [{{name: a, files: ['{self.server.url}/dir/app.conf']}}]\n"
        )
        self.assert_builds(
            "apiVersion: v1\ndata:\n  app.conf: |\n    x=1\nkind: ConfigMap\nmetadata:\n  name: a\n"
        )

    def test_patch_by_url(self):
        self.page("/patch.yaml", CONFIG_MAP.format("a", "patched"))
        self.write("overlay/cm.yaml", CONFIG_MAP.format("a", "v"))
        self.overlay(f"resources: [cm.yaml]\npatches: [{{path: '{self.server.url}/patch.yaml'}}]\n")
        self.assert_builds(RENDERED.format("patched", "a"))

    def test_missing_file_is_reported_with_its_status(self):
        self.overlay(f"resources: ['{self.server.url}/cm.yaml']\n")
        self.assert_fails("status 404 (Not Found)")

    def test_malformed_page_is_reported_instead_of_the_failed_clone(self):
        self.page("/dir/cm.yaml", "a: [\n")
        self.overlay(f"resources: ['{self.server.url}/dir/cm.yaml']\n")
        self.assertNotIn("git", self.assert_fails("yaml-syntax"))

    # Repositories.

    APP = {"app/kustomization.yaml": "resources: [cm.yaml]\n", "app/cm.yaml": CONFIG_MAP.format("a", "v")}

    def test_base_from_a_repository_over_http(self):
        url = self.make_repository(self.APP)
        self.overlay(f"nameSuffix: -s\nresources: ['{url}/app']\n")
        self.assert_builds(RENDERED.format("v", "a-s"))

    def test_page_of_a_repository_leads_to_its_clone(self):
        url = self.make_repository(self.APP)
        self.page("/git/repo.git//app", "<html><body>A repository</body></html>\n")
        self.overlay(f"resources: ['{url}//app']\n")
        self.assert_builds(RENDERED.format("v", "a"))
        self.assertIn("/git/repo.git//app", self.server.requests)

    def test_target_and_component_are_cloned_without_asking_for_a_page(self):
        component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: c-\n"
        url = self.make_repository(dict(self.APP, **{"component/kustomization.yaml": component}))
        self.write("overlay/cm.yaml", CONFIG_MAP.format("b", "w"))
        self.overlay(f"resources: [cm.yaml]\ncomponents: ['{url}//component']\n")
        self.assert_builds(RENDERED.format("w", "c-b"))
        self.assert_builds(RENDERED.format("v", "a"), f"{url}//app")
        self.assertNotIn("/git/repo.git//app", self.server.requests)

    def test_refs_are_branches_tags_and_whole_commits(self):
        url = self.make_repository(self.APP)
        self.git("tag", "v1")
        commit = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=self.repository, text=True).strip()
        self.make_repository({"app/cm.yaml": CONFIG_MAP.format("a", "new")})
        self.assert_builds(RENDERED.format("v", "a"), f"{url}//app?ref=v1")
        self.assert_builds(RENDERED.format("v", "a"), f"{url}//app?ref={commit}")
        self.assert_builds(RENDERED.format("new", "a"), f"{url}//app?version=main")
        self.assert_builds(RENDERED.format("new", "a"), f"{url}//app?ref=v1;x=y")
        self.assert_fails("couldn't find remote ref v2", f"{url}//app?ref=v2")
        self.assert_fails("by its full id", f"{url}//app?ref={commit[:8]}")

    def test_repository_is_cloned_once_in_a_build(self):
        other = {"other/kustomization.yaml": "namePrefix: o-\nresources: [../app]\n"}
        url = self.make_repository(dict(self.APP, **other))
        self.overlay(f"resources: ['{url}//app', '{url}//other']\n")
        done = self.run_build("overlay")
        self.assertEqual(done.stdout, RENDERED.format("v", "a") + "---\n" + RENDERED.format("v", "o-a"), done.stderr)
        self.assertEqual(self.clones(), 1)
        self.assert_builds(done.stdout)

    def test_origins_of_remote_resources(self):
        url = self.make_repository(dict(self.APP, **{"kustomization.yaml": "resources: [app]\n"}))
        self.page("/one.yaml", CONFIG_MAP.format("one", "v"))
        self.page("/two/cm.yaml", CONFIG_MAP.format("two", "v"))
        self.overlay(
            f"buildMetadata: [originAnnotations]\nresources:\n- '{url}//app?ref=main'\n"
            f"- '{self.server.url}/one.yaml'\n- '{self.server.url}/two/cm.yaml'\n"
        )
        origins = [
            ("a", f"path: app/cm.yaml\n      repo: {url}\n      ref: main"),
            ("one", f"path: ../{self.server.url.replace('//', '/')}/one.yaml"),
            ("two", f"path: notCloned\n      repo: {self.server.url}/two/cm.yaml"),
        ]
        expected = "---\n".join(
            "apiVersion: v1\ndata:\n  key: v\nkind: ConfigMap\nmetadata:\n  annotations:\n"
            f"    config.kubernetes.io/origin: |\n      {origin}\n  name: {name}\n"
            for name, origin in origins
        ).replace("path: ../http", "path: http")
        self.assert_builds(expected)

    def test_clone_is_closed_whatever_the_restrictor_says(self):
        self.write("secret", "s")
        files = {"app/kustomization.yaml": "configMapGenerator: [{name: a, files: [f]}]\n", "f": ""}
        url = self.make_repository(files)
        for link in ("../f", "/etc/hostname", str(self.directory / "secret")):
            path = self.repository / "app" / "f"
            path.unlink(missing_ok=True)
            path.symlink_to(link)
            self.git("add", "-A")
            self.git("commit", "-m", "link")
            self.assert_fails("file-outside", f"{url}//app", "--load-restrictor", "LoadRestrictionsNone")

    def test_clone_must_not_name_local_repositories(self):
        local = self.directory / "local"
        url = self.make_repository({"app/kustomization.yaml": f"resources: ['file://{local}//app']\n"})
        self.assert_fails("fetch-refused", f"{url}//app")

    # What must not happen.

    def test_ref_never_becomes_an_option(self):
        marker = self.directory / "marker"
        self.overlay(f"resources: ['file:///any?ref=--upload-pack=touch%20{marker}']\n")
        self.assert_fails("begins with a dash")
        self.assertFalse(marker.exists())

    def test_nobody_is_asked_for_a_password(self):
        self.overlay(f"resources: ['{self.server.url}/private/repo.git']\n")
        before = time.monotonic()
        self.assert_fails("terminal prompts disabled")
        self.assertLess(time.monotonic() - before, 20)

    def test_password_is_not_shown(self):
        url = self.server.url.replace("http://", "http://me:hunter2@")
        self.overlay(f"resources: ['{url}/private/repo.git']\n")
        self.assertNotIn("hunter2", self.assert_fails("***@"))

    def test_nothing_is_fetched_below_a_root(self):
        url = self.make_repository(self.APP)
        self.page("/cm.yaml", CONFIG_MAP.format("a", "v"))
        self.overlay(f"resources: ['{url}//app']\n")
        self.assert_fails("fetch-closed", "overlay", "--root", ".")
        self.overlay(f"resources: ['{self.server.url}/cm.yaml']\n")
        self.assert_fails("fetch-closed", "overlay", "--root", ".")
        self.assertEqual(self.server.requests, [])

    # Copies.

    def localize(self, *arguments, program=None):
        done = self.run_program("localize", *arguments, program=program)
        self.assertEqual((done.stdout, done.returncode), ("", 0), done.stderr)

    def copied(self, name):
        root = self.directory / name
        return {str(p.relative_to(root)): p.read_text() for p in sorted(root.rglob("*")) if p.is_file()}

    def test_localized_copy_has_what_is_fetched(self):
        url = self.make_repository({
            "base/kustomization.yaml": "resources: [../shared]\n",
            "shared/kustomization.yaml": "resources: [cm.yaml]\n",
            "shared/cm.yaml": CONFIG_MAP.format("b", "w"),
        })
        self.git("tag", "v1")
        self.page("/dir/cm.yaml", CONFIG_MAP.format("a", "v"))
        self.overlay(f"resources: ['{self.server.url}/dir/cm.yaml', '{url}//base?ref=v1']\n")
        repository = "localized-files/127.0.0.1/git/repo/v1"
        expected = {
            "kustomization.yaml": f"resources:\n- localized-files/127.0.0.1/dir/cm.yaml\n- {repository}/base\n",
            "localized-files/127.0.0.1/dir/cm.yaml": CONFIG_MAP.format("a", "v"),
            f"{repository}/base/kustomization.yaml": "resources:\n- ../shared\n",
            f"{repository}/shared/cm.yaml": CONFIG_MAP.format("b", "w"),
            f"{repository}/shared/kustomization.yaml": "resources:\n- cm.yaml\n",
        }
        self.localize("overlay", "copy")
        self.assertEqual(self.copied("copy"), expected)
        self.assert_nothing_left()
        if reference := os.environ.get("KUSTOMIZE_BINARY"):
            self.localize("overlay", "theirs", program=reference)
            self.assertEqual(self.copied("theirs"), expected)

    def test_localized_repository_is_named_after_its_directory_and_ref(self):
        url = self.make_repository({
            "base/kustomization.yaml": "resources: [cm.yaml]\n",
            "base/cm.yaml": CONFIG_MAP.format("b", "w"),
        })
        self.git("branch", "feature/x")
        self.localize(f"{url}//base?ref=feature/x")
        self.assertEqual(list(self.copied("localized-base-feature-x")), ["base/cm.yaml", "base/kustomization.yaml"])
        self.assert_nothing_left()


if __name__ == "__main__":
    STRATA = os.path.abspath(sys.argv.pop(1))
    unittest.main()
