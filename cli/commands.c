/* cli/commands.c: the rows. The order of the rows is the order of the help. */
#include "commands.h"

#include "limits.h"

#include "strata/version.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const restrictors[] = {"LoadRestrictionsNone", "LoadRestrictionsRootOnly", NULL};
static const char *const orders[] = {"legacy", "none", NULL};
static const char *const version_formats[] = {"yaml", "json", NULL};
static const char *const manual_formats[] = {"man", "markdown", "diagnostics", NULL};
static const char *const openapi_formats[] = {"json", "yaml", NULL};
static const char *const shells[] = {"bash", "zsh", "fish", "powershell", NULL};

/* Of the commands other than build that do work of a library call. */
#define LIMIT_ROW(arguments)                                                                                           \
    {                                                                                                                  \
        .name = "limit", .kind = OPTION_LIST, .field = offsetof(arguments, limits), .value = "NAME=NUMBER",            \
        .summary = "Set a limit, as for build; may be repeated"                                                        \
    }

const option_row global_rows[] = {
    {.name = "help",
     .letter = 'h',
     .kind = OPTION_SWITCH,
     .field = offsetof(global_options, help),
     .summary = "Print what the command does and its options"},
    {.name = "stack-trace",
     .kind = OPTION_SWITCH,
     .field = offsetof(global_options, stack_trace),
     .summary = "Accepted for kustomize's sake; errors always say where they arose"},
};
const size_t global_count = COUNT(global_rows);

