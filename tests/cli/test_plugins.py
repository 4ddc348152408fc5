#!/usr/bin/env python3
"""What programs get: containers (through a stand-in for docker), plugins of the plugin home, executables.

The argument lists, files and environments are those that kustomize v5.8.2 gives the same stand-ins.
"""
import os

import harness

RESOURCE = harness.RESOURCE
NOTE = '#!/bin/sh\nfor a in "$@"; do printf "<%s>\\n" "$a"; done >"$LOG"\n'


class PluginTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.log = os.path.join(self.folder, "log")
        self.search = os.path.join(self.folder, "bin") + ":" + os.environ["PATH"]

    def program(self, path, text):
        os.chmod(self.write(path, text), 0o755)

    def configure(self, config, role="transformers"):
        self.write("app/kustomization.yaml", f"resources: [c.yaml]\n{role}: [config.yaml]\n")
        self.write("app/config.yaml", config)

    def build(self, *arguments, want=RESOURCE, **variables):
        environment = {"PATH": self.search, "LOG": self.log, **variables}
        return self.assert_output(["build", "--enable-alpha-plugins", *arguments, "app"], want, env=environment)

    def refuse(self, mention, *arguments, **variables):
        environment = {"PATH": self.search, "LOG": self.log, **variables}
        return self.assert_refused(["build", "--enable-alpha-plugins", *arguments, "app"], mention, 1, env=environment)

    def logged(self):
        return self.read("log").splitlines()


class Containers(PluginTest):
    FIXED = ["<run>", "<--rm>", "<-i>", "<-a>", "<STDIN>", "<-a>", "<STDOUT>", "<-a>", "<STDERR>"]
    VARIABLES = ["<-e>", "<LOG_TO_STDERR=true>", "<-e>", "<STRUCTURED_RESULTS=true>"]

    def function(self, spec):
        lines = "".join(f"      {line}\n" for line in spec.splitlines())
        self.configure("apiVersion: example.org/v1\nkind: Fn\nmetadata:\n  name: fn\n  annotations:\n"
                       f"    config.kubernetes.io/function: |\n{lines}")
        self.program("bin/docker", NOTE + "exec cat\n")

    def given(self, network="none", user="nobody"):
        return [*self.FIXED, "<--network>", f"<{network}>", "<--user>", f"<{user}>",
                "<--security-opt=no-new-privileges>"]

    def test_gets_the_fixed_arguments(self):
        self.function("container: {image: example.org/fn:1}")
        self.build()
        self.assertEqual(self.logged(), [*self.given(), *self.VARIABLES, "<example.org/fn:1>"])

    def test_network_and_user_need_their_options(self):
        self.function("container: {image: i, network: true}")
        self.refuse("--network")
        self.build("--network", "--network-name", "other", "--as-current-user")
        self.assertEqual(self.logged(), [*self.given("host", f"{os.getuid()}:{os.getgid()}"), *self.VARIABLES, "<i>"])

    def test_variables_are_sorted_and_the_command_line_wins(self):
        self.function("container: {image: i, envs: [B=1, A, LOG_TO_STDERR=no, C=d=e, A, B=2]}")
        self.build("-e", "B=9", "-e", "Q", "-e", "A")
        self.assertEqual(self.logged(), [*self.given(), "<-e>", "<B=9>", "<-e>", "<C=d=e>", *self.VARIABLES, "<-e>",
                                         "<A>", "<-e>", "<Q>", "<i>"])

    def test_mounts_start_at_the_kustomization(self):
        self.function("container:\n  image: i\n  mounts:\n  - {type: bind, src: a/../b, dst: /x}\n"
                      "  - {type: volume, src: v, dst: /y, rw: true}")
        self.build("--mount", "type=bind,src=/abs,dst=/z", "--mount", "type=tmpfs,target=/t,rw=true")
        app = os.path.join(self.folder, "app")
        self.assertEqual(self.logged(), [
            *self.given(), "<--mount>", f"<type=bind,source={app}/b,target=/x,readonly>", "<--mount>",
            f"<type=volume,source={app}/v,target=/y>", "<--mount>", "<type=bind,source=/abs,target=/z,readonly>",
            "<--mount>", f"<type=tmpfs,source={app},target=/t>", *self.VARIABLES, "<i>"])

    def test_mounts_that_lead_out_are_refused(self):
        for source in ("/etc", "../x", "a/../../b", "..x", "a,source=/etc", 'a\\"b'):
            self.function(f'container: {{image: i, mounts: [{{type: bind, src: "{source}", dst: /x}}]}}')
            self.refuse("mount")
        self.assertFalse(os.path.exists(self.log))

    def test_podman_stands_in_for_docker(self):
        self.function("container: {image: i}")
        os.rename(os.path.join(self.folder, "bin/docker"), os.path.join(self.folder, "bin/podman"))
        self.search = os.path.join(self.folder, "bin")
        for tool in ("cat", "sh"):
            os.symlink(f"/bin/{tool}", os.path.join(self.folder, "bin", tool))
        self.build()
        self.assertEqual(self.logged()[0], "<run>")
        os.remove(os.path.join(self.folder, "bin/podman"))
        self.refuse("docker or podman")


