#!/bin/sh
# Labels every resource with its arguments.
sed "s/^    name: /    labels: {owner: $1, team: $TEAM}\n    name: /"
