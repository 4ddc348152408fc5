"""Random trees: bases, overlays and components, and all fields of a kustomization. A tree is {path: text}."""
import random

from resources import IMAGES, KEYS, NAMES, NAMESPACES, Resources
from yaml_text import Raw, file_text

FIELD_PATHS = ["metadata.name", "metadata.namespace", "spec.replicas", "data.a",
               "spec.template.spec.containers.0.image",
               "metadata.labels.app", "spec.template.spec.containers.[name=main].image", "metadata.annotations.x-y",
               "spec.selector", "spec.ports.0.port", "spec.template.spec.containers.*.image", "spec.template.metadata"]
POINTERS = ["/metadata/labels/app", "/spec/replicas", "/data/a", "/spec/template/spec/containers/0/image", "/data",
            "/spec/template/spec/containers/-", "/metadata/annotations", "/spec", "/spec/x~1y", "/metadata/name"]
METADATA = ["originAnnotations", "transformerAnnotations", "managedByLabel"]
HEAD = ["/apiVersion", "/kind", "/metadata", "/metadata/name"]


def pointers(value, path=""):
    """(JSON pointer, value) of everything below a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        below = f"{path}/" + str(key).replace("~", "~0").replace("/", "~1")
        yield below, item
        yield from pointers(item, below)


class Tree:
    """Builds one tree. Directories are made from the bottom, so a kustomization names only what is there."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.oddness = self.rng.choice([0, 0.02, 0.05, 0.15])
        self.make = Resources(self.rng, self.oddness)
        self.files = {}
        self.known = []  # the resources so far: patches and selectors aim at them
        self.identities = set()
        self.generated = set()  # (kind, name) of the generators so far

    def chance(self, p):
        return self.rng.random() < p

    def some(self, make, most=2):
        return [make() for _ in range(self.rng.randint(1, most))]

    def write(self, path, *documents):
        self.files[path] = file_text(self.rng, documents, self.oddness)

    # --- selectors and what they aim at

    def aim(self):
        """A resource that exists, most of the time."""
        return self.rng.choice(self.known) if self.known and not self.chance(0.05) else self.make.resource()

    def aim_at(self, *kinds):
        fitting = [r for r in self.known if r["kind"] in kinds]
        return self.rng.choice(fitting) if fitting and not self.chance(0.05) else self.aim()

    def new_resource(self):
        """One whose identity is new, nearly always."""
        for _ in range(20):
            resource = self.make.resource()
            meta = resource["metadata"]
            identity = (resource["apiVersion"], resource["kind"], meta["name"])
            if identity not in self.identities or self.chance(0.002):
                break
        self.identities.add(identity)
        self.known.append(resource)
        return resource

    def selector(self):
        aim = self.aim()
        group, _, version = aim["apiVersion"].rpartition("/")
        selector = {}
        if self.chance(0.8):
            selector["kind"] = aim["kind"]
        if self.chance(0.5):
            selector["name"] = self.rng.choice([aim["metadata"]["name"], "w.*", "(web|db)"])
        if self.chance(0.2):
            selector["version"] = version
            if group:
                selector["group"] = group
        if self.chance(0.1):
            selector["namespace"] = self.rng.choice(NAMESPACES)
        if self.chance(0.1):
            selector["labelSelector"] = self.rng.choice(["app=a", "app in (a,b)", "tier", "!tier", "app!=a,x-y"])
        return selector or {"kind": aim["kind"]}

    # --- fields

    def prefix(self):
        return self.rng.choice(["p-", "dev-", "x"])

    def suffix(self):
        return self.rng.choice(["-s", "-v2", "9"])

    def namespace(self):
        return self.rng.choice(NAMESPACES)

    def labels_item(self):
        item = {"pairs": self.make.labels()}
        for flag in ("includeSelectors", "includeTemplates"):
            if self.chance(0.3):
                item[flag] = self.chance(0.8)
        if self.chance(0.15):
            item["fields"] = [{"path": "spec/extra/labels", "create": self.chance(0.7), "kind": "Gadget"}]
        return item

    def image(self):
        item = {"name": self.rng.choice(["nginx", "app", "registry.example:5000/team/app", "ng.nx"])}
        changes = {"newName": "mirror.example/x", "newTag": "9", "digest": "sha256:" + "2" * 64, "tagSuffix": "-alpine"}
        for key, value in changes.items():
            if self.chance(0.35):
                item[key] = value
        return item

    def replica(self):
        name = self.aim_at("Deployment", "StatefulSet")["metadata"]["name"]
        return {"name": name, "count": self.rng.randint(0, 9)}

    def merge_patch(self):
        aim = self.aim()
        patch = {"apiVersion": aim["apiVersion"], "kind": aim["kind"], "metadata": {"name": aim["metadata"]["name"]}}
        if "namespace" in aim["metadata"] and self.chance(0.9):
            patch["metadata"]["namespace"] = aim["metadata"]["namespace"]
        if self.chance(0.08):
            patch["$patch"] = self.rng.choice(["delete", "replace"])
            return patch
        if self.chance(0.4):
            patch["metadata"][self.rng.choice(["labels", "annotations"])] = {
                self.rng.choice(KEYS): self.rng.choice(["patched", None, "1"])}
        body = self.make.body(aim["kind"])
        for key in body:
            if self.chance(0.7):
                patch[key] = self.thinned(body[key])
        return patch

    def thinned(self, value, depth=0):
        """A part of a value, with nulls and directives here and there."""
        if isinstance(value, dict):
            kept = [k for k in value if k in ("name", "containerPort") or self.chance(0.7)]
            part = {k: self.thinned(value[k], depth + 1) for k in kept}
            if self.chance(0.03) and depth:
                part["$patch"] = self.rng.choice(["replace", "delete", "merge"])
            return part
        if isinstance(value, list):
            return [self.thinned(v, depth + 1) for v in value if self.chance(0.8)]
        return None if self.chance(0.06) else value

    def json_operation(self, aim):
        """Mostly one that applies to `aim`; it is then made to stay true of it."""
        op = self.rng.choice(["add", "replace", "remove", "test", "copy", "move", "add", "replace"])
        there = [(p, v) for p, v in pointers(aim) if p not in HEAD]
        if not there or self.chance(0.04):
            there = [(p, None) for p in POINTERS]
        path, value = self.rng.choice(there)
        item = {"op": op, "path": path}
        if op in ("add", "copy", "move") and isinstance(value, dict):
            item["path"] = path + "/" + self.rng.choice(["new", "x~1y", "app"])
        elif op in ("add", "copy") and isinstance(value, list):
            item["path"] = path + "/" + self.rng.choice(["-", "0"])
        if op == "test" and self.chance(0.95):
            item["value"] = value
        elif op in ("add", "replace", "test"):
            item["value"] = self.rng.choice([self.make.text(), 3, {"a": "b"}, ["x"], None, Raw("0644")])
        if op in ("copy", "move"):
            item["from"] = self.rng.choice(there)[0]
        return item

    def inline(self, value):
        return file_text(self.rng, [value], self.oddness).replace("\r", "")

    def patch(self):
        item = {}
        if self.chance(0.5):
            aim = self.aim()
            body = self.some(lambda: self.json_operation(aim), 2)
            exact = {"kind": aim["kind"], "name": aim["metadata"]["name"]}
            item["target"] = exact if self.chance(0.9) else self.selector()
        else:
            body = self.merge_patch()
            if self.chance(0.4):
                item["target"] = self.selector()
            if self.chance(0.1):
                item["options"] = {self.rng.choice(["allowNameChange", "allowKindChange"]): True}
        if self.chance(0.5):
            item["patch"] = self.inline(body)
        else:
            item["path"] = self.own_file("patch", body)
        return item

    def own_file(self, stem, *documents):
        name = f"{stem}-{len(self.files)}.yaml"
        self.write(f"{self.place}/{name}", *documents)
        return name

    def patch_strategic_merge(self):
        return self.inline(self.merge_patch()) if self.chance(0.5) else self.own_file("merge", self.merge_patch())

    def patch_json(self):
        aim = self.aim()
        group, _, version = aim["apiVersion"].rpartition("/")
        return {"target": {"group": group, "version": version, "kind": aim["kind"], "name": aim["metadata"]["name"]},
                "patch": self.inline(self.some(lambda: self.json_operation(aim), 2))}

    def generator(self, kind="ConfigMap"):
        item = {"name": self.rng.choice(NAMES)}
        known = (kind, item["name"])
        if self.chance(0.97):
            # A name that is there already can only be merged or replaced.
            if known in self.generated or ("v1", *known) in self.identities:
                item["behavior"] = self.rng.choice(["merge", "replace"])
            elif self.chance(0.2):
                item["behavior"] = "create"
        else:
            item["behavior"] = self.rng.choice(["merge", "replace", "create"])
        self.generated.add(known)
        if self.chance(0.7):
            keys = self.rng.sample(["a", "b", "c"], self.rng.randint(1, 2))
            item["literals"] = [f"{k}={self.make.text()}" for k in keys]
        if self.chance(0.3):
            name = f"file-{len(self.files)}.txt"
            self.files[f"{self.place}/{name}"] = self.make.text() + self.rng.choice(["", "\n", "\r\n", "\u0001"])
            item["files"] = [self.rng.choice([name, "k=" + name])]
        if self.chance(0.2):
            name = f"vars-{len(self.files)}.env"
            texts = ["E=1\n", "# c\nE=a=b\n\nF\n", "  E= x \n", "E=\"q\"\n"]
            self.files[f"{self.place}/{name}"] = self.rng.choice(texts)
            item["envs"] = [name]
        if self.chance(0.3):
            item["options"] = self.generator_options()
        if self.chance(0.03):
            item["namespace"] = self.rng.choice(NAMESPACES)
        return item

    def generator_options(self):
        options = {}
        if self.chance(0.4):
            options["disableNameSuffixHash"] = self.chance(0.7)
        if self.chance(0.3):
            options["labels"] = self.make.labels()
        if self.chance(0.3):
            options["annotations"] = {"note": self.make.text()}
        if self.chance(0.2):
            options["immutable"] = True
        return options

    def secret_generator(self):
        item = self.generator("Secret")
        if self.chance(0.3):
            item["type"] = self.rng.choice(["Opaque", "kubernetes.io/tls"])
        return item

    def field_path(self, aim):
        """A path to a scalar of `aim`, sometimes to anything."""
        scalars = [p for p, v in pointers(aim) if not isinstance(v, (dict, list)) and "~" not in p]
        if not scalars or self.chance(0.08):
            return self.rng.choice(FIELD_PATHS)
        return ".".join(step.replace(".", "\\.") for step in self.rng.choice(scalars)[1:].split("/"))

    def replacement(self):
        aim = self.aim()
        source = {"kind": aim["kind"], "name": aim["metadata"]["name"]}
        if self.chance(0.8):
            source["fieldPath"] = self.field_path(aim)
        goal = self.aim()
        select = {"kind": goal["kind"], "name": goal["metadata"]["name"]} if self.chance(0.8) else self.selector()
        target = {"select": select, "fieldPaths": [self.field_path(goal)]}
        if self.chance(0.4):
            part = {"delimiter": "-", "index": self.rng.randint(-1, 2)}
            target["options"] = {"create": True} if self.chance(0.6) else part
        if self.chance(0.1):
            target["reject"] = [self.selector()]
        item = {"source": source, "targets": [target]}
        return {"path": self.own_file("replacement", item)} if self.chance(0.2) else item

    def var(self):
        aim = self.aim()
        objref = {"apiVersion": aim["apiVersion"], "kind": aim["kind"], "name": aim["metadata"]["name"]}
        item = {"name": "VAR", "objref": objref}
        if self.chance(0.5):
            item["fieldref"] = {"fieldpath": self.field_path(aim)}
        return item

    def transformer(self):
        spec = {"apiVersion": "builtin", "metadata": {"name": "t"}}
        spec.update(self.rng.choice([
            {"kind": "PrefixTransformer", "prefix": "t-", "fieldSpecs": [{"path": "metadata/name"}]},
            {"kind": "AnnotationsTransformer", "annotations": {"t": "u"},
             "fieldSpecs": [{"path": "metadata/annotations", "create": True}]},
            {"kind": "LabelTransformer", "labels": {"t": "u"},
             "fieldSpecs": [{"path": "metadata/labels", "create": True}]},
            {"kind": "NamespaceTransformer", "metadata": {"name": "t", "namespace": "blue"},
             "fieldSpecs": [{"path": "metadata/namespace", "create": True}]},
            {"kind": "ImageTagTransformer", "imageTag": self.image()},
            {"kind": "ReplicaCountTransformer", "replica": self.replica(),
             "fieldSpecs": [{"path": "spec/replicas", "create": True}]},
            {"kind": "PatchTransformer", "patch": self.inline(self.merge_patch())}]))
        return self.inline(spec) if self.chance(0.5) else self.own_file("transformer", spec)

    def configuration(self):
        return self.own_file("config", self.rng.choice([
            {"namePrefix": [{"path": "spec/name", "kind": "Gadget"}]},
            {"commonLabels": [{"path": "spec/labels", "create": True, "kind": "Gadget"}]},
            {"images": [{"path": "spec/image", "kind": "Gadget"}]},
            {"nameReference": [{"kind": "ConfigMap", "version": "v1",
                                "fieldSpecs": [{"path": "spec/name", "kind": "Gadget"}]}]},
            {"varReference": [{"path": "data", "kind": "ConfigMap"}]}]))

    def sort_options(self):
        options = {"order": self.rng.choice(["fifo", "legacy"])}
        if options["order"] == "legacy" and self.chance(0.4):
            options["legacySortOptions"] = {"orderFirst": ["Service", "Namespace"], "orderLast": ["Deployment"]}
        return options

    # (key, how likely, value)
    FIELDS = [
        ("namePrefix", 0.3, prefix), ("nameSuffix", 0.2, suffix), ("namespace", 0.3, namespace),
        ("commonLabels", 0.1, lambda t: t.make.labels()), ("labels", 0.2, lambda t: t.some(t.labels_item)),
        ("commonAnnotations", 0.2, lambda t: {"note": t.make.text()}),
        ("images", 0.2, lambda t: t.some(t.image)), ("replicas", 0.1, lambda t: t.some(t.replica)),
        ("patches", 0.45, lambda t: t.some(t.patch, 3)),
        ("patchesStrategicMerge", 0.08, lambda t: t.some(t.patch_strategic_merge)),
        ("patchesJson6902", 0.05, lambda t: t.some(t.patch_json)),
        ("configMapGenerator", 0.3, lambda t: t.some(t.generator)),
        ("secretGenerator", 0.2, lambda t: t.some(t.secret_generator)),
        ("generatorOptions", 0.15, generator_options), ("replacements", 0.2, lambda t: t.some(t.replacement)),
        ("vars", 0.06, lambda t: [t.var()]), ("transformers", 0.1, lambda t: t.some(t.transformer)),
        ("configurations", 0.08, lambda t: [t.configuration()]), ("sortOptions", 0.1, sort_options),
        ("buildMetadata", 0.07, lambda t: t.rng.sample(METADATA, 2)),
    ]

    # --- directories

    def directory(self, place, bases, components, is_component=False):
        """Writes one kustomization with files of its own."""
        self.place = place
        head = {"apiVersion": "kustomize.config.k8s.io/" + ("v1alpha1" if is_component else "v1beta1"),
                "kind": "Component" if is_component else "Kustomization"}
        kustomization = head if is_component or self.chance(0.8) else {}
        resources = list(bases)
        for _ in range(self.rng.randint(0 if bases or is_component else 1, 2)):
            documents = self.some(self.new_resource, 3)
            resources.append(self.own_file("resource", *documents))
        if self.chance(0.3):
            self.rng.shuffle(resources)
        if resources:
            kustomization["resources"] = resources
        if components:
            kustomization["components"] = components
        for key, likely, value in self.FIELDS:
            if key == "replicas" and not any(r["kind"] in ("Deployment", "StatefulSet") for r in self.known):
                continue
            if self.chance(likely * 0.7):
                kustomization[key] = value(self)
        self.write(f"{place}/kustomization.yaml", kustomization)

    def build(self):
        bases = [f"base{i}" for i in range(self.rng.randint(0, 2))]
        for name in bases:
            self.directory(name, [], [])
        middle = []
        if bases and self.chance(0.4):
            middle = ["left", "right"][:self.rng.randint(1, 2)]
            for name in middle:
                self.directory(name, ["../" + self.rng.choice(bases)], [])
        components = []
        if self.chance(0.2):
            self.directory("component", [], [], is_component=True)
            components = ["../component"]
        self.directory("top", ["../" + b for b in (middle or bases)], components)
        return self.files


def make_tree(seed):
    return Tree(seed).build()