class Executables(PluginTest):
    def function(self, spec):
        self.configure("apiVersion: example.org/v1\nkind: Fn\nmetadata:\n  name: fn\n  annotations:\n"
                       f"    config.kubernetes.io/function: 'exec: {spec}'\n")

    def test_runs_in_the_directory_of_the_kustomization(self):
        self.program("app/fn.sh", "#!/bin/sh\npwd >\"$LOG\"\nexec cat\n")
        self.function("{path: ./fn.sh}")
        self.build("--enable-exec")
        self.assertEqual(self.logged(), [os.path.join(self.folder, "app")])

    def test_environment_takes_entries_with_one_equals_sign(self):
        self.program("app/fn.sh", "#!/bin/sh\nenv | grep '^[A-Z]_' | sort >\"$LOG\"\nexec cat\n")
        self.function("{path: ./fn.sh, envs: [A_=1, B_, C_=x=y, D_=]}")
        self.build("--enable-exec", "-e", "A_=2", "-e", "E_=3", E_="0", F_="4")
        self.assertEqual(self.logged(), ["A_=2", "D_=", "E_=3", "F_=4"])

    def test_what_it_says_reaches_standard_error(self):
        self.program("app/fn.sh", "#!/bin/sh\necho working >&2\nexec cat\n")
        self.function("{path: ./fn.sh}")
        self.assertEqual(self.build("--enable-exec").stderr, "working\n")

    def test_program_that_reads_nothing_is_fine(self):
        self.program("app/fn.sh", "#!/bin/sh\nexec <&-\ncat c.yaml\n")
        self.write("app/c.yaml", RESOURCE + "data:\n  big: " + "x" * 300000 + "\n")
        self.function("{path: ./fn.sh}")
        self.build("--enable-exec", want="apiVersion: v1\ndata:\n  big: " + "x" * 300000 +
                   "\nkind: ConfigMap\nmetadata:\n  name: c\n")

    def test_path_is_searched_for_names_without_a_slash(self):
        self.function("{path: no-such-program}")
        self.refuse("no-such-program", "--enable-exec")
        self.function("{path: fn}")
        self.program("app/fn", "#!/bin/sh\nexec cat\n")
        self.refuse("on PATH", "--enable-exec", PATH=".:/bin:/usr/bin")


