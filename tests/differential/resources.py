"""Random Kubernetes resources. Names, keys and values come from small pools, so that references and patches meet."""
from yaml_text import Raw

NAMES = ["web", "db", "api", "cache", "web-config"]
NAMESPACES = ["blue", "green", "default"]
KEYS = ["app", "tier", "app.kubernetes.io/name", "x-y"]
TEXTS = ["a", "shop", "1", "true", "null", "0644", "a: b", "#x", "two words", " lead", "12:30", "line\n", "one\ntwo\n",
         "one\n\nthree", "tail \nx\n", "\u00e9t\u00e9", "$(VAR)", "x" * 100, "long " * 30, "", "*", "&", "- a", "~",
         "1e3", "0x10", "2001-01-01", "@at", "{a}", "100%", "a'b", 'a"b', "a\\b", "tab\there", "yes"]
ODD_SCALARS = ["0644", "010", "0x1F", "1_000", "1e3", "1.0", "1.50", "-0.0", "12345678901234567890", "yes", "no", "on",
               "y", "~", "null", "", "2001-01-01", "!!str 12", "!!int '7'", "'quoted'", '"a\\tb"', ".5", "+1", "0o17",
               "08", "1e400", "0b11", "12:30:45", "=", "<", "! x", "true", "TRUE"]
IMAGES = ["nginx", "nginx:1.25", "registry.example:5000/team/app:7", "app@sha256:" + "0" * 64,
          "app:1@sha256:" + "1" * 64]


