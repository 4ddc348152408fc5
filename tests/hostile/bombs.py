"""Small inputs that ask for very much, each a tree of files; test_bombs.py says what is asked of them.

BOMBS maps the name of each to a function that gives its files and what the message of its error must say; "" means that
it has to succeed. A file is its text, or Link(target) for a symbolic link.
"""
import json

BOMBS = {}
GROWTH = "[limit]"
ALIASES = "aliases nearly entirely"
DEEP = "nested deeper than the limit of 1000 levels"
CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {}\n"


class Link(str):
    pass


def bomb(function):
    BOMBS[function.__name__] = function
    return function


def aliases(levels, width, indent="", first="[x]"):
    """Anchors of which each lists the one before `width` times: width ** levels leaves."""
    lines = [f"{indent}a0: &a0 {first}"]
    for i in range(1, levels):
        lines.append(f"{indent}a{i}: &a{i} [{','.join([f'*a{i - 1}'] * width)}]")
    return "\n".join(lines) + "\n"


def resource(extra, name="c"):
    return CONFIG_MAP.format(name) + extra


def one(text, kustomization="resources: [r.yaml]\n", **more):
    return {"kustomization.yaml": kustomization, "r.yaml": text, **more}


# --- aliases and merge keys ------------------------------------------------------------------------------------------


@bomb
def aliases_in_a_resource():
    return one(resource("data:\n" + aliases(9, 9, "  "))), GROWTH


@bomb
def aliases_in_a_kustomization():
    return one(resource(""), "resources: [r.yaml]\n" + aliases(9, 9)), ALIASES


@bomb
def aliases_in_a_patch():
    patch = CONFIG_MAP.format("c") + "data:\n" + aliases(9, 9, "  ")
    return one(resource(""), "resources: [r.yaml]\npatches: [{path: p.yaml}]\n", **{"p.yaml": patch}), GROWTH


@bomb
def aliases_in_a_json_patch():
    patch = "- op: add\n  path: /data\n  value:\n" + aliases(9, 9, "    ")
    return one(resource(""),
               "resources: [r.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n",
               **{"p.yaml": patch}), GROWTH


@bomb
def aliases_in_configurations():
    return one(resource(""), "resources: [r.yaml]\nconfigurations: [x.yaml]\n",
               **{"x.yaml": "commonLabels:\n- path: a\n" + aliases(9, 9)}), ALIASES


@bomb
def aliases_in_crds():
    return one(resource(""), "resources: [r.yaml]\ncrds: [x.yaml]\n", **{"x.yaml": aliases(9, 9)}), ALIASES


@bomb
def aliases_in_openapi():
    return one(resource(""), "resources: [r.yaml]\nopenapi: {path: x.yaml}\n",
               **{"x.yaml": aliases(9, 9)}), ALIASES


@bomb
def aliases_in_replacements():
    return one(resource(""), "resources: [r.yaml]\nreplacements: [{path: x.yaml}]\n",
               **{"x.yaml": aliases(9, 9)}), ALIASES


@bomb
def aliases_in_a_transformer():
    config = ("apiVersion: builtin\nkind: AnnotationsTransformer\nmetadata: {name: x}\nannotations: {a: b}\n" +
              aliases(9, 9))
    return one(resource(""), "resources: [r.yaml]\ntransformers: [x.yaml]\n", **{"x.yaml": config}), GROWTH


@bomb
def aliases_of_large_texts():
    """Few nodes, but 10 KB each: 100,000 of them are 1 GB of output."""
    text = "x" * 10000
    rows = "".join(f"  k{i}: &k{i} [{','.join(['*k' + str(i - 1)] * 10)}]\n" for i in range(1, 6))
    return one(resource(f"data:\n  k0: &k0 [{text}]\n{rows}")), GROWTH


@bomb
def alias_in_its_own_anchor():
    return one(resource("data: &a\n  k: *a\n")), "anchor"


