#!/usr/bin/env python3
"""Makes CRD-like documents: MEGABYTES of deeply nested, commented schema in one kustomization.

    make_crds.py MEGABYTES DIRECTORY
"""
import random
import sys

from tree import write

WORDS = ("the", "desired", "state", "of", "a", "resource", "is", "observed", "by", "its", "controller", "and", "names",
         "must", "match", "selector", "when", "set", "defaults", "to", "zero", "value", "cannot", "be", "updated")


def sentence(rng, indent):
    lines, line = [], ""
    for _ in range(rng.randint(8, 40)):
        word = rng.choice(WORDS)
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    if rng.random() < 0.3:
        return "|-\n" + "\n".join(" " * indent + text for text in lines)
    return " ".join(lines)[:76]


def schema(rng, depth, indent):
    pad = " " * indent
    yield f"{pad}description: {sentence(rng, indent + 2)}"
    if depth == 0:
        kind = rng.choice(("string", "integer", "boolean"))
        yield f"{pad}type: {kind}"
        if kind == "integer":
            yield f"{pad}format: int32"
        if rng.random() < 0.1:
            yield f"{pad}enum:"
            yield from (f"{pad}- Option{n}" for n in range(3))
        return
    if rng.random() < 0.2:
        yield f"{pad}type: array"
        yield f"{pad}items:"
        yield from schema(rng, depth - 1, indent + 2)
        return
    yield f"{pad}type: object"
    yield f"{pad}properties:"
    for name in rng.sample(WORDS, rng.randint(2, 6)):
        yield f"{pad}  {name}Of{rng.choice(WORDS).capitalize()}:"
        yield from schema(rng, depth - 1, indent + 4)


def crd(rng, n):
    yield "apiVersion: apiextensions.k8s.io/v1"
    yield "kind: CustomResourceDefinition"
    yield "metadata:"
    yield f"  name: things{n}.bench.example"
    yield "spec:"
    yield "  group: bench.example"
    yield f"  names: {{kind: Thing{n}, plural: things{n}}}"
    yield "  scope: Namespaced"
    yield "  versions:"
    yield "  - name: v1"
    yield "    served: true"
    yield "    storage: true"
    yield "    schema:"
    yield "      openAPIV3Schema:"
    yield from schema(rng, 7, 8)


def make(megabytes, root):
    """The folder to build: ROOT, with at least that many megabytes in files of one document."""
    rng = random.Random(1)
    total, names = 0, []
    while total < megabytes * 1e6:
        text = "\n".join(crd(rng, len(names))) + "\n"
        names.append(f"crd-{len(names)}.yaml")
        write(f"{root}/{names[-1]}", text)
        total += len(text)
    write(f"{root}/kustomization.yaml", "resources:\n" + "".join(f"- {name}\n" for name in names))
    return root


if __name__ == "__main__":
    make(float(sys.argv[1]), sys.argv[2])
