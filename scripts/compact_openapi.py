#!/usr/bin/env python3
"""Boils OpenAPI documents of Kubernetes and of kustomize down to what merging needs.

usage: compact_openapi.py KUBERNETES.json KUSTOMIZATION.json > lib/schema/data/kubernetes-VERSION.json

Both inputs hold `definitions` as OpenAPI v2 has them. The first also has either `resources` (apiVersion, kind, scope)
as in kyaml's compiled bundle, or `paths`, from which the scope of each kind is found as kyaml finds it. Kept are, for
each definition, its properties with their types; descriptions, formats and the rest go. Standard library only.

A type in the output is
    true                                    known, with nothing below it
    "io.k8s.api.core.v1.Pod"                a definition
    {"items": TYPE}                         a list
    {"values": TYPE}                        a mapping with any keys
The last two, and a type that is otherwise `true`, may have "strategy": "merge", "key": "name" and "keys": ["a", "b"].
"""
import json
import sys

GVK = "x-kubernetes-group-version-kind"
REF = "#/definitions/"

# kyaml's table of scopes knows these although v1.21 has no paths for them.
EXTRA_SCOPES = [
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "cluster"),
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "cluster"),
]


def compact_type(schema):
    if "$ref" in schema:
        # kyaml replaces a schema that has a reference by what it refers to: siblings of $ref do not count.
        assert schema["$ref"].startswith(REF), schema
        return schema["$ref"][len(REF):]
    assert "properties" not in schema, schema
    result = {}
    if schema.get("type") == "array" and "items" in schema:
        result["items"] = compact_type(schema["items"])
    if isinstance(schema.get("additionalProperties"), dict):
        result["values"] = compact_type(schema["additionalProperties"])
    # kyaml asks for the strategy first; without one the merge keys do not count.
    if schema.get("x-kubernetes-patch-strategy"):
        result["strategy"] = schema["x-kubernetes-patch-strategy"]
        for key, name in (("x-kubernetes-patch-merge-key", "key"), ("x-kubernetes-list-map-keys", "keys")):
            if key in schema:
                result[name] = schema[key]
    return result or True


def compact_definitions(document):
    definitions = {}
    for name, schema in sorted(document["definitions"].items()):
        assert "$ref" not in schema and not isinstance(schema.get("additionalProperties"), dict), name
        properties = schema.get("properties", {})
        definitions[name] = {field: compact_type(properties[field]) for field in sorted(properties)}
    return definitions


def api_version(entry):
    return "/".join(part for part in (entry.get("group", ""), entry["version"]) if part)


def kinds_of(document):
    kinds = []
    for name, schema in document["definitions"].items():
        kinds += [[api_version(entry), entry["kind"], name] for entry in schema.get(GVK, [])]
    return sorted(kinds)


def scopes_of(document):
    scopes = {(version, kind): scope for version, kind, scope in EXTRA_SCOPES}
    for entry in document.get("resources", []):
        if entry.get("scope"):
            scopes[entry["apiVersion"], entry["kind"]] = "cluster" if entry["scope"] == "Cluster" else "namespaced"
    for path, item in document.get("paths", {}).items():
        entry = item.get("get", {}).get(GVK)
        if entry:
            key = api_version(entry), entry["kind"]
            namespaced = "namespaces/{namespace}" in path or scopes.get(key) == "namespaced"
            scopes[key] = "namespaced" if namespaced else "cluster"
    return [[version, kind, scope] for (version, kind), scope in sorted(scopes.items())]


def lines(items):
    """One item a line, so that a change of the data is a change of few lines."""
    return ",\n".join(json.dumps(item, separators=(",", ":"), sort_keys=True) for item in items)


def definition_lines(definitions):
    return ",\n".join('"%s":%s' % (name, json.dumps(fields, separators=(",", ":"), sort_keys=True))
                      for name, fields in definitions.items())


def main():
    kubernetes, kustomization = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:3])
    print("{")
    for prefix, document in (("", kubernetes), ("kustomization_", kustomization)):
        print('"%sdefinitions":{\n%s\n},' % (prefix, definition_lines(compact_definitions(document))))
        print('"%skinds":[\n%s\n],' % (prefix, lines(kinds_of(document))))
    print('"scopes":[\n%s\n]' % lines(scopes_of(kubernetes)))
    print("}")


if __name__ == "__main__":
    main()
