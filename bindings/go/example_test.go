package strata_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/strata-render/strata/bindings/go"
)

// Where krusty is called like this:
//
//	k := krusty.MakeKustomizer(krusty.MakeDefaultOptions())
//	m, err := k.Run(fSys, "overlays/production")
//	yaml, err := m.AsYaml()
func ExampleRenderer_Build() {
	files := fstest.MapFS{
		"overlays/production/kustomization.yaml": {Data: []byte("namePrefix: production-\nresources: [../../base]\n")},
		"base/kustomization.yaml":                {Data: []byte("resources: [service.yaml]\n")},
		"base/service.yaml":                      {Data: []byte("apiVersion: v1\nkind: Service\nmetadata:\n  name: api\n")},
	}
	renderer, err := strata.NewRenderer(&strata.Options{FS: files})
	if err != nil {
		panic(err)
	}
	defer renderer.Close()
	result, err := renderer.Build(context.Background(), "overlays/production", nil)
	if err != nil {
		panic(err)
	}
	defer result.Close()
	yaml, err := result.AsYaml()
	if err != nil {
		panic(err)
	}
	fmt.Print(string(yaml))
	// Output:
	// apiVersion: v1
	// kind: Service
	// metadata:
	//   name: production-api
}
