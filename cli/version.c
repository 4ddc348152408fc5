/*
 * cli/version.c: the command `version`. Argo CD and others read it to learn which options they may pass, so it is the
 * version of kustomize, in kustomize's forms; the facts that only a Go program has are "unknown".
 */
#include "commands.h"
#include "messages.h"
#include "output.h"

#include "strata/version.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

/* The machine by Go's names. */
static const char *go_machine(const char *machine) {
    static const char *const names[][2] = {
        {"x86_64", "amd64"}, {"aarch64", "arm64"}, {"armv7l", "arm"}, {"i686", "386"}, {"i386", "386"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(machine, names[i][0]) == 0) return names[i][1];
    return machine;
}

static int print_facts(bool json) {
    static const char yaml_form[] = "version: %s\ngitCommit: unknown\nbuildDate: unknown\ngoOs: %s\ngoArch: %s\n"
                                    "goVersion: unknown\nstrataVersion: %s\n\n";
    static const char json_form[] = "{\n  \"version\": \"%s\",\n  \"gitCommit\": \"unknown\",\n"
                                    "  \"buildDate\": \"unknown\",\n  \"goOs\": \"%s\",\n  \"goArch\": \"%s\",\n"
                                    "  \"goVersion\": \"unknown\",\n  \"strataVersion\": \"%s\"\n}\n";
    struct utsname system;
    char text[1024], os[sizeof system.sysname];
    if (uname(&system) != 0) return failure("the system doesn't tell its name");
    for (size_t i = 0; i < sizeof os; i++)
        os[i] =
            system.sysname[i] >= 'A' && system.sysname[i] <= 'Z' ? (char)(system.sysname[i] + 32) : system.sysname[i];
    const char *machine = go_machine(system.machine);
    int size = json ? snprintf(text, sizeof text, json_form, strata_version_reference(), os, machine, strata_version())
                    : snprintf(text, sizeof text, yaml_form, strata_version_reference(), os, machine, strata_version());
    return output_to_stdout(text, (size_t)size);
}

int command_version_run(const invocation *call) {
    const version_arguments *given = call->options;
    char text[128];
    bool has_format = given->output && *given->output;
    if (given->brief && has_format) return usage_error(call, NULL, "--short and --output are mutually exclusive");
    if (has_format && strcmp(given->output, "yaml") != 0 && strcmp(given->output, "json") != 0)
        return usage_error(call, NULL, "unknown format \"%s\": use yaml or json", given->output);
    if (has_format) return print_facts(strcmp(given->output, "json") == 0);
    int size = snprintf(text, sizeof text, given->brief ? "{%s  unknown   }\n" : "%s\n", strata_version_reference());
    return output_to_stdout(text, (size_t)size);
}