@bomb
def merge_keys_that_multiply():
    lines = ["  m0: &m0 {k: v}"]
    for i in range(1, 30):
        lines.append(f"  m{i}: &m{i} {{a{i}: *m{i - 1}, b{i}: *m{i - 1}, <<: *m{i - 1}}}")
    return one(resource("data:\n" + "\n".join(lines) + "\n")), GROWTH


@bomb
def merge_keys_in_a_row():
    """Each merges the one before and adds a key: quadratic in the reference."""
    lines = ["  m0: &m0 {k0: v}"]
    for i in range(1, 400):
        lines.append(f"  m{i}: &m{i} {{k{i}: v, <<: *m{i - 1}}}")
    return one(resource("data:\n" + "\n".join(lines) + "\n")), None


@bomb
def one_merge_of_many():
    """One large mapping merged into itself many times over by a list."""
    keys = ", ".join(f"k{i}: v" for i in range(1000))
    rows = "".join(f"  x{i}: {{<<: [{','.join(['*m'] * 1000)}]}}\n" for i in range(3))
    return one(resource(f"data:\n  m: &m {{{keys}}}\n{rows}")), None


# --- what patches, replacements and vars make ------------------------------------------------------------------------


def replacement(source, target, extra=""):
    return (f"- source: {{kind: ConfigMap, name: c, fieldPath: {source}}}\n"
            f"  targets:\n  - select: {{kind: ConfigMap, name: c}}\n    fieldPaths: [{target}]\n"
            f"    options: {{create: true{extra}}}\n")


@bomb
def replacements_of_trees_that_double():
    rows = "".join(replacement("data", f"data.a{i}") for i in range(40))
    return one(resource("data: {k: v}\n"), "resources: [r.yaml]\nreplacements:\n" + rows), GROWTH


@bomb
def replacements_of_texts_that_double():
    rows = "".join(replacement("data.k", "data.k", ", delimiter: '-', index: " + str(2**i))
                   for i in range(40))
    return one(resource("data: {k: aaaaaaaaaaaaaaaa-b}\n"),
               "resources: [r.yaml]\nreplacements:\n" + rows), GROWTH


@bomb
def vars_that_double():
    rows, data = "", "  k0: " + "x" * 64 + "\n"
    for i in range(40):
        rows += (f"- name: V{i}\n  objref: {{apiVersion: v1, kind: ConfigMap, name: c}}\n"
                 f"  fieldref: {{fieldPath: data.k{i}}}\n")
        data += f"  k{i + 1}: $(V{i})$(V{i})\n"
    return one(resource("data:\n" + data),
               "resources: [r.yaml]\nconfigurations: [x.yaml]\nvars:\n" + rows,
               **{"x.yaml": "varReference: [{path: data, kind: ConfigMap}]\n"}), ""


@bomb
def vars_that_expand():
    """Four texts that are each 1,000 times one of 6 KB."""
    rows = "".join(f"  t{i}: {'$(V)' * 1000}\n" for i in range(4))
    return one(resource("data:\n  k: " + "x" * 6000 + "\n" + rows),
               "resources: [r.yaml]\nconfigurations: [x.yaml]\nvars:\n"
               "- name: V\n  objref: {apiVersion: v1, kind: ConfigMap, name: c}\n  fieldref: {fieldPath: data.k}\n",
               **{"x.yaml": "varReference: [{path: data, kind: ConfigMap}]\n"}), None


def json_patch(rows, data="{a0: {k: v}}"):
    patch = "".join(f"- {json.dumps(row)}\n" for row in rows)
    return one(resource(f"data: {data}\n"),
               "resources: [r.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n", **{"p.yaml": patch})


@bomb
def json_patch_copies_that_double():
    return json_patch([{"op": "copy", "from": "/data", "path": f"/data/b{i}"} for i in range(40)]), GROWTH