class PluginHome(PluginTest):
    CONFIG = "apiVersion: example.org/v1\nkind: Thing\nmetadata:\n  name: t\n"
    PLACE = "example.org/v1/thing/Thing"
    SHOW = ('#!/bin/sh\n{ cat "$1"; shift; for a in "$@"; do printf "<%s>\\n" "$a"; done; pwd; '
            'echo "$KUSTOMIZE_PLUGIN_CONFIG_ROOT"; printf "%s" "$KUSTOMIZE_PLUGIN_CONFIG_STRING" | wc -c; } >"$LOG"\n'
            "exec cat\n")

    def plugin(self, config, program=SHOW):
        self.configure(config)
        self.program("home/" + self.PLACE, program)
        self.home = {"KUSTOMIZE_PLUGIN_HOME": os.path.join(self.folder, "home")}

    def arguments(self, fields):
        """The arguments beside the configuration file."""
        self.plugin(self.CONFIG + fields)
        self.build(**self.home)
        return [line for line in self.logged() if line.startswith("<")]

    def test_gets_its_configuration_three_times(self):
        self.plugin(self.CONFIG)
        self.build(**self.home)
        app = os.path.join(self.folder, "app")
        self.assertEqual([line.strip() for line in self.logged()],
                         [*[line.strip() for line in self.CONFIG.splitlines()], app, app, str(len(self.CONFIG))])

    def test_long_configuration_stays_out_of_the_environment(self):
        self.plugin(self.CONFIG + "data: " + "x" * 131100 + "\n")
        self.build(**self.home)
        self.assertEqual(self.logged()[-1].strip(), "0")

    def test_arguments_are_split_as_kustomize_splits_them(self):
        cases = {"a 'b c' \"d e\"": ["a", "b c", "d e"], "a\\ b": ["a b"], "a#b c": ["a"], "'' a": ["a"],
                 "'a\\b' \"x\\ny\"": ["a\\b", "xny"], "x '#y'": ["x", "#y"], "it''s": ["its"],
                 "a\u00a0b\u3000c": ["a", "b", "c"]}
        for line, want in cases.items():
            quoted = line.replace("'", "''")
            self.assertEqual(self.arguments(f"argsOneLiner: '{quoted}'\n"), [f"<{w}>" for w in want], line)

    def test_lines_of_a_file_are_arguments(self):
        self.write("app/args.txt", "  x y\n\n\tz\n'q'\nlast")
        self.assertEqual(self.arguments("argsOneLiner: one\nargsFromFile: args.txt\n"),
                         ["<one>", "<x y>", "<\tz>", "<'q'>", "<last>"])

    def test_leaves_no_file_behind(self):
        temporary = os.path.join(self.folder, "tmp")
        os.mkdir(temporary)
        self.plugin(self.CONFIG, '#!/bin/sh\nls "$TMPDIR" | grep -c kust-plugin-config- >"$LOG"\nexit 1\n')
        self.refuse("exit status 1", TMPDIR=temporary, **self.home)
        self.assertEqual((self.logged(), os.listdir(temporary)), (["1"], []))

    def test_homes_are_looked_for_in_order(self):
        self.configure(self.CONFIG)
        nothing = {"KUSTOMIZE_PLUGIN_HOME": "", "XDG_CONFIG_HOME": "", "HOME": os.path.join(self.folder, "h")}
        self.refuse("h/.config/kustomize/plugin", **nothing)
        for folder in ("h/kustomize/plugin/", "h/.config/kustomize/plugin/"):
            self.program(folder + self.PLACE, f"#!/bin/sh\necho {folder} >\"$LOG\"\nexec cat\n")
            self.build(**nothing)
            self.assertEqual(self.logged(), [folder])
        self.program("x/kustomize/plugin/" + self.PLACE, "#!/bin/sh\necho xdg >\"$LOG\"\nexec cat\n")
        self.build(**{**nothing, "XDG_CONFIG_HOME": os.path.join(self.folder, "x")})
        self.assertEqual(self.logged(), ["xdg"])

    def test_programs_that_can_not_run_are_named(self):
        self.plugin(self.CONFIG)
        path = os.path.join(self.folder, "home", self.PLACE)
        os.chmod(path, 0o644)
        self.refuse("is not executable", **self.home)
        os.rename(path, path + ".so")
        self.refuse("is a Go plugin", **self.home)
        os.remove(path + ".so")
        self.refuse("there is no plugin", **self.home)

    def test_types_that_climb_are_refused(self):
        self.plugin(self.CONFIG)
        self.program("app/evil", '#!/bin/sh\ntouch "$LOG"\nexec cat\n')
        for kind, version in (("../../../app/evil", "v1"), ("evil", "../../app"), ("Thing", "..")):
            self.write("app/config.yaml", f"apiVersion: {version}\nkind: {kind}\nmetadata:\n  name: t\n")
            self.refuse("leads out of it", **self.home)
        self.assertFalse(os.path.exists(self.log))


if __name__ == "__main__":
    harness.main()
