#!/usr/bin/env python3
"""What a terminal gets: colours where they are wanted, and nothing from the input that it would obey."""
import os
import pty
import subprocess

import harness


class Terminal(harness.CommandTest):
    def on_terminal(self, *arguments, **environment):
        """Standard error of the program when it is a terminal."""
        outer, inner = pty.openpty()
        env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        process = subprocess.Popen([harness.PROGRAM, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=inner, env={**env, "TERM": "xterm", **environment})
        os.close(inner)
        text = b""
        while True:
            try:
                piece = os.read(outer, 4096)
            except OSError:
                break
            if not piece:
                break
            text += piece
        os.close(outer)
        process.wait(60)
        return text

    def test_colours_on_a_terminal_only(self):
        self.assertIn(b"\033[", self.on_terminal("build", "broken"))
        self.assertNotIn("\033", self.run_program("build", "broken", env={"NO_COLOR": ""}).stderr)

    def test_no_colour_and_dumb_terminals_are_respected(self):
        self.assertNotIn(b"\033", self.on_terminal("build", "broken", NO_COLOR="1"))
        self.assertNotIn(b"\033", self.on_terminal("build", "broken", TERM="dumb"))
        self.assertIn(b"\033[", self.on_terminal("build", "broken", NO_COLOR=""))

    def test_input_cannot_drive_the_terminal(self):
        evil = "\\e]0;title\\a\\u202e\\u009b31m\\x7f"
        self.write("broken/kustomization.yaml", f'resources: ["{evil}.yaml"]\n')
        done = self.run_program("build", "broken")
        self.assertEqual(done.returncode, 1)
        for bad in ("\033", "\a", "\u202e", "\u009b", "\x7f"):
            self.assertNotIn(bad, done.stderr)

    def test_arguments_cannot_drive_the_terminal(self):
        for arguments in (["build", "--\033[31m"], ["\033[31m"], ["build", "\033[31m"]):
            self.assertNotIn("\033", self.run_program(*arguments).stderr)

    def test_caret_stands_under_the_column(self):
        self.write("broken/kustomization.yaml", "resources:\n- nothing.yaml\n")
        lines = self.run_program("build", "broken").stderr.split("\n")
        self.assertTrue(lines[0].startswith("broken/kustomization.yaml:2:3: error: "), lines)
        self.assertEqual(lines[1], "    2 | - nothing.yaml")
        self.assertEqual(lines[2].rstrip()[:11], "      |   ^")

    def test_long_lines_are_cut_around_the_caret(self):
        self.write("broken/kustomization.yaml", "resources: [" + " " * 500 + "nothing.yaml" + " " * 500 + "]\n")
        lines = self.run_program("build", "broken").stderr.split("\n")
        self.assertLess(max(len(line) for line in lines), 300)
        self.assertEqual(lines[1][lines[2].index("^"):][:12], "nothing.yaml")

    def test_place_far_out_in_a_line_has_no_excerpt(self):
        self.write("broken/kustomization.yaml", "resources: [" + " " * 50000 + "nothing.yaml]\n")
        lines = self.run_program("build", "broken").stderr.split("\n")
        self.assertTrue(lines[0].startswith("broken/kustomization.yaml:1:50013: error: "), lines[0][:200])
        self.assertLess(sum(len(line) for line in lines), 1000)


if __name__ == "__main__":
    harness.main()
