#!/usr/bin/env python3
"""`openapi`: that limits hold for it. What it prints is in tests/commands/openapi."""
import os

import harness


class Limits(harness.CommandTest):
    def fetch(self, *arguments):
        """With a kubectl that prints 1,000 bytes."""
        program = self.write("bin/kubectl", '#!/bin/sh\nprintf \'{"a": "%s"}\' "$(printf %0991d 0)"\n')
        os.chmod(program, 0o755)
        path = os.path.dirname(program) + ":/usr/bin:/bin"
        return self.run_program("openapi", "fetch", *arguments, env={**os.environ, "PATH": path})

    def test_limits_hold(self):
        done = self.fetch("--limit", "input_total=999")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("(limit input_total) [limit]", done.stderr)
        self.assertEqual(self.fetch("--limit", "input_total=1K").returncode, 0)

    def test_values_that_are_no_limits_are_refused(self):
        done = self.fetch("--limit", "input_total")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--limit needs NAME=NUMBER", done.stderr)


if __name__ == "__main__":
    harness.main()
