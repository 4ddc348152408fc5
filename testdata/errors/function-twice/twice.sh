#!/bin/sh
cat >/dev/null
for i in 1 2; do
    printf '%s\n' --- "apiVersion: v1" "kind: ConfigMap" "metadata: {name: config}"
done
