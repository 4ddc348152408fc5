/*
 * cli/edit.c: the commands below `edit`: one operation of the library each, on the kustomization file of the current
 * directory, which is written when the operation has succeeded.
 */
#include "commands.h"
#include "interrupt.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "page.h"
#include "renderer.h"
#include "terminal.h"

#include "strata/strata.h"

#include <stdlib.h>
#include <string.h>

typedef struct edit_command {
    const char *path;
    strata_edit_operation operation;
} edit_command;

static const edit_command commands[] = {
    {"edit add annotation", STRATA_EDIT_ADD_ANNOTATION},
    {"edit add base", STRATA_EDIT_ADD_BASE},
    {"edit add buildmetadata", STRATA_EDIT_ADD_BUILDMETADATA},
    {"edit add component", STRATA_EDIT_ADD_COMPONENT},
    {"edit add configmap", STRATA_EDIT_ADD_CONFIGMAP},
    {"edit add configuration", STRATA_EDIT_ADD_CONFIGURATION},
    {"edit add generator", STRATA_EDIT_ADD_GENERATOR},
    {"edit add label", STRATA_EDIT_ADD_LABEL},
    {"edit add patch", STRATA_EDIT_ADD_PATCH},
    {"edit add resource", STRATA_EDIT_ADD_RESOURCE},
    {"edit add secret", STRATA_EDIT_ADD_SECRET},
    {"edit add transformer", STRATA_EDIT_ADD_TRANSFORMER},
    {"edit set annotation", STRATA_EDIT_SET_ANNOTATION},
    {"edit set buildmetadata", STRATA_EDIT_SET_BUILDMETADATA},
    {"edit set configmap", STRATA_EDIT_SET_CONFIGMAP},
    {"edit set image", STRATA_EDIT_SET_IMAGE},
    {"edit set label", STRATA_EDIT_SET_LABEL},
    {"edit set nameprefix", STRATA_EDIT_SET_NAMEPREFIX},
    {"edit set namespace", STRATA_EDIT_SET_NAMESPACE},
    {"edit set namesuffix", STRATA_EDIT_SET_NAMESUFFIX},
    {"edit set replicas", STRATA_EDIT_SET_REPLICAS},
    {"edit set secret", STRATA_EDIT_SET_SECRET},
    {"edit remove annotation", STRATA_EDIT_REMOVE_ANNOTATION},
    {"edit remove buildmetadata", STRATA_EDIT_REMOVE_BUILDMETADATA},
    {"edit remove component", STRATA_EDIT_REMOVE_COMPONENT},
    {"edit remove configmap", STRATA_EDIT_REMOVE_CONFIGMAP},
    {"edit remove label", STRATA_EDIT_REMOVE_LABEL},
    {"edit remove patch", STRATA_EDIT_REMOVE_PATCH},
    {"edit remove resource", STRATA_EDIT_REMOVE_RESOURCE},
    {"edit remove secret", STRATA_EDIT_REMOVE_SECRET},
    {"edit remove transformer", STRATA_EDIT_REMOVE_TRANSFORMER},
    {"edit fix", STRATA_EDIT_FIX},
};

static strata_edit_operation operation_of(const command_row *command) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].path, command->path) == 0) return commands[i].operation;
    return (strata_edit_operation)0;
}

/* --- --from-file: a line of CSV ----------------------------------------------------------------------------------- */

/* Strings that live as long as the command. */
typedef struct csv_fields {
    string_list list;
    char *bytes; /* of all of them */
    size_t used;
} csv_fields;

static bool end_field(csv_fields *fields, size_t begin) {
    fields->bytes[fields->used++] = '\0';
    return string_list_add(&fields->list, fields->bytes + begin);
}

/* A quoted field, from behind its first quote; NULL when it does not end. */
static const char *read_quoted(csv_fields *fields, const char *at) {
    for (; *at; at++) {
        if (*at == '"' && at[1] != '"') return at + 1;
        if (*at == '"') at++;
        fields->bytes[fields->used++] = *at;
    }
    return NULL;
}

