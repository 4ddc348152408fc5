"""Writes the C source of the extension module: what of strata's headers Python calls, checked by the C compiler."""

import sys

import cffi

DECLARATIONS = """
typedef struct strata_renderer strata_renderer;
typedef struct strata_result strata_result;
typedef struct strata_resource strata_resource;
typedef struct strata_field strata_field;
typedef struct strata_error strata_error;
typedef struct strata_filesystem strata_filesystem;
typedef struct strata_overrides strata_overrides;

typedef enum { STRATA_OK, STRATA_NO_MEMORY, STRATA_NOT_FOUND, STRATA_CANCELLED, ... } strata_status;
typedef enum { STRATA_LOAD_ROOT_ONLY, STRATA_LOAD_ANYWHERE, ... } strata_load_restriction;
typedef enum { STRATA_REORDER_UNSPECIFIED, STRATA_REORDER_NONE, STRATA_REORDER_LEGACY, ... } strata_reorder;

const char *strata_version(void);

strata_error *strata_error_new(void);
void strata_error_free(strata_error *error);
int strata_error_code(const strata_error *error);
const char *strata_error_name(const strata_error *error);
const char *strata_error_message(const strata_error *error);
const char *strata_error_hint(const strata_error *error);
const char *strata_error_file(const strata_error *error);
uint32_t strata_error_line(const strata_error *error);
uint32_t strata_error_column(const strata_error *error);
const char *strata_error_excerpt(const strata_error *error);
typedef struct { const char *message; const char *file; uint32_t line; uint32_t column; ...; } strata_error_note;
size_t strata_error_note_count(const strata_error *error);
strata_error_note strata_error_note_at(const strata_error *error, size_t index);

typedef struct { const char *path; const char *data; size_t size; ...; } strata_file;
strata_status strata_filesystem_new_disk(strata_filesystem **out, strata_error *error);
strata_status strata_filesystem_new_memory(strata_filesystem **out, const strata_file *files, size_t count,
                                           strata_error *error);
void strata_filesystem_free(strata_filesystem *filesystem);

typedef struct {
    const strata_filesystem *filesystem;
    const char *working_directory;
    const char *root;
    strata_load_restriction load_restriction;
    bool fetch_enable;
    const char *const *environment;
    bool helm_enable;
    const char *helm_command;
    const char *helm_kube_version;
    const char *const *helm_api_versions;
    bool plugins_enable;
    bool exec_enable;
    strata_reorder reorder;
    bool managed_by_label;
    bool strict;
    size_t cache_size;
    size_t jobs;
    ...;
} strata_renderer_options;
void strata_renderer_options_init(strata_renderer_options *options);
strata_status strata_renderer_new(strata_renderer **out, const strata_renderer_options *options, strata_error *error);
void strata_renderer_free(strata_renderer *renderer);

#define STRATA_METADATA_PLAIN ...
#define STRATA_METADATA_SELECTORS ...
#define STRATA_METADATA_TEMPLATES ...
#define STRATA_COMPONENT_OPTIONAL ...
typedef struct {
    const char *patch;
    const char *path;
    const char *group;
    const char *version;
    const char *kind;
    const char *name;
    const char *name_space;
    const char *label_selector;
    const char *annotation_selector;
    ...;
} strata_patch;
strata_overrides *strata_overrides_new(void);
void strata_overrides_free(strata_overrides *overrides);
strata_status strata_overrides_set_namespace(strata_overrides *overrides, const char *value, strata_error *error);
strata_status strata_overrides_set_name_prefix(strata_overrides *overrides, const char *value, strata_error *error);
strata_status strata_overrides_set_name_suffix(strata_overrides *overrides, const char *value, strata_error *error);
strata_status strata_overrides_set_label(strata_overrides *overrides, const char *key, const char *value,
                                         unsigned flags, strata_error *error);
strata_status strata_overrides_set_annotation(strata_overrides *overrides, const char *key, const char *value,
                                              unsigned flags, strata_error *error);
strata_status strata_overrides_set_image(strata_overrides *overrides, const char *image, strata_error *error);
strata_status strata_overrides_set_replicas(strata_overrides *overrides, const char *name, int64_t count,
                                            strata_error *error);
void strata_patch_init(strata_patch *out);
strata_status strata_overrides_add_patch(strata_overrides *overrides, const strata_patch *patch, strata_error *error);
strata_status strata_overrides_add_component(strata_overrides *overrides, const char *path, unsigned flags,
                                             strata_error *error);

typedef struct { const strata_overrides *overrides; ...; } strata_build_options;
void strata_build_options_init(strata_build_options *out);
strata_status strata_build_run_with(strata_result **out, const strata_renderer *renderer, const char *target,
                                    const strata_build_options *options, strata_error *error);

void strata_result_free(strata_result *result);
strata_status strata_result_stream(const char **out_data, size_t *out_size, strata_result *result, strata_error *error);
size_t strata_result_resource_count(const strata_result *result);
strata_status strata_result_resource(strata_resource **out, strata_result *result, size_t index, strata_error *error);
size_t strata_result_input_count(const strata_result *result);
const char *strata_result_input_at(const strata_result *result, size_t index);
strata_status strata_result_input_digest(const char **out, strata_result *result, size_t index, strata_error *error);
strata_status strata_result_images(const char *const **out, size_t *out_count, strata_result *result,
                                   strata_error *error);
size_t strata_result_warning_count(const strata_result *result);
const strata_error *strata_result_warning_at(const strata_result *result, size_t index);

const char *strata_resource_group(const strata_resource *resource);
const char *strata_resource_version(const strata_resource *resource);
const char *strata_resource_kind(const strata_resource *resource);
const char *strata_resource_name(const strata_resource *resource);
const char *strata_resource_namespace(const strata_resource *resource);
const char *strata_resource_file(const strata_resource *resource);
uint32_t strata_resource_line(const strata_resource *resource);
uint32_t strata_resource_column(const strata_resource *resource);
strata_status strata_resource_yaml(const char **out_data, size_t *out_size, strata_resource *resource,
                                   strata_error *error);
strata_status strata_resource_json(const char **out_data, size_t *out_size, strata_resource *resource,
                                   strata_error *error);
strata_status strata_resource_field(strata_field **out, strata_resource *resource, const char *path,
                                    strata_error *error);
void strata_field_free(strata_field *field);
typedef enum { STRATA_TYPE_NULL, STRATA_TYPE_BOOL, STRATA_TYPE_NUMBER, STRATA_TYPE_STRING, ... } strata_type;
strata_type strata_field_type(const strata_field *field);
const char *strata_field_text(const strata_field *field, size_t *out_size);
const char *strata_field_file(const strata_field *field);
uint32_t strata_field_line(const strata_field *field);
uint32_t strata_field_column(const strata_field *field);
"""


def main() -> None:
    ffi = cffi.FFI()
    ffi.cdef(DECLARATIONS)
    ffi.set_source("strata._strata", "#include <strata/strata.h>")
    ffi.emit_c_code(sys.argv[1])


if __name__ == "__main__":
    main()
