#!/usr/bin/env python3
"""A machine that fails while the command writes: each old file stays, and no temporary one is left behind.

A filter of the kernel (seccomp) makes one kind of call fail for the command and lets all others through.
"""
import ctypes
import errno
import os
import platform
import resource
import struct

import harness

# The numbers of the calls, and what must hold for one to fail: an argument that is more than, or has the bit.
CALLS = {"x86_64": {"write": (1,), "rename": (82, 264, 316), "fchmod": (91,), "fchown": (93,), "create": (257, 2)},
         "aarch64": {"write": (64,), "rename": (38, 276), "fchmod": (52,), "fchown": (55,), "create": (56,)}}
CALLS = CALLS[platform.machine()]
KINDS = [*CALLS, "write and create"]  # the last as on a disk that is full


def allow_but(kind, problem):
    """Lets each such call of this process and its children fail: writing to files, and creating files that are new."""
    load, equal, more, bits, give = 0x20, 0x15, 0x25, 0x45, 0x06
    number_at, arguments_at = 0, 16
    fail, allow = (give, 0, 0, 0x00050000 | problem), (give, 0, 0, 0x7FFF0000)
    program = []
    for call, number in ((call, number) for call in kind.split(" and ") for number in CALLS[call]):
        if call == "write":  # to what is no standard stream
            test = [(load, 0, 0, arguments_at), (more, 0, 1, 2), fail, allow]
        elif call == "create":  # the flags are the third argument of openat, the second one of open
            test = [(load, 0, 0, arguments_at + (8 if number == 2 else 16)), (bits, 0, 1, os.O_EXCL), fail, allow]
        else:
            test = [fail]
        program += [(load, 0, 0, number_at), (equal, 0, len(test), number), *test]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in [*program, allow]))
    header = struct.pack("@HP", len(program) + 1, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(set_seccomp, filter_mode, header, 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")


class FailingMachine(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.write("more/kustomization.yaml", "namePrefix: more-\nresources: [../app]\n")

    def files(self):
        """Every file of the folder with its content."""
        found = {}
        for place, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.relpath(os.path.join(place, name), self.folder)
                found[path] = self.read(path)
        return found

    def assert_all_or_nothing(self, arguments, outputs):
        """Every call fails once in every way; `outputs` are the old files, which a success replaces."""
        for path in outputs:
            self.write(path, "old\n")
        before = self.files()
        failed = set()
        for call in KINDS:
            for problem in (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EMFILE):
                with self.subTest(arguments=arguments, call=call, problem=problem):
                    done = self.run_program(*arguments, preexec_fn=lambda: allow_but(call, problem))
                    if done.returncode == 0:
                        self.restore(before)
                        continue
                    self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
                    self.assertIn(os.strerror(problem), done.stderr)
                    self.assertEqual(self.files(), before)
                    failed.add(call)
        self.assertLessEqual({"write", "create", "rename", "write and create"}, failed)
        self.assertEqual(self.run_program(*arguments).returncode, 0)
        self.assertEqual(set(self.files()), set(before), "nothing but the outputs")
        self.assertNotIn("old\n", self.files().values())

    def restore(self, files):
        self.assertEqual(set(self.files()), set(files))
        for path, content in files.items():
            self.write(path, content)

    def test_output_file(self):
        self.assert_all_or_nothing(["build", "app", "-o", "out.yaml"], ["out.yaml"])

    def test_output_file_of_another_owner(self):
        self.give_away(self.write("out.yaml", ""))
        self.assert_all_or_nothing(["build", "app", "-o", "out.yaml"], ["out.yaml"])

    def test_output_directory(self):
        self.assert_all_or_nothing(["build", "app", "-o", "rendered"], ["rendered/v1_configmap_c.yaml"])

    def test_several_targets(self):
        self.assert_all_or_nothing(["build", "app", "more", "-o", "rendered"],
                                   ["rendered/app/manifests.yaml", "rendered/more/manifests.yaml"])

    def test_file_that_is_mounted_by_itself_is_written_in_place(self):
        self.write("out.yaml", "old\n")
        before = set(self.files())
        for arguments, place in ((["build", "app", "-o", "out.yaml"], "."),
                                 (["edit", "set", "nameprefix", "x-"], "app")):
            done = self.run_program(*arguments, cwd=os.path.join(self.folder, place),
                                    preexec_fn=lambda: allow_but("rename", errno.EBUSY))
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(set(self.files()), before)
        self.assertEqual(self.read("out.yaml"), harness.RESOURCE)
        self.assertIn("namePrefix: x-\n", self.read("app/kustomization.yaml"))

    def test_new_file(self):
        for call in ("write", "create", "rename"):
            for arguments in (["build", "app", "-o", "new.yaml"], ["build", "app", "more", "-o", "."],
                              ["create"], ["cfg", "cat", "app", "--dest", "new.yaml"]):
                before = self.files()
                with self.subTest(arguments=arguments, call=call):
                    done = self.run_program(*arguments, preexec_fn=lambda: allow_but(call, errno.ENOSPC))
                    self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
                    self.assertEqual(self.files(), before)

    def test_edit(self):
        app = os.path.join(self.folder, "app")
        before = self.files()
        for call in ("write", "create", "rename", "fchmod", "write and create"):
            for problem in (errno.ENOSPC, errno.EIO, errno.EDQUOT):
                with self.subTest(call=call, problem=problem):
                    done = self.run_program("edit", "set", "nameprefix", "x-", cwd=app,
                                            preexec_fn=lambda: allow_but(call, problem))
                    self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
                    self.assertIn(os.strerror(problem), done.stderr)
                    self.assertEqual(self.files(), before)

    def test_edit_of_another_owner_s_file(self):
        self.give_away(os.path.join(self.folder, "app/kustomization.yaml"))
        before = self.files()
        for call in ("fchown", "fchown and write"):
            for problem in (errno.ENOSPC, errno.EIO, errno.EDQUOT):
                with self.subTest(call=call, problem=problem):
                    done = self.run_program("edit", "set", "nameprefix", "x-", cwd=os.path.join(self.folder, "app"),
                                            preexec_fn=lambda: allow_but(call, problem))
                    self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
                    self.assertEqual(self.files(), before)

    def test_file_that_may_not_grow(self):
        """A part of the bytes can be written, then none."""
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        self.write("rendered/app/manifests.yaml", "old\n")
        self.write("all/v1_configmap_c.yaml", "old\n")
        before = self.files()
        for arguments, place in ((["build", "app", "more", "-o", "rendered"], "."),
                                 (["build", "app", "-o", "all"], "."),
                                 (["edit", "set", "nameprefix", "x-"], "app")):
            done = self.run_program(*arguments, cwd=os.path.join(self.folder, place), preexec_fn=limit)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertEqual(self.files(), before)


if __name__ == "__main__":
    harness.main()