@bomb
def json_patch_copies_of_a_text():
    rows = [{"op": "copy", "from": "/data/k", "path": f"/data/b{i}"} for i in range(200)]
    return json_patch(rows, "{k: %s}" % ("x" * 20000)), ""


@bomb
def strategic_merge_of_every_document():
    """400 resources and a patch of 400 keys for each."""
    resources = "---\n".join(resource("data: {k: v}\n", f"c{i}") for i in range(400))
    patch = CONFIG_MAP.format("x") + "data:\n" + "".join(f"  k{i}: v\n" for i in range(400))
    return one(resources, "resources: [r.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n",
               **{"p.yaml": patch}), None


@bomb
def labels_of_every_document():
    labels = "".join(f"  k{i}: v\n" for i in range(250))
    resources = "---\n".join(resource("", f"c{i}") for i in range(250))
    return one(resources, "resources: [r.yaml]\ncommonAnnotations:\n" + labels), None


@bomb
def json_patch_that_digs():
    rows = [{"op": "copy", "from": "/data", "path": "/data" + "/a0" * (i + 1)} for i in range(12)]
    return json_patch(rows + [{"op": "move", "from": "/data/a0", "path": "/x"}]), ""


@bomb
def json_patch_at_the_front_of_a_list():
    """20,000 insertions before a long list: quadratic if each moves all."""
    rows = [{"op": "add", "path": "/data/l/0", "value": "x"} for i in range(20000)]
    return json_patch(rows, "{l: [a]}"), ""


@bomb
def strategic_merge_of_long_lists():
    """A list of 20,000 with a patch of 20,000: quadratic if each is looked for."""
    def pod(image):
        rows = "".join(f"  - name: n{i}\n    image: {image}\n" for i in range(20000))
        return f"apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n{rows}"
    return one(pod("a"), "resources: [r.yaml]\npatches: [{path: p.yaml}]\n", **{"p.yaml": pod("b")}), ""


@bomb
def prefixes_that_add_up():
    """150 levels that each put more before the names of 40 resources, and remember the old ones."""
    tree = {"n0/r.yaml": "---\n".join(resource("", f"c{i}") for i in range(40)),
            "n0/kustomization.yaml": "resources: [r.yaml]\n"}
    for i in range(1, 150):
        tree[f"n{i}/kustomization.yaml"] = f"resources: [../n{i - 1}]\nnamePrefix: {'p' * 40}\n"
    tree["kustomization.yaml"] = "resources: [n149]\n"
    return tree, None


# --- size, depth, number ---------------------------------------------------------------------------------------------


@bomb
def many_documents():
    return one("a: b\n---\n" * 100100), "100000 documents"


@bomb
def many_small_resources():
    return one("---\n".join(resource("", f"c{i}") for i in range(20000))), ""


@bomb
def deep_flow():
    return one(resource("data: " + "[" * 100000 + "]" * 100000 + "\n")), DEEP


@bomb
def deep_flow_that_never_ends():
    return one(resource("data: " + "{a: " * 100000)), DEEP


@bomb
def deep_blocks():
    return one(resource("data:\n" + "".join(" " * i + "k:\n" for i in range(1, 2000)))), DEEP


@bomb
def deep_dashes():
    return one(resource("data:\n" + "- " * 100000 + "x\n")), DEEP


@bomb
def deep_questions():
    return one(resource("data:\n" + "? " * 100000 + "x\n")), DEEP


@bomb
def deep_json():
    return one('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":' + '{"a":' * 100000 +
               "1" + "}" * 100000 + "}"), DEEP


@bomb
def deep_json_patch():
    return one(resource("data: {k: v}\n"),
                                  "resources: [r.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n",
                                  **{"p.yaml": '[{"op":"add","path":"/data/k","value":' + "[" * 100000 + "]" * 100000 +
                                     "}]"}), DEEP


@bomb
def deep_kustomization():
    return one(resource(""), "resources: [r.yaml]\npatches: " + "[" * 100000), DEEP


