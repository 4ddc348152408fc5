"""Bombs made of bases and components, and honest trees that resemble them: see bombs.py."""
from bombs import GROWTH, Link, bomb, one, resource


def two_sided_levels(tree, entries, prefix):
    """30 levels above l0 with two sides that name the level below; `entries` and `prefix` are patterns."""
    for i in range(1, 31):
        tree[f"l{i}/kustomization.yaml"] = f"resources: [{entries.format(below=i - 1)}]\n"
        for side in "ab":
            tree[f"l{i}/{side}/kustomization.yaml"] = f"resources: [../../l{i - 1}]\n" + prefix.format(side=side)
    tree["kustomization.yaml"] = "resources: [l30]\n"
    return tree


@bomb
def bases_that_multiply():
    """Each level names the one below twice, with a prefix of its own: 2 ** 30 resources."""
    tree = {"l0/kustomization.yaml": "resources: [r.yaml]\n", "l0/r.yaml": resource("")}
    return two_sided_levels(tree, "a, b", "namePrefix: {side}\n"), GROWTH


@bomb
def empty_bases_that_multiply():
    """The same without any resource: nothing but the readings themselves grows."""
    return two_sided_levels({"l0/kustomization.yaml": "resources: []\n"}, "../l{below}, a, b", ""), GROWTH


@bomb
def components_that_multiply():
    tree = {"l0/kustomization.yaml": "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nnamePrefix: a\n"}
    for i in range(1, 31):
        tree[f"l{i}/kustomization.yaml"] = ("kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n"
                                            f"components: [../l{i - 1}, ../l{i - 1}]\n")
    tree.update(one(resource(""), "resources: [r.yaml]\ncomponents: [l30]\n"))
    return tree, GROWTH


@bomb
def bases_in_a_circle():
    return {"kustomization.yaml": "resources: [a]\n", "a/kustomization.yaml": "resources: [../b]\n",
            "b/kustomization.yaml": "resources: [../a]\n"}, "circle"


@bomb
def bases_in_a_circle_of_links():
    return {"kustomization.yaml": "resources: [a]\n", "a/kustomization.yaml": "resources: [link]\n",
            "a/link": Link("../b"), "b/kustomization.yaml": "resources: [link]\n", "b/link": Link("../a")}, "circle"


@bomb
def components_in_a_circle():
    head = "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n"
    return {"kustomization.yaml": "components: [a]\n", "a/kustomization.yaml": head + "components: [../b]\n",
            "b/kustomization.yaml": head + "components: [../a]\n"}, "circle"


@bomb
def links_in_a_circle():
    return {"kustomization.yaml": "resources: [a]\n", "a": Link("b"), "b": Link("a")}, "can't be read"


@bomb
def bases_deeper_than_allowed():
    tree = {f"n{i}/kustomization.yaml": f"resources: [../n{i + 1}]\n" for i in range(600)}
    tree["n600/kustomization.yaml"] = "resources: []\n"
    tree["kustomization.yaml"] = "resources: [n0]\n"
    return tree, "500"


def overlays_of_one_base(overlays, resources):
    """No bomb: each overlay is written out, though all together are far larger than their files."""
    tree = {"base/r.yaml": "---\n".join(resource("", f"c{i}") for i in range(resources)),
            "base/kustomization.yaml": "resources: [r.yaml]\n",
            "kustomization.yaml": f"resources: [{', '.join(f'o{i}' for i in range(overlays))}]\n"}
    for i in range(overlays):
        tree[f"o{i}/kustomization.yaml"] = f"resources: [../base]\nnamePrefix: o{i}-\n"
    return tree


@bomb
def many_overlays_of_a_small_base():
    return overlays_of_one_base(300, 10), ""


@bomb
def overlays_of_a_base_of_many_resources():
    return overlays_of_one_base(150, 100), ""


@bomb
def overlays_of_overlays():
    """20 environments that each name the same 20 applications."""
    tree = {path: text for path, text in overlays_of_one_base(20, 10).items() if path != "kustomization.yaml"}
    for i in range(20):
        names = ", ".join(f"../o{k}" for k in range(20))
        tree[f"e{i}/kustomization.yaml"] = f"resources: [{names}]\nnameSuffix: -e{i}\n"
    tree["kustomization.yaml"] = f"resources: [{', '.join(f'e{i}' for i in range(20))}]\n"
    return tree, ""


@bomb
def places_that_multiply():
    """What is named again may take more, but not when each level names all of the next."""
    tree = {"l0/kustomization.yaml": "resources: []\n"}
    for level in range(1, 9):
        for side in range(6):
            names = "../l0" if level == 1 else ", ".join(f"../l{level - 1}{k}" for k in range(6))
            tree[f"l{level}{side}/kustomization.yaml"] = f"resources: [{names}]\n"
    tree["kustomization.yaml"] = f"resources: [{', '.join(f'l8{k}' for k in range(6))}]\n"
    return tree, GROWTH
