"""Kustomization files as people write them: block and flow style, comments, quotes, indentation, line ends.

A file is a list of fields; a field is its name and its lines. What a value means is not random where a command has to
find it: names come from small pools.
"""

NAMES = ["api", "web", "ghcr.io/org/app", "db"]
PATHS = ["a.yaml", "b.yaml", "c.yaml", "base", "comp", "./a.yaml", "x/d.yaml"]
KEYS = ["app", "tier", "team", "a.b/c"]
WORDS = ["red", "on", "1.0", "x y", "a:b", "it's", 'say "hi"', "v1", "", "null", "0x1F", "- dash", "# hash", "tab\tbed"]
NAMESPACES = ["", "default", "other"]


class Style:
    """How one file is written."""

    def __init__(self, random):
        self.random = random
        self.list_indent = random.choice([0, 0, 2, 2, 4])
        self.step = random.choice([2, 2, 2, 4])
        self.flow = random.random() * 0.5
        self.comments = random.random() * 0.4
        self.quotes = random.choice([0, 0, 0.3, 1])
        self.serial = 0

    def note(self):
        """A comment for a line of its own, or None; no two are the same."""
        if self.random.random() >= self.comments:
            return None
        self.serial += 1
        return f"# note {self.serial}"

    def trailer(self):
        return f" # t{self.random.randrange(99)}" if self.random.random() < self.comments else ""

    def scalar(self, value, flow=False):
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        special = value == "" or value != value.strip() or not all(c.isalnum() or c in "/._=-" for c in value)
        typed = value.lower() in ("on", "off", "yes", "no", "y", "n", "null") or value[:1].isdigit()
        begins = value[:1] in "-.=_" or value.startswith("./")
        if self.random.random() < self.quotes or special or typed or begins:
            if "\t" in value or self.random.random() < 0.5:
                return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'
            return "'" + value.replace("'", "''") + "'"
        return value

    def flow_text(self, value):
        if isinstance(value, str) and "\n" in value:
            return '"' + value.replace('"', '\\"').replace("\n", "\\n") + '"'
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.scalar(k)}: {self.flow_text(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow_text(v) for v in value) + "]"
        return self.scalar(value, True)

    def is_flow(self, value):
        return not value or (self.random.random() < self.flow and "\n" not in repr(value))

    def with_note(self, lines, indent):
        note = self.note()
        return ([" " * indent + note] if note else []) + lines

    def pair(self, key, value, indent, note=True):
        """The lines of `key: value` at a column."""
        head = " " * indent + self.scalar(key) + ":"
        if isinstance(value, str) and "\n" in value:
            keep = "|" if value.endswith("\n") else "|-"
            lines = [head + " " + keep] + [(" " * (indent + 2) + l).rstrip() for l in value.rstrip("\n").split("\n")]
        elif not isinstance(value, (dict, list)) or self.is_flow(value):
            lines = [head + " " + self.flow_text(value) + self.trailer()]
        elif isinstance(value, dict):
            lines = [head + self.trailer()]
            for k, v in value.items():
                lines += self.pair(k, v, indent + self.step)
        else:
            lines = [head + self.trailer()]
            for item in value:
                lines += self.item(item, indent + self.list_indent)
        return self.with_note(lines, indent) if note else lines

    def item(self, value, indent):
        dash = " " * indent + "- "
        if isinstance(value, str) and "\n" in value:
            lines = [dash + "|-"] + [" " * (indent + 2) + l for l in value.split("\n")]
        elif not isinstance(value, dict) or self.is_flow(value):
            lines = [dash + self.flow_text(value) + self.trailer()]
        else:
            lines = []
            for k, v in value.items():
                lines += self.pair(k, v, indent + 2, note=bool(lines))
            lines[0] = dash + lines[0][indent + 2:]
        return self.with_note(lines, indent)


def some(random, pool, most=3):
    return random.sample(pool, random.randint(0, min(most, len(pool))))


def pairs(random):
    return {k: random.choice(WORDS) for k in some(random, KEYS)}


def image(random, name):
    made = {"name": name}
    for key in some(random, ["newName", "newTag", "digest"], 2):
        made[key] = random.choice(["v1", "1.0", "registry.example/x", "sha256:ab"])
    return dict(random.sample(list(made.items()), len(made)))


def images(random):
    return [image(random, n) for n in some(random, NAMES)]


def replicas(random):
    return [{"name": n, "count": random.randint(0, 9)} for n in some(random, NAMES)]


def labels(random):
    entries = []
    for _ in range(random.randint(0, 3)):
        entry = {"pairs": {k: random.choice(WORDS) for k in random.sample(KEYS, random.randint(1, 2))}}
        if random.random() < 0.3:
            entry["includeSelectors"] = random.random() < 0.7
        if random.random() < 0.3:
            entry["includeTemplates"] = True
        entries.append(entry)
    return entries


def generators(random):
    entries = []
    for name in some(random, ["c1", "c2", "c3"]):
        literals = [f"K{i}={random.choice(['v', 'a b', '1'])}" for i in range(random.randint(1, 3))]
        entry = {"name": name, "literals": literals}
        namespace = random.choice(NAMESPACES)
        if namespace:
            entry["namespace"] = namespace
        if random.random() < 0.2:
            entry["files"] = ["cfg.txt"]
        if random.random() < 0.15:
            entry["env"] = "app.env"
        if random.random() < 0.2:
            entry["options"] = {"disableNameSuffixHash": True}
        entries.append(dict(random.sample(list(entry.items()), len(entry))))
    return entries


PATCH_TEXT = "- op: remove\n  # not a comment of the file\n  path: /spec/replicas"


def patches(random):
    entries = []
    for _ in range(random.randint(0, 3)):
        entry = {"path": random.choice(["p.yaml", "q.yaml"])} if random.random() < 0.6 else {"patch": PATCH_TEXT}
        if random.random() < 0.6:
            entry["target"] = {"kind": random.choice(["Deployment", "Service"])}
        entries.append(entry)
    return entries


def strategic(random):
    pool = ["p.yaml", "q.yaml", "kind: X\n# inside\nmetadata: {name: x}"]
    return [random.choice(pool) for _ in range(random.randint(0, 2))]


def text_of(*choices):
    return lambda random: random.choice(choices)


def paths(random):
    return some(random, PATHS)


FIELDS = {
    "namespace": text_of("prod", "1", ""),
    "namePrefix": text_of("acme-", "x"),
    "nameSuffix": text_of("-v1", "-x"),
    "resources": paths,
    "components": paths,
    "bases": lambda random: some(random, ["base", "comp"], 2),
    "transformers": paths,
    "generators": paths,
    "configurations": paths,
    "commonLabels": pairs,
    "commonAnnotations": pairs,
    "labels": labels,
    "images": images,
    "imageTags": images,
    "replicas": replicas,
    "configMapGenerator": generators,
    "secretGenerator": generators,
    "generatorOptions": lambda random: {"labels": pairs(random), "disableNameSuffixHash": random.random() < 0.5},
    "patches": patches,
    "patchesStrategicMerge": strategic,
    "buildMetadata": lambda random: some(random, ["originAnnotations", "transformerAnnotations", "managedByLabel"]),
    "openapi": lambda random: {"version": "v1.20.4"},
}


def make(random):
    """The text of a file, and for each of its lines the field that it belongs to ('' for none)."""
    style = Style(random)
    fields = [n for n in FIELDS if random.random() < 0.25]
    random.shuffle(fields)
    values = {n: FIELDS[n](random) for n in fields}
    if random.random() < 0.8:
        values = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", **values}
    lines, owners = [], []
    if random.random() < 0.3:
        lines += ["# header", ""]
    if random.random() < 0.1:
        lines.append("---")
    owners += [""] * len(lines)
    for name, value in values.items():
        made = style.pair(name, value, 0)
        if random.random() < 0.2:
            made.insert(0, "")
        lines += made
        owners += [name] * len(made)
    if random.random() < 0.1:
        lines += ["# the end"]
        owners += [""]
    end = "\r\n" if random.random() < 0.1 else "\n"
    text = end.join(lines)
    return text + (end if lines and random.random() < 0.9 else ""), lines, owners
