#!/usr/bin/env python3
"""The grammar of arguments and options, exit statuses, and what is said about mistakes."""
import json
import os
import re

import harness

BUILT = harness.RESOURCE


class Forms(harness.CommandTest):
    def test_text_option_forms_are_one(self):
        for form in (["--output=json"], ["--output", "json"], ["-o", "json"], ["-ojson"], ["-o=json"]):
            done = self.run_program("version", *form)
            self.assertEqual(json.loads(done.stdout)["version"], "v5.8.2", form)

    def test_last_text_option_wins(self):
        self.assert_output(["version", "-o", "json", "-o", ""], "v5.8.2\n")

    def test_options_may_stand_before_the_command(self):
        done = self.run_program("-o", "json", "version")
        self.assertEqual(json.loads(done.stdout)["version"], "v5.8.2")
        self.assert_output(["--stack-trace", "version"], "v5.8.2\n")

    def test_unknown_option_before_the_command_takes_the_next_word(self):
        self.assert_refused(["--enable-helm", "build", "app"], 'unknown flag: --enable-helm', 2)

    def test_switch_takes_go_words_after_an_equals_sign_only(self):
        for word in ("1", "t", "T", "true", "TRUE", "True"):
            self.assert_output(["version", "--short=" + word], "{v5.8.2  unknown   }\n")
        for word in ("0", "f", "F", "false", "FALSE", "False"):
            self.assert_output(["version", "--short=" + word], "v5.8.2\n")
        self.assert_refused(["version", "--short=yes"], 'invalid argument "yes" for "--short" flag', 2)
        self.assert_output(["build", "--enable-helm", "false", "app"], BUILT, status=1)

    def test_double_dash_ends_options(self):
        self.write("-o/kustomization.yaml", "resources: [c.yaml]\n")
        self.write("-o/c.yaml", harness.RESOURCE)
        self.assert_output(["build", "--", "-o"], BUILT)

    def test_lists_are_not_split(self):
        self.assert_output(["build", "-e", "A=1,2", "--env=B", "--mount", "a,b", "app"], BUILT)

    def test_directory_named_as_a_command_is_built(self):
        self.write("help/kustomization.yaml", "resources: [c.yaml]\n")
        self.write("help/c.yaml", harness.RESOURCE)
        self.assert_output(["build", "help"], BUILT)

    def test_current_directory_is_built_without_an_argument(self):
        self.write("kustomization.yaml", "resources: [app]\n")
        self.assert_output(["build"], BUILT)


class Mistakes(harness.CommandTest):
    CASES = [
        (["build", "--helm-comand", "x"], "unknown flag: --helm-comand", "did you mean --helm-command?"),
        (["build", "-z"], "unknown shorthand flag: 'z' in -z", None),
        (["build", "-o"], "flag needs an argument: 'o' in -o", None),
        (["build", "--output"], "flag needs an argument: --output", None),
        (["build", "---"], "bad flag syntax: ---", None),
        (["build", "--load-restrictor", "none"],
         "illegal flag value --load-restrictor none; legal values: [LoadRestrictionsRootOnly LoadRestrictionsNone]",
         None),
        (["build", "--reorder", ""], "illegal flag value --reorder ; legal values: [legacy none]", None),
        (["buid"], 'unknown command "buid" for "strata"', "did you mean build?"),
        (["help", "yaml-sintax"], "Unknown help topic [`yaml-sintax`]", "did you mean yaml-syntax?"),
        (["version", "--short", "-o", "json"], "--short and --output are mutually exclusive", None),
        (["completion"], "accepts 1 arg(s), received 0", None),
        (["completion", "csh"], 'invalid argument "csh"', None),
    ]

    def test_entry_of_the_right_name_that_is_no_file_is_named(self):
        makers = [(os.mkdir, "is a directory"), (os.mkfifo, "is a pipe, socket or device"),
                  (lambda path: os.symlink("nothing", path), "is a symbolic link that leads nowhere")]
        for number, (make, what) in enumerate(makers):
            for name in ("kustomization.yaml", "kustomization.yml", "Kustomization"):
                place = os.path.join(self.folder, f"{number}-{name}")
                os.mkdir(place)
                make(os.path.join(place, name))
                done = self.assert_refused(["build", place], "unable to find one of 'kustomization.yaml'", 1)
                self.assertIn(f"'{name}' {what}", done.stderr)
                self.assertNotIn("rename", done.stderr)

    def test_mistakes_are_named_with_a_hint_and_end_with_2(self):
        for arguments, message, hint in self.CASES:
            done = self.assert_refused(arguments, message, 2)
            self.assertIn("strata help", done.stderr)
            if hint:
                self.assertIn(hint, done.stderr)

    def test_called_as_kustomize_they_end_with_1(self):
        link = os.path.join(self.folder, "kustomize")
        os.symlink(harness.PROGRAM, link)
        for arguments, message, _ in self.CASES:
            self.assert_refused(arguments, message.replace('"strata"', '"kustomize"'), 1, program=link)

    def test_bad_option_beats_help(self):
        self.assert_refused(["build", "--help", "--nope"], "unknown flag: --nope", 2)
        self.assert_refused(["build", "--nope", "--help"], "unknown flag: --nope", 2)

    def test_failed_build_ends_with_1(self):
        self.assert_refused(["build", "broken"], "nothing.yaml", 1)
        self.assert_refused(["build", "absent"], "absent", 1)
        self.assert_refused(["build", ""], "empty", 1)

    def test_empty_load_restrictor_is_the_default(self):
        self.assert_output(["build", "--load-restrictor", "", "app"], BUILT)

    def test_deprecated_options_are_warned_of_as_kustomize_does(self):
        done = self.assert_output(["build", "--reorder", "none", "app"], BUILT)
        self.assertEqual(done.stderr, "Flag --reorder has been deprecated, use the new 'sortOptions' field in "
                                      "kustomization.yaml instead.\n")
        done = self.assert_output(["version", "--short"], "{v5.8.2  unknown   }\n")
        self.assertEqual(done.stderr, "Flag --short has been deprecated, and will be removed in the future.\n")


