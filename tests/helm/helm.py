"""A stand-in for helm: records its call in the folder of this file, and prints what a file there says.

The record has the arguments, the environment, the working directory, the bytes of standard input and of each values
file. `version` prints VERSION or v3.19.0; `template` prints OUTPUT or one ConfigMap; with FAIL every `template` fails.
"""
import json
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
arguments = sys.argv[1:]


def content(name, standard):
    path = os.path.join(here, name)
    if not os.path.exists(path):
        return standard
    with open(path) as f:
        return f.read()


call = {
    "arguments": arguments,
    "environment": dict(os.environ),
    "directory": os.getcwd(),
    "input": sys.stdin.read(),
    "values": [content(after, None) for option, after in zip(arguments, arguments[1:]) if option == "-f"],
}
with open(os.path.join(here, "calls"), "a") as calls:
    calls.write(json.dumps(call) + "\n")

if arguments[0] == "version":
    print(content("VERSION", "v3.19.0+g123abc"))
elif arguments[0] == "template":
    if content("FAIL", None):
        sys.exit("Error: the template is bad")
    print(content("OUTPUT", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n"), end="")
