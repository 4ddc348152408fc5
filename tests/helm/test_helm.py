#!/usr/bin/env python3
"""Helm charts through the command, with helm.py in the place of helm.

    test_helm.py STRATA [unittest options]

Expected calls, values and streams are those of kustomize. With KUSTOMIZE_BINARY=PATH in the environment, each build
that must be the same is done with that kustomize, too, and compared: the stream, the calls and the values.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

STRATA = ""
RENDERED = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n"
CHART = "helmCharts:\n- name: app\n  releaseName: one\n"
VALUES = "a: 1\nb:\n  c: 2\n  d: [x, y]\n"


class Helm(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(os.path.realpath(tempfile.mkdtemp(prefix="strata-helm-")))
        self.addCleanup(shutil.rmtree, self.directory)
        self.bin = self.directory / "bin"
        self.temporary = self.directory / "tmp"
        self.temporary.mkdir()
        stand_in = pathlib.Path(__file__).with_name("helm.py").read_text()
        program = self.write("bin/helm", f"#!{sys.executable}\n{stand_in}")
        program.chmod(0o755)
        self.environment = {
            "PATH": f"{self.bin}:/usr/bin:/bin",
            "HOME": str(self.directory),
            "TMPDIR": str(self.temporary),
            "SECRET": "s3cret",
        }
        self.write("app/charts/app/values.yaml", VALUES)

    # What the tests are made of.

    def write(self, name, content):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return path

    def run_program(self, program, options):
        calls = self.bin / "calls"
        calls.unlink(missing_ok=True)
        done = subprocess.run([program, "build", *options, "app"], cwd=self.directory, env=self.environment, text=True,
                              capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
        left = list(self.temporary.iterdir())
        if program == STRATA:
            self.assertEqual(left, [], "temporary files were left behind")
        for path in left:
            shutil.rmtree(path)
        recorded = [json.loads(line) for line in calls.read_text().splitlines()] if calls.exists() else []
        return done, recorded

    def hide_names(self, call):
        """The arguments of a call, without what is different each time."""
        names = {str(self.directory): "ROOT"}
        text = json.dumps(call["arguments"])
        for name, short in names.items():
            text = text.replace(name, short)
        return json.loads(re.sub(r"kustomize-helm-\w+", "TMP", text))

    def same_calls(self, calls):
        return [(self.hide_names(c), c["values"], c["directory"], c["input"]) for c in calls]

    def build(self, kustomization, *options, want=RENDERED):
        """Renders app, and gives the calls of helm."""
        self.write("app/kustomization.yaml", kustomization)
        options = ["--enable-helm", *options]
        done, calls = self.run_program(STRATA, options)
        self.assertEqual((done.returncode, done.stdout), (0, want), done.stderr)
        self.messages = done.stderr
        kustomize = os.environ.get("KUSTOMIZE_BINARY")
        if kustomize:
            theirs, their_calls = self.run_program(kustomize, options)
            self.assertEqual((theirs.returncode, theirs.stdout), (0, want), theirs.stderr)
            self.assertEqual(self.same_calls(calls), self.same_calls(their_calls))
        return calls

    def arguments(self, kustomization, *options, **keywords):
        return [self.hide_names(call) for call in self.build(kustomization, *options, **keywords)]

    def values(self, kustomization):
        """What helm gets as values."""
        return self.build(kustomization)[-1]["values"][0]

    def refuse(self, kustomization, mention, *options, ours_only=False, calls=None):
        self.write("app/kustomization.yaml", kustomization)
        done, recorded = self.run_program(STRATA, options or ["--enable-helm"])
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        self.assertIn(mention, done.stderr)
        if calls is not None:
            self.assertEqual([call["arguments"][0] for call in recorded], calls)
        kustomize = os.environ.get("KUSTOMIZE_BINARY")
        if kustomize and not ours_only:
            self.assertEqual(self.run_program(kustomize, options or ["--enable-helm"])[0].returncode, 1)
        return done.stderr

    # Calls.

    TEMPLATE = ["template", "one", "ROOT/app/charts/app", "-f", "ROOT/tmp/TMP/app-kustomize-values.yaml"]

    def test_a_chart_is_a_version_probe_and_a_template(self):
        calls = self.build(CHART)
        self.assertEqual([self.hide_names(c) for c in calls], [["version", "--short"], self.TEMPLATE])
        self.assertEqual([c["input"] for c in calls], ["", ""])
        self.assertEqual({c["directory"] for c in calls}, {str(self.directory)})
        self.assertEqual(calls[1]["values"], [VALUES])

    def test_all_options_of_a_chart_in_order(self):
        self.write("app/x.yaml", "x: 1\n")
        self.write("app/sub/y.yaml", "y: 1\n")
        got = self.arguments("helmCharts:\n- name: app\n  version: 1.2.3\n  namespace: ns\n  nameTemplate: t-{{ 1 }}\n"
                             "  includeCRDs: true\n  skipHooks: true\n  skipTests: true\n  debug: true\n  devel: true\n"
                             "  kubeVersion: 1.29.0\n  apiVersions: [a/v1, b/v2]\n"
                             "  additionalValuesFiles: [x.yaml, sub/y.yaml]\n")
        self.assertEqual(got[1], [
            "template", "--generate-name", "ROOT/app/charts/app", "--namespace", "ns", "--name-template", "t-{{ 1 }}",
            "-f", "ROOT/tmp/TMP/app-kustomize-values.yaml", "-f", "ROOT/app/x.yaml", "-f", "ROOT/app/sub/y.yaml",
            "--api-versions", "a/v1", "--api-versions", "b/v2", "--kube-version", "1.29.0", "--include-crds",
            "--skip-tests", "--no-hooks", "--debug", "--devel"])

    def test_a_chart_that_is_missing_is_pulled(self):
        inline = "  valuesInline: {a: 1}\n  valuesMerge: replace\n"
        pull = lambda more: self.arguments(f"helmCharts:\n- name: far\n{more}{inline}")[1]
        home = ["pull", "--untar", "--untardir", "ROOT/app/charts"]
        self.assertEqual(pull("  repo: https://h/x\n"), [*home, "--repo", "https://h/x", "far"])
        self.assertEqual(pull("  repo: oci://h/x/\n  devel: true\n"), [*home, "oci://h/x/far", "--devel"])
        self.assertEqual(pull("  repo: https://h/x\n  version: 1.0.0\n"),
                         [*home[:3], "ROOT/app/charts/far-1.0.0", "--repo", "https://h/x", "far", "--version", "1.0.0"])

    def test_a_chart_that_is_there_is_not_pulled(self):
        self.assertEqual(len(self.build(CHART + "  repo: https://h/x\n")), 2)
        self.write("app/charts/app-2.0.0/app/values.yaml", "v: 2\n")
        calls = self.build(CHART + "  repo: https://h/x\n  version: 2.0.0\n")
        self.assertEqual(self.hide_names(calls[1])[2], "ROOT/app/charts/app-2.0.0/app")
        self.assertEqual(calls[1]["values"], ["v: 2\n"])

    def test_the_command_line_counts_where_the_chart_says_nothing(self):
        options = ["--helm-kube-version", "1.30", "--helm-api-versions", "x/v1", "--helm-debug"]
        self.assertEqual(self.arguments(CHART, *options)[1],
                         [*self.TEMPLATE, "--api-versions", "x/v1", "--kube-version", "1.30", "--debug"])
        self.assertEqual(self.arguments(CHART + "  kubeVersion: '1.2'\n  apiVersions: [own]\n  debug: false\n",
                                        *options)[1],
                         [*self.TEMPLATE, "--api-versions", "own", "--kube-version", "1.2", "--debug"])
        self.assertEqual(self.messages.count("[helm-option]"), 2, self.messages)

    def test_charts_overwrite_the_api_versions_of_others(self):
        self.write("bin/OUTPUT", "")
        chart = "- {name: app, releaseName: %s%s}\n"
        charts = "helmCharts:\n" + chart % ("one", "") + chart % ("two", ", apiVersions: [own]")
        calls = self.arguments(charts, "--helm-api-versions", "a", "--helm-api-versions", "b", want="")
        self.assertEqual([call[5:] for call in calls if call[0] == "template"],
                         [["--api-versions", "own", "--api-versions", "b"], ["--api-versions", "own"]])

    def test_namespaces_come_from_the_nearest_kustomization(self):
        self.write("app/base/kustomization.yaml", CHART)
        self.write("app/base/charts/app/values.yaml", VALUES)
        for own, consumer, want in (("", "top", ["--namespace", "top"]), ("mine", "top", ["--namespace", "mine"]),
                                    ("", "", [])):
            self.write("app/base/kustomization.yaml", f"namespace: '{own}'\n{CHART}")
            got = self.arguments(f"namespace: '{consumer}'\nresources: [base]\n")
            self.assertEqual(got[1][3:-2], want)

    def test_a_generator_takes_no_namespace_from_the_kustomization(self):
        self.write("app/g.yaml", "apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: g}\n"
                                 "name: app\nreleaseName: one\nunknown: 1\n")
        self.assertEqual(self.arguments("namespace: top\ngenerators: [g.yaml]\n")[1], self.TEMPLATE)

    def test_the_deprecated_field_is_a_chart(self):
        self.write("app/own/app/values.yaml", VALUES)
        got = self.arguments("helmChartInflationGenerator:\n- chartName: app\n  releaseName: one\n  chartHome: own\n"
                             "  releaseNamespace: ignored\n  extraArgs: [--ignored]\n")
        self.assertEqual(got[1], [*self.TEMPLATE[:2], "ROOT/app/own/app", *self.TEMPLATE[3:]])

    def test_versions_three_and_four_are_accepted(self):
        for version in ("v3.1.2", "3.1", "v4.0.0+g", 'version.BuildInfo{Version:"v3.2.0"}', "3..1 3.2"):
            self.write("bin/VERSION", version)
            self.assertEqual(len(self.build(CHART)), 2)
        for version in ("v2.17.0", "v3", "nothing", "a warning of 1.2\nv3.1.0", "12.3.4"):
            self.write("bin/VERSION", version)
            self.refuse(CHART, "[helm-version]", calls=["version"])

    # The environment.

    def test_helm_has_a_home_of_its_own_and_no_plugins(self):
        environment = self.build(CHART)[1]["environment"]
        home = environment["HELM_CONFIG_HOME"]
        self.assertRegex(home, rf"^{self.temporary}/kustomize-helm-\w+/helm$")
        self.assertEqual(environment["HELM_CACHE_HOME"], home + "/.cache")
        self.assertEqual(environment["HELM_DATA_HOME"], home + "/.data")
        self.assertEqual(environment["HELM_PLUGINS"], os.path.dirname(home) + "/plugins")
        self.assertEqual(environment["SECRET"], "s3cret")

    def test_config_home_is_passed_as_written(self):
        environment = self.build("helmGlobals: {configHome: conf}\n" + CHART)[1]["environment"]
        self.assertEqual((environment["HELM_CONFIG_HOME"], environment["HELM_CACHE_HOME"]), ("conf", "conf/.cache"))
        self.assertTrue(environment["HELM_PLUGINS"].startswith(str(self.temporary)))

    def test_name_templates_see_no_variables(self):
        environment = self.build(CHART + "  nameTemplate: '{{ env \"SECRET\" }}'\n")[1]["environment"]
        self.assertNotIn("SECRET", environment)
        self.assertEqual(environment["PATH"], self.environment["PATH"])
        self.assertIn("[helm-name-template]", self.messages)
        self.build(CHART + "  nameTemplate: dev-environment\n")
        self.assertEqual(self.messages, "")

    # Values.

    def test_values_are_merged_in_three_ways(self):
        inline = "  valuesInline: {a: 5, b: {d: [z], e: 1.0}}\n"
        both = "a: %s\nb:\n  c: 2\n  d:\n%s  e: 1\n"
        self.assertEqual(self.values(CHART + inline), both % (5, "  - z\n"))
        self.assertEqual(self.values(CHART + inline + "  valuesMerge: override\n"), both % (5, "  - z\n"))
        self.assertEqual(self.values(CHART + inline + "  valuesMerge: merge\n"), both % (1, "  - x\n  - \"y\"\n"))
        self.assertEqual(self.values(CHART + inline + "  valuesMerge: replace\n"), "a: 5\nb:\n  d:\n  - z\n  e: 1\n")

    def test_a_null_removes_unless_all_is_replaced(self):
        self.assertEqual(self.values(CHART + "  valuesInline: {b: {d: null}}\n"), "a: 1\nb:\n  c: 2\n")
        self.assertIn("[helm-value-lost]", self.messages)
        self.assertEqual(self.values(CHART + "  valuesInline: {b: {d: null}}\n  valuesMerge: replace\n"),
                         "b:\n  d: null\n")
        self.assertEqual(self.messages, "")

    def test_aliases_in_the_file_are_lost_but_in_lists(self):
        self.write("app/charts/app/values.yaml", "a: &a 1\nb: *a\nc: {<<: *a}\nl: [*a]\nkept: 0644\n")
        self.assertEqual(self.values(CHART + "  valuesInline: {z: 1}\n"), "a: 1\nc: {}\nkept: 420\nl:\n- 1\nz: 1\n")
        self.assertEqual(self.messages.count("[helm-value-lost]"), 2, self.messages)

    def test_inline_numbers_are_rounded_and_those_of_the_file_are_not(self):
        self.write("app/charts/app/values.yaml", "file: 9007199254740993\n")
        self.assertEqual(self.values(CHART + "  valuesInline: {inline: 9007199254740993, yes: 1e6}\n"),
                         "file: 9007199254740993\ninline: 9007199254740992\n\"true\": 1000000\n")

    def test_inline_values_named_like_fields_of_a_chart_become_texts(self):
        self.assertEqual(
            self.values(CHART + "  valuesMerge: replace\n"
                        "  valuesInline: {version: 1.10, Name: 5, debug: 1, apiVersions: [1, x], b: {version: 2}}\n"),
            'Name: "5"\napiVersions:\n- "1"\n- x\nb:\n  version: 2\ndebug: 1\nversion: "1.1"\n')

    def test_known_resources_merge_by_their_keys_new_elements_last(self):
        container = "o: {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [%s]}}}}\n"
        self.write("app/charts/app/values.yaml", container % "{name: a, image: i}, {name: b, image: i}")
        inline = container % "{name: new}, {name: b, image: j}"
        got = self.values(CHART + "  valuesInline:\n    " + inline)
        self.assertEqual(re.findall(r"image: (\w)\n +name: (\w+)|- name: (\w+)", got),
                         [("i", "a", ""), ("j", "b", ""), ("", "", "new")])

    def test_without_inline_values_the_file_is_copied_unread(self):
        for inline in ("", "  valuesInline: {}\n"):
            self.write("app/v.yaml", "# comment\na: [\n")
            self.assertEqual(self.values(CHART + "  valuesFile: v.yaml\n" + inline), "# comment\na: [\n")

    def test_an_empty_file_merges_with_nothing(self):
        self.write("app/charts/app/values.yaml", "# nothing\n")
        self.refuse(CHART + "  valuesInline: {a: 1}\n", "[helm-values]")

    # What comes out.

    def test_resources_of_charts_keep_their_namespace(self):
        self.write("bin/OUTPUT", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n---\n# nothing\n")
        self.build("namespace: other\nnamePrefix: p-\n" + CHART, want=RENDERED.replace("name: c", "name: p-c"))

    def test_empty_output_is_no_resource(self):
        self.write("bin/OUTPUT", "")
        self.build(CHART, want="")

    def test_what_is_no_resource_is_refused(self):
        for output in ("WARNING: old\n---\n" + RENDERED, RENDERED + "---\n" + RENDERED,
                       "apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\n"):
            self.write("bin/OUTPUT", output)
            self.refuse(CHART, "error:")

    def test_a_second_look_leaves_local_resources_out(self):
        local = RENDERED + "  annotations: {config.kubernetes.io/local-config: 'true'}\n"
        self.write("bin/OUTPUT", RENDERED + "---\n" + local)
        self.build(CHART)

    def test_origins_name_the_generator(self):
        got = ("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    config.kubernetes.io/origin: |\n"
               "      configuredIn: kustomization.yaml\n      configuredBy:\n        apiVersion: builtin\n"
               "        kind: HelmChartInflationGenerator\n  name: c\n")
        self.build("buildMetadata: [originAnnotations]\n" + CHART, want=got)

    # Refusals.

    def test_helm_is_off_by_default(self):
        message = self.refuse(CHART, "--enable-helm", "--enable-helm=false", calls=[])
        self.assertIn("app/kustomization.yaml:2:3", message)
        self.assertIn("[helm-disabled]", message)

    def test_nothing_runs_when_a_later_chart_is_refused(self):
        self.refuse(CHART + "- name: -x\n", "[helm-chart]", calls=[])

    def test_names_that_helm_or_the_disk_would_misread(self):
        for name in ("''", "-x", "a/b", "c/", "../app", ".."):
            self.refuse(f"helmCharts:\n- name: {name}\n", "[helm-chart]", calls=[], ours_only=name == "..")
        self.refuse("helmCharts:\n- name: app\n  releaseName: -x\n", "[helm-chart]", calls=[])
        self.refuse("helmCharts:\n- name: /app\n", "[helm-chart]", calls=[], ours_only=True)
        self.refuse(CHART + "  repo: https://h/x\n  version: ../x\n", "[helm-chart]", calls=[], ours_only=True)
        self.refuse(CHART + "  valuesMerge: mix\n", "valuesMerge must be one of", calls=[])

    def test_a_comma_must_not_name_a_second_values_file(self):
        self.write("app/x,/etc/hostname", "a: 1\n")
        self.refuse(CHART + "  additionalValuesFiles: ['x,/etc/hostname']\n", "comma", ours_only=True, calls=[])

    def test_files_outside_are_not_read(self):
        self.write("x.yaml", "a: 1\n")
        self.refuse(CHART + "  additionalValuesFiles: [../x.yaml]\n", "[file-outside]", calls=[])
        self.refuse(CHART + "  valuesFile: ../x.yaml\n", "[file-outside]", calls=["version"])

    def test_nothing_outside_of_the_root_is_used(self):
        self.write("charts/app/values.yaml", VALUES)
        inline = "  valuesMerge: replace\n  valuesInline: {a: 1}\n"
        self.build("helmGlobals: {chartHome: ../charts}\n" + CHART + inline)
        rooted = ["--enable-helm", "--root", "app"]
        self.refuse("helmGlobals: {chartHome: ../charts}\n" + CHART + inline, "[file-outside]", *rooted, ours_only=True)
        self.refuse("helmGlobals: {configHome: conf}\n" + CHART, "[file-outside]", *rooted, ours_only=True, calls=[])
        self.refuse("helmCharts:\n- {name: far, repo: 'https://h/x'}\n", "[fetch-closed]", *rooted, ours_only=True,
                    calls=["version"])

    def test_a_missing_chart_without_a_repository(self):
        self.refuse("helmCharts:\n- name: far\n", "app/charts/far", calls=["version"])

    def test_a_failure_shows_what_helm_says(self):
        self.write("bin/FAIL", "yes")
        message = self.refuse(CHART, "Error: the template is bad", calls=["version", "template"])
        self.assertIn("exit status 1 [helm-failed]", message)
        self.assertIn("template one", message)

    def test_a_missing_command(self):
        self.refuse(CHART, "[program-missing]", "--enable-helm", "--helm-command", "no-such-helm")


if __name__ == "__main__":
    STRATA = os.path.abspath(sys.argv.pop(1))
    unittest.main()
