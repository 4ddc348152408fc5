"""What the tests of the command share: a place with a small kustomization, and how the program is called."""
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None
KUSTOMIZATION = "resources: [c.yaml]\n"
RESOURCE = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n"


class CommandTest(unittest.TestCase):
    """Each test has a folder of its own, with `app`, which renders to RESOURCE, and `broken`, which is refused."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = os.path.realpath(place.name)
        self.write("app/kustomization.yaml", KUSTOMIZATION)
        self.write("app/c.yaml", RESOURCE)
        self.write("broken/kustomization.yaml", "resources: [nothing.yaml]\n")

    def write(self, path, text):
        full = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as f:
            f.write(text)
        return full

    def read(self, path):
        with open(os.path.join(self.folder, path)) as f:
            return f.read()

    def give_away(self, path):
        """Another owner and group for the file, as far as they may be given; both are returned."""
        owner = (1000, 1001) if os.geteuid() == 0 else (os.geteuid(), max(os.getgroups(), default=os.getegid()))
        os.chown(path, *owner)
        return owner

    def run_program(self, *arguments, program=None, **keywords):
        environment = {**os.environ, "NO_COLOR": "1", **keywords.pop("env", {})}
        keywords.setdefault("stdout", subprocess.PIPE)
        keywords.setdefault("stderr", subprocess.PIPE)
        keywords.setdefault("cwd", self.folder)
        return subprocess.run([program or PROGRAM, *arguments], env=environment, text=True, stdin=subprocess.DEVNULL,
                              timeout=60, **keywords)

    def assert_output(self, arguments, want, status=0, **keywords):
        done = self.run_program(*arguments, **keywords)
        self.assertEqual((done.returncode, done.stdout), (status, want), (arguments, done.stderr))
        return done

    def assert_refused(self, arguments, mention, status, **keywords):
        done = self.run_program(*arguments, **keywords)
        self.assertEqual((done.returncode, done.stdout), (status, ""), (arguments, done.stderr))
        self.assertIn(mention, done.stderr)
        return done


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
