#!/usr/bin/env python3
"""Shows that each check can fail: breaks its rule in a small tree and wants to be told, and wants silence without it.

usage: selftest.py [--without-format], for a system that lacks the clang-format which check_format wants
"""
import os
import stat
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

GOOD = {
    "include/strata/thing.h": "#define STRATA_API\n/* Makes one. */\nSTRATA_API int strata_thing_new(void);\n",
    "lib/core/README.md": "# core\n",
    "lib/core/CMakeLists.txt": "target_sources(x PRIVATE a.c)\n",
    "lib/core/a.h": "int a(void);\n",
    "lib/core/a.c": '#include "core/a.h"\n#include "strata/thing.h"\n\n'
                    'int a(void) { return 1; /* no exit() here, "exit()" */ }\n',
    "cli/README.md": "# cli\n",
    "cli/CMakeLists.txt": "add_executable(strata main.c)\n",
    "cli/main.c": '#include "strata/thing.h"\n\nint main(void) { return 0; }\n',
    ".clang-format": "BasedOnStyle: LLVM\nIndentWidth: 4\nColumnLimit: 120\n",
}
LONG_FUNCTION = "int main(void) {\n" + "    ;\n" * 80 + "}\n"

# check -> (what is changed in the good tree, what the complaint must mention)
BAD = {
    "includes": [({"lib/core/a.c": '#include "yaml/node.h"\n'}, "yaml/node.h"),
                 ({"lib/source/b.c": '#include "yaml/node.h"\n'}, "yaml/node.h"),
                 ({"cli/main.c": '#include "core/text.h"\n'}, "core/text.h"),
                 ({"include/strata/thing.h": "#include <core/text.h>\n"}, "core/text.h"),
                 ({"lib/core/a.c": "#include <libfyaml.h>\n"}, "libfyaml.h"),
                 ({"cli/main.c": "#include <xxhash.h>\n"}, "xxhash.h")],
    "functions": [({"lib/core/a.c": "void a(char *x) { strcpy(x, x); }\n"}, "strcpy"),
                  ({"lib/core/a.c": 'void a(void) { getenv("HOME"); }\n'}, "getenv"),
                  ({"cli/main.c": "int main(void) { return system(0); }\n"}, "system"),],
    "headers": [({"include/strata/thing.h": "size_t strata_thing_size(void);\n"}, "thing.h"),
                ({"include/strata/thing.h": "int strata_thing(int class);\n"}, "c++17"),
                ({"lib/core/a.h": "bool a(void);\n"}, "core/a.h")],
    "exports": [({"include/strata/thing.h": "#define STRATA_API\n\nSTRATA_API int strata_bare(void);\n"},
                 "no comment")],
    "rooms": [({"lib/core/README.md": None}, "README"),
              ({"lib/core/forgotten.c": "int f;\n"}, "forgotten.c")],
    "texts": [({"lib/core/a.h": "int a(void); \n"}, "blanks"),
              ({"lib/core/a.h": "\tint a(void);\n"}, "tab"),
              ({"lib/core/a.h": "int a(void);"}, "newline"),
              ({"scripts/a.py": "a = 1  # " + "a" * 120 + "\n", "scripts/README.md": "# scripts\n"}, "longer"),
              ({"lib/core/a.h": "/* see /ho" "me/me/notes */\n"}, "machine"),
              ({"lib/core/a.h": "/* TO" "DO */\n"}, "left to do"),
              ({"lib/core/a.h": "/* tra" "p 12 */\n"}, "fact")],
    "length": [({"lib/core/a.c": "int x;\n" * 601}, "601"),
               ({"cli/main.c": LONG_FUNCTION}, "main has 82")],
    "generated": [({"docs/cli.md": "old\n"}, "docs/cli.md")],
    "format": [({"lib/core/a.c": "int   a ;\n"}, "a.c")],
}

# A program that answers `manual --format X` with X, and the pages that say so.
FAKE = "#!/bin/sh\necho \"$3\"\n"
PAGES = {"docs/cli.md": "markdown\n", "docs/diagnostics.md": "diagnostics\n"}


def lay_out(folder, tree):
    for path, content in tree.items():
        if content is None:
            continue
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as f:
            f.write(content)


def judge(check, changes):
    """The status and the output of a check over the good tree with these changes."""
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.join(folder, "tree")
        lay_out(root, {**GOOD, **PAGES, **changes})
        command = [sys.executable, os.path.join(HERE, f"check_{check}.py"), "--root", root]
        if check == "generated":
            program = os.path.join(folder, "strata")
            with open(program, "w") as f:
                f.write(FAKE)
            os.chmod(program, os.stat(program).st_mode | stat.S_IXUSR)
            command += ["--program", program]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def exports_sees_a_library():
    """A library that exports what no header declares, and lacks what one does."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(folder, {**GOOD, "x.c": "int strata_secret(void) { return 1; }\n"})
        library = os.path.join(folder, "libx.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, os.path.join(folder, "x.c")], check=True)
        done = subprocess.run([sys.executable, os.path.join(HERE, "check_exports.py"), "--root", folder, "--library",
                               library], capture_output=True, text=True)
        wanted = ["strata_secret is exported", "strata_thing_new is declared"]
        return done.returncode == 1 and all(w in done.stdout for w in wanted)


def main():
    wrong = []
    checks = sorted(n[len("check_"):-3] for n in os.listdir(HERE) if n.startswith("check_"))
    if "--without-format" in sys.argv[1:]:
        checks.remove("format")
    for check in checks:
        status, output = judge(check, {})
        if status != 0:
            wrong.append(f"{check} complains of a good tree: {output}")
        if check not in BAD:
            wrong.append(f"{check} has no bad tree here")
        for changes, mention in BAD.get(check, []):
            status, output = judge(check, changes)
            if status != 1 or mention not in output:
                wrong.append(f"{check} does not see {mention!r}: status {status}, {output!r}")
    if not exports_sees_a_library():
        wrong.append("exports does not compare the library with the headers")
    print("\n".join(wrong) if wrong else f"{len(checks)} checks, each seen to fail")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
