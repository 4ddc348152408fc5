#!/usr/bin/env python3
"""Writes the builtin schema as constant C data.

usage: generate_schema_tables.py lib/schema/data/kubernetes-VERSION.json OUTPUT.c

The tables are what schema/schema_tables.h declares. Texts lie in one pool, each with its length before it, and every
number fits 16 bits, so the whole takes about 60 KB, has no pointers to relocate, and nothing is parsed at start.
Standard library only.
"""
import json
import sys

NONE = 0xFFFF


class Pool:
    """The texts, each once; a text is named by its place."""

    def __init__(self):
        self.places = {"": 0}
        self.items = [""]
        self.size = 1

    def place(self, value):
        if value not in self.places:
            assert len(value) < 256 and value.isascii() and value.isprintable(), value
            self.places[value] = self.size
            self.items.append(value)
            self.size += 1 + len(value)
            assert self.size < NONE
        return self.places[value]


class Tables:
    def __init__(self):
        self.pool = Pool()
        self.definitions = []  # rows of schema_definition
        self.fields = []
        self.key_lists = []
        self.numbers = {}    # definition name -> row
        self.anonymous = {}  # JSON of an anonymous type -> row

    def add_named(self, definitions):
        for name in sorted(definitions):
            self.numbers[name] = len(self.definitions)
            self.definitions.append({"name": self.pool.place(name)})

    def fill_named(self, definitions):
        for name in sorted(definitions):
            row = self.definitions[self.numbers[name]]
            row["first_field"] = len(self.fields)
            row["field_count"] = len(definitions[name])
            # Encoding sorts by bytes, which is what the look-up compares.
            for field in sorted(definitions[name], key=str.encode):
                self.fields.append((self.pool.place(field), self.type_of(definitions[name][field])))
        assert len(self.fields) < NONE

    def type_of(self, described):
        if isinstance(described, str):
            return self.numbers[described]
        key = json.dumps(described, sort_keys=True)
        if key not in self.anonymous:
            row = {"name": 0}
            if described is not True:
                for part in ("items", "values"):
                    if part in described:
                        row[part] = self.type_of(described[part])
                row["strategy"] = self.pool.place(described.get("strategy", ""))
                row["merge_key"] = self.pool.place(described.get("key", ""))
                row["map_keys"] = self.key_list(described.get("keys"))
            self.anonymous[key] = len(self.definitions)
            self.definitions.append(row)
        return self.anonymous[key]

    def key_list(self, keys):
        if not keys:
            return NONE
        if keys not in self.key_lists:
            self.key_lists.append(keys)
        return self.key_lists.index(keys)


def c_string(value):
    return '"\\%03o" "%s"' % (len(value), value.replace("\\", "\\\\").replace('"', '\\"'))


def kind_rows(tables, kinds):
    rows = []
    for version, kind, name in sorted(kinds, key=lambda k: (k[0].encode(), k[1].encode())):
        rows.append("{%d, %d, %d}" % (tables.pool.place(version), tables.pool.place(kind), tables.numbers[name]))
    return rows


def scope_rows(tables, scopes):
    rows = []
    for version, kind, scope in sorted(scopes, key=lambda k: (k[0].encode(), k[1].encode())):
        place = tables.pool.place
        rows.append("{%d, %d, %d}" % (place(version), place(kind), scope == "namespaced"))
    return rows


def write_rows(out, declaration, rows):
    out.write("\n%s = {\n%s,\n};\n" % (declaration, ",\n".join(rows)))


def definition_row(row):
    return "{%d, %d, %d, %d, %d, %d, %d, %d}" % (
        row["name"], row.get("first_field", 0), row.get("field_count", 0), row.get("items", NONE),
        row.get("values", NONE), row.get("strategy", 0), row.get("merge_key", 0), row.get("map_keys", NONE))


def main():
    data = json.load(open(sys.argv[1], encoding="utf-8"))
    tables = Tables()
    tables.add_named(data["definitions"])
    kubernetes_count = len(tables.definitions)
    tables.add_named(data["kustomization_definitions"])
    named_count = len(tables.definitions)
    tables.fill_named(data["definitions"])
    tables.fill_named(data["kustomization_definitions"])
    kubernetes_kinds = kind_rows(tables, data["kinds"])
    kustomization_kinds = kind_rows(tables, data["kustomization_kinds"])
    scopes = scope_rows(tables, data["scopes"])
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write("/* Made by scripts/generate_schema_tables.py: do not edit. */\n")
        out.write('#include "schema/schema_tables.h"\n')
        write_rows(out, "const char schema_pool[]", ["\n".join(c_string(item) for item in tables.pool.items)])
        out.write("\nconst uint16_t schema_kubernetes_count = %d;\nconst uint16_t schema_named_count = %d;\n"
                  % (kubernetes_count, named_count))
        write_rows(out, "const schema_definition schema_definitions[]", [definition_row(r) for r in tables.definitions])
        write_rows(out, "const schema_field_row schema_fields[]", ["{%d, %d}" % row for row in tables.fields])
        for number, keys in enumerate(tables.key_lists):
            write_rows(out, "static const text key_list_%d[]" % number, ['TEXT_INIT("%s")' % key for key in keys])
        write_rows(out, "const schema_key_list schema_key_lists[]",
                   ["{key_list_%d, %d}" % (number, len(keys)) for number, keys in enumerate(tables.key_lists)])
        write_rows(out, "const schema_kind_row schema_kinds[]", kubernetes_kinds + kustomization_kinds)
        out.write("\nconst uint16_t schema_kubernetes_kind_count = %d;\nconst uint16_t schema_kind_count = %d;\n"
                  % (len(kubernetes_kinds), len(kubernetes_kinds + kustomization_kinds)))
        write_rows(out, "const schema_scope_row schema_scopes[]", scopes)
        out.write("\nconst uint16_t schema_scope_count = %d;\n" % len(scopes))


if __name__ == "__main__":
    main()
