package strata

/*
#include <stdlib.h>
#include <strata/strata.h>

extern strata_file_kind strataGoKind(char *path, void *user);
extern strata_status strataGoRead(strata_sink *out, char *path, void *user);
extern strata_status strataGoList(strata_sink *out, char *path, void *user);
extern void strataGoRelease(void *user);

static void use_go_functions(strata_filesystem_functions *f) {
    strata_filesystem_functions_init(f);
    f->kind = (strata_file_kind (*)(const char *, void *))strataGoKind;
    f->read = (strata_status (*)(strata_sink *, const char *, void *))strataGoRead;
    f->list = (strata_status (*)(strata_sink *, const char *, void *))strataGoList;
    f->release = strataGoRelease;
}
*/
import "C"

import (
	"errors"
	"io/fs"
	"path"
	"runtime/cgo"
	"strings"
	"unsafe"
)

// tree shows an fs.FS to the library. The handle lies in C's memory, since the library keeps its address.
type tree struct {
	filesystem *C.strata_filesystem
}

func newTree(files fs.FS) (*tree, error) {
	var functions C.strata_filesystem_functions
	C.use_go_functions(&functions)
	user := C.malloc(C.size_t(unsafe.Sizeof(cgo.Handle(0))))
	*(*cgo.Handle)(user) = cgo.NewHandle(files)
	failure := C.strata_error_new()
	defer C.strata_error_free(failure)
	t := &tree{}
	// What was given is released by the library, also when this fails.
	if status := C.strata_filesystem_new_functions(&t.filesystem, &functions, user, failure); status != C.STRATA_OK {
		return nil, newError(status, failure)
	}
	return t, nil
}

func (t *tree) close() {
	if t != nil {
		C.strata_filesystem_free(t.filesystem)
	}
}

// rooted makes a target that starts from the root of the tree.
func rooted(target string) string { return path.Clean("/" + target) }

// inTree gives the tree, and the path as io/fs wants it.
func inTree(name *C.char, user unsafe.Pointer) (fs.FS, string) {
	clean := strings.TrimPrefix(C.GoString(name), "/")
	if clean == "" {
		clean = "."
	}
	return (*(*cgo.Handle)(user)).Value().(fs.FS), clean
}

//export strataGoKind
func strataGoKind(name *C.char, user unsafe.Pointer) C.strata_file_kind {
	files, clean := inTree(name, user)
	info, err := fs.Stat(files, clean)
	switch {
	case err != nil:
		return C.STRATA_FILE_MISSING
	case info.IsDir():
		return C.STRATA_FILE_DIRECTORY
	default:
		return C.STRATA_FILE_REGULAR
	}
}

// write is false when the library takes no more.
func write(out *C.strata_sink, data []byte) bool {
	return len(data) == 0 || C.strata_sink_write(out, (*C.char)(unsafe.Pointer(&data[0])), C.size_t(len(data))) == 0
}

//export strataGoRead
func strataGoRead(out *C.strata_sink, name *C.char, user unsafe.Pointer) C.strata_status {
	files, clean := inTree(name, user)
	data, err := fs.ReadFile(files, clean)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return C.STRATA_NOT_FOUND
	case errors.Is(err, fs.ErrPermission):
		return C.STRATA_REFUSED
	case err != nil:
		return C.STRATA_IO
	}
	write(out, data)
	return C.STRATA_OK
}

//export strataGoList
func strataGoList(out *C.strata_sink, name *C.char, user unsafe.Pointer) C.strata_status {
	files, clean := inTree(name, user)
	entries, err := fs.ReadDir(files, clean)
	if err != nil {
		return C.STRATA_IO
	}
	for _, entry := range entries {
		if !write(out, []byte(entry.Name())) {
			break
		}
	}
	return C.STRATA_OK
}

//export strataGoRelease
func strataGoRelease(user unsafe.Pointer) {
	(*(*cgo.Handle)(user)).Delete()
	C.free(user)
}
