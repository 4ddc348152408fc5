#!/bin/sh
cat >/dev/null
cat <<'END'
apiVersion: v1
kind: ConfigMap
metadata:
  name: made
  annotations: {kustomize.config.k8s.io/needs-hash: "true"}
data: {a: "1"}
---
apiVersion: v1
kind: Service
metadata:
  name: plain
  annotations: {kustomize.config.k8s.io/needs-hash: "f"}
spec: {ports: [{port: 0x50}]}
END
