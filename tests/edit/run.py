#!/usr/bin/env python3
"""Edits random kustomization files with random commands: only the lines concerned change, and with --reference the
file means what kustomize makes of it."""
import argparse
import collections
import os
import random
import shutil
import subprocess
import sys
import tempfile

import commands
import kustomization_text

RESOURCE = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n"
FILES = {
    **{name: RESOURCE % name[0] for name in ("a.yaml", "b.yaml", "c.yaml", "x/d.yaml", "p.yaml", "q.yaml")},
    "base/kustomization.yaml": "resources: []\n",
    "comp/kustomization.yaml": "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nresources: []\n",
    "app.env": "ENVIRONMENT=1\n",
    "cfg.txt": "text\n",
}


class Place:
    """A directory with the files that the commands name and one kustomization file."""

    def __init__(self):
        self.path = tempfile.mkdtemp()
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name, text):
        full = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", newline="") as f:
            f.write(text)

    def read(self):
        with open(os.path.join(self.path, "kustomization.yaml"), newline="") as f:
            return f.read()

    def edit(self, program, text, command):
        self.write("kustomization.yaml", text)
        done = subprocess.run([program, "edit", *command], cwd=self.path, capture_output=True, text=True, timeout=60,
                              stdin=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})
        return done.returncode, self.read(), done.stderr

    def remove(self):
        shutil.rmtree(self.path)


def comments(text):
    return collections.Counter(l.strip() for l in text.splitlines() if l.lstrip().startswith("#"))


def lost_comments(before, after):
    return sorted((comments(before) - comments(after)).elements())


def foreign_lines(lines, owners, after, allowed):
    """Lines that went more often than the fields have them that the command is about."""
    gone = collections.Counter(l for l in lines if l.strip()) - collections.Counter(after.splitlines())
    own = collections.Counter(l for l, o in zip(lines, owners) if o in allowed)
    return sorted((gone - own).elements())


def is_empty_field(owner, lines, owners):
    """A field that says nothing (`resources: []`, `namespace: ""`) goes with the first edit, as in kustomize."""
    own = [plain(l) for l, o in zip(lines, owners) if o == owner and l.strip() and not l.lstrip().startswith("#")]
    if len(own) != 1:
        return False
    value = own[0].split(" #")[0].partition(":")[2].strip()
    return value in ("[]", "{}", "")


def plain(line):
    return line.replace("'", "").replace('"', "")


# Within an entry the same holds for what is deprecated or says nothing.
MOVED_INSIDE = ("env:", "includeSelectors: false", "disableNameSuffixHash: false", "labels: {}")


def check_lines(text, made, command, fields, after):
    _, lines, owners = made
    allowed = set(fields)
    for deprecated, successor in commands.MOVED.items():
        if deprecated in owners:
            allowed |= {deprecated, successor}
    allowed |= {o for o in set(owners) if is_empty_field(o, lines, owners)}
    gone = [l for l in foreign_lines(lines, owners, after, allowed)
            if not any(word in plain(l) for word in MOVED_INSIDE)]
    if gone:
        return f"lines went that {command} is not about: {gone}"
    lost = lost_comments(text, after)
    return f"comments were lost: {lost}" if lost else None


def without_nothings(tree):
    """Without what says nothing: kustomize drops `includeSelectors: false` and `labels: {}` inside of entries, which
    strata has no reason to touch."""
    if isinstance(tree, str):
        # Lines of a patch that look like comments: kustomize repeats them above, maybe inside of another patch.
        lines = tree.split("\n")
        return tree if len(lines) == 1 else "\n".join(l for l in lines if not l.strip().startswith("#")).strip()
    if isinstance(tree, list):
        return [without_nothings(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    kept = {k: without_nothings(v) for k, v in tree.items()}
    return {k: v for k, v in kept.items() if v not in ("false", {}, [])}


def same_meaning(ours, theirs):
    import yaml
    a, b = (without_nothings(yaml.load(text, yaml.BaseLoader)) for text in (ours, theirs))
    for tree in (a, b):
        for field in ("configMapGenerator", "secretGenerator"):
            for entry in (tree or {}).get(field) or []:
                if "literals" in entry:
                    entry["literals"].sort()  # kustomize's order changes from run to run
    return a == b


def without_notes(text):
    """The file without comments on lines of their own, some of which kustomize moves into the text of a patch."""
    notes = ("# note", "# header", "# the end")
    return "".join(l for l in text.splitlines(keepends=True) if not l.strip().startswith(notes))


def check(place, options, made, command, fields):
    text = made[0]
    status, after, said = place.edit(options.bin, text, command)
    if status not in (0, 1):
        return f"status {status}: {said}"
    if status and after != text:
        return "refused, but the file was changed"
    if options.reference:
        their_status, theirs, their_words = place.edit(options.reference, without_notes(text), command)
        if (their_status != 0) != (status != 0):
            return f"status {status} ({said.strip()}), kustomize's {their_status} ({their_words[:200]})"
        if not status and not same_meaning(after, theirs):
            return f"means something else:\n{after}\n--- kustomize\n{theirs}"
    if status:
        return None
    if command[0] == "set":
        again = place.edit(options.bin, after, command)[1]
        if again != after:
            return "editing once more changed the file again:\n" + again
    return check_lines(text, made, command, fields, after)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--reference")
    parser.add_argument("--seed", type=int, default=random.randrange(10 ** 9))
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    options.bin = os.path.abspath(options.bin)
    place, failures = Place(), 0
    for seed in range(options.seed, options.seed + options.count):
        source = random.Random(seed)
        made = kustomization_text.make(source)
        command, fields = commands.make(source)
        wrong = check(place, options, made, command, fields)
        if wrong or options.show:
            print(f"=== seed {seed}: {command}\n{made[0]}\n--- {wrong or 'fine: ' + place.read()}")
        failures += wrong is not None
    place.remove()
    print(f"{options.count} edits from seed {options.seed}, {failures} wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
