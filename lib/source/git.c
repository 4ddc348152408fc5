/* source/git.c: see git.h. */
#include "source/git.h"

#include "core/command.h"
#include "source/url.h"

enum { OUTPUT_LIMIT = 1024 * 1024 };

/* --- what may be given to git ------------------------------------------------------------------------------------ */

static bool has_control_characters(text t) {
    for (size_t i = 0; i < t.size; i++)
        if ((unsigned char)t.data[i] < 0x20 || t.data[i] == 0x7f) return true;
    return false;
}

/* A '-' where a user, host or path begins: ssh would take it for an option. */
static bool has_leading_dash(text url) {
    if (text_starts(url, TEXT("-"))) return true;
    for (size_t i = 1; i < url.size; i++) {
        char before = url.data[i - 1];
        bool begins = before == '@' || before == ':' || (before == '/' && i >= 3 && url.data[i - 2] == '/');
        if (begins && url.data[i] == '-') return true;
    }
    return false;
}

strata_status git_check_url(scope *sc, const repository_url *url, origin named_at) {
    if (text_starts(url->reference, TEXT("-")))
        return scope_fail(sc, DIAGNOSTIC_FETCH_REFUSED, named_at,
                          "the ref '%.*s' begins with a dash, and git would take it for an option",
                          TEXT_ARG(url->reference));
    if (has_leading_dash(url->clone_url))
        return scope_fail(sc, DIAGNOSTIC_FETCH_REFUSED, named_at,
                          "a part of the URL '%.*s' begins with a dash, and would be taken for an option",
                          TEXT_ARG(url->clone_url));
    if (has_control_characters(url->clone_url) || has_control_characters(url->reference))
        return scope_fail(sc, DIAGNOSTIC_FETCH_REFUSED, named_at,
                          "the URL of a repository must not contain control characters");
    return STRATA_OK;
}

/* --- git's environment ------------------------------------------------------------------------------------------- */

/*
 * Variables of one repository: those of a hook or alias that strata was started from. They are what `git rev-parse
 * --local-env-vars` prints, which git itself takes away when it goes to another repository, and four more; of those
 * only the settings by number (GIT_CONFIG_COUNT) stay, since callers hand in certificates and the like by them. All
 * others of the caller's list pass: credential helpers and askpass programs read variables of any name.
 */
static const text repository_variables[] = {
    TEXT_INIT("GIT_DIR"),
    TEXT_INIT("GIT_WORK_TREE"),
    TEXT_INIT("GIT_IMPLICIT_WORK_TREE"),
    TEXT_INIT("GIT_INDEX_FILE"),
    TEXT_INIT("GIT_COMMON_DIR"),
    TEXT_INIT("GIT_OBJECT_DIRECTORY"),
    TEXT_INIT("GIT_ALTERNATE_OBJECT_DIRECTORIES"),
    TEXT_INIT("GIT_CONFIG"),
    TEXT_INIT("GIT_CONFIG_PARAMETERS"),
    TEXT_INIT("GIT_PREFIX"),
    TEXT_INIT("GIT_INTERNAL_SUPER_PREFIX"),
    TEXT_INIT("GIT_SHALLOW_FILE"),
    TEXT_INIT("GIT_GRAFT_FILE"),
    TEXT_INIT("GIT_NO_REPLACE_OBJECTS"),
    TEXT_INIT("GIT_REPLACE_REF_BASE"),
    TEXT_INIT("GIT_NAMESPACE"),
    TEXT_INIT("GIT_QUARANTINE_PATH"),
    TEXT_INIT("GIT_ATTR_SOURCE"),
    TEXT_INIT("GIT_DEFAULT_HASH"),
};

