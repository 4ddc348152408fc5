// Package benchmark builds one target with krusty and with strata, in one process. It is a module of its own, so that
// those who use the binding don't depend on kustomize.
package benchmark

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/strata-render/strata/bindings/go"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// target is the production overlay of the README, or what STRATA_BENCHMARK_TARGET names.
func target() string {
	if given := os.Getenv("STRATA_BENCHMARK_TARGET"); given != "" {
		return given
	}
	return "../../../testdata/readme/overlays/production"
}

func buildKrusty(t testing.TB) []byte {
	resources, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), target())
	if err != nil {
		t.Fatal(err)
	}
	stream, err := resources.AsYaml()
	if err != nil {
		t.Fatal(err)
	}
	return stream
}

func buildStrata(t testing.TB, renderer *strata.Renderer) []byte {
	result, err := renderer.Build(context.Background(), target(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	stream, err := result.AsYaml()
	if err != nil {
		t.Fatal(err)
	}
	return stream
}

func newRenderer(t testing.TB) *strata.Renderer {
	renderer, err := strata.NewRenderer(&strata.Options{Reorder: strata.ReorderNone})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(renderer.Close)
	return renderer
}

func TestBothGiveTheSame(t *testing.T) {
	if got, want := buildStrata(t, newRenderer(t)), buildKrusty(t); !bytes.Equal(got, want) {
		t.Errorf("strata:\n%s\nkrusty:\n%s", got, want)
	}
}

func BenchmarkKrusty(b *testing.B) {
	for i := 0; i < b.N; i++ {
		buildKrusty(b)
	}
}

func BenchmarkStrata(b *testing.B) {
	renderer := newRenderer(b)
	for i := 0; i < b.N; i++ {
		buildStrata(b, renderer)
	}
}
