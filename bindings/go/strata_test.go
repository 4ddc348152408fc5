package strata_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/strata-render/strata/bindings/go"
)

const testdata = "../../testdata"

func files(kustomization string) fstest.MapFS {
	return fstest.MapFS{
		"app/kustomization.yaml": {Data: []byte(kustomization)},
		"app/web.yaml": {Data: []byte(`apiVersion: apps/v1
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
`)},
		"app/config.yaml": {Data: []byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {port: '80'}\n")},
	}
}

func build(t *testing.T, options *strata.Options, target string, overrides *strata.Overrides) (*strata.Result, error) {
	t.Helper()
	renderer, err := strata.NewRenderer(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(renderer.Close)
	result, err := renderer.Build(context.Background(), target, overrides)
	if err == nil {
		t.Cleanup(result.Close)
	}
	return result, err
}

func mustBuild(t *testing.T, options *strata.Options, target string, overrides *strata.Overrides) *strata.Result {
	t.Helper()
	result, err := build(t, options, target, overrides)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func stream(t *testing.T, result *strata.Result) string {
	t.Helper()
	data, err := result.AsYaml()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestTheStreamIsThatOfTheCommand(t *testing.T) {
	commands, err := filepath.Glob(testdata + "/*/command")
	if err != nil || len(commands) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, command := range commands {
		directory := filepath.Dir(command)
		words, _ := os.ReadFile(command)
		expected, err := os.ReadFile(filepath.Join(directory, "expected.yaml"))
		if err != nil || strings.TrimSpace(string(words)) != "build ." {
			continue
		}
		t.Run(filepath.Base(directory), func(t *testing.T) {
			if got := stream(t, mustBuild(t, nil, directory, nil)); got != string(expected) {
				t.Errorf("got:\n%s", got)
			}
		})
	}
}

func TestATreeOfGo(t *testing.T) {
	options := &strata.Options{FS: files("namePrefix: a-\nresources: [web.yaml, config.yaml]\n")}
	result := mustBuild(t, options, "app", nil)
	resources, err := result.Resources()
	if err != nil || len(resources) != 2 {
		t.Fatal(resources, err)
	}
	web := resources[1]
	if web.Group != "apps" || web.Kind != "Deployment" || web.Name != "a-web" || web.File != "app/web.yaml" || web.Line != 1 {
		t.Errorf("%+v", web)
	}
	text, err := json.Marshal(web)
	if err != nil || !strings.HasPrefix(string(text), `{"apiVersion":"apps/v1",`) {
		t.Error(string(text), err)
	}
	images, err := result.Images()
	if err != nil || len(images) != 1 || images[0] != "nginx:1" {
		t.Error(images, err)
	}
	inputs, err := result.Inputs()
	if err != nil || len(inputs) != 3 || len(inputs[0].Digest) != 64 {
		t.Error(inputs, err)
	}
}

func TestOverridesTouchNoFile(t *testing.T) {
	tree := files("resources: [web.yaml, config.yaml]\n")
	result := mustBuild(t, &strata.Options{FS: tree}, "/app", &strata.Overrides{
		Namespace:      "shop",
		NamePrefix:     "a-",
		Labels:         map[string]string{"team": "blue"},
		LabelSelectors: true,
		Images:         []string{"nginx=registry.example/nginx:2"},
		Replicas:       map[string]int64{"web": 3},
		Patches: []strata.Patch{
			{Kind: "Deployment", Patch: `[{"op": "add", "path": "/spec/paused", "value": true}]`},
		},
	})
	resources, err := result.Resources()
	if err != nil {
		t.Fatal(err)
	}
	web, err := resources[1].Map()
	if err != nil {
		t.Fatal(err)
	}
	spec := web["spec"].(map[string]any)
	if spec["replicas"] != 3.0 || spec["paused"] != true || web["metadata"].(map[string]any)["namespace"] != "shop" {
		t.Error(web)
	}
	if string(tree["app/kustomization.yaml"].Data) != "resources: [web.yaml, config.yaml]\n" {
		t.Error("the tree was changed")
	}
}

func TestAnErrorSaysWhere(t *testing.T) {
	_, err := build(t, &strata.Options{FS: files("resources:\n- wbe.yaml\n")}, "app", nil)
	var failure *strata.Error
	if !errors.As(err, &failure) {
		t.Fatal(err)
	}
	if failure.File != "app/kustomization.yaml" || failure.Line != 2 || failure.Column != 3 || failure.Name == "" {
		t.Errorf("%+v", failure)
	}
	if !strings.HasPrefix(err.Error(), "app/kustomization.yaml:2:3: ") || !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestWarnings(t *testing.T) {
	tree := files("commonLabels: {a: b}\nresources: [web.yaml]\n")
	warnings := mustBuild(t, &strata.Options{FS: tree}, "app", nil).Warnings()
	if len(warnings) != 1 || warnings[0].Name != "deprecated-field" {
		t.Error(warnings)
	}
	if _, err := build(t, &strata.Options{FS: tree, Strict: true}, "app", nil); err == nil {
		t.Error("a warning is an error when strict")
	}
}

func TestAContextThatHasEnded(t *testing.T) {
	renderer, err := strata.NewRenderer(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer renderer.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := renderer.Build(ctx, testdata+"/images", nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// endless has a base in every directory, and cancels when the third one is read.
type endless struct {
	reads  atomic.Int32
	cancel context.CancelFunc
}

func (e *endless) Open(name string) (fs.File, error) {
	base := fstest.MapFS{"kustomization.yaml": {Data: []byte("resources: [next]\n")}}
	switch path.Base(name) {
	case "app", "next", ".":
		return base.Open(".")
	case "kustomization.yaml":
	default:
		return nil, fs.ErrNotExist
	}
	if e.reads.Add(1) == 3 {
		e.cancel()
	}
	return base.Open("kustomization.yaml")
}

func TestAContextThatEndsMeanwhile(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	tree := &endless{cancel: cancel}
	renderer, err := strata.NewRenderer(&strata.Options{FS: tree})
	if err != nil {
		t.Fatal(err)
	}
	defer renderer.Close()
	if _, err := renderer.Build(ctx, "app", nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	// Without an end it would be 500, the most that bases may be nested.
	if reads := tree.reads.Load(); reads > 400 {
		t.Errorf("%d files were read after the context had ended", reads)
	}
}

func TestGoroutinesShareARenderer(t *testing.T) {
	renderer, err := strata.NewRenderer(&strata.Options{FS: files("resources: [web.yaml, config.yaml]\n"), CacheSize: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer renderer.Close()
	var group sync.WaitGroup
	for i := 0; i < 8; i++ {
		prefix := fmt.Sprintf("p%d-", i)
		group.Add(1)
		go func() {
			defer group.Done()
			for n := 0; n < 50; n++ {
				result, err := renderer.Build(context.Background(), "app", &strata.Overrides{NamePrefix: prefix})
				if err != nil {
					t.Error(err)
					return
				}
				data, _ := result.AsYaml()
				if !strings.Contains(string(data), "name: "+prefix+"web\n") {
					t.Errorf("%s: %s", prefix, data)
				}
				result.Close()
			}
		}()
	}
	group.Wait()
}

func TestAClosedResultSaysSo(t *testing.T) {
	result := mustBuild(t, nil, testdata+"/images", nil)
	resources, err := result.Resources()
	if err != nil {
		t.Fatal(err)
	}
	result.Close()
	result.Close()
	if _, err := result.AsYaml(); err == nil {
		t.Error("no error")
	}
	if _, err := resources[0].AsYaml(); err == nil {
		t.Error("no error")
	}
}