/* Go's encoding/csv for the first line of a value; false for quotes where none may be. `memory` says why else. */
static bool split_csv(csv_fields *fields, const char *value, bool *memory) {
    const char *at = value;
    *memory = true;
    if (!*at) return true;
    for (;;) {
        size_t begin = fields->used;
        if (*at == '"') {
            at = read_quoted(fields, at + 1);
            if (!at || (*at && *at != ',' && *at != '\n')) return false;
        } else {
            size_t size = strcspn(at, ",\n");
            if (memchr(at, '"', size)) return false;
            memcpy(fields->bytes + fields->used, at, size);
            fields->used += size;
            at += size;
        }
        *memory = end_field(fields, begin);
        if (!*memory) return false;
        if (*at != ',') return true;
        at++;
    }
}

static int split_files(const invocation *call, const string_list *values, csv_fields *out) {
    size_t room = 1;
    for (size_t i = 0; i < values->count; i++)
        room += strlen(values->items[i]) + 2;
    out->bytes = malloc(room);
    if (!out->bytes) return out_of_memory();
    for (size_t i = 0; i < values->count; i++) {
        bool memory;
        if (split_csv(out, values->items[i], &memory)) continue;
        if (!memory) return out_of_memory();
        return usage_error(call, NULL, "invalid argument \"%s\" for \"--from-file\" flag: quotes enclose a whole field",
                           values->items[i]);
    }
    return 0;
}

/* --- the operation ------------------------------------------------------------------------------------------------ */

static void fill_in(const invocation *call, const csv_fields *files, strata_edit_arguments *out) {
    const edit_arguments *given = call->options;
    strata_edit_arguments_init(out);
    out->values = call->arguments;
    out->value_count = call->argument_count;
    out->force = given->force;
    out->without_selector = given->without_selector;
    out->include_templates = given->include_templates;
    out->ignore_missing = given->ignore_missing;
    out->no_verify = given->no_verify;
    out->vars = given->vars;
    out->literals = given->literals.items;
    out->files = files->list.items;
    out->env_file = given->env_file;
    out->behavior = given->behavior;
    out->type = given->type;
    out->name_space = given->name_space;
    out->new_namespace = given->new_namespace;
    out->disable_name_suffix_hash = given->disable_name_suffix_hash;
    out->path = given->path;
    out->patch = given->patch;
    out->group = given->group;
    out->version = given->version;
    out->kind = given->kind;
    out->name = given->name;
    out->annotation_selector = given->annotation_selector;
    out->label_selector = given->label_selector;
}

/* --- fix ---------------------------------------------------------------------------------------------------------- */

static const char fixed_fields[] = "\n"
                                   "Fixed fields:\n"
                                   "  patchesJson6902 -> patches\n"
                                   "  patchesStrategicMerge -> patches\n"
                                   "  commonLabels -> labels\n";
static const char fixed_vars[] = "  vars -> replacements\n";
static const char about_vars[] =
    "\n"
    "To convert vars -> replacements, run the command `kustomize edit fix --vars`\n"
    "\n"
    "WARNING: Converting vars to replacements will potentially overwrite many resource files\n"
    "and the resulting files may not produce the same output when `kustomize build` is run.\n"
    "We recommend doing this in a clean git repository where the change is easy to undo.\n";

/* What a build prints, NULL when it fails; the caller frees the result. */
static strata_result *build(const strata_renderer *renderer, const char **data, size_t *size, strata_error *error) {
    strata_result *result = NULL;
    interrupt_begin();
    strata_status status = strata_build_run(&result, renderer, ".", error);
    interrupt_end();
    if (status || strata_result_stream(data, size, result, error)) {
        strata_result_free(result);
        return NULL;
    }
    return result;
}

