#!/usr/bin/env python3
"""Where output goes, and that it goes there whole or not at all."""
import os
import resource
import stat
import subprocess

import harness

BUILT = harness.RESOURCE


class ToFile(harness.CommandTest):
    def listing(self):
        return sorted(os.listdir(self.folder))

    def test_file_holds_what_standard_output_would(self):
        self.assert_output(["build", "app", "-o", "out.yaml"], "")
        self.assertEqual(self.read("out.yaml"), BUILT)
        self.assertEqual(self.listing(), ["app", "broken", "out.yaml"])

    def test_new_file_has_the_mode_of_the_mask(self):
        self.assert_output(["build", "app", "-o", "out.yaml"], "", preexec_fn=lambda: os.umask(0o027))
        self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.folder, "out.yaml")).st_mode), 0o640)

    def test_old_file_keeps_its_mode_and_its_links(self):
        path = self.write("real/out.yaml", "old")
        os.chmod(path, 0o600)
        os.symlink("real/out.yaml", os.path.join(self.folder, "link"))
        self.assert_output(["build", "app", "-o", "link"], "")
        self.assertEqual(self.read("real/out.yaml"), BUILT)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertTrue(os.path.islink(os.path.join(self.folder, "link")))

    def test_old_file_keeps_its_owner_but_runs_as_nobody(self):
        path = self.write("out.yaml", "old")
        owner = self.give_away(path)
        os.chmod(path, 0o6750)
        self.assert_output(["build", "app", "-o", "out.yaml"], "")
        after = os.stat(path)
        self.assertEqual((after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)), (*owner, 0o750))
        self.assertEqual(self.read("out.yaml"), BUILT)

    def test_dangling_link_makes_the_file(self):
        os.symlink("made.yaml", os.path.join(self.folder, "link"))
        self.assert_output(["build", "app", "-o", "link"], "")
        self.assertEqual(self.read("made.yaml"), BUILT)

    def test_error_leaves_the_old_file(self):
        self.write("out.yaml", "old")
        self.assert_refused(["build", "broken", "-o", "out.yaml"], "nothing.yaml", 1)
        self.assertEqual(self.read("out.yaml"), "old")

    def test_file_that_may_not_grow_leaves_the_old_one(self):
        self.write("out.yaml", "old")
        self.assert_refused(["build", "app", "-o", "out.yaml"], "File too large", 1,
                            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)))
        self.assertEqual(self.read("out.yaml"), "old")
        self.assertEqual(self.listing(), ["app", "broken", "out.yaml"])

    def test_parents_are_not_made(self):
        self.assert_refused(["build", "app", "-o", "no/such/out.yaml"], "no/such/out.yaml", 1)

    def test_empty_path_is_standard_output(self):
        self.assert_output(["build", "app", "-o", ""], BUILT)

    def test_device_is_written_in_place(self):
        self.assert_output(["build", "app", "-o", "/dev/stdout"], BUILT)
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))
        self.assert_output(["build", "app", "-o", "/dev/null"], "")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))


class ToDirectory(harness.CommandTest):
    TWO = "apiVersion: v1\nkind: Service\nmetadata:\n  name: S\n  namespace: one\n---\n" \
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\n  namespace: two\n---\n" \
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: one\n"

    def test_one_file_a_resource(self):
        os.mkdir(os.path.join(self.folder, "out"))
        self.write("out/stale.yaml", "stays")
        self.assert_output(["build", "app", "-o", "out"], "")
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "out"))), ["stale.yaml", "v1_configmap_c.yaml"])
        self.assertEqual(self.read("out/v1_configmap_c.yaml"), BUILT)

    def test_namespaces_are_in_the_names_when_there_are_several(self):
        self.write("app/c.yaml", self.TWO)
        os.mkdir(os.path.join(self.folder, "out"))
        self.assert_output(["build", "app", "-o", "out"], "")
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "out"))),
                         ["one_v1_service_s.yaml", "two_apps_v1_deployment_d.yaml", "v1_namespace_one.yaml"])


class ToStandardOutput(harness.CommandTest):
    def test_full_disk_is_an_error(self):
        for arguments in (["build", "app"], ["version"], ["help"]):
            with open("/dev/full", "w") as full:
                done = self.run_program(*arguments, stdout=full)
            self.assertEqual(done.returncode, 1, arguments)
            self.assertIn("write /dev/stdout: No space left on device", done.stderr)

    def test_closed_pipe_is_an_error(self):
        reading, writing = os.pipe()
        os.close(reading)
        done = self.run_program("build", "app", stdout=writing)
        os.close(writing)
        self.assertEqual(done.returncode, 1)
        self.assertIn("Broken pipe", done.stderr)

    def test_closed_standard_output_is_an_error(self):
        done = subprocess.run(["sh", "-c", '"$0" build app >&-', harness.PROGRAM], cwd=self.folder, text=True,
                              stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn("write /dev/stdout", done.stderr)

    def test_closed_standard_streams_are_not_taken_by_files(self):
        done = subprocess.run(["sh", "-c", '"$0" build app -o out.yaml >&- 2>&- <&-', harness.PROGRAM], cwd=self.folder,
                              timeout=60)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(self.read("out.yaml"), BUILT)


if __name__ == "__main__":
    harness.main()
