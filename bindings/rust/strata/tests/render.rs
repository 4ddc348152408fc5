use std::path::Path;
use strata::{LoadRestriction, Options, Overrides, Patch, Renderer, Status};

const WEB: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        image: nginx:1
";

fn renderer(kustomization: &str) -> Renderer {
    let files = vec![
        ("/app/kustomization.yaml".to_owned(), kustomization.as_bytes().to_vec()),
        ("/app/web.yaml".to_owned(), WEB.as_bytes().to_vec()),
    ];
    Renderer::new(&Options { files: Some(files), ..Options::default() }).unwrap()
}

#[test]
fn the_stream_is_that_of_the_command() {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../testdata");
    let renderer = Renderer::new(&Options::default()).unwrap();
    let mut cases = 0;
    for entry in std::fs::read_dir(testdata).unwrap() {
        let directory = entry.unwrap().path();
        let command = std::fs::read_to_string(directory.join("command")).unwrap_or_default();
        let Ok(expected) = std::fs::read_to_string(directory.join("expected.yaml")) else { continue };
        if command.trim() != "build ." {
            continue;
        }
        let mut output = renderer.build(directory.to_str().unwrap(), None).unwrap();
        assert_eq!(output.yaml().unwrap(), expected, "{}", directory.display());
        cases += 1;
    }
    assert!(cases > 5);
}

#[test]
fn resources_images_and_inputs() {
    let mut output = renderer("namePrefix: a-\nresources: [web.yaml]\n").build("/app", None).unwrap();
    assert_eq!(output.len(), 1);
    assert_eq!(output.images().unwrap(), ["nginx:1"]);
    let inputs = output.inputs().unwrap();
    assert_eq!(inputs.len(), 2);
    assert!(inputs.iter().all(|input| input.digest.len() == 64));
    let mut web = output.resource(0).unwrap();
    assert_eq!((web.group(), web.kind(), web.name()), ("apps".into(), "Deployment".into(), "a-web".into()));
    assert_eq!(web.line(), 1);
    assert!(web.yaml().unwrap().starts_with("apiVersion: apps/v1\n"));
    assert!(web.json().unwrap().starts_with("{\"apiVersion\":\"apps/v1\","));
    drop(web);
    assert_eq!(output.resource(1).err().unwrap().status, Status::NotFound);
}

#[test]
fn overrides_touch_no_file() {
    let overrides = Overrides {
        namespace: Some("shop".into()),
        labels: [("team".to_owned(), "blue".to_owned())].into(),
        label_selectors: true,
        images: vec!["nginx=registry.example/nginx:2".into()],
        replicas: [("web".to_owned(), 3)].into(),
        patches: vec![Patch {
            kind: Some("Deployment".into()),
            patch: Some(r#"[{"op": "add", "path": "/spec/paused", "value": true}]"#.into()),
            ..Patch::default()
        }],
        ..Overrides::default()
    };
    let renderer = renderer("resources: [web.yaml]\n");
    let yaml = renderer.build("/app", Some(&overrides)).unwrap().yaml().unwrap();
    for expected in [
        "  namespace: shop\n",
        "  replicas: 3\n",
        "  paused: true\n",
        "    matchLabels:\n      team: blue\n",
        "image: registry.example/nginx:2\n",
    ] {
        assert!(yaml.contains(expected), "{expected}: {yaml}");
    }
    assert_eq!(
        renderer.build("/app", None).unwrap().yaml().unwrap(),
        WEB.replace("- name: web\n        image: nginx:1", "- image: nginx:1\n        name: web")
    );
}

#[test]
fn an_error_says_where() {
    let error = renderer("resources:\n- wbe.yaml\n").build("/app", None).err().unwrap();
    assert_eq!((error.file.as_str(), error.line, error.column), ("app/kustomization.yaml", 2, 3));
    assert_eq!(error.status, Status::NotFound);
    assert!(error.to_string().starts_with("app/kustomization.yaml:2:3: "), "{error}");
    let error = renderer("resources: [web.yaml]\n").build("/a\0b", None).err().unwrap();
    assert_eq!(error.status, Status::Usage);
}

#[test]
fn warnings_can_be_errors() {
    let text = "commonLabels: {a: b}\nresources: [web.yaml]\n";
    let warnings = renderer(text).build("/app", None).unwrap().warnings();
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].name, "deprecated-field");
    let files = vec![("/kustomization.yaml".to_owned(), b"commonLabels: {a: b}\nnamePrefix: x\n".to_vec())];
    let options = Options { files: Some(files), strict: true, ..Options::default() };
    assert!(Renderer::new(&options).unwrap().build("/", None).is_err());
}

#[test]
fn threads_share_a_renderer() {
    let renderer = renderer("resources: [web.yaml]\n");
    std::thread::scope(|scope| {
        for i in 0..8 {
            let renderer = &renderer;
            scope.spawn(move || {
                let overrides = Overrides { name_prefix: Some(format!("p{i}-")), ..Overrides::default() };
                for _ in 0..50 {
                    let yaml = renderer.build("/app", Some(&overrides)).unwrap().yaml().unwrap();
                    assert!(yaml.contains(&format!("  name: p{i}-web\n")));
                }
            });
        }
    });
}

#[test]
fn an_output_outlives_its_renderer_and_moves_between_threads() {
    let mut output = {
        let overrides = Overrides { namespace: Some("shop".into()), ..Overrides::default() };
        renderer("resources: [web.yaml]\n").build("/app", Some(&overrides)).unwrap()
    };
    let yaml = std::thread::spawn(move || output.yaml().unwrap()).join().unwrap();
    assert!(yaml.contains("  namespace: shop\n"));
    let options =
        Options { load_restriction: LoadRestriction::Anywhere, root: Some("/nowhere".into()), ..Options::default() };
    assert!(Renderer::new(&options).is_err());
}

#[test]
fn jobs_give_the_same() {
    let large = WEB.replace("name: web", "name: web-N");
    let text: Vec<String> = (0..3000).map(|i| large.replace("web-N", &format!("web-{i}"))).collect();
    let files = vec![
        ("/kustomization.yaml".to_owned(), b"resources: [all.yaml]\n".to_vec()),
        ("/all.yaml".to_owned(), text.join("---\n").into_bytes()),
    ];
    let build = |jobs| {
        let options = Options { files: Some(files.clone()), jobs, ..Options::default() };
        Renderer::new(&options).unwrap().build("/", None).unwrap().yaml().unwrap()
    };
    assert_eq!(build(1), build(4));
}