static const option_row build_rows[] = {
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     .complete = COMPLETE_FILES,
     .field = offsetof(build_arguments, output),
     .value = "PATH",
     .summary = "Write to this file, or one file a resource into this directory",
     .details = "A directory must exist; its files are named group_version_kind_name.yaml in lower case, the namespace "
                "first when there are several, and files that were there before are not removed. A file is written "
                "beside its place and renamed once it is complete, so an error leaves the old one as it was. With "
                "several targets PATH is a directory, made when it is missing: the target a/b goes to "
                "PATH/a/b/manifests.yaml, where a/b is the way to it from the directory of --recursive, or else the "
                "current one. A target that lies outside of that, or in a repository, can't be written so.",
     .example = "build overlays/production -o production.yaml"},
    {.name = "recursive",
     .kind = OPTION_SWITCH,
     .field = offsetof(build_arguments, recursive),
     .summary = "Build each kustomization in and below DIR, in the order of their paths",
     .details = "Components are not built on their own, nor are directories that a kustomization names under "
                "generators, transformers or validators. Symbolic links and directories whose name begins with a dot "
                "are passed over.",
     .example = "build --recursive clusters -o rendered"},
    {.name = "jobs",
     .kind = OPTION_TEXT,
     .field = offsetof(build_arguments, jobs),
     .value = "N",
     .summary = "How many threads are used; as many as there are processors when it isn't given",
     .details = "Several targets are built at once; a single large one has its files read at once. The output and the "
                "first error are the same for each number; 1 means no threads."},
    {.name = "load-restrictor",
     .kind = OPTION_TEXT,
     .complete = COMPLETE_CHOICES,
     .field = offsetof(build_arguments, load_restrictor),
     .value = "MODE",
     .standard = "LoadRestrictionsRootOnly",
     .choices = restrictors,
     .summary = "LoadRestrictionsNone lets kustomizations load files from outside their root",
     .details = "A kustomization that needs this can't be moved or copied by itself. --root still holds."},
    {.name = "root",
     .kind = OPTION_TEXT,
     .complete = COMPLETE_DIRECTORIES,
     .field = offsetof(build_arguments, root),
     .value = "DIR",
     .summary = "Read nothing outside this directory, whatever the kustomizations say",
     .details = "Holds for bases, files and symbolic links, also with --load-restrictor LoadRestrictionsNone. Nothing "
                "is fetched then.",
     .example = "build --root . --load-restrictor LoadRestrictionsNone overlays/production"},
    {.name = "limit",
     .kind = OPTION_LIST,
     .field = offsetof(build_arguments, limits),
     .value = "NAME=NUMBER",
     .summary = "Set a limit of the build; may be repeated",
     .details =
         "Sizes are in bytes or end in K, M or G, times are in milliseconds or end in s or m. A build that "
         "reaches a limit fails with an error that names it. The limits, and what they are otherwise: " LIMITS_HELP,
     .example = "build --limit memory=256M --limit time=10s ."},
    {.name = "strict",
     .kind = OPTION_SWITCH,
     .field = offsetof(build_arguments, strict),
     .summary = "Fail at the first warning"},
    {.name = "enable-helm",
     .kind = OPTION_SWITCH,
     .field = offsetof(build_arguments, enable_helm),
     .summary = "Let kustomizations render Helm charts with the helm command"},
    {.name = "helm-command",
     .kind = OPTION_TEXT,
     .complete = COMPLETE_FILES,
     .field = offsetof(build_arguments, helm_command),
     .value = "PATH",
     .standard = "helm",
     .summary = "The helm command"},
    {.name = "helm-api-versions",
     .kind = OPTION_LIST,
     .field = offsetof(build_arguments, helm_api_versions),
     .value = "VERSION",
     .summary = "An API version for Helm's Capabilities.APIVersions; may be repeated"},
    {.name = "helm-kube-version",
     .kind = OPTION_TEXT,
     .field = offsetof(build_arguments, helm_kube_version),
     .value = "VERSION",
     .summary = "The Kubernetes version for Helm's Capabilities.KubeVersion"},
    {.name = "helm-debug",
     .kind = OPTION_SWITCH,
     .field = offsetof(build_arguments, helm_debug),
     .summary = "Let helm print what it does"},
    {.name = "enable-alpha-plugins",
     .kind = OPTION_SWITCH,
     .field = offsetof(build_arguments, enable_alpha_plugins),
     .summary = "Let kustomizations use plugins, container functions and Helm charts"},
    {.name = "enable-exec",
     .kind = OPTION_SWITCH,
     .field = offsetof(build_arguments, enable_exec),
     .summary = "Let kustomizations run executables as functions (with --enable-alpha-plugins)",
     .details =
         "Such a kustomization runs whatever it names, with your rights: never use it for one that you don't trust."},
    {.name = "network",
     .kind = OPTION_SWITCH,
     .field = offsetof(build_arguments, network),
     .summary = "Give a network to container functions that ask for one"},
    {.name = "network-name",
     .kind = OPTION_TEXT,
     .field = offsetof(build_arguments, network_name),
     .value = "NAME",
     .standard = "bridge",
     .summary = "Has no effect, as in kustomize: container functions get the host's network or none"},
    {.name = "mount",
     .kind = OPTION_LIST,
     .field = offsetof(build_arguments, mounts),
     .value = "MOUNT",
     .summary = "A mount for container functions, type=bind,src=PATH,dst=PATH; may be repeated"},
    {.name = "env",
     .letter = 'e',
     .kind = OPTION_LIST,
     .field = offsetof(build_arguments, env),
     .value = "NAME=VALUE",
     .summary = "An environment variable for container functions; may be repeated"},
    {.name = "as-current-user",
     .kind = OPTION_SWITCH,
     .field = offsetof(build_arguments, as_current_user),
     .summary = "Run container functions with your user and group id"},
    {.name = "reorder",
     .kind = OPTION_TEXT,
     .complete = COMPLETE_CHOICES,
     .field = offsetof(build_arguments, reorder),
     .value = "ORDER",
     .choices = orders,
     .summary = "Sort the resources by kind (legacy) or leave them as they come (none)",
     .deprecated = "use the new 'sortOptions' field in kustomization.yaml instead."},
    {.name = "enable-managedby-label",
     .kind = OPTION_SWITCH,
     .field = offsetof(build_arguments, enable_managedby_label),
     .summary = "Add the label app.kubernetes.io/managed-by",
     .deprecated = "The flag `enable-managedby-label` has been deprecated. Use the `managedByLabel` option in the "
                   "`buildMetadata` field instead."},
};

