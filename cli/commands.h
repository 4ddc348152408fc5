/*
 * cli/commands.h: the table of commands and options, and what a command is given.
 *
 * One row a command, one row an option (commands.c). Parsing, --help, `strata help`, the manual, shell completion and
 * "did you mean" read these rows and nothing else.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum option_kind {
    OPTION_SWITCH, /* a bool; --name alone is true, --name=WORD takes Go's words for true and false */
    OPTION_STATE,  /* a switch_state: a switch for which not being given counts */
    OPTION_TEXT,   /* a const char *; the last one given wins */
    OPTION_LIST    /* a string_list; each one given is added, never split */
} option_kind;

typedef enum switch_state { SWITCH_NOT_GIVEN, SWITCH_ON, SWITCH_OFF } switch_state;

/* What a shell offers for a value or an argument. */
typedef enum completion {
    COMPLETE_NOTHING,
    COMPLETE_FILES,
    COMPLETE_DIRECTORIES,
    COMPLETE_CHOICES, /* the row's choices */
    COMPLETE_TOPICS   /* commands and diagnostics */
} completion;

/* Strings in order; `items` is NULL or ends in NULL. */
typedef struct string_list {
    const char **items;
    size_t count;
    size_t capacity;
} string_list;

typedef struct option_row {
    const char *name;
    char letter; /* the short form; 0: none */
    option_kind kind;
    completion complete;
    size_t field;               /* where the value goes in the command's options */
    const char *value;          /* what help calls the value; NULL for switches */
    const char *standard;       /* the value when none is given, of a switch "true"; NULL: none */
    const char *const *choices; /* for completion and help, NULL-terminated; NULL: any value */
    const char *summary;        /* one line */
    const char *details;        /* what the manual adds; NULL: nothing */
    const char *example;        /* NULL: none */
    const char *deprecated;     /* printed on use; such an option is not listed. NULL: it isn't deprecated */
} option_row;

static inline bool option_is_switch(const option_row *row) {
    return row->kind == OPTION_SWITCH || row->kind == OPTION_STATE;
}

typedef struct command_row command_row;

/* One call of a command. */
typedef struct invocation {
    const char *program; /* the name that the program was called by, for messages: "kubectl strata" as plugin */
    const char *file;    /* the same as a file's name: kubectl-strata */
    bool as_kustomize;   /* that name is kustomize: wrong usage then ends with 1, as there */
    const command_row *command;
    void *options; /* the command's own struct */
    const char *const *arguments;
    size_t argument_count;
    size_t dash; /* how many of them stand before a "--"; SIZE_MAX when there is none */
} invocation;

struct command_row {
    const char *path;      /* its words: "build", "edit add" */
    const char *alias;     /* another last word; NULL: none */
    const char *arguments; /* as in "[DIR]"; "" when it takes none */
    completion complete;
    const char *const *choices;
    const char *summary;
    const char *details;
    const char *example; /* see help_add_examples; NULL: none */
    const option_row *options;
    size_t option_count;
    size_t options_size;
    int (*run)(const invocation *call); /* gives the exit status; NULL: only a group of commands */
    bool hidden;
};

extern const command_row command_rows[];
extern const size_t command_count;

/* The options that every command has. */
typedef struct global_options {
    bool help;
    bool stack_trace;
} global_options;
extern const option_row global_rows[];
extern const size_t global_count;

/* The command with these words (an alias for the last one is fine), or NULL. */
const command_row *command_find(const char *const *words, size_t count);
/* Whether `child` is one word longer than `parent` ("" for the top) and begins with it. */
bool command_is_child(const command_row *child, const char *parent);
/* The last word of its path. */
const char *command_name(const command_row *row);

/* The options of each command, and its function, in the file of its name. */
typedef struct build_arguments {
    const char *output;
    bool recursive;
    const char *jobs;
    const char *load_restrictor;
    const char *root;
    string_list limits;
    const char *reorder;
    bool strict;
    bool enable_helm;
    bool helm_debug;
    const char *helm_command;
    const char *helm_kube_version;
    string_list helm_api_versions;
    bool enable_alpha_plugins;
    bool enable_exec;
    bool network;
    bool as_current_user;
    bool enable_managedby_label;
    const char *network_name;
    string_list mounts;
    string_list env;
} build_arguments;
int command_build_run(const invocation *call);

typedef struct create_arguments {
    const char *resources;
    const char *labels;
    const char *annotations;
    const char *name_space;
    const char *name_prefix;
    const char *name_suffix;
    bool autodetect;
    bool recursive;
    string_list limits;
} create_arguments;
int command_create_run(const invocation *call);

/* Of all commands below `edit`. */
typedef struct edit_arguments {
    bool force;
    bool without_selector;
    bool include_templates;
    bool ignore_missing;
    bool no_verify;
    bool vars;
    bool disable_name_suffix_hash;
    string_list literals;
    string_list files;
    const char *env_file;
    const char *behavior;
    const char *type;
    const char *name_space;
    const char *new_namespace;
    const char *path;
    const char *patch;
    const char *group;
    const char *version;
    const char *kind;
    const char *name;
    const char *annotation_selector;
    const char *label_selector;
    string_list limits;
} edit_arguments;
int command_edit_run(const invocation *call);
int command_list_plugins_run(const invocation *call);

/* Of all commands `cfg`; each has rows for some. */
typedef struct cfg_arguments {
    const char *dest;
    const char *function_config;
    const char *wrap_kind;
    const char *wrap_version;
    const char *graph;
    string_list styles;
    string_list fields;
    string_list limits;
    bool annotate, format, strip_comments, include_local, exclude_non_local, recurse;
    bool by_kind;
    bool invert;
    bool all;
    switch_state args, command, env, image, name, ports, replicas, resources;
} cfg_arguments;
int command_cat_run(const invocation *call);
int command_count_run(const invocation *call);
int command_grep_run(const invocation *call);
int command_tree_run(const invocation *call);

typedef struct fn_arguments {
    const char *image;
    const char *exec_path;
    const char *results_directory;
    string_list function_paths;
    string_list env;
    string_list mounts;
    string_list limits;
    bool as_current_user, dry_run, enable_exec, global_scope, include_subpackages, log_steps, network;
} fn_arguments;
int command_fn_run_run(const invocation *call);

typedef struct localize_arguments {
    const char *scope;
    bool no_verify;
    string_list limits;
} localize_arguments;
int command_localize_run(const invocation *call);

typedef struct openapi_arguments {
    const char *format;
    string_list limits;
} openapi_arguments;
int command_openapi_info_run(const invocation *call);
int command_openapi_fetch_run(const invocation *call);

typedef struct version_arguments {
    bool brief;
    const char *output;
} version_arguments;
int command_version_run(const invocation *call);

int command_help_run(const invocation *call);

int command_completion_run(const invocation *call);
int command_complete_run(const invocation *call);

typedef struct manual_arguments {
    const char *format;
} manual_arguments;
int command_manual_run(const invocation *call);

#endif