@bomb
def deep_path():
    return one(resource("data: {k: v}\n"), "resources: [r.yaml]\nreplacements:\n" +
               replacement("data.k", ".".join(["a"] * 50000))), "more than 1000 parts"


@bomb
def deep_field_spec():
    return one(resource("data: {k: v}\n"), "resources: [r.yaml]\ncommonLabels: {a: b}\nconfigurations: [x.yaml]\n",
               **{"x.yaml": f"commonLabels:\n- path: {'/'.join(['a'] * 50000)}\n  create: true\n"}), "1000 levels deep"


@bomb
def huge_integer():
    return one(resource("data:\n  k: " + "9" * 1000000 + "\n")), ""


@bomb
def huge_float():
    return one(resource("data:\n  k: 1." + "0" * 1000000 + "1e-99999999999999\n  l: 0x" + "f" * 100000 + "\n")), ""


@bomb
def many_huge_floats():
    rows = "".join(f"  k{i}: 1.{'123456789' * 80}e{i % 300}\n" for i in range(2000))
    return one(resource("data:\n" + rows)), ""


@bomb
def long_timestamps():
    return one(resource("data:\n  k: 2001-01-01 00:00:00." + "9" * 1000000 + "\n")), ""


@bomb
def long_key():
    return one(resource("data:\n  " + "k" * 1000000 + ": v\n")), "mapping value"


@bomb
def many_keys():
    return one(resource("data:\n" + "".join(f"  k{i}: v\n" for i in range(50000)))), ""


@bomb
def many_equal_keys():
    return one(resource("data:\n" + "".join("  k: v\n" for i in range(50000)))), "twice"


@bomb
def many_annotations():
    rows = "".join(f"    k{i}: v\n" for i in range(20000))
    return one(resource("  annotations:\n" + rows),
               "resources: [r.yaml]\ncommonAnnotations: {a: b}\nnamePrefix: p\n"), ""


@bomb
def many_annotations_twice():
    """Annotations from the file, and as many others from the kustomization."""
    def rows(letter, indent):
        return "".join(f"{indent}{letter}{i}: v\n" for i in range(10000))
    return one(resource("  annotations:\n" + rows("k", "    ")),
               "resources: [r.yaml]\ncommonAnnotations:\n" + rows("l", "  ")), ""


@bomb
def many_anchors():
    return one(resource("data:\n" + "".join(f"  k{i}: &a{i} v\n" for i in range(10000)) +
                        "".join(f"  l{i}: *a{i}\n" for i in range(10000)))), ""


@bomb
def many_comments():
    return one("# x\n" * 200000 + resource("")), ""


@bomb
def many_flow_pairs():
    return one(resource("data: {k: [" + "a: b, " * 50000 + "]}\n")), ""


@bomb
def many_open_quotes():
    return one(resource("data:\n" + "".join(f"  k{i}: 'x\n" for i in range(20000)))), "yaml"


@bomb
def long_plain_of_many_lines():
    return one(resource("data:\n  k: x\n" + "    x\n" * 100000)), ""


@bomb
def long_folded():
    return one(resource("data:\n  k: >\n" + "    x y\n" * 100000)), ""


@bomb
def long_line_of_words():
    return one(resource("data:\n  k: \"" + "a b " * 200000 + "\"\n")), ""


@bomb
def possible_keys_without_end():
    """A scanner that looks back over all places where a key may have begun is quadratic here."""
    return one(resource("data: [" + "[" * 30 + "a, " * 20000 + "]" * 30 + "]\n")), ""


# --- regular expressions, selectors, names ---------------------------------------------------------------------------


PATCH = """'[{"op": "add", "path": "/data", "value": {"a": "b"}}]'"""


def patches(*names):
    rows = (f"- {{patch: {PATCH}, target: {{name: '{name}'}}}}\n" for name in names)
    return "resources: [r.yaml]\npatches:\n" + "".join(rows)


@bomb
def expression_that_backtracks():
    return one(resource("", "a" * 60), patches("(a+)+(a+)+(a+)+b")), ""


