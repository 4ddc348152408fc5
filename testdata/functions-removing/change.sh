#!/bin/sh
# Adds one, changes the third, leaves the first out, and renames the second by what it prints.
cat >/dev/null
cat <<'END'
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: new}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: three, namespace: default}
  data: {changed: "yes"}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: renamed}
END
