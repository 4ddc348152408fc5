"""Commands of `edit` with random arguments, and the fields that each may change."""
from kustomization_text import KEYS, NAMES, PATCH_TEXT, PATHS, WORDS

LITERALS = ["K0=new", "K1=a b", "NEW=1", "K0", "K2=x=y"]


def pick(random, pool, most=2):
    return random.sample(pool, random.randint(1, most))


def metadata(random):
    return [f"{k}:{random.choice(WORDS)}" for k in pick(random, KEYS)]


def add_annotation(random):
    return ["add", "annotation", *random.choice([[], ["-f"]]), *metadata(random)], ["commonAnnotations"]


def add_label(random):
    flags = random.choice([[], ["--force"], ["--without-selector"],
                           ["--without-selector", "--include-templates", "-f"]])
    field = "labels" if "--without-selector" in flags else "commonLabels"
    return ["add", "label", *flags, *metadata(random)], [field]


def set_metadata(random):
    kind, field = random.choice([("label", "commonLabels"), ("annotation", "commonAnnotations")])
    return ["set", kind, *metadata(random)], [field]


def remove_metadata(random):
    kind, field = random.choice([("label", "commonLabels"), ("annotation", "commonAnnotations")])
    return ["remove", kind, *random.choice([[], ["-i"]]), ",".join(pick(random, KEYS))], [field]


def add_paths(random):
    noun, field = random.choice([("resource", "resources"), ("component", "components"), ("generator", "generators"),
                                 ("transformer", "transformers"), ("configuration", "configurations")])
    pool = ["base", "comp"] if noun == "component" else PATHS[:6] + ["*.yaml", "nope*"]
    return ["add", noun, *pick(random, pool, 2)], [field]


def add_base(random):
    return ["add", "base", ",".join(pick(random, ["base", "comp", "a.yaml"]))], ["resources"]


def remove_paths(random):
    noun, field = random.choice([("resource", "resources"), ("component", "components"),
                                 ("transformer", "transformers")])
    return ["remove", noun, *pick(random, PATHS + ["*.yaml", "?.yaml", "[ab]*", "x/*"])], [field]


def build_metadata(random):
    options = pick(random, ["originAnnotations", "transformerAnnotations", "managedByLabel"], 3)
    return [random.choice(["add", "set", "remove"]), "buildmetadata", ",".join(options)], ["buildMetadata"]


def set_text(random):
    noun, field = random.choice([("namespace", "namespace"), ("nameprefix", "namePrefix"),
                                 ("namesuffix", "nameSuffix")])
    return ["set", noun, "--", random.choice(["prod", "-x", "", "1", "n", "a: b", "ü", "prod # x"])], [field]


def set_image(random):
    forms = ["{}:v2", "{}=new/name", "{}=new/name:3.1", "{}@sha256:cd", "{}=*:v9", "{}=k:*", "{}=*@*", "{}"]
    return ["set", "image", *[random.choice(forms).format(n) for n in pick(random, NAMES + ["zz"], 3)]], ["images"]


def set_replicas(random):
    counts = ["3", "0", "+5", "-1", "x"]
    return ["set", "replicas", *[f"{n}={random.choice(counts)}" for n in pick(random, NAMES)]], ["replicas"]


def add_generator(random):
    noun, field = random.choice([("configmap", "configMapGenerator"), ("secret", "secretGenerator")])
    sources = random.choice([["--from-literal=" + random.choice(LITERALS)], ["--from-file=cfg.txt"],
                             ["--from-file", "k=cfg.txt", "--from-literal", "Z=1"], ["--from-env-file=app.env"], []])
    flags = random.choice([[], ["--disableNameSuffixHash"], ["--namespace=other"], ["--namespace", "default"]])
    return ["add", noun, random.choice(["c1", "c2", "new"]), *sources, *flags], [field]


def set_generator(random):
    noun, field = random.choice([("configmap", "configMapGenerator"), ("secret", "secretGenerator")])
    sources = random.choice([["--from-literal=" + random.choice(LITERALS)], ["--new-namespace=moved"], []])
    namespace = random.choice([[], ["--namespace=other"]])
    return ["set", noun, random.choice(["c1", "c2"]), *sources, *namespace], [field]


def remove_generator(random):
    noun, field = random.choice([("configmap", "configMapGenerator"), ("secret", "secretGenerator")])
    namespace = random.choice([[], ["--namespace=other"]])
    return ["remove", noun, ",".join(pick(random, ["c1", "c2", "c3"])), *namespace], [field]


def patch(random):
    source = random.choice([["--path", "p.yaml"], ["--path=q.yaml"], ["--patch", PATCH_TEXT], ["--patch", "{}"]])
    target = random.choice([[], ["--kind", "Deployment"]])
    return [random.choice(["add", "remove"]), "patch", *source, *target], ["patches"]


def fix(random):
    return ["fix"], ["patchesStrategicMerge", "patchesJson6902", "patches", "commonLabels", "labels"]


COMMANDS = [add_annotation, add_label, set_metadata, remove_metadata, add_paths, add_base, remove_paths, build_metadata,
            set_text, set_image, set_replicas, add_generator, set_generator, remove_generator, patch, fix]
# What every edit moves, and where it goes.
MOVED = {"bases": "resources", "imageTags": "images"}


def make(random):
    return random.choice(COMMANDS)(random)