/* The protocols of `ours` that the caller's own GIT_ALLOW_PROTOCOL doesn't forbid. */
static text allowed_protocols(arena *a, const child_environment *e, text ours) {
    text theirs = text_from(environment_get(e, TEXT("GIT_ALLOW_PROTOCOL"))), protocol;
    if (theirs.size == 0) return ours;
    text out = TEXT_EMPTY;
    for (bool more = true; more && out.data;) {
        more = text_cut(&ours, ':', &protocol);
        text rest = theirs, other;
        for (bool others = true; others && out.data;) {
            others = text_cut(&rest, ':', &other);
            if (!text_equal(other, protocol)) continue;
            out = out.size ? TEXT_CONCAT(a, out, TEXT(":"), protocol) : protocol;
            break;
        }
    }
    return out.data && out.size == 0 ? TEXT("none") : out;
}

/* A configuration that beats the user's files, for this git and those that it starts (`git -c` would show in argv). */
static bool set_config(arena *a, child_environment *e, const char *key, const char *value) {
    const char *count = environment_get(e, TEXT("GIT_CONFIG_COUNT"));
    unsigned number = 0;
    for (; count && *count >= '0' && *count <= '9' && number < 100000; count++)
        number = number * 10 + (unsigned)(*count - '0');
    text key_name = text_format(a, "GIT_CONFIG_KEY_%u", number);
    text value_name = text_format(a, "GIT_CONFIG_VALUE_%u", number);
    text next = text_format(a, "%u", number + 1);
    return key_name.data && value_name.data && next.data && environment_set(a, e, key_name, text_from(key)) &&
           environment_set(a, e, value_name, text_from(value)) && environment_set(a, e, TEXT("GIT_CONFIG_COUNT"), next);
}

static bool make_environment(arena *a, const char *const *given, bool is_file, text directory, child_environment *out) {
    if (!environment_add_all(a, out, given)) return false;
    for (size_t i = 0; i < sizeof repository_variables / sizeof repository_variables[0]; i++)
        environment_remove(out, repository_variables[i]);
    text protocols = allowed_protocols(a, out, is_file ? TEXT("file") : TEXT("https:http:ssh"));
    return protocols.data && environment_set(a, out, TEXT("GIT_ALLOW_PROTOCOL"), protocols) &&
           environment_set(a, out, TEXT("GIT_TERMINAL_PROMPT"), TEXT("0")) &&
           environment_set(a, out, TEXT("PWD"), directory) && set_config(a, out, "core.hooksPath", "/dev/null");
}

/* --- running it -------------------------------------------------------------------------------------------------- */

typedef struct git_run {
    scope *sc;
    const repository_url *url;
    const char *program;
    child_environment environment;
    text directory;
    origin named_at;
} git_run;

/* What git said, without "fatal: " and the hints that follow: the line that counts. */
static text complaint(text output) {
    size_t fatal = text_find(output, TEXT("fatal: "));
    size_t error = text_find(output, TEXT("error: "));
    size_t from = fatal != SIZE_MAX ? fatal : error;
    if (from == SIZE_MAX) return text_trim(output);
    output = text_after(output, from + 7);
    return text_trim(text_slice(output, 0, text_find_char(output, '\n')));
}

static bool is_short_commit(text reference) {
    if (reference.size < 7 || reference.size >= 40) return false;
    for (size_t i = 0; i < reference.size; i++)
        if (!strchr("0123456789abcdef", reference.data[i])) return false;
    return true;
}

static text hint_for(const git_run *run, text said) {
    if (text_contains(said, TEXT("find remote ref")) && is_short_commit(run->url->reference))
        return TEXT("a commit can only be fetched by its full id of 40 digits");
    if (text_contains(said, TEXT("terminal prompts disabled")))
        return TEXT("the repository asks for a user: set up a credential helper, or use ssh");
    return TEXT_EMPTY;
}

