import json
import os
import pathlib
import threading

import pytest

import strata

TESTDATA = pathlib.Path(__file__).resolve().parents[3] / "testdata"

FILES = {
    "kustomization.yaml": "namePrefix: a-\nresources: [deployment.yaml, config.yaml]\n",
    "deployment.yaml": """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        image: nginx:1
        envFrom:
        - configMapRef: {name: settings}
""",
    "config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {port: '80'}\n",
}


def cases():
    for command in sorted(TESTDATA.glob("**/command")):
        words = command.read_text().split()
        if words == ["build", "."] and (command.parent / "expected.yaml").exists():
            yield command.parent


@pytest.mark.parametrize("directory", list(cases()), ids=lambda path: path.name)
def test_the_stream_is_that_of_the_command(directory):
    assert strata.render(directory).to_bytes() == (directory / "expected.yaml").read_bytes()


def test_files_in_memory():
    result = strata.render(FILES)
    assert [(r.kind, r.name) for r in result.resources] == [("ConfigMap", "a-settings"), ("Deployment", "a-web")]
    assert len(result) == 2
    assert result.images == ["nginx:1"]
    assert [r["metadata"]["name"] for r in result] == ["a-settings", "a-web"]
    assert sorted(i.path for i in result.inputs) == ["config.yaml", "deployment.yaml", "kustomization.yaml"]
    assert all(len(i.digest) == 64 for i in result.inputs)


def test_a_resource_says_what_and_where_it_is():
    web = strata.render(FILES).resources[1]
    assert (web.group, web.version, web.namespace) == ("apps", "v1", "")
    assert (web.file, web.line) == ("deployment.yaml", 1)
    assert web.yaml.startswith("apiVersion: apps/v1\nkind: Deployment\n")
    assert json.loads(web.json) == web.to_dict()
    image = web.field("spec.template.spec.containers.[name=web].image")
    assert (image.value, image.file, image.line) == ("nginx:1", "deployment.yaml", 10)
    assert web.field("spec.replicas") is None
    assert repr(web) == "<strata.Resource Deployment a-web>"


def test_overrides_touch_no_file():
    overrides = strata.Overrides(
        namespace="shop",
        name_suffix="-z",
        labels={"team": "blue"},
        label_selectors=True,
        annotations={"owner": "me"},
        images=["nginx=registry.example/nginx:2"],
        replicas={"web": 3},
        patches=[
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {port: '81'}}",
            strata.Patch(kind="Deployment", patch='[{"op": "add", "path": "/spec/paused", "value": true}]'),
        ],
    )
    config, web = strata.render(FILES, overrides)
    assert config["data"] == {"port": "81"}
    assert web["metadata"]["name"] == "a-web-z"
    assert web["metadata"]["namespace"] == "shop"
    assert web["spec"]["replicas"] == 3
    assert web["spec"]["paused"] is True
    assert web["spec"]["selector"] == {"matchLabels": {"team": "blue"}}
    container = web["spec"]["template"]["spec"]["containers"][0]
    assert container["image"] == "registry.example/nginx:2"
    assert container["envFrom"] == [{"configMapRef": {"name": "a-settings-z"}}]


def test_an_error_says_where():
    files = dict(FILES, **{"kustomization.yaml": "resources:\n- deploymnet.yaml\n"})
    with pytest.raises(strata.StrataError) as caught:
        strata.render(files)
    error = caught.value
    assert (error.file, error.line, error.column) == ("kustomization.yaml", 2, 3)
    assert error.name and error.code and "deploymnet.yaml" in error.message
    assert str(error).startswith("kustomization.yaml:2:3: ")


def test_warnings_are_of_the_result():
    files = dict(FILES, **{"kustomization.yaml": "commonLabels: {a: b}\nresources: [deployment.yaml]\n"})
    (warning,) = strata.render(files).warnings
    assert warning.name == "deprecated-field"
    with pytest.raises(strata.StrataError):
        strata.render(files, strict=True)


def test_doors_are_closed(tmp_path):
    outside = tmp_path / "outside.yaml"
    outside.write_text(FILES["config.yaml"])
    app = tmp_path / "app"
    app.mkdir()
    (app / "kustomization.yaml").write_text("resources: [../outside.yaml]\n")
    with pytest.raises(strata.StrataError, match="outside.yaml"):
        strata.render(app)
    assert len(strata.render(app, load_restriction=strata.LoadRestriction.ANYWHERE)) == 1
    with pytest.raises(strata.StrataError):
        strata.render(app, load_restriction=strata.LoadRestriction.ANYWHERE, root=app)


def test_one_renderer_for_many_threads():
    renderer, failures = strata.Renderer(files=FILES), []
    expected = renderer.render("/").yaml

    def work():
        for _ in range(50):
            if renderer.render("/").yaml != expected:
                failures.append("differs")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_what_is_no_text_is_refused():
    with pytest.raises(ValueError):
        strata.render("a\0b")
    with pytest.raises(strata.StrataError):
        strata.render({"kustomization.yaml": "resources: [a]\n", "a": b"\xff\xfe\x00"})
    assert os.path.basename(strata.__file__) == "__init__.py"
