#!/usr/bin/env python3
"""Makes the smallest work: one Deployment with a name prefix.

    make_one.py DIRECTORY
"""
import sys

from tree import write

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: nginx:1.27
"""


def make(root):
    write(root + "/deployment.yaml", DEPLOYMENT)
    write(root + "/kustomization.yaml", "resources:\n- deployment.yaml\nnamePrefix: prod-\n")
    return root


if __name__ == "__main__":
    make(sys.argv[1])
