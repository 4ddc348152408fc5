#!/usr/bin/env python3
"""What a shell is offered at each place, and that the scripts are whole."""
import os
import subprocess

import harness


class Words(harness.CommandTest):
    def offered(self, *words):
        lines = self.run_program("__complete", "--", *words).stdout.split("\n")
        self.assertEqual(lines[-1], "")
        return [line.split("\t")[0] for line in lines[:-2]], lines[-2]

    def test_commands(self):
        names, rest = self.offered("")
        self.assertEqual(names[0], "build")
        self.assertLess({"create", "edit", "cfg", "version", "help"}, set(names))
        self.assertEqual(rest, ":nothing")
        self.assertNotIn("__complete", names)
        self.assertEqual(self.offered("bu"), (["build"], ":nothing"))

    def test_options_of_the_command(self):
        names, _ = self.offered("build", "--helm-")
        self.assertEqual(names, ["--helm-command", "--helm-api-versions", "--helm-kube-version", "--helm-debug"])
        self.assertNotIn("--reorder", self.offered("build", "--")[0])

    def test_values(self):
        choices = ["LoadRestrictionsNone", "LoadRestrictionsRootOnly"]
        self.assertEqual(self.offered("build", "--load-restrictor", ""), (choices, ":nothing"))
        self.assertEqual(self.offered("build", "--load-restrictor=LoadRestrictionsN"),
                         (["--load-restrictor=LoadRestrictionsNone"], ":nothing"))
        self.assertEqual(self.offered("build", "--load-restrictor", "=", "Load"), (choices, ":nothing"))
        self.assertEqual(self.offered("build", "-o", ""), ([], ":files"))
        self.assertEqual(self.offered("version", "-o", "j"), (["json"], ":nothing"))

    def test_arguments(self):
        self.assertEqual(self.offered("build", ""), ([], ":directories"))
        self.assertEqual(self.offered("completion", "z"), (["zsh"], ":nothing"))
        self.assertIn("yaml-syntax", self.offered("help", "yaml-")[0])


class Kubectl(harness.CommandTest):
    def offered(self, *words):
        link = os.path.join(self.folder, "kubectl_complete-strata")
        if not os.path.exists(link):
            os.symlink(harness.PROGRAM, link)
        lines = self.run_program(*words, program=link).stdout.splitlines()
        return [line.split("\t")[0] for line in lines[:-1]], lines[-1]

    def test_directories_and_commands_may_follow(self):
        names, rest = self.offered("")
        self.assertIn("version", names)
        self.assertEqual(rest, ":16")
        self.assertEqual(self.offered("vers"), (["version"], ":16"))

    def test_options_are_those_of_build(self):
        self.assertEqual(self.offered("--helm-c"), (["--helm-command"], ":4"))
        self.assertEqual(self.offered("app", "-o", ""), ([], ":0"))
        self.assertEqual(self.offered("version", "-o", "j"), (["json"], ":4"))


class Scripts(harness.CommandTest):
    def test_each_shell_has_one_with_the_name_filled_in(self):
        for shell in ("bash", "zsh", "fish", "powershell"):
            text = self.run_program("completion", shell).stdout
            self.assertIn("strata", text)
            self.assertNotIn("<name>", text)

    def test_plugin_has_the_name_of_its_file(self):
        link = os.path.join(self.folder, "kubectl-strata")
        os.symlink(harness.PROGRAM, link)
        text = self.run_program("completion", "bash", program=link).stdout
        self.assertIn("complete -F _kubectl-strata_complete kubectl-strata\n", text)

    def test_bash_completes(self):
        script = self.write("strata.bash", self.run_program("completion", "bash").stdout)
        commands = f"source {script}; COMP_WORDS=({harness.PROGRAM} build --load-restrictor LoadRestrictionsN); " \
                   'COMP_CWORD=3; _strata_complete; echo "${COMPREPLY[@]}"'
        done = subprocess.run(["bash", "-c", commands], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.stdout, done.stderr), ("LoadRestrictionsNone\n", ""))


if __name__ == "__main__":
    harness.main()
