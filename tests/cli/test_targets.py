#!/usr/bin/env python3
"""Several targets in one call: what is built, in which order, and where it goes."""
import os
import pty

import harness

TESTDATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "testdata")


def config_map(name):
    return harness.RESOURCE.replace("name: c", "name: " + name)


class Targets(harness.CommandTest):
    def setUp(self):
        super().setUp()
        for name in ("a", "b"):
            self.write(f"tree/{name}/kustomization.yaml", "resources: [c.yaml]\n")
            self.write(f"tree/{name}/c.yaml", config_map(name))

    def files(self, folder):
        found = []
        for place, _, names in os.walk(os.path.join(self.folder, folder)):
            found += [os.path.relpath(os.path.join(place, n), os.path.join(self.folder, folder)) for n in names]
        return sorted(found)


class Stream(Targets):
    def test_streams_follow_each_other_in_the_order_given(self):
        want = config_map("b") + "---\n" + config_map("a") + "---\n" + config_map("b")
        for jobs in ("1", "2", "7"):
            self.assert_output(["build", "tree/b", "tree/a", "tree/b", "--jobs", jobs], want)

    def test_empty_stream_leaves_no_separator(self):
        self.write("empty/kustomization.yaml", "resources: []\n")
        self.assert_output(["build", "empty", "tree/a", "empty", "tree/b", "empty"],
                           config_map("a") + "---\n" + config_map("b"))

    def test_failure_is_reported_and_the_others_are_printed(self):
        done = self.assert_output(["build", "broken", "tree/a", "nowhere", "tree/b"],
                                  config_map("a") + "---\n" + config_map("b"), status=1)
        lines = done.stderr.splitlines()
        self.assertEqual(lines[-1], "error: 2 of 4 targets failed")
        self.assertIn("   note: in the target broken", lines)
        self.assertIn("   note: in the target nowhere", lines)

    def test_messages_come_in_the_order_of_the_targets(self):
        for i in range(20):
            self.write(f"bad/{i:02}/kustomization.yaml", f"resources: [missing{i:02}.yaml]\n")
        names = [f"bad/{i:02}" for i in range(20)]
        one, many = (self.run_program("build", *names, "--jobs", jobs).stderr for jobs in ("1", "4"))
        self.assertEqual(one, many)
        self.assertLess(one.index("missing03"), one.index("missing04"))

    def test_full_disk_ends_it(self):
        with open("/dev/full", "w") as full:
            done = self.run_program("build", "tree/a", "tree/b", stdout=full)
        self.assertEqual((done.returncode, done.stderr), (1, "error: write /dev/stdout: No space left on device\n"))

    def test_closed_output_is_no_failure_of_a_target(self):
        for jobs in ("1", "2"):
            done = self.run_program("build", "tree/a", "tree/b", "--jobs", jobs, stdout=None,
                                    preexec_fn=lambda: os.close(1))
            self.assertEqual(done.returncode, 1)
            self.assertIn("error: write /dev/stdout", done.stderr)
            self.assertNotIn("targets failed", done.stderr)

    def test_kustomize_takes_one(self):
        link = os.path.join(self.folder, "kustomize")
        os.symlink(harness.PROGRAM, link)
        self.assert_refused(["build", "tree/a", "tree/b"], "specify one path to kustomization.yaml", 1, program=link)