static const option_row create_rows[] = {
    {.name = "resources",
     .kind = OPTION_TEXT,
     .complete = COMPLETE_FILES,
     .field = offsetof(create_arguments, resources),
     .value = "PATH,...",
     .summary = "Files, patterns of files, directories and repositories, with commas between them",
     .example = "create --resources '../base,*.yaml'"},
    {.name = "autodetect",
     .kind = OPTION_SWITCH,
     .field = offsetof(create_arguments, autodetect),
     .summary = "Add every file of this directory that holds resources"},
    {.name = "recursive",
     .kind = OPTION_SWITCH,
     .field = offsetof(create_arguments, recursive),
     .summary = "With --autodetect, search the directories below, too",
     .details = "A directory with a kustomization file of its own is added as a whole."},
    {.name = "namespace",
     .kind = OPTION_TEXT,
     .field = offsetof(create_arguments, name_space),
     .value = "NAME",
     .summary = "The namespace of all resources"},
    {.name = "nameprefix",
     .kind = OPTION_TEXT,
     .field = offsetof(create_arguments, name_prefix),
     .value = "TEXT",
     .summary = "What all names begin with"},
    {.name = "namesuffix",
     .kind = OPTION_TEXT,
     .field = offsetof(create_arguments, name_suffix),
     .value = "TEXT",
     .summary = "What all names end with"},
    {.name = "labels",
     .kind = OPTION_TEXT,
     .field = offsetof(create_arguments, labels),
     .value = "KEY:VALUE,...",
     .summary = "Labels of all resources and their selectors"},
    {.name = "annotations",
     .kind = OPTION_TEXT,
     .field = offsetof(create_arguments, annotations),
     .value = "KEY:VALUE,...",
     .summary = "Annotations of all resources"},
    LIMIT_ROW(create_arguments),
};

static const char *const build_metadata_options[] = {"originAnnotations", "transformerAnnotations", "managedByLabel",
                                                     NULL};
#include "cfg_options.def"
#include "edit_options.def"
#include "fn_options.def"

static const option_row localize_rows[] = {
    {.name = "scope",
     .kind = OPTION_TEXT,
     .complete = COMPLETE_DIRECTORIES,
     .field = offsetof(localize_arguments, scope),
     .value = "DIR",
     .summary = "The directory around the target that is copied from; for local targets"},
    {.name = "no-verify",
     .kind = OPTION_SWITCH,
     .field = offsetof(localize_arguments, no_verify),
     .summary = "Don't build target and copy to compare them"},
    LIMIT_ROW(localize_arguments),
};

static const option_row openapi_rows[] = {
    {.name = "format",
     .kind = OPTION_TEXT,
     .complete = COMPLETE_CHOICES,
     .field = offsetof(openapi_arguments, format),
     .value = "FORMAT",
     .standard = "json",
     .choices = openapi_formats,
     .summary = "json or yaml"},
    LIMIT_ROW(openapi_arguments),
};

static const option_row version_rows[] = {
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     .complete = COMPLETE_CHOICES,
     .field = offsetof(version_arguments, output),
     .value = "FORMAT",
     .choices = version_formats,
     .summary = "Print all that is known, as yaml or json"},
    {.name = "short",
     .kind = OPTION_SWITCH,
     .field = offsetof(version_arguments, brief),
     .summary = "Print the version in braces",
     .deprecated = "and will be removed in the future."},
};

static const option_row manual_rows[] = {
    {.name = "format",
     .kind = OPTION_TEXT,
     .complete = COMPLETE_CHOICES,
     .field = offsetof(manual_arguments, format),
     .value = "FORMAT",
     .standard = "man",
     .choices = manual_formats,
     .summary = "man for the manual page, markdown for docs/cli.md, diagnostics for docs/diagnostics.md"},
};

