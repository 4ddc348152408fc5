#!/bin/sh
# Gives back what it got, and all of that once more as the data of a ConfigMap.
input=$(cat)
printf '%s\n' "$input" | sed '/^functionConfig:/,$d'
cat <<END
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: input-of-$1
  data:
    arguments: "$*"
    input: |
$(printf '%s\n' "$input" | sed 's/^/      /')
END
