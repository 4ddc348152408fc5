package strata

/*
#include <strata/strata.h>
*/
import "C"

import (
	"encoding/json"
	"errors"
	"runtime"
	"sync"
	"unsafe"
)

// errClosed is what calls on a closed result give.
var errClosed = errors.New("strata: the result is closed")

// Result is what a build made. It may be used by several goroutines. Close it, or leave that to the garbage collector.
type Result struct {
	mutex  sync.Mutex // the library wants one thread at a time in a result
	result *C.strata_result
}

// Close frees the result with its resources. It may be called more than once.
func (r *Result) Close() {
	runtime.SetFinalizer(r, nil)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	C.strata_result_free(r.result)
	r.result = nil
}

// call runs a function of the library with the result locked.
func (r *Result) call(f func(failure *C.strata_error) C.strata_status) error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.result == nil {
		return errClosed
	}
	failure := C.strata_error_new()
	defer C.strata_error_free(failure)
	if status := f(failure); status != C.STRATA_OK {
		return newError(status, failure)
	}
	return nil
}

// AsYaml is the whole stream, byte for byte what `kustomize build` prints.
func (r *Result) AsYaml() (stream []byte, err error) {
	var data *C.char
	var size C.size_t
	err = r.call(func(failure *C.strata_error) C.strata_status {
		status := C.strata_result_stream(&data, &size, r.result, failure)
		stream = append([]byte{}, unsafe.Slice((*byte)(unsafe.Pointer(data)), int(size))...)
		return status
	})
	return stream, err
}

// Size is how many resources there are.
func (r *Result) Size() int {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return int(C.strata_result_resource_count(r.result))
}

// Resources are in the order of the stream.
func (r *Result) Resources() ([]*Resource, error) {
	resources := make([]*Resource, r.Size())
	for i := range resources {
		err := r.call(func(failure *C.strata_error) C.strata_status {
			var found *C.strata_resource
			status := C.strata_result_resource(&found, r.result, C.size_t(i), failure)
			resources[i] = newResource(r, found)
			return status
		})
		if err != nil {
			return nil, err
		}
	}
	return resources, nil
}

// Images are the container images of all resources, each once.
func (r *Result) Images() (images []string, err error) {
	err = r.call(func(failure *C.strata_error) C.strata_status {
		var found **C.char
		var count C.size_t
		status := C.strata_result_images(&found, &count, r.result, failure)
		for _, image := range unsafe.Slice(found, int(count)) {
			images = append(images, C.GoString(image))
		}
		return status
	})
	return images, err
}

// Input is a file that the build read: its path or URL, and the SHA-256 of its bytes in hexadecimal.
type Input struct {
	Path   string
	Digest string
}

// Inputs are all files that the build read: while they have these digests, it gives the same result again.
func (r *Result) Inputs() (inputs []Input, err error) {
	err = r.call(func(failure *C.strata_error) C.strata_status {
		for i := C.size_t(0); i < C.strata_result_input_count(r.result); i++ {
			var digest *C.char
			if status := C.strata_result_input_digest(&digest, r.result, i, failure); status != C.STRATA_OK {
				return status
			}
			inputs = append(inputs, Input{C.GoString(C.strata_result_input_at(r.result, i)), C.GoString(digest)})
		}
		return C.STRATA_OK
	})
	return inputs, err
}

// Warnings are those of the build, in the order in which they arose.
func (r *Result) Warnings() []*Error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var warnings []*Error
	for i := C.size_t(0); i < C.strata_result_warning_count(r.result); i++ {
		warnings = append(warnings, newError(C.STRATA_OK, C.strata_result_warning_at(r.result, i)))
	}
	return warnings
}

// Resource is one resource of a result.
type Resource struct {
	Group, Version, Kind, Name, Namespace string
	// File and Line are where its document stands.
	File string
	Line int

	result   *Result
	resource *C.strata_resource
}

func newResource(r *Result, from *C.strata_resource) *Resource {
	return &Resource{
		Group:     C.GoString(C.strata_resource_group(from)),
		Version:   C.GoString(C.strata_resource_version(from)),
		Kind:      C.GoString(C.strata_resource_kind(from)),
		Name:      C.GoString(C.strata_resource_name(from)),
		Namespace: C.GoString(C.strata_resource_namespace(from)),
		File:      C.GoString(C.strata_resource_file(from)),
		Line:      int(C.strata_resource_line(from)),
		result:    r,
		resource:  from,
	}
}

// AsYaml is the resource as it stands in the stream.
func (r *Resource) AsYaml() (text []byte, err error) {
	err = r.result.call(func(failure *C.strata_error) C.strata_status {
		var data *C.char
		var size C.size_t
		status := C.strata_resource_yaml(&data, &size, r.resource, failure)
		text = append(text, unsafe.Slice((*byte)(unsafe.Pointer(data)), int(size))...)
		return status
	})
	return text, err
}

// MarshalJSON gives one line with sorted keys.
func (r *Resource) MarshalJSON() (text []byte, err error) {
	err = r.result.call(func(failure *C.strata_error) C.strata_status {
		var data *C.char
		var size C.size_t
		status := C.strata_resource_json(&data, &size, r.resource, failure)
		text = append(text, unsafe.Slice((*byte)(unsafe.Pointer(data)), int(size))...)
		return status
	})
	return text, err
}

// Map gives the resource as encoding/json decodes it.
func (r *Resource) Map() (map[string]any, error) {
	text, err := r.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var m map[string]any
	return m, json.Unmarshal(text, &m)
}
