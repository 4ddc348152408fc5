#!/usr/bin/env python3
"""Makes a tree with COUNT small applications and an overlay that changes all of them.

    make_apps.py COUNT DIRECTORY

base/app-N.yaml holds a Deployment (envFrom and configMapKeyRef refer to a ConfigMap), a Service and a ConfigMap.
overlay/ applies a namespace, a name prefix, labels with selectors, an image, a generator, a JSON patch by label
selector and a strategic merge patch.
"""
import sys

from tree import write

APP = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{n}
  labels:
    app: app-{n}
    tier: {tier}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: app-{n}
  template:
    metadata:
      labels:
        app: app-{n}
    spec:
      containers:
      - name: main
        image: registry.example/app:1.0
        ports:
        - containerPort: 8080
        envFrom:
        - configMapRef:
            name: app-{n}-config
        env:
        - name: MODE
          valueFrom:
            configMapKeyRef:
              name: app-{n}-config
              key: mode
        resources:
          requests:
            cpu: 100m
            memory: 64Mi
---
apiVersion: v1
kind: Service
metadata:
  name: app-{n}
spec:
  selector:
    app: app-{n}
  ports:
  - port: 80
    targetPort: 8080
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: app-{n}-config
data:
  mode: "production"
  log.level: info
"""

OVERLAY = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- ../base
namespace: production
namePrefix: prod-
labels:
- pairs:
    team: platform
  includeSelectors: true
images:
- name: registry.example/app
  newTag: "2.0"
configMapGenerator:
- name: shared
  literals:
  - KEY=value
patches:
- target:
    kind: Deployment
    labelSelector: tier=front
  patch: |-
    - op: replace
      path: /spec/replicas
      value: 3
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: app-0
    spec:
      template:
        spec:
          containers:
          - name: main
            resources:
              limits:
                memory: 128Mi
"""


def make(count, root):
    """The folder to build: the overlay of COUNT apps below ROOT."""
    for n in range(count):
        write(f"{root}/base/app-{n}.yaml", APP.format(n=n, tier="front" if n % 10 == 0 else "back"))
    write(f"{root}/base/kustomization.yaml", "resources:\n" + "".join(f"- app-{n}.yaml\n" for n in range(count)))
    write(f"{root}/overlay/kustomization.yaml", OVERLAY)
    return root + "/overlay"


if __name__ == "__main__":
    make(int(sys.argv[1]), sys.argv[2])