class Directory(Targets):
    def test_tree_is_mirrored(self):
        self.assert_output(["build", "tree/a", "./tree/../tree/b", ".", "-o", "new/out"], "", status=1)
        self.assertEqual(self.files("new/out"), ["tree/a/manifests.yaml", "tree/b/manifests.yaml"])
        self.assertEqual(self.read("new/out/tree/b/manifests.yaml"), config_map("b"))

    def test_current_directory_stands_at_the_top(self):
        self.write("kustomization.yaml", "resources: [app]\n")
        self.assert_output(["build", ".", "tree/a", "-o", "out"], "")
        self.assertEqual(self.files("out"), ["manifests.yaml", "tree/a/manifests.yaml"])

    def test_target_outside_has_no_place(self):
        self.write("inner/kustomization.yaml", "resources: [../tree/a]\n")
        done = self.run_program("build", ".", "../tree/a", "-o", "out", cwd=os.path.join(self.folder, "inner"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("../tree/a has no place in out", done.stderr)
        self.assertEqual(self.files("inner/out"), ["manifests.yaml"])

    def test_failure_leaves_the_old_file_of_its_target(self):
        self.write("out/broken/manifests.yaml", "old")
        self.assert_output(["build", "broken", "tree/a", "-o", "out"], "", status=1)
        self.assertEqual(self.read("out/broken/manifests.yaml"), "old")
        self.assertEqual(self.read("out/tree/a/manifests.yaml"), config_map("a"))

    def test_input_is_not_written_over(self):
        self.write("tree/a/kustomization.yaml", "resources: [manifests.yaml]\n")
        self.write("tree/a/manifests.yaml", config_map("a"))
        done = self.assert_output(["build", "--recursive", "tree", "-o", "tree"], "", status=1)
        self.assertIn("the output tree/a/manifests.yaml would take the place of a file that the build has read",
                      done.stderr)
        self.assertEqual(self.read("tree/a/manifests.yaml"), config_map("a"))
        self.assertEqual(self.read("tree/b/manifests.yaml"), config_map("b"))

    def test_input_of_a_target_before_is_not_written_over(self):
        self.write("tree/kustomization.yaml", "resources: [b/manifests.yaml]\n")
        self.write("tree/b/manifests.yaml", config_map("old"))
        self.assert_output(["build", "--recursive", "tree", "-o", os.path.join(self.folder, "tree")], "", status=1)
        self.assertEqual(self.read("tree/b/manifests.yaml"), config_map("old"))
        self.assertEqual(self.read("tree/manifests.yaml"), config_map("old"))

    def test_output_of_the_last_run_is_replaced(self):
        for _ in range(2):
            self.assert_output(["build", "--recursive", "tree", "-o", "tree"], "")
        self.assertEqual(self.read("tree/a/manifests.yaml"), config_map("a"))

    def test_file_in_the_way_fails(self):
        self.write("out", "a file")
        self.assert_refused(["build", "tree/a", "tree/b", "-o", "out"], "mkdir out", 1)


class Recursive(Targets):
    def test_all_below_are_built_in_the_order_of_their_paths(self):
        self.write("tree/kustomization.yaml", "resources: [b]\n")
        self.write("tree/a/deep/er/kustomization.yml", "resources: [../../../../app]\n")
        want = "---\n".join(config_map(n) for n in ("b", "a", "c", "b"))
        self.assert_output(["build", "--recursive", "tree"], want)
        self.assert_output(["build", "--recursive", "tree", "-o", "out"], "")
        self.assertEqual(self.files("out"), ["a/deep/er/manifests.yaml", "a/manifests.yaml", "b/manifests.yaml",
                                             "manifests.yaml"])

    def test_components_and_configurations_are_not_built(self):
        self.write("tree/part/kustomization.yaml",
                   "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: p-\n")
        self.write("tree/a/kustomization.yaml", "resources: [c.yaml]\ngenerators: [../gen]\ntransformers: [../trans]\n"
                                                "validators: [../val]\ncomponents: [../part]\n")
        for name in ("gen", "trans", "val"):
            self.write(f"tree/{name}/kustomization.yaml", "resources: []\n")
        self.assert_output(["build", "--recursive", "tree"], config_map("p-a") + "---\n" + config_map("b"))

    def test_links_and_hidden_directories_are_passed_over(self):
        os.symlink("a", os.path.join(self.folder, "tree/link"))
        os.symlink("..", os.path.join(self.folder, "tree/a/circle"))
        self.write("tree/.hidden/kustomization.yaml", "resources: [nothing.yaml]\n")
        self.assert_output(["build", "--recursive", "tree"], config_map("a") + "---\n" + config_map("b"))

    def test_malformed_kustomization_is_a_failing_target(self):
        self.write("tree/a/kustomization.yaml", "resources: [\n")
        done = self.assert_output(["build", "--recursive", "tree"], config_map("b"), status=1)
        self.assertIn("tree/a/kustomization.yaml", done.stderr)
        self.assertIn("error: 1 of 2 targets failed", done.stderr)

    def test_wrong_calls(self):
        self.write("nothing/file", "")
        self.assert_refused(["build", "--recursive", "tree", "app"], "--recursive searches one directory, not 2", 2)
        self.assert_refused(["build", "--recursive", "nothing"], "there is no kustomization to build in or below", 1)
        self.assert_refused(["build", "--recursive", "missing"], "there is no directory 'missing'", 1)
        self.assert_refused(["build", "--recursive", "https://host/a.git"], "only a directory can be searched", 1)
        self.assert_refused(["build", "--recursive", "tree", "--root", "app"], "lies outside of", 1)
        for jobs in ("0", "-1", "two", "", "1000", "1x"):
            self.assert_refused(["build", "app", "--jobs=" + jobs], "--jobs needs a number", 2)

    def test_same_bytes_as_single_builds(self):
        out = os.path.join(self.folder, "out")
        self.run_program("build", "--recursive", TESTDATA, "-o", out)
        self.assertGreater(len(self.files("out")), 20)
        for path in self.files("out"):
            single = self.run_program("build", os.path.join(TESTDATA, os.path.dirname(path)))
            self.assertEqual(single.stdout, self.read("out/" + path), path)


class Progress(Targets):
    def bar_of(self, arguments, **keywords):
        """What stands on a terminal that is standard error."""
        ours, theirs = pty.openpty()
        self.run_program(*arguments, stderr=theirs, **keywords)
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:
            pass  # the other end is closed
        os.close(ours)
        return shown.decode()

    def test_terminal_has_a_bar(self):
        shown = self.bar_of(["build", "tree/a", "tree/b", "-o", "out"], env={"TERM": "xterm"})
        self.assertIn("1/2 tree/a", shown)
        self.assertTrue(shown.endswith("\r\033[K"), shown)

    def test_dumb_terminal_and_pipe_have_none(self):
        self.assertEqual(self.bar_of(["build", "tree/a", "tree/b", "-o", "out"], env={"TERM": "dumb"}), "")
        done = self.run_program("build", "tree/a", "tree/b", "-o", "out", env={"TERM": "xterm"})
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    harness.main()
