#!/usr/bin/env python3
"""`edit` on the disk: what is written, what stays, and what is said. What each command makes of a file is in
tests/commands/edit and tests/unit/edit."""
import os
import re
import shutil
import stat

import harness

FILE = """# shop
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

namespace: shop   # keep
resources:
  # the app
  - app
"""


class Files(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.path = self.write("kustomization.yaml", FILE)

    def edit(self, *arguments, status=0, **keywords):
        done = self.run_program("edit", *arguments, **keywords)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def test_success_prints_nothing(self):
        done = self.edit("set", "namespace", "new")
        self.assertEqual((done.stdout, done.stderr), ("", ""))
        self.assertEqual(self.read("kustomization.yaml"), FILE.replace("namespace: shop", "namespace: new"))

    def test_mode_is_kept_and_nothing_is_left_behind(self):
        os.chmod(self.path, 0o640)
        self.edit("set", "namespace", "new")
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o640)
        self.assertEqual(sorted(os.listdir(self.folder)), ["app", "broken", "kustomization.yaml"])

    def test_owner_and_group_are_kept(self):
        os.chmod(self.path, 0o640)
        owner = self.give_away(self.path)
        self.edit("set", "namespace", "new")
        after = os.stat(self.path)
        self.assertEqual((after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)), (*owner, 0o640))
        self.assertIn("namespace: new", self.read("kustomization.yaml"))

    def test_file_is_replaced_whole(self):
        old = os.open(self.path, os.O_RDONLY)
        self.edit("set", "namespace", "new")
        self.assertEqual(os.read(old, 10000).decode(), FILE)
        os.close(old)

    def test_symbolic_link_is_followed(self):
        real = self.write("elsewhere/real.yaml", FILE)
        os.remove(self.path)
        os.symlink(real, self.path)
        self.edit("set", "namespace", "new")
        self.assertTrue(os.path.islink(self.path))
        self.assertIn("namespace: new   # keep", self.read("elsewhere/real.yaml"))

    def test_refused_command_leaves_the_file_itself(self):
        before = os.stat(self.path)
        done = self.edit("add", "label", ":x", status=1)
        self.assertIn("need k:v pair", done.stderr)
        after = os.stat(self.path)
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))

    def test_edit_that_changes_nothing_does_not_write(self):
        before = os.stat(self.path)
        self.edit("set", "namespace", "shop")
        self.edit("remove", "resource", "zzz")
        self.assertEqual(before.st_ino, os.stat(self.path).st_ino)

    def test_nothing_to_do_is_told_and_succeeds(self):
        done = self.edit("add", "resource", "app")
        self.assertIn("warning: resource app already in kustomization file [edit-nothing]", done.stderr)
        self.assertEqual(self.read("kustomization.yaml"), FILE)

    def test_line_ends_and_byte_order_mark_stay(self):
        with open(self.path, "wb") as f:
            f.write(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
        self.edit("set", "nameprefix", "a-")
        with open(self.path, "rb") as f:
            self.assertEqual(f.read(), b"\xef\xbb\xbf" + (FILE + "namePrefix: a-\n").replace("\n", "\r\n").encode())

    def test_file_that_is_none_is_refused(self):
        os.remove(self.path)
        os.mkdir(self.path)
        self.assertIn("kustomization.yaml should be a file", self.edit("set", "namespace", "x", status=1).stderr)

    def test_limits_hold(self):
        """Of commands with and without other options; the file stays as it was."""
        for arguments in (["set", "namespace", "new"], ["add", "label", "a:b"], ["fix"]):
            done = self.edit(*arguments, "--limit", "input_file=100", status=1)
            self.assertIn("larger than the limit of 100 bytes [limit]", done.stderr)
            self.assertEqual(self.read("kustomization.yaml"), FILE)
        self.edit("set", "namespace", "new", "--limit", "input_file=1K", "--limit=nesting=10")

    def test_every_command_knows_limits(self):
        for group in ("add", "set", "remove"):
            commands = re.findall(r"^  ([a-z]+) +[A-Z]", self.edit(group, "--help").stdout, re.MULTILINE)
            self.assertIn("label", commands)
            for command in commands:
                self.assertIn("--limit NAME=NUMBER", self.edit(group, command, "--help").stdout, command)

    def test_values_that_are_no_limits_are_refused(self):
        self.assertIn("--limit needs NAME=NUMBER", self.edit("fix", "--limit", "inputs=1", status=2).stderr)
        self.assertIn("can't be -1", self.edit("fix", "--limit", "nesting=-1", status=2).stderr)
        self.assertEqual(self.read("kustomization.yaml"), FILE)

    def test_much_made_of_little_is_refused(self):
        """Without its anchor a text has to be written out wherever an alias stands: 9,000 times."""
        text = (f"commonLabels: {{t: &t {'x' * 10000}}}\nhelmCharts:\n- name: c\n  valuesInline:\n"
                f"    a: [{', '.join(['1'] * 300)}]\n    b: &b [{', '.join(['*t'] * 100)}]\n"
                f"    c: [{', '.join(['*b'] * 90)}]\n")
        self.write("kustomization.yaml", text)
        self.assertIn("(limit growth) [limit]", self.edit("remove", "label", "t", status=1).stderr)
        self.assertEqual(self.read("kustomization.yaml"), text)

    def edit_without_rights(self, *arguments, status=0):
        """As a user who may not make files in the folder; root could."""
        program = shutil.copy(harness.PROGRAM, os.path.join(self.folder, "app", "strata"))
        is_root = os.geteuid() == 0
        os.chmod(self.folder, 0o755 if is_root else 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        return self.edit(*arguments, status=status, program=program, **({"user": 65534} if is_root else {}))

    def test_unwritable_file_is_refused(self):
        os.chmod(self.path, 0o444)
        self.assertIn("Permission denied", self.edit_without_rights("set", "namespace", "new", status=1).stderr)
        self.assertEqual(self.read("kustomization.yaml"), FILE)

    def test_file_in_a_directory_that_takes_no_new_one_is_written_in_place(self):
        os.chmod(self.path, 0o666)
        before = os.stat(self.path).st_ino
        self.edit_without_rights("set", "namespace", "new")
        self.assertIn("namespace: new   # keep", self.read("kustomization.yaml"))
        self.assertEqual(os.stat(self.path).st_ino, before)

    def test_secrets_are_not_shown(self):
        self.write("kustomization.yaml", FILE + "secretGenerator:\n- name: s\n  literals: [A=hidden]\n")
        done = self.edit("add", "secret", "s", "--from-literal=A=hidden2", status=1)
        self.assertNotIn("hidden", done.stderr)


class Words(harness.CommandTest):
    def test_value_with_a_dash_needs_two_dashes(self):
        self.write("kustomization.yaml", FILE)
        self.assert_output(["edit", "set", "namesuffix", "--", "-v2"], "")
        self.assertTrue(self.read("kustomization.yaml").endswith("nameSuffix: -v2\n"))
        self.assert_refused(["edit", "set", "namesuffix", "-v2"], "unknown shorthand flag", 2)

    def test_groups_show_their_commands(self):
        for words, command in ((["edit"], "alpha-list-builtin-plugin"), (["edit", "add"], "buildmetadata"),
                               (["edit", "set"], "replicas"), (["edit", "remove"], "transformer")):
            done = self.run_program(*words)
            self.assertEqual(done.returncode, 0)
            self.assertIn("\n  " + command, done.stdout)

    def test_unknown_command_below_edit_gets_a_suggestion_and_kustomizes_status(self):
        done = self.run_program("edit", "add", "resourc", "x")
        self.assertEqual(done.returncode, 0)
        self.assertIn('unknown command "resourc"', done.stderr)
        self.assertIn("did you mean resource?", done.stderr)
        self.assertIn("\n  resource", done.stdout)

    def test_help_shows_an_example_of_every_command(self):
        for words in ("add label", "set image", "remove patch", "fix"):
            done = self.run_program("help", "edit", *words.split())
            self.assertIn("Examples:\n  ", done.stdout)

    def test_builtin_plugins_are_listed(self):
        done = self.run_program("edit", "alpha-list-builtin-plugin")
        self.assertTrue(done.stdout.startswith("Builtin plugins:\n\n * AnnotationsTransformer\n"))
        self.assertEqual(done.stdout.count(" * "), 18)

    def test_quotes_of_a_file_list_enclose_a_whole_field(self):
        self.write("kustomization.yaml", FILE)
        self.assert_refused(["edit", "add", "configmap", "c", "--from-file", 'a"b'], "quotes enclose a whole field", 2)


class Fix(harness.CommandTest):
    VARS = FILE + "vars:\n- name: A\n  objref: {apiVersion: v1, kind: ConfigMap, name: c}\n"

    def test_what_is_moved_is_told(self):
        self.write("kustomization.yaml", FILE)
        done = self.run_program("edit", "fix")
        self.assertEqual(done.returncode, 0)
        self.assertTrue(done.stdout.startswith("\nFixed fields:\n  patchesJson6902 -> patches\n"))
        self.assertNotIn("Warning: 'Fixed'", done.stdout)

    def test_failing_build_afterwards_is_told_and_is_no_failure(self):
        self.write("kustomization.yaml", FILE + "patchesStrategicMerge: [nothing]\n")
        done = self.run_program("edit", "fix")
        self.assertEqual(done.returncode, 0)
        self.assertIn("Warning: 'Fixed' kustomization now produces the error", done.stdout)

    def test_vars_change_all_files(self):
        self.write("kustomization.yaml", self.VARS)
        self.write("app/c.yaml", harness.RESOURCE + "data: {a: $(A)} # $(A)\n")
        done = self.run_program("edit", "fix", "--vars")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.read("app/c.yaml"), harness.RESOURCE + "data: {a: A_PLACEHOLDER} # A_PLACEHOLDER\n")
        self.assertIn("    - data.a\n", self.read("kustomization.yaml"))

    def test_vars_that_can_not_be_converted_change_no_file(self):
        second = "- name: B\n  objref: {apiVersion: v1, kind: ConfigMap, name: c}\n"
        self.write("kustomization.yaml", self.VARS + second)
        resource = harness.RESOURCE + "data: {a: $(A), b: x-$(B).y}\n"
        self.write("app/c.yaml", resource)
        done = self.run_program("edit", "fix", "--vars")
        self.assertEqual(done.returncode, 1)
        self.assertIn("$(B) is not delimited", done.stderr)
        self.assertEqual(self.read("app/c.yaml"), resource)
        self.assertIn("vars:", self.read("kustomization.yaml"))


if __name__ == "__main__":
    harness.main()