class Resources:
    def __init__(self, rng, oddness):
        self.rng = rng
        self.oddness = oddness

    def chance(self, p):
        return self.rng.random() < p

    def text(self):
        return self.rng.choice(TEXTS) if self.chance(0.2 + self.oddness) else self.rng.choice(["a", "b", "shop"])

    def anything(self, depth=0):
        """Any value that a custom resource may hold."""
        kind = self.rng.random()
        if kind < 0.25:
            return self.text()
        if kind < 0.45:
            return Raw(self.rng.choice(ODD_SCALARS)) if self.chance(self.oddness * 3) else self.rng.randint(-5, 5000)
        if depth > 2:
            return self.rng.choice([True, False, None, {}, []])
        if kind < 0.65:
            return [self.anything(depth + 1) for _ in range(self.rng.randint(0, 3))]
        if kind < 0.8:
            return [{"name": n, "value": self.anything(depth + 1)} for n in self.rng.sample(NAMES, 2)]
        return {self.rng.choice(KEYS + NAMES): self.anything(depth + 1) for _ in range(self.rng.randint(0, 3))}

    def labels(self):
        return {k: self.rng.choice(["a", "b", "shop"]) for k in self.rng.sample(KEYS, self.rng.randint(1, 2))}

    def metadata(self, name):
        meta = {"name": name}
        if self.chance(0.25):
            meta["namespace"] = self.rng.choice(NAMESPACES)
        if self.chance(0.4):
            meta["labels"] = self.labels()
        if self.chance(0.3):
            meta["annotations"] = {self.rng.choice(KEYS): self.text() for _ in range(2)}
        if self.chance(0.03):
            meta["annotations"] = {"config.kubernetes.io/local-config": self.rng.choice(["true", "false", "x"])}
        return meta

    def env(self):
        name = self.rng.choice(["A", "B", "URL"])
        source = self.rng.random()
        if source < 0.4:
            return {"name": name, "value": self.text()}
        if source < 0.7:
            return {"name": name, "valueFrom": {"configMapKeyRef": {"name": self.rng.choice(NAMES), "key": "a"}}}
        return {"name": name, "valueFrom": {"secretKeyRef": {"name": self.rng.choice(NAMES), "key": "a"}}}

    def container(self, name):
        c = {"name": name, "image": self.rng.choice(IMAGES)}
        if self.chance(0.4):
            c["env"] = [self.env() for _ in range(self.rng.randint(1, 3))]
        if self.chance(0.3):
            protocol = {"protocol": "UDP"} if self.chance(0.3) else {}
            c["ports"] = [{"containerPort": self.rng.choice([80, 8080, 53]), **protocol}
                          for _ in range(self.rng.randint(1, 2))]
        if self.chance(0.3):
            c["args"] = [self.text() for _ in range(self.rng.randint(1, 3))]
        if self.chance(0.3):
            c["envFrom"] = [{"configMapRef": {"name": self.rng.choice(NAMES)}}, {"secretRef": {"name": "db"}}]
        if self.chance(0.2):
            c["volumeMounts"] = [{"name": "data", "mountPath": self.rng.choice(["/a", "/b"])}]
        return c

    def pod_spec(self):
        names = self.rng.sample(["main", "side", "web"], self.rng.randint(1, 2))
        spec = {"containers": [self.container(n) for n in names]}
        if self.chance(0.2):
            spec["initContainers"] = [self.container("init")]
        if self.chance(0.3):
            spec["serviceAccountName"] = self.rng.choice(NAMES)
        if self.chance(0.4):
            spec["volumes"] = [{"name": "data", **self.rng.choice([
                {"configMap": {"name": self.rng.choice(NAMES)}}, {"secret": {"secretName": self.rng.choice(NAMES)}},
                {"emptyDir": {}}, {"persistentVolumeClaim": {"claimName": self.rng.choice(NAMES)}},
                {"projected": {"sources": [{"configMap": {"name": "web"}}, {"secret": {"name": "db"}}]}}])}]
        return spec

    def workload_spec(self, kind):
        labels = self.labels()
        template = {"metadata": {"labels": dict(labels)}, "spec": self.pod_spec()}
        spec = {"selector": {"matchLabels": labels}, "template": template}
        if kind != "DaemonSet" and self.chance(0.6):
            spec["replicas"] = self.rng.randint(0, 5)
        if kind == "StatefulSet":
            spec["serviceName"] = self.rng.choice(NAMES)
            spec["volumeClaimTemplates"] = [{"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"]}}]
        return spec

    def role_binding(self):
        return {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": self.rng.choice(["Role", "ClusterRole"]),
                            "name": self.rng.choice(NAMES)},
                "subjects": [{"kind": "ServiceAccount", "name": self.rng.choice(NAMES + ["default"]),
                              "namespace": self.rng.choice(NAMESPACES)} for _ in range(self.rng.randint(1, 2))]}

    def ingress(self):
        backend = {"service": {"name": self.rng.choice(NAMES), "port": {"number": 80}}}
        path = {"path": "/", "pathType": "Prefix", "backend": backend}
        return {"rules": [{"host": "a.example", "http": {"paths": [path]}}],
                "tls": [{"secretName": self.rng.choice(NAMES)}]}

    def body(self, kind):
        """What a resource of this kind holds beside its head."""
        name = lambda: self.rng.choice(NAMES)
        if kind in ("Deployment", "StatefulSet", "DaemonSet"):
            return {"spec": self.workload_spec(kind)}
        if kind == "Pod":
            return {"spec": self.pod_spec()}
        if kind == "Job":
            return {"spec": {"template": {"spec": self.pod_spec()}}}
        if kind == "CronJob":
            return {"spec": {"schedule": "0 3 * * *", "jobTemplate": {"spec": {"template": {"spec": self.pod_spec()}}}}}
        if kind == "ConfigMap":
            return {"data": {k: self.text() for k in self.rng.sample(["a", "b", "c.yaml"], self.rng.randint(0, 3))}}
        if kind == "Secret":
            return {"type": "Opaque", "data": {"a": "YQ=="}}
        if kind == "Service":
            port = {"port": self.rng.choice([80, 443]), "name": "http"}
            return {"spec": {"selector": self.labels(), "ports": [port]}}
        if kind in ("RoleBinding", "ClusterRoleBinding"):
            return self.role_binding()
        if kind in ("Role", "ClusterRole"):
            rule = {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"], "resourceNames": [name()]}
            return {"rules": [rule]}
        if kind == "Ingress":
            return {"spec": self.ingress()}
        if kind == "HorizontalPodAutoscaler":
            target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": name()}
            return {"spec": {"scaleTargetRef": target, "maxReplicas": 3}}
        if kind == "NetworkPolicy":
            return {"spec": {"podSelector": {"matchLabels": self.labels()}}}
        if kind == "PersistentVolumeClaim":
            return {"spec": {"volumeName": name()}}
        if kind == "ValidatingWebhookConfiguration":
            service = {"name": name(), "namespace": "blue"}
            return {"webhooks": [{"name": "a.example", "clientConfig": {"service": service}}]}
        if kind == "Gadget":
            return {"spec": self.anything(), "extra": self.anything()}
        return {}

    KINDS = [("apps/v1", "Deployment", 5), ("apps/v1", "StatefulSet", 2), ("apps/v1", "DaemonSet", 1), ("v1", "Pod", 1),
             ("batch/v1", "Job", 1), ("batch/v1", "CronJob", 1), ("v1", "ConfigMap", 4), ("v1", "Secret", 2),
             ("v1", "Service", 4), ("v1", "ServiceAccount", 2), ("rbac.authorization.k8s.io/v1", "RoleBinding", 1),
             ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", 1), ("rbac.authorization.k8s.io/v1", "Role", 1),
             ("rbac.authorization.k8s.io/v1", "ClusterRole", 1), ("networking.k8s.io/v1", "Ingress", 1),
             ("autoscaling/v2", "HorizontalPodAutoscaler", 1), ("networking.k8s.io/v1", "NetworkPolicy", 1),
             ("v1", "PersistentVolumeClaim", 1), ("v1", "Namespace", 1), ("example.org/v1", "Gadget", 4),
             ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", 1),
             ("apiextensions.k8s.io/v1", "CustomResourceDefinition", 1), ("policy/v1", "PodDisruptionBudget", 1)]

    def resource(self):
        api, kind, _ = self.rng.choices(self.KINDS, weights=[k[2] for k in self.KINDS])[0]
        return {"apiVersion": api, "kind": kind, "metadata": self.metadata(self.rng.choice(NAMES)), **self.body(kind)}
