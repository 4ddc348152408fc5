"""Makes a failing tree small: takes away files, blocks of lines, and lines, as long as the failure stays the same."""


def blocks(lines):
    """(from, to) of each line with the deeper lines below it, the largest first."""
    depth = [len(line) - len(line.lstrip()) if line.strip() else 1 << 20 for line in lines]
    found = []
    for i in range(len(lines)):
        end = i + 1
        while end < len(lines) and depth[end] > depth[i]:
            end += 1
        # Items of a list may stand at the depth of their key.
        is_key = lines[i].rstrip().endswith(":")
        while is_key and end < len(lines) and (depth[end] > depth[i] or
                                               depth[end] == depth[i] and lines[end].lstrip().startswith("- ")):
            end += 1
        found.append((i, end))
    return sorted(found, key=lambda span: span[0] - span[1])


def without_files(tree, fails):
    for path in sorted(tree, key=lambda p: -len(tree[p])):
        smaller = {p: t for p, t in tree.items() if p != path}
        if fails(smaller):
            tree = smaller
    return tree


def without_lines(tree, path, fails):
    changed = True
    while changed:
        changed = False
        lines = tree[path].split("\n")
        for start, end in blocks(lines):
            smaller = {**tree, path: "\n".join(lines[:start] + lines[end:])}
            if smaller[path] != tree[path] and fails(smaller):
                tree, changed = smaller, True
                break
    return tree


def shrink(tree, fails):
    """The smallest tree found for which `fails` is true, as it is for `tree`."""
    before = None
    while tree != before:
        before = tree
        tree = without_files(tree, fails)
        for path in sorted(tree):
            tree = without_lines(tree, path, fails)
    return tree
