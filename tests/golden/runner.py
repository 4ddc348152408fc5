"""What the runners of this folder share: their options, the loop over the cases, and the count at the end."""
import argparse
import difflib
import os


def difference(what, want, got):
    lines = [t.decode(errors="replace").splitlines() for t in (want, got)]
    return "\n".join(difflib.unified_diff(*lines, f"{what}, expected", f"{what}, got", lineterm="", n=3))


def main(doc, cases, judge, record):
    """cases() gives names; judge(name, program, is_reference) says what is wrong with one, or None."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="strata")
    parser.add_argument("--filter", default="")
    parser.add_argument("--reference", action="store_true")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    program = os.path.abspath(options.bin) if os.sep in options.bin else options.bin
    count = failed = 0
    for name in cases():
        if options.filter not in name:
            continue
        if options.record:
            record(name, program)
        wrong = judge(name, "kustomize" if options.reference else program, options.reference)
        count += 1
        if wrong:
            failed += 1
            print(f"FAIL {name}: {wrong}")
    print(f"{count - failed} passed, {failed} failed")
    return 1 if failed or not count else 0
