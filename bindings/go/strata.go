// Package strata renders Kubernetes manifests the way kustomize does, without kustomize: it calls libstrata.
//
//	renderer, err := strata.NewRenderer(nil)
//	...
//	defer renderer.Close()
//	result, err := renderer.Build(ctx, "overlays/production", nil)
//	...
//	defer result.Close()
//	stream, err := result.AsYaml()
//
// A Renderer may be used by any number of goroutines at once: there is no global lock and no global state. What a build
// refuses comes back as an *Error that says where the mistake is.
package strata

/*
#cgo pkg-config: strata
#include <stdlib.h>
#include <strata/strata.h>
*/
import "C"

import (
	"context"
	"io/fs"
	"runtime"
	"unsafe"
)

// Version is that of libstrata, such as "0.1.0".
func Version() string { return C.GoString(C.strata_version()) }

// Reference is the release of kustomize whose output libstrata reproduces, such as "v5.8.2".
func Reference() string { return C.GoString(C.strata_version_reference()) }

// LoadRestriction says which files a kustomization may name.
type LoadRestriction int

const (
	// LoadRootOnly allows files in or below the root of the kustomization that names them.
	LoadRootOnly LoadRestriction = C.STRATA_LOAD_ROOT_ONLY
	// LoadAnywhere allows any file, still inside Options.Root when that is set.
	LoadAnywhere LoadRestriction = C.STRATA_LOAD_ANYWHERE
)

// Reorder says in which order resources come out.
type Reorder int

const (
	ReorderUnspecified Reorder = C.STRATA_REORDER_UNSPECIFIED
	ReorderNone        Reorder = C.STRATA_REORDER_NONE
	ReorderLegacy      Reorder = C.STRATA_REORDER_LEGACY
)

// Options are what many builds share. All doors are closed in the zero value: a build reads files in and below the roots
// of its kustomizations, starts no program and opens no connection.
type Options struct {
	// FS is read instead of the disk. Targets are then paths in it, from its root ("." or "/"). It is called by all
	// goroutines that build, at the same time.
	FS fs.FS
	// WorkingDirectory is what relative targets start from; "" is the process's own.
	WorkingDirectory string
	// Root is a directory outside of which nothing is ever read.
	Root            string
	LoadRestriction LoadRestriction
	// Fetch allows git repositories and http(s) URLs.
	Fetch bool

	// Helm allows charts, through the helm command.
	Helm            bool
	HelmCommand     string
	HelmKubeVersion string
	HelmAPIVersions []string
	// Environment ("NAME=value") is all that programs inherit; nil is nothing but a plain PATH.
	Environment []string

	// Plugins allows generators, transformers and validators that are not built in; Exec those that are executables.
	Plugins bool
	Exec    bool

	Reorder        Reorder
	ManagedByLabel bool
	// Strict makes the first warning an error.
	Strict bool
	// CacheSize is how many bytes of parsed files are kept for later builds.
	CacheSize int
	// Jobs is how many threads one large build may use; 0 and 1 mean the caller's alone.
	Jobs int
}

// Renderer holds options for builds. Close it when no build runs in it any more.
type Renderer struct {
	renderer *C.strata_renderer
	tree     *tree
}

