#!/usr/bin/env python3
"""Makes inputs that grow in one direction only, each by a number N.

    make_growth.py NAME N DIRECTORY

CASES names them; a maker returns the folder to build.
"""
import sys

import make_apps
from tree import write

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
spec:
  template:
    spec:
      containers:
      - name: main
        image: registry.example/{name}:1.0
"""
CONFIG_MAP = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {name}
data:
  key: value
"""


def listing(key, items):
    return f"{key}:\n" + "".join(f"- {item}\n" for item in items)


def indent(text, by):
    return "".join(" " * by + line + "\n" for line in text.splitlines())


def stream(documents):
    return "---\n".join(documents)


def kustomization(root, text, **files):
    """A folder with a kustomization of TEXT and resources, a file NAME.yaml for each of FILES."""
    names = [name + ".yaml" for name in files]
    for name, content in zip(names, files.values()):
        write(f"{root}/{name}", content)
    write(f"{root}/kustomization.yaml", (listing("resources", names) if names else "") + text)
    return root


def deployments(n):
    return stream(DEPLOYMENT.format(name=f"app-{i}") for i in range(n))


def config_maps(n):
    return stream(CONFIG_MAP.format(name=f"config-{i}") for i in range(n))


def depth(n, root):
    """N overlays, one over the other, each with a label, an annotation and a patch."""
    write(f"{root}/0/kustomization.yaml", "resources:\n- app.yaml\n")
    write(f"{root}/0/app.yaml", deployments(10))
    level = ("resources:\n- ../{below}\nnamespace: level-{i}\ncommonAnnotations:\n  level: l{i}\npatches:\n"
             "- target: {{name: app-1}}\n  patch: |-\n    - {{op: add, path: /spec/replicas, value: {i}}}\n")
    for i in range(1, n + 1):
        write(f"{root}/{i}/kustomization.yaml", level.format(i=i, below=i - 1))
    return f"{root}/{n}"


def depth_of_names(n, root):
    """N overlays, one over the other, each with a suffix: names are N long."""
    write(f"{root}/0/kustomization.yaml", "resources:\n- app.yaml\n")
    write(f"{root}/0/app.yaml", deployments(2))
    for i in range(1, n + 1):
        write(f"{root}/{i}/kustomization.yaml", f"resources:\n- ../{i - 1}\nnameSuffix: -s{i % 10}\n")
    return f"{root}/{n}"


def width(n, root):
    """A base used by N overlays with a prefix each, all under one roof."""
    reference = "        envFrom:\n        - configMapRef:\n            name: config-0\n"
    kustomization(root + "/base", "", app=DEPLOYMENT.format(name="app-0") + reference, config=config_maps(1))
    for i in range(n):
        write(f"{root}/over-{i}/kustomization.yaml", f"resources:\n- ../base\nnamePrefix: p{i}-\nnamespace: n{i}\n")
    write(f"{root}/top/kustomization.yaml", listing("resources", (f"../over-{i}" for i in range(n))))
    return root + "/top"


def components(n, root):
    """N components, each with an annotation, on ten resources."""
    for i in range(n):
        write(f"{root}/c{i}/kustomization.yaml",
              f"apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations:\n  a{i % 10}: v{i}\n")
    return kustomization(root + "/top", listing("components", (f"../c{i}" for i in range(n))), apps=deployments(10))