/* Parts of a message may come from the files. */
static int print_message(const char *message) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream) return out_of_memory();
    terminal_print(stream, message, strlen(message));
    fputc('\n', stream);
    bool made = fclose(stream) == 0;
    int status = made ? output_to_stdout(text, size) : out_of_memory();
    free(text);
    return status;
}

static int tell_difference(const strata_renderer *renderer, const char *before, size_t before_size,
                           strata_error *error) {
    const char *after = "";
    size_t size = 0;
    strata_result *result = build(renderer, &after, &size, error);
    int status = 0;
    if (!result) {
        static const char text[] =
            "Warning: 'Fixed' kustomization now produces the error when running `kustomize build`: ";
        status = output_to_stdout(text, sizeof text - 1);
        if (!status) status = print_message(strata_error_message(error));
    } else if (size != before_size || memcmp(after, before, size) != 0) {
        static const char text[] = "Warning: 'Fixed' kustomization now produces different output when running "
                                   "`kustomize build`:\n...";
        status = output_to_stdout(text, sizeof text - 1);
        if (!status) status = output_to_stdout(after, size);
        if (!status) status = output_to_stdout("...\n", 4);
    }
    strata_result_free(result);
    return status;
}

static int apply_and_save(strata_edit *edit, const invocation *call, const strata_edit_arguments *arguments,
                          strata_error *error) {
    interrupt_begin();
    strata_status status = strata_edit_apply(edit, operation_of(call->command), arguments, error);
    if (!status) status = strata_edit_save(edit, error);
    interrupt_end();
    return status ? failure_of(error) : EXIT_FINE;
}

/* The kustomization is built before and after, and what differs is told; a build that fails is no failure of this. */
static int fix(const invocation *call, const strata_renderer *renderer, strata_edit *edit,
               const strata_edit_arguments *arguments, strata_error *error) {
    const char *before = "";
    size_t size = 0;
    strata_result *old = build(renderer, &before, &size, error);
    int status = apply_and_save(edit, call, arguments, error);
    if (!status) status = output_to_stdout(fixed_fields, sizeof fixed_fields - 1);
    if (!status && arguments->vars)
        status = output_to_stdout(fixed_vars, sizeof fixed_vars - 1);
    else if (!status)
        status = output_to_stdout(about_vars, sizeof about_vars - 1);
    if (!status) status = tell_difference(renderer, before, size, error);
    strata_result_free(old);
    return status;
}

static int run(const invocation *call, const strata_edit_arguments *arguments) {
    const edit_arguments *given = call->options;
    strata_renderer *renderer = NULL;
    strata_edit *edit = NULL;
    strata_error *error = strata_error_new();
    if (!error) return out_of_memory();
    int status = open_renderer(&renderer, call, &given->limits, error);
    if (!status && strata_edit_open(&edit, renderer, ".", error)) status = failure_of(error);
    if (status) goto done;
    if (operation_of(call->command) == STRATA_EDIT_FIX)
        status = fix(call, renderer, edit, arguments, error);
    else
        status = apply_and_save(edit, call, arguments, error);
done:
    strata_edit_free(edit);
    strata_renderer_free(renderer);
    strata_error_free(error);
    return status;
}

int command_edit_run(const invocation *call) {
    const edit_arguments *given = call->options;
    strata_edit_arguments arguments;
    csv_fields files = {0};
    int status = split_files(call, &given->files, &files);
    if (!status) {
        fill_in(call, &files, &arguments);
        status = run(call, &arguments);
    }
    string_list_free(&files.list);
    free(files.bytes);
    return status;
}

/* --- the builtin plugins ------------------------------------------------------------------------------------------ */

int command_list_plugins_run(const invocation *call) {
    (void)call;
    page p = {0};
    page_add(&p, "Builtin plugins:\n\n");
    for (size_t i = 0; strata_builtin_plugin(i); i++)
        page_format(&p, " * %s\n", strata_builtin_plugin(i));
    return page_write(&p);
}
