#!/usr/bin/env python3
"""Writes kustomize's builtin field specs as constant C data: transformer_config_builtin of schema/field_spec.h.

usage: generate_field_specs.py lib/schema/data/field_specs.json OUTPUT.c

The JSON holds the lists in the order in which kustomize sorts them. Standard library only.
"""
import json
import sys

# The key in a configuration file and the member of transformer_config.
LISTS = [
    ("namePrefix", "name_prefix"),
    ("nameSuffix", "name_suffix"),
    ("namespace", "name_space"),
    ("commonLabels", "common_labels"),
    ("labels", "labels"),
    ("templateLabels", "template_labels"),
    ("volumeClaimTemplateLabels", "volume_claim_template_labels"),
    ("commonAnnotations", "common_annotations"),
    ("varReference", "var_reference"),
    ("images", "images"),
    ("replicas", "replicas"),
]


def initialiser(text):
    return 'TEXT_INIT("%s")' % text.replace("\\", "\\\\").replace('"', '\\"')


def kind(entry):
    return ", ".join(initialiser(entry.get(part, "")) for part in ("group", "version", "kind"))


def write_specs(out, name, specs):
    rows = ["    {%s, %s, %s}" % (kind(s), initialiser(s["path"]), "true" if s.get("create") else "false")
            for s in specs]
    out.write("\nstatic const field_spec %s[] = {\n%s,\n};\n" % (name, ",\n".join(rows)))


def main():
    data = json.load(open(sys.argv[1], encoding="utf-8"))
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write("/* Made by scripts/generate_field_specs.py: do not edit. */\n")
        out.write('#include "schema/field_spec.h"\n')
        members = []
        for key, member in LISTS:
            if data.get(key):
                write_specs(out, member, data[key])
                members.append("    .%s = {%s, %d}" % (member, member, len(data[key])))
        references = []
        for number, reference in enumerate(data["nameReference"]):
            write_specs(out, "referrers_%d" % number, reference["fieldSpecs"])
            references.append("    {%s, {referrers_%d, %d}}" % (kind(reference), number, len(reference["fieldSpecs"])))
        out.write("\nstatic const name_reference name_references[] = {\n%s,\n};\n" % ",\n".join(references))
        members.append("    .name_references = {name_references, %d}" % len(references))
        out.write("\nconst transformer_config transformer_config_builtin = {\n%s,\n};\n" % ",\n".join(members))


if __name__ == "__main__":
    main()