class Help(harness.CommandTest):
    def test_help_goes_to_standard_output(self):
        for arguments in (["build", "--help"], ["build", "-h"], ["help", "build"], ["--help"], ["help"], []):
            done = self.run_program(*arguments)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("Usage: strata", done.stdout)

    def test_help_command_is_its_help_option(self):
        self.assert_output(["help", "build"], self.run_program("build", "--help").stdout)

    def test_words_after_a_topic_do_not_count(self):
        for topic, more in ((["build"], ["extra"]), (["edit"], ["nonsense"]), (["edit", "add", "resource"], ["x", "y"]),
                            (["yaml-syntax"], ["extra"])):
            self.assert_output(["help", *topic, *more], self.run_program("help", *topic).stdout)
        self.assert_refused(["help", "nonsense", "build"], "Unknown help topic", 2)

    def test_diagnostics_are_explained_by_name_and_number(self):
        text = self.run_program("help", "yaml-syntax").stdout
        self.assertIn("yaml-syntax (100), an error", text)
        self.assert_output(["help", "100"], text)

    def test_examples_name_the_program_behind_a_pipe(self):
        link = os.path.join(self.folder, "kustomize")
        os.symlink(harness.PROGRAM, link)
        for topic in (["cfg"], ["cfg", "grep"], ["cfg", "tree"]):
            self.assertIn("| strata cfg ", self.run_program("help", *topic).stdout)
            self.assertIn("| kustomize cfg ", self.run_program("help", *topic, program=link).stdout)
        for text in (self.run_program("manual").stdout, self.run_program("manual", "--format", "markdown").stdout):
            self.assertNotRegex(text, r"\| cfg|\{program\}")

    def test_deprecated_options_are_not_listed(self):
        self.assertNotIn("--reorder", self.run_program("help", "build").stdout)

    def test_manual_page_lists_every_option(self):
        text = self.run_program("manual").stdout.replace("\\-", "-")
        for option in re.findall(r"--[a-z-]+", self.run_program("help", "build").stdout):
            self.assertIn(option, text)


class Version(harness.CommandTest):
    def test_version_is_that_of_kustomize(self):
        self.assert_output(["version"], "v5.8.2\n")
        self.assert_output(["version", "any", "words"], "v5.8.2\n")

    def test_facts(self):
        keys = ["version", "gitCommit", "buildDate", "goOs", "goArch", "goVersion", "strataVersion"]
        facts = json.loads(self.run_program("version", "-o", "json").stdout)
        self.assertEqual(list(facts), keys)
        text = self.run_program("version", "-o", "yaml").stdout
        self.assertEqual(text, "".join(f"{k}: {facts[k]}\n" for k in keys) + "\n")


class KubectlPlugin(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.plugin = os.path.join(self.folder, "kubectl-strata")
        os.symlink(harness.PROGRAM, self.plugin)

    def test_directory_alone_is_built(self):
        for arguments in (["app"], ["--stack-trace", "app"], ["app", "--load-restrictor", "LoadRestrictionsNone"],
                          ["--enable-helm", "app"], ["-e", "A=b", "app"], ["--", "app"]):
            self.assert_output(arguments, BUILT, program=self.plugin)

    def test_nothing_builds_the_current_directory(self):
        self.write("kustomization.yaml", "resources: [app]\n")
        self.assert_output([], BUILT, program=self.plugin)

    def test_commands_are_still_there(self):
        self.assert_output(["build", "app"], BUILT, program=self.plugin)
        self.assert_output(["version"], "v5.8.2\n", program=self.plugin)

    def test_help_calls_it_by_kubectls_name(self):
        for arguments in (["--help"], ["-h"], ["help"], ["version", "--help"]):
            done = self.run_program(*arguments, program=self.plugin)
            self.assertIn("Usage: kubectl strata", done.stdout)

    def test_mistakes(self):
        self.assert_refused(["--nope", "app"], "unknown flag: --nope", 2, program=self.plugin)
        self.assert_refused(["absent"], "absent", 1, program=self.plugin)


class Environment(harness.CommandTest):
    LABELLED = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    app.kubernetes.io/managed-by: " \
               "kustomize-v5.8.2\n  name: c\n"

    def test_managed_by_label(self):
        name = "KUSTOMIZE_ENABLE_MANAGEDBY_LABEL"
        self.assert_output(["build", "app"], self.LABELLED, env={name: "on"})
        self.assert_output(["build", "app"], BUILT, env={name: "true"})
        self.assert_output(["build", "--enable-managedby-label", "app"], self.LABELLED)


if __name__ == "__main__":
    harness.main()
