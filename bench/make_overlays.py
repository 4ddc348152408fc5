#!/usr/bin/env python3
"""Makes a repository of many small overlays, as GitOps repositories have them.

    make_overlays.py COUNT DIRECTORY

There is a base for every ten overlays: a Deployment, a Service and a ConfigMap. Each overlay has a namespace, labels,
an image, replicas, a merging generator and a patch.
"""
import sys

from make_apps import APP
from tree import write

OVERLAYS_OF_A_BASE = 10

BASE = """\
resources:
- app.yaml
configMapGenerator:
- name: settings
  literals:
  - LOG_LEVEL=info
  - REGION=none
"""

OVERLAY = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- ../../bases/{base}
namespace: region-{n}
labels:
- pairs:
    region: r{n}
images:
- name: registry.example/app
  newTag: 1.{n}.0
replicas:
- name: app-{base}
  count: 3
configMapGenerator:
- name: settings
  behavior: merge
  literals:
  - REGION=r{n}
patches:
- path: memory.yaml
"""

PATCH = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{base}
spec:
  template:
    spec:
      containers:
      - name: main
        resources:
          limits:
            memory: {n}Mi
"""


def make(count, root):
    """The folders to build: COUNT overlays below ROOT."""
    targets = []
    for n in range(count):
        base = n // OVERLAYS_OF_A_BASE
        if n % OVERLAYS_OF_A_BASE == 0:
            write(f"{root}/bases/{base}/app.yaml", APP.format(n=base, tier="back"))
            write(f"{root}/bases/{base}/kustomization.yaml", BASE)
        targets.append(f"{root}/overlays/{n}")
        write(targets[-1] + "/kustomization.yaml", OVERLAY.format(n=n, base=base))
        write(targets[-1] + "/memory.yaml", PATCH.format(n=n + 1, base=base))
    return targets


if __name__ == "__main__":
    make(int(sys.argv[1]), sys.argv[2])
