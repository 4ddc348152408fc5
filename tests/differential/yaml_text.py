"""Writes data as YAML in many ways: styles, quotes, indentation, comments, anchors, flow collections."""
import json
import re

PLAIN = re.compile(r"^[A-Za-z/][A-Za-z0-9_./-]*$")
# Plain words that a reader would not take for text.
NOT_TEXT = re.compile(r"^(?:y|n|yes|no|on|off|true|false|null|~)$", re.I)


class Raw(str):
    """A scalar that is written as it stands, whatever a reader makes of it."""


class Writer:
    """One file in one manner: `oddness` from 0 to 1 is how often something unusual is done."""

    def __init__(self, rng, oddness):
        self.rng = rng
        self.oddness = oddness
        self.step = rng.choice([2, 2, 2, 4])
        self.list_indent = rng.choice([0, 0, self.step])
        self.anchors = 0

    def odd(self, factor=1.0):
        return self.rng.random() < self.oddness * factor

    def quoted(self, text):
        if self.odd(0.5) and "\n" not in text and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=self.odd())

    def scalar(self, value, depth=0, in_flow=False):
        """Text for a scalar; the lines of a block scalar are indented for `depth`."""
        if isinstance(value, Raw):
            return str(value)
        if value is None:
            return self.rng.choice(["null", "~", "Null"]) if self.odd() else "null"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float)):
            return str(value)
        if "\n" in value and not in_flow and not re.search(r"^\s|[^\x20-\x7e\n]|\n[ \t]", value) and not self.odd(0.3):
            return self.block_scalar(value, depth)
        if PLAIN.match(value) and not NOT_TEXT.match(value) and not self.odd():
            return value
        return self.quoted(value)

    def block_scalar(self, value, depth):
        chomp = "-" if not value.endswith("\n") else "+" if value.endswith("\n\n") else ""
        pad = " " * (depth + self.step)
        body = value[:-1] if value.endswith("\n") else value
        style = ">" if self.odd(0.5) else "|"
        if style == ">":
            body = body.replace("\n", "\n\n")
        return style + chomp + "".join("\n" + (pad + line if line else "") for line in body.split("\n"))

    def flow(self, value):
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.key(k)}: {self.flow(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(v) for v in value) + "]"
        return self.scalar(value, in_flow=True)

    def key(self, key):
        return self.quoted(key) if not PLAIN.match(key) or self.odd(0.1) else key

    def anchor(self):
        if not self.odd(0.1):
            return ""
        self.anchors += 1
        return f"&a{self.anchors} "

    def comment(self):
        return self.rng.choice(["  # note", " # {a: b}", "  # 'quoted'"]) if self.odd(0.2) else ""

    def is_block(self, value):
        return isinstance(value, (dict, list)) and value and not self.odd(0.4)

    def lines(self, value, depth):
        """A collection that is not empty, as lines that begin at `depth`."""
        pad = " " * depth
        if isinstance(value, dict):
            items = list(value.items())
            if self.odd(0.5):
                self.rng.shuffle(items)
            for key, item in items:
                if self.odd(0.1):
                    yield pad + "# a comment"
                if not self.is_block(item):
                    yield f"{pad}{self.key(key)}: {self.value(item, depth)}"
                    continue
                inner = depth + (self.list_indent if isinstance(item, list) else self.step)
                yield f"{pad}{self.key(key)}: {self.anchor()}".rstrip() + self.comment()
                yield from self.lines(item, inner)
        else:
            for item in value:
                if not self.is_block(item):
                    yield f"{pad}- {self.value(item, depth)}"
                    continue
                first, *rest = self.lines(item, depth + 2)
                yield f"{pad}- {first.lstrip()}" if not first.lstrip().startswith("#") else f"{pad}-\n{first}"
                yield from rest

    def value(self, item, depth):
        if isinstance(item, (dict, list)):
            return self.flow(item)
        text = self.scalar(item, depth)
        return text if "\n" in text else self.anchor() + text + self.comment()

    def document(self, value):
        if not value or not isinstance(value, (dict, list)):
            return self.flow(value) + "\n"
        return "\n".join(self.lines(value, 0)) + "\n"


def file_text(rng, documents, oddness):
    """A whole file: the documents with separators; sometimes with CRLF, a comment first, or no last newline."""
    writer = Writer(rng, oddness)
    pieces = [writer.document(d) for d in documents]
    text = rng.choice(["---\n", "--- # next\n"] if writer.odd() else ["---\n"]).join(pieces)
    if writer.odd(0.5):
        text = rng.choice(["# header\n", "---\n", "# header\n---\n", "\n\n"]) + text
    if writer.odd(0.3):
        text += rng.choice(["---\n", "---\n# end\n", "...\n", "\n\n"])
    if writer.odd(0.1):
        text = text.replace("\n", "\r\n")
    if writer.odd(0.3):
        text = text.rstrip("\n")
    return text