const command_row command_rows[] = {
    {.path = "build",
     .arguments = "[DIR...]",
     .complete = COMPLETE_DIRECTORIES,
     .summary = "Render kustomizations from directories or repositories' URLs",
     .details =
         "Reads the kustomization file in DIR (the current directory when none is given) with all that it names, "
         "and prints the resources as one YAML stream, byte for byte as kustomize " STRATA_VERSION_REFERENCE
         " does. Nothing is "
         "printed or written before the whole build has succeeded. DIR may be the URL of a git repository, with "
         "the path of the directory in it. Several of them give one stream, in their order; one that fails is "
         "reported, the others are printed, and the exit status is 1 at the end.",
     .example = "build overlays/production\n"
                "build --enable-helm -o rendered/ clusters/eu\n"
                "build overlays/staging overlays/production -o rendered\n"
                "build 'https://github.com/kubernetes-sigs/kustomize.git/examples/helloWorld?ref=v5.8.0'",
     .options = build_rows,
     .option_count = COUNT(build_rows),
     .options_size = sizeof(build_arguments),
     .run = command_build_run},
    {.path = "create",
     .alias = "init",
     .arguments = "",
     .summary = "Make a kustomization file in this directory",
     .details = "Fails when there is one already, under any of its names; a refused call leaves nothing behind.",
     .example = "create --autodetect\n"
                "create --resources ../base --namespace staging --nameprefix acme-\n"
                "create --resources 'deployment.yaml,service.yaml' --labels app:shop,tier:web",
     .options = create_rows,
     .option_count = COUNT(create_rows),
     .options_size = sizeof(create_arguments),
     .run = command_create_run},
#include "cfg_commands.def"
#include "edit_commands.def"
#include "fn_commands.def"
#include "localize_commands.def"
#include "openapi_commands.def"
    {.path = "version",
     .arguments = "",
     .summary = "Print the version of kustomize that this program stands for",
     .details = "Tools ask for it to learn which options they may use, so it is kustomize's; `-o yaml` prints "
                "strata's own version too.",
     .example = "version -o yaml",
     .options = version_rows,
     .option_count = COUNT(version_rows),
     .options_size = sizeof(version_arguments),
     .run = command_version_run},
    {.path = "help",
     .arguments = "[COMMAND | DIAGNOSTIC]",
     .complete = COMPLETE_TOPICS,
     .summary = "Explain a command, or an error by its name or number",
     .details = "The name of an error or a warning stands in brackets at the end of its line.",
     .example = "help build\nhelp yaml-syntax",
     .run = command_help_run},
    {.path = "completion",
     .arguments = "bash | zsh | fish | powershell",
     .complete = COMPLETE_CHOICES,
     .choices = shells,
     .summary = "Print a script that completes commands in a shell",
     .example = "completion bash > /etc/bash_completion.d/strata",
     .run = command_completion_run},
    {.path = "manual",
     .arguments = "",
     .summary = "Print the manual",
     .options = manual_rows,
     .option_count = COUNT(manual_rows),
     .options_size = sizeof(manual_arguments),
     .run = command_manual_run,
     .example = "manual | man -l -"},
    {.path = "__complete",
     .arguments = "-- WORD...",
     .summary = "Print what may stand in place of the last word; the completion scripts call it",
     .run = command_complete_run,
     .hidden = true},
};
const size_t command_count = COUNT(command_rows);

const char *command_name(const command_row *row) {
    const char *space = strrchr(row->path, ' ');
    return space ? space + 1 : row->path;
}

bool command_is_child(const command_row *child, const char *parent) {
    size_t size = strlen(parent);
    if (size == 0) return !strchr(child->path, ' ');
    return strncmp(child->path, parent, size) == 0 && child->path[size] == ' ' && !strchr(child->path + size + 1, ' ');
}

/* Whether the words are the row's path; the last one may be its alias. */
static bool path_matches(const command_row *row, const char *const *words, size_t count) {
    const char *at = row->path;
    for (size_t i = 0; i < count; i++) {
        size_t size = strcspn(at, " ");
        bool last = i + 1 == count;
        bool same = strlen(words[i]) == size && memcmp(words[i], at, size) == 0;
        if (!same && !(last && at[size] == '\0' && row->alias && strcmp(words[i], row->alias) == 0)) return false;
        at += size;
        if (*at == ' ') at++;
        if (*at == '\0') return last;
    }
    return false;
}

const command_row *command_find(const char *const *words, size_t count) {
    for (size_t i = 0; i < command_count; i++)
        if (path_matches(&command_rows[i], words, count)) return &command_rows[i];
    return NULL;
}