@bomb
def expression_with_many_repeats():
    return one(resource("", "a" * 60), patches("((((a{1,100}){1,100}){1,100}){1,100})b")), "invalid repeat count"


@bomb
def expression_that_nests():
    return one(resource(""), patches("(" * 50000 + "a" + ")" * 50000)), "((((("


@bomb
def expression_that_is_long():
    return one(resource("", "a" * 60), patches("a?" * 5000 + "a" * 60)), "(limit regex_steps)"


@bomb
def expression_for_every_resource():
    resources = "---\n".join(resource("", "a" * 50 + str(i)) for i in range(300))
    return one(resources, patches(*["(a|aa)+$"] * 10)), ""


@bomb
def image_that_backtracks():
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: %s}]}\n" % ("a" * 60)
    return one(pod, "resources: [r.yaml]\nimages: [{name: '(a+)+(a+)+(a+)+b', newTag: x}]\n"), ""


@bomb
def many_images():
    pod = ("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [" +
           ", ".join(f"{{name: c{i}, image: i{i}}}" for i in range(1000)) + "]}\n")
    rows = "".join(f"- {{name: i{i}, newTag: x}}\n" for i in range(1000))
    return one(pod, "resources: [r.yaml]\nimages:\n" + rows), ""


@bomb
def many_patches():
    resources = "---\n".join(resource("", f"c{i}") for i in range(1000))
    return one(resources, patches(*[f"c{i}" for i in range(1000)])), ""


@bomb
def many_names_in_history():
    """One resource renamed by 400 levels."""
    tree = {"n0/r.yaml": resource(""), "n0/kustomization.yaml": "resources: [r.yaml]\n"}
    for i in range(1, 400):
        tree[f"n{i}/kustomization.yaml"] = f"resources: [../n{i - 1}]\nnamePrefix: p\n"
    tree["kustomization.yaml"] = "resources: [n399]\n"
    return tree, ""


@bomb
def long_history_in_annotations():
    names = ",".join(f"n{i}" for i in range(50000))
    extra = (f"  annotations:\n    internal.config.kubernetes.io/previousNames: {names}\n"
             f"    internal.config.kubernetes.io/previousNamespaces: {','.join(['default'] * 50000)}\n"
             f"    internal.config.kubernetes.io/previousKinds: {','.join(['ConfigMap'] * 50000)}\n")
    return one(resource(extra), "resources: [r.yaml]\nnamePrefix: p\n"), ""


# --- text ------------------------------------------------------------------------------------------------------------


@bomb
def embedded_json_that_nests():
    text = json.dumps("[" * 100000 + "]" * 100000)
    return one(resource(f"data:\n  k: {text}\n"),
               "resources: [r.yaml]\nreplacements:\n" + replacement("metadata.name", "data.k.0.0")), DEEP


@bomb
def embedded_yaml_with_aliases():
    text = "".join("      " + line + "\n" for line in aliases(9, 9).splitlines())
    return one(resource("data:\n  k: |\n" + text),
               "resources: [r.yaml]\nreplacements:\n" + replacement("metadata.name", "data.k.x")), GROWTH


@bomb
def env_file_of_many_lines():
    return {"kustomization.yaml": "configMapGenerator: [{name: c, envs: [e.env]}]\n",
            "e.env": "".join(f"K{i}=v\n" for i in range(50000))}, ""


@bomb
def many_literals():
    rows = "".join(f"  - k{i}=v\n" for i in range(20000))
    return {"kustomization.yaml": "configMapGenerator:\n- name: c\n  literals:\n" + rows}, ""


@bomb
def many_generators_of_one_map():
    rows = "".join(f"- name: c\n  behavior: merge\n  literals: [k{i}=v]\n" for i in range(400))
    return one(resource("data: {k: v}\n"), "resources: [r.yaml]\nconfigMapGenerator:\n" + rows), ""