def resources(n, root):
    """N resources in one file, put in the legacy order."""
    documents = stream([deployments(n // 2), config_maps(n - n // 2)])
    return kustomization(root, "sortOptions:\n  order: legacy\n", all=documents)


def files(n, root):
    """N files of one resource."""
    return kustomization(root, "", **{f"config-{i}": CONFIG_MAP.format(name=f"config-{i}") for i in range(n)})


def namespaces(n, root):
    """N namespaces with a Deployment that refers to a ConfigMap of the same name in each."""
    def pair(i):
        app = DEPLOYMENT.format(name="app").replace("  name: app\n", f"  name: app\n  namespace: n{i}\n", 1)
        config = CONFIG_MAP.format(name="config").replace("  name: config\n", f"  name: config\n  namespace: n{i}\n")
        return stream([app + "        envFrom:\n        - configMapRef:\n            name: config\n", config])
    return kustomization(root, "namePrefix: p-\n", all=stream(pair(i) for i in range(n)))


def patches(n, root):
    """N strategic merge patches on N Deployments."""
    for i in range(n):
        write(f"{root}/patch-{i}.yaml", DEPLOYMENT.format(name=f"app-{i}").replace("1.0", "2.0"))
    return kustomization(root, listing("patches", (f"path: patch-{i}.yaml" for i in range(n))), apps=deployments(n))


def patches_of_a_file(n, root):
    """N strategic merge patches of one file on N Deployments."""
    write(f"{root}/patch.yaml", deployments(n).replace("1.0", "2.0"))
    return kustomization(root, "patches:\n- path: patch.yaml\n", apps=deployments(n))


def json_patches(n, root):
    """N JSON patches, each with a target's kind and name, on N Deployments."""
    patch = ("target: {{kind: Deployment, name: app-{i}}}\n"
             "  patch: |-\n    - {{op: add, path: /spec/replicas, value: {i}}}")
    return kustomization(root, listing("patches", (patch.format(i=i) for i in range(n))), apps=deployments(n))


def patches_of_a_label(n, root):
    """One patch by label selector on N Deployments."""
    apps = deployments(n).replace("metadata:\n", "metadata:\n  labels: {tier: front}\n")
    patch = ("patches:\n- target:\n    labelSelector: tier=front\n  patch: |-\n    - op: add\n"
             "      path: /spec/replicas\n      value: 3\n")
    return kustomization(root, patch, apps=apps)


def patches_of_one(n, root):
    """N strategic merge patches on one Deployment."""
    patch = ("patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n"
             "    metadata: {{name: app-0, annotations: {{a{i}: v}}}}")
    return kustomization(root, listing("patches", (patch.format(i=i) for i in range(n))), apps=deployments(1))


def operations(n, root):
    """One JSON patch of N operations on one ConfigMap."""
    lines = "".join(f"- op: add\n  path: /data/k{i}\n  value: v{i}\n" for i in range(n))
    return kustomization(root, "patches:\n- target:\n    kind: ConfigMap\n  patch: |-\n" + indent(lines, 4),
                         config=config_maps(1))


def operations_on_a_list(n, root):
    """One JSON patch that appends N items to one list."""
    lines = "".join(f"- op: add\n  path: /spec/template/spec/containers/0/args/-\n  value: v{i}\n" for i in range(n))
    return kustomization(root, "patches:\n- target:\n    kind: Deployment\n  patch: |-\n" + indent(lines, 4),
                         app=deployments(1) + "        args: [a]\n")


def merged_list(n, root):
    """A strategic merge patch with N environment variables on as many."""
    env = "".join(f"        - {{name: V{i}, value: a}}\n" for i in range(n))
    write(f"{root}/patch.yaml", deployments(1) + "        env:\n" + env.replace("value: a", "value: b"))
    return kustomization(root, "patches:\n- path: patch.yaml\n", app=deployments(1) + "        env:\n" + env)


def merged_ports(n, root):
    """A strategic merge patch with N ports, which have two merge keys."""
    ports = "".join(f"        - {{containerPort: {i + 1}, protocol: TCP, name: a{i}}}\n" for i in range(n))
    write(f"{root}/patch.yaml", deployments(1) + "        ports:\n" + ports.replace("name: a", "name: b"))
    return kustomization(root, "patches:\n- path: patch.yaml\n", app=deployments(1) + "        ports:\n" + ports)


def merged_scalars(n, root):
    """A strategic merge patch with N finalizers, a list of plain values, on as many others."""
    def app(letter):
        names = "".join(f"  - {letter}{i}\n" for i in range(n))
        return deployments(1).replace("spec:\n", "  finalizers:\n" + names + "spec:\n", 1)
    write(f"{root}/patch.yaml", app("b"))
    return kustomization(root, "patches:\n- path: patch.yaml\n", app=app("a"))


def merged_map(n, root):
    """A strategic merge patch with N keys on as many, half of them the same."""
    data = "".join(f"  k{i}: a\n" for i in range(n))
    more = "".join(f"  k{i + n // 2}: b\n" for i in range(n))
    config = config_maps(1)
    write(f"{root}/patch.yaml", config + more)
    return kustomization(root, "patches:\n- path: patch.yaml\n", config=config + data)


def replacements(n, root):
    """N replacements with a source and a target each."""
    one = ("source: {{kind: ConfigMap, name: config-{i}, fieldPath: data.key}}\n  targets:\n"
           "  - select: {{kind: Deployment, name: app-{i}}}\n    fieldPaths: ['metadata.annotations.key']\n"
           "    options: {{create: true}}")
    return kustomization(root, listing("replacements", (one.format(i=i) for i in range(n))), apps=deployments(n),
                         configs=config_maps(n))


def replacement_targets(n, root):
    """One replacement with N targets."""
    targets = "".join(f"  - select: {{kind: Deployment, name: app-{i}}}\n    fieldPaths: ['metadata.annotations.key']\n"
                      "    options: {create: true}\n" for i in range(n))
    source = "replacements:\n- source: {kind: ConfigMap, fieldPath: data.key}\n  targets:\n"
    return kustomization(root, source + targets,
                         apps=deployments(n), config=config_maps(1))


def variables(n, root):
    """N vars, each of a ConfigMap of its own and used once."""
    var = ("name: V{i}\n  objref: {{kind: ConfigMap, name: config-{i}, apiVersion: v1}}\n"
           "  fieldref: {{fieldpath: data.key}}")
    apps = stream(DEPLOYMENT.format(name=f"app-{i}") + f"        command: [run, $(V{i})]\n" for i in range(n))
    return kustomization(root, listing("vars", (var.format(i=i) for i in range(n))), apps=apps, configs=config_maps(n))


def accounts(names):
    return stream(f"apiVersion: v1\nkind: ServiceAccount\nmetadata: {{{name}}}\n" for name in names)


def binding(kind, metadata, subjects):
    role = kind.replace("Binding", "")
    return (f"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{{metadata}}}\n"
            f"roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {role}, name: r}}\nsubjects:\n" +
            "".join(f"- {{kind: ServiceAccount, {subject}}}\n" for subject in subjects))


def role_bindings(n, root):
    """One RoleBinding with N ServiceAccounts, which get a prefix."""
    names = [f"name: a{i}, namespace: n" for i in range(n)]
    return kustomization(root, "namePrefix: p-\n", accounts=accounts(names),
                         binding=binding("RoleBinding", "name: b, namespace: n", names))


def role_bindings_of_namespaces(n, root):
    """One RoleBinding with N ServiceAccounts of N namespaces."""
    names = [f"name: a, namespace: n{i}" for i in range(n)]
    return kustomization(root, "namePrefix: p-\n", accounts=accounts(names),
                         binding=binding("RoleBinding", "name: b, namespace: n", names))


def role_bindings_of_many(n, root):
    """N RoleBindings with 10 ServiceAccounts each, which get a prefix and a namespace."""
    names = [f"name: a{i}, namespace: n" for i in range(n)]
    bindings = (binding("RoleBinding", f"name: b{i}, namespace: n", [names[(i + j) % n] for j in range(10)])
                for i in range(n))
    return kustomization(root, "namePrefix: p-\nnamespace: all\n", accounts=accounts(names), bindings=stream(bindings))


def default_subjects(n, root):
    """One ClusterRoleBinding with N subjects named default, which get a namespace."""
    subjects = (f"name: default, namespace: n{i}" for i in range(n))
    return kustomization(root, "namespace: all\n", binding=binding("ClusterRoleBinding", "name: b", subjects))


def annotations(n, root):
    """A resource with N annotations and a renamed name, and N others laid on it."""
    own = "".join(f"    a{i}: v\n" for i in range(n))
    config = config_maps(1).replace("\ndata:", "\n  annotations:\n" + own + "data:")
    return kustomization(root, "namePrefix: p-\ncommonAnnotations:\n" + "".join(f"  b{i}: v\n" for i in range(n)),
                         config=config)


def labels(n, root):
    """A Deployment with N labels, and N others laid on it and its selector."""
    app = deployments(1).replace("spec:", "  labels:\n" + "".join(f"    a{i}: v\n" for i in range(n)) + "spec:", 1)
    return kustomization(root, "commonLabels:\n" + "".join(f"  b{i}: v\n" for i in range(n)), app=app)


def label_entries(n, root):
    """N entries of labels on one Deployment."""
    return kustomization(root, listing("labels", (f"pairs: {{b{i}: v}}" for i in range(n))), app=deployments(1))


def literals(n, root):
    """A generator with N literals, merged into one with as many."""
    generator = "configMapGenerator:\n- name: c\n{behaviour}  literals:\n" + "".join(f"  - k{i}=v\n" for i in range(n))
    kustomization(root + "/base", generator.format(behaviour=""))
    write(root + "/top/kustomization.yaml",
          "resources:\n- ../base\n" + generator.format(behaviour="  behavior: merge\n"))
    return root + "/top"


def generator_files(n, root):
    """A generator with N files."""
    for i in range(n):
        write(f"{root}/f{i}.txt", f"text {i}\n")
    return kustomization(root, "configMapGenerator:\n- name: c\n  files:\n" +
                         "".join(f"  - f{i}.txt\n" for i in range(n)))


def environment_file(n, root):
    """A Secret generator with an environment file of N lines."""
    write(f"{root}/all.env", "".join(f"K{i}=v{i}\n" for i in range(n)))
    return kustomization(root, "secretGenerator:\n- name: c\n  envs: [all.env]\n")


def generators(n, root):
    """N generators, each used by a Deployment."""
    apps = stream(DEPLOYMENT.format(name=f"app-{i}") + f"        envFrom:\n        - configMapRef: {{name: c{i}}}\n"
                  for i in range(n))
    return kustomization(root, listing("configMapGenerator", (f"name: c{i}\n  literals: [k=v{i}]" for i in range(n))),
                         apps=apps)


def merging_generators(n, root):
    """N generators that merge into N of the base."""
    kustomization(root + "/base", listing("configMapGenerator", (f"name: c{i}\n  literals: [k=v]" for i in range(n))))
    write(root + "/top/kustomization.yaml", "resources:\n- ../base\n" +
          listing("configMapGenerator", (f"name: c{i}\n  behavior: merge\n  literals: [l=w]" for i in range(n))))
    return root + "/top"


def images(n, root):
    """N entries of images on N Deployments."""
    entries = (f"{{name: registry.example/app-{i}, newTag: v{i}}}" for i in range(n))
    return kustomization(root, listing("images", entries), apps=deployments(n))


def replicas(n, root):
    """N entries of replicas on N Deployments."""
    return kustomization(root, listing("replicas", (f"{{name: app-{i}, count: {i}}}" for i in range(n))),
                         apps=deployments(n))


def name_reference_rules(n, root):
    """N field specs of name references in a configuration, and resources of ten of their kinds."""
    rules = "".join(f"- kind: ConfigMap\n  fieldSpecs:\n  - {{kind: K{i}, path: spec/config}}\n" for i in range(n))
    write(root + "/rules.yaml", "nameReference:\n" + rules)
    things = stream(f"apiVersion: e.example/v1\nkind: K{i}\nmetadata: {{name: t}}\nspec: {{config: config-0}}\n"
                    for i in range(10))
    return kustomization(root, "namePrefix: p-\nconfigurations: [rules.yaml]\n", things=things, config=config_maps(1))


def transformers(n, root):
    """N transformers in files of their own."""
    for i in range(n):
        write(f"{root}/t{i}.yaml", "apiVersion: builtin\nkind: AnnotationsTransformer\n"
              f"metadata: {{name: t{i}}}\nannotations: {{a{i % 10}: v}}\n"
              "fieldSpecs: [{path: metadata/annotations, create: true}]\n")
    return kustomization(root, listing("transformers", (f"t{i}.yaml" for i in range(n))), apps=deployments(10))


def items(n, root):
    """A List of N resources."""
    return kustomization(root, "namePrefix: p-\n", all="apiVersion: v1\nkind: List\nitems:\n" + "".join(
        f"- {{apiVersion: v1, kind: ConfigMap, metadata: {{name: c{i}}}}}\n" for i in range(n)))


def anchors(n, root):
    """N anchors, each used once by a merge key."""
    data = "".join(f"  a{i}: &a{i} {{k: v}}\n  b{i}: {{<<: *a{i}, l: w}}\n" for i in range(n))
    thing = "apiVersion: e.example/v1\nkind: T\nmetadata: {name: t}\nspec:\n"
    return kustomization(root, "namePrefix: p-\n", thing=thing + data)


def long_text(n, root):
    """A text of N lines, folded where the writer folds."""
    return kustomization(root, "namePrefix: p-\n",
                         config=config_maps(1) + "  text: |\n" + "    some words of a line\n" * n +
                         "  quoted: \"" + "words and more of them " * n + "\"\n")


def origins(n, root):
    """N resources whose origin and transformations are written down."""
    return kustomization(root, "namePrefix: p-\nbuildMetadata: [originAnnotations, transformerAnnotations]\n",
                         configs=config_maps(n))


HASHED = ("apiVersion: e.example/v1\nkind: T\nmetadata:\n  name: {name}\n"
          "  annotations: {{internal.config.kubernetes.io/needsHashSuffix: enabled}}\n")


def hashed_line(n, root):
    """A resource whose whole tree is hashed, with places, and is one line of N keys."""
    return kustomization(root, "", thing=HASHED.format(name="t") +
                         "spec: {" + ", ".join(f"k{i}: {i}" for i in range(n)) + "}\n")


def hashed_patch(n, root):
    """The same of N lines, of which a patch adds to each: their places are in two files by turns."""
    def spec(key):
        return HASHED.format(name="t") + "spec:\n" + "".join(f"  k{i}: {{{key}: {i}}}\n" for i in range(n))
    write(f"{root}/patch.yaml", spec("b"))
    return kustomization(root, "patches:\n- path: patch.yaml\n", things=stream([config_maps(n), spec("a")]))


def hashed_resources(n, root):
    """N resources of one file that are hashed so."""
    return kustomization(root, "", things=stream(HASHED.format(name=f"t{i}") + f"spec: {{k: {i}}}\n" for i in range(n)))


def hashed_items(n, root):
    """N items of a List that are hashed so."""
    items = "".join("- " + indent(HASHED.format(name=f"t{i}"), 2)[2:] for i in range(n))
    return kustomization(root, "", things="apiVersion: v1\nkind: List\nitems:\n" + items)


# Each with a number that is measured quickly.
CASES = {maker.__name__.replace("_", "-"): (maker, n) for maker, n in (
    (make_apps.make, 100), (resources, 500), (files, 500), (items, 1000), (namespaces, 250), (width, 100),
    (depth, 50), (depth_of_names, 50), (components, 250),
    (patches, 500), (patches_of_a_file, 500), (json_patches, 250), (patches_of_a_label, 250), (operations, 1000),
    (operations_on_a_list, 1000), (merged_list, 1000), (merged_ports, 1000), (merged_scalars, 1000), (merged_map, 1000),
    (replacements, 250), (replacement_targets, 500), (variables, 250),
    (role_bindings, 500), (role_bindings_of_namespaces, 500), (role_bindings_of_many, 100), (default_subjects, 1000),
    (annotations, 1000), (labels, 500),
    (literals, 1000), (generator_files, 500), (environment_file, 2000), (generators, 250), (merging_generators, 250),
    (images, 500), (replicas, 500), (name_reference_rules, 500), (transformers, 250),
    (anchors, 500), (long_text, 5000), (origins, 500),
    (hashed_line, 5000), (hashed_patch, 1000), (hashed_resources, 500), (hashed_items, 500),
)}
CASES["apps"] = CASES.pop("make")

if __name__ == "__main__":
    CASES[sys.argv[1]][0](int(sys.argv[2]), sys.argv[3])