// NewRenderer makes a renderer; nil means the zero Options.
func NewRenderer(options *Options) (*Renderer, error) {
	if options == nil {
		options = &Options{}
	}
	var keep cStrings
	defer keep.free()
	var given C.strata_renderer_options
	C.strata_renderer_options_init(&given)
	r := &Renderer{}
	if options.FS != nil {
		var err error
		if r.tree, err = newTree(options.FS); err != nil {
			return nil, err
		}
		given.filesystem = r.tree.filesystem
	}
	given.working_directory = keep.optional(options.WorkingDirectory)
	given.root = keep.optional(options.Root)
	given.load_restriction = C.strata_load_restriction(options.LoadRestriction)
	given.fetch_enable = C.bool(options.Fetch)
	given.helm_enable = C.bool(options.Helm)
	given.helm_command = keep.optional(options.HelmCommand)
	given.helm_kube_version = keep.optional(options.HelmKubeVersion)
	given.helm_api_versions = keep.list(options.HelmAPIVersions)
	given.environment = keep.list(options.Environment)
	given.plugins_enable = C.bool(options.Plugins)
	given.exec_enable = C.bool(options.Exec)
	given.reorder = C.strata_reorder(options.Reorder)
	given.managed_by_label = C.bool(options.ManagedByLabel)
	given.strict = C.bool(options.Strict)
	given.cache_size = C.size_t(options.CacheSize)
	given.jobs = C.size_t(options.Jobs)
	failure := C.strata_error_new()
	defer C.strata_error_free(failure)
	if status := C.strata_renderer_new(&r.renderer, &given, failure); status != C.STRATA_OK {
		r.Close()
		return nil, newError(status, failure)
	}
	runtime.SetFinalizer(r, (*Renderer).Close)
	return r, nil
}

// Close frees the renderer. Results outlive it. It may be called more than once, but not while a build runs.
func (r *Renderer) Close() {
	runtime.SetFinalizer(r, nil)
	C.strata_renderer_free(r.renderer)
	r.renderer = nil
	r.tree.close()
	r.tree = nil
}

// Build renders a directory with a kustomization file, as `kustomize build` does; nil overrides change nothing. When ctx
// ends, the build ends with what it started, and the error is that of ctx.
func (r *Renderer) Build(ctx context.Context, target string, overrides *Overrides) (*Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var keep cStrings
	defer keep.free()
	changes, err := overrides.make()
	if err != nil {
		return nil, err
	}
	defer C.strata_overrides_free(changes)
	var options C.strata_build_options
	C.strata_build_options_init(&options)
	options.overrides = changes
	cancellation := C.strata_cancellation_new()
	defer C.strata_cancellation_free(cancellation)
	defer cancelWith(ctx, cancellation)()
	options.cancellation = cancellation
	if r.tree != nil {
		target = rooted(target)
	}
	failure := C.strata_error_new()
	defer C.strata_error_free(failure)
	made := &Result{}
	status := C.strata_build_run_with(&made.result, r.renderer, keep.string(target), &options, failure)
	runtime.KeepAlive(r)
	if err := ctx.Err(); err != nil {
		C.strata_result_free(made.result)
		return nil, err
	}
	if status != C.STRATA_OK {
		return nil, newError(status, failure)
	}
	runtime.SetFinalizer(made, (*Result).Close)
	return made, nil
}

// cancelWith cancels when ctx ends; what it gives ends that, and waits until nothing uses the object any more.
func cancelWith(ctx context.Context, cancellation *C.strata_cancellation) func() {
	requested := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		C.strata_cancellation_request(cancellation)
		close(requested)
	})
	return func() {
		if !stop() {
			<-requested
		}
	}
}

// cStrings frees what it made, once the library has copied it.
type cStrings struct{ pointers []unsafe.Pointer }

func (k *cStrings) string(s string) *C.char {
	c := C.CString(s)
	k.pointers = append(k.pointers, unsafe.Pointer(c))
	return c
}

// optional gives NULL for "".
func (k *cStrings) optional(s string) *C.char {
	if s == "" {
		return nil
	}
	return k.string(s)
}

// list gives a NULL-terminated array, or NULL for nil.
func (k *cStrings) list(items []string) **C.char {
	if items == nil {
		return nil
	}
	array := C.calloc(C.size_t(len(items)+1), C.size_t(unsafe.Sizeof((*C.char)(nil))))
	k.pointers = append(k.pointers, array)
	for i, item := range items {
		unsafe.Slice((**C.char)(array), len(items)+1)[i] = k.string(item)
	}
	return (**C.char)(array)
}

func (k *cStrings) free() {
	for _, p := range k.pointers {
		C.free(p)
	}
}