static strata_status fail(const git_run *run, const char *what, const command_result *result) {
    scope *sc = run->sc;
    text shown = url_for_display(sc->arena, run->url->clone_url);
    text how = command_describe(sc->arena, result);
    if (!shown.data || !how.data || result->outcome == COMMAND_NO_MEMORY) return scope_no_memory(sc);
    if (result->outcome == COMMAND_STOPPED) return scope_check(sc);
    if (result->outcome == COMMAND_TIMED_OUT)
        return scope_fail_hint(sc, DIAGNOSTIC_FETCH_TIMEOUT, run->named_at,
                               TEXT("the URL's parameter timeout sets another limit, such as ?timeout=2m"),
                               "git %s of '%.*s' was %.*s", what, TEXT_ARG(shown), TEXT_ARG(how));
    text said = complaint(buffer_text(&result->output));
    text ref = run->url->reference.size ? run->url->reference : TEXT("HEAD");
    return scope_fail_hint(sc, DIAGNOSTIC_GIT, run->named_at, hint_for(run, said),
                           "git %s of '%.*s' at %.*s failed: %.*s (%.*s)", what, TEXT_ARG(shown), TEXT_ARG(ref),
                           TEXT_ARG(said), TEXT_ARG(how));
}

static strata_status run_git(const git_run *run, const char *const *arguments) {
    int64_t ms = run->url->timeout / 1000000;
    command c = {.program = run->program,
                 .arguments = arguments,
                 .environment = environment_list(&run->environment),
                 .directory = run->directory.data,
                 .one_stream = true,
                 .output_limit = OUTPUT_LIMIT,
                 .timeout_ms = ms > INT32_MAX ? INT32_MAX
                               : ms < 1       ? 1
                                              : (uint32_t)ms,
                 .stop = scope_stop(run->sc)};
    command_result result;
    command_run(&c, run->sc->from, &result);
    strata_status status = command_succeeded(&result) ? STRATA_OK : fail(run, arguments[1], &result);
    command_result_free(&result);
    return status;
}

/* A repository on disk may have submodules beside it; whether git follows them there is the user's setting. */
static bool restore_protocols(git_run *run, const char *const *given) {
    static const text name = TEXT_INIT("GIT_ALLOW_PROTOCOL");
    child_environment theirs = {0};
    if (!environment_add_all(run->sc->arena, &theirs, given)) return false;
    const char *value = environment_get(&theirs, name);
    environment_remove(&run->environment, name);
    return !value || environment_set(run->sc->arena, &run->environment, name, text_from(value));
}

strata_status git_clone(scope *sc, const repository_url *url, const char *const *environment_given, text directory,
                        origin named_at) {
    TRY(git_check_url(sc, url, named_at));
    git_run run = {.sc = sc, .url = url, .directory = directory, .named_at = named_at};
    const char *address = text_c_string(sc->arena, url->clone_url);
    const char *reference = url->reference.size ? text_c_string(sc->arena, url->reference) : "HEAD";
    if (!address || !reference ||
        !make_environment(sc->arena, environment_given, url->is_file, directory, &run.environment) ||
        !command_find_program(sc->arena, &run.environment, TEXT("git"), &run.program))
        return scope_no_memory(sc);
    if (!run.program)
        return scope_fail(sc, DIAGNOSTIC_GIT, named_at, "there is no git program on the PATH to clone '%.*s' with",
                          TEXT_ARG(url->clone_url));
    const char *const init[] = {"git", "init", NULL};
    /* Submodules with relative URLs need an origin; the fetch names the URL so that git's messages show it. */
    const char *const add_origin[] = {"git", "remote", "add", "origin", address, NULL};
    const char *const fetch[] = {"git", "fetch", "--depth=1", address, reference, NULL};
    const char *const checkout[] = {"git", "checkout", "FETCH_HEAD", NULL};
    const char *const submodules[] = {"git", "submodule", "update", "--init", "--recursive", NULL};
    TRY(run_git(&run, init));
    TRY(run_git(&run, add_origin));
    TRY(run_git(&run, fetch));
    TRY(run_git(&run, checkout));
    if (!url->submodules) return STRATA_OK;
    if (url->is_file && !restore_protocols(&run, environment_given)) return scope_no_memory(sc);
    return run_git(&run, submodules);
}
