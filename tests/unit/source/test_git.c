/* Repositories on the local disk, cloned through file:// by the real git. */
#include "core/error.h"
#include "fixture.h"
#include "source/loader.h"
#include "source/remote.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static loader_options options;
static remote_cache *cache;
static const char *variables[8];

static void shell(const char *script) {
    text line = text_format(&memory,
                            "cd '%s' && exec >/dev/null 2>&1 && export GIT_CONFIG_GLOBAL=/dev/null "
                            "GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b "
                            "&& set -e && %s",
                            directory.data, script);
    cr_assert_eq(system(line.data), 0, "%s", script);
}

static void make_cache(const char *path) {
    variables[0] = path;
    variables[1] = text_format(&memory, "TMPDIR=%s", below("tmp").data).data;
    variables[2] = text_format(&memory, "HOME=%s", below("home").data).data;
    cache = remote_cache_new(&allocator_libc, &(remote_options){.environment = variables});
    cr_assert(cache);
    options.remote = cache;
}

static void open_repository(void) {
    fixture_open();
    make_directory("tmp");
    make_directory("home");
    make_directory("local");
    write_file("repo/app/k", "v1");
    write_file("repo/base/b", "base");
    write_file("secret", "s");
    make_link("repo/app/out", below("secret").data);
    make_link("repo/link", "app");
    make_link("repo/app/up", "../base/b");
    make_link("repo/away", "..");
    shell("cd repo && git init -q -b main && git add -A && git commit -qm 1 && git tag v1 && printf v2 > app/k && git "
          "commit -qam 2");
    options = (loader_options){.files = &filesystem_disk, .working_directory = directory, .allow_fetch = true};
    make_cache("PATH=/usr/bin:/bin");
}

static size_t clones(void) {
    size_t count = 0;
    DIR *d = opendir(below("tmp").data);
    cr_assert(d);
    for (const struct dirent *entry; (entry = readdir(d));)
        count += entry->d_name[0] != '.';
    closedir(d);
    return count;
}

static void close_repository(void) {
    remote_cache_free(cache);
    cr_assert_eq(clones(), 0);
    fixture_close();
}

TestSuite(git, .init = open_repository, .fini = close_repository, .timeout = 60);

static text url(const char *rest) { return text_format(&memory, "file://%s%s", directory.data, rest); }

static loader *open_at(text target) {
    loader *l = NULL;
    strata_status status = loader_open(&sc, &options, target, &l);
    cr_assert_eq(status, STRATA_OK, "%s", strata_error_message(error));
    return l;
}

static loader *base_of(loader *from, text path) {
    loader *l = NULL;
    strata_status status = loader_new(&sc, from, path, ORIGIN_UNKNOWN, &l);
    cr_assert_eq(status, STRATA_OK, "%s", strata_error_message(error));
    return l;
}

static void assert_reads(loader *l, const char *path, const char *expected) {
    text bytes;
    strata_status status = loader_read(&sc, l, text_from(path), ORIGIN_UNKNOWN, &bytes);
    cr_assert_eq(status, STRATA_OK, "%s", strata_error_message(error));
    assert_text(bytes, expected, path);
}

static void assert_no_target(text target, diagnostic code, const char *words) {
    loader *l;
    assert_failure(loader_open(&sc, &options, target, &l), code, words);
}

static void assert_no_base(loader *from, text path, diagnostic code, const char *words) {
    loader *l;
    assert_failure(loader_new(&sc, from, path, ORIGIN_UNKNOWN, &l), code, words);
}

static void assert_unread(loader *l, text path, diagnostic code, const char *words) {
    text bytes;
    assert_failure(loader_read(&sc, l, path, ORIGIN_UNKNOWN, &bytes), code, words);
}

Test(git, a_target_is_cloned_at_its_ref) {
    assert_reads(open_at(url("/repo//app")), "k", "v2");
    assert_reads(open_at(url("/repo//app?ref=v1")), "k", "v1");
}

Test(git, a_base_is_cloned_once_for_each_ref) {
    loader *local = open_at(TEXT("local"));
    assert_reads(base_of(local, url("/repo//app")), "k", "v2");
    assert_reads(base_of(local, url("/repo//base")), "b", "base");
    cr_assert_eq(clones(), 1);
    assert_reads(base_of(local, url("/repo//app?ref=v1")), "k", "v1");
    cr_assert_eq(clones(), 2);
}

Test(git, messages_name_files_of_a_clone_by_the_url) {
    loader *l = open_at(url("/repo//app?ref=v1"));
    text expected = text_format(&memory, "file://%s/repo//app/nothing?ref=v1", directory.data);
    assert_text(loader_display(&sc, l, TEXT("nothing")), expected.data, "display");
    assert_unread(l, TEXT("nothing"), DIAGNOSTIC_FILE_MISSING, expected.data);
    assert_text(loader_reference(l), "v1", "ref");
}

Test(git, files_of_a_clone_stay_in_their_root_even_when_unrestricted) {
    options.restriction = LOAD_ANYWHERE;
    loader *l = open_at(url("/repo//app"));
    assert_unread(l, TEXT("out"), DIAGNOSTIC_FILE_OUTSIDE, "remote repository");
    assert_unread(l, TEXT("up"), DIAGNOSTIC_FILE_OUTSIDE, "remote repository");
    assert_unread(l, TEXT("../base/b"), DIAGNOSTIC_FILE_OUTSIDE, "remote repository");
    assert_unread(l, TEXT("/etc/hostname"), DIAGNOSTIC_FILE_OUTSIDE, "remote repository");
    assert_reads(base_of(l, TEXT("../base")), "b", "base");
    assert_no_base(l, TEXT("../.."), DIAGNOSTIC_FILE_OUTSIDE, "lies outside of the repository");
    assert_no_base(l, TEXT("../away/local"), DIAGNOSTIC_BASE_MISSING, "local");
}

Test(git, the_directory_of_a_url_may_be_a_link_inside_but_not_out) {
    assert_reads(open_at(url("/repo//link")), "k", "v2");
    assert_no_target(url("/repo//away"), DIAGNOSTIC_FILE_OUTSIDE, "leads out of the repository");
    assert_no_target(url("/repo//app/k"), DIAGNOSTIC_BASE_INVALID, "is a file");
    assert_no_target(url("/repo//nothing"), DIAGNOSTIC_BASE_MISSING, "nothing");
}

Test(git, a_clone_must_not_name_repositories_on_this_machine) {
    loader *l = open_at(url("/repo//app"));
    assert_no_base(l, url("/repo?ref=v1"), DIAGNOSTIC_FETCH_REFUSED, "on this machine");
    assert_no_base(base_of(l, TEXT("../base")), url("/other"), DIAGNOSTIC_FETCH_REFUSED, "on this machine");
}

Test(git, nothing_that_looks_like_an_option_reaches_git) {
    text marker = below("marker");
    text target = text_format(&memory, "file:///any?ref=--upload-pack=touch%%20%s", marker.data);
    assert_no_target(target, DIAGNOSTIC_FETCH_REFUSED, "begins with a dash");
    cr_assert_neq(access(marker.data, F_OK), 0);
    assert_no_target(TEXT("ssh://-oProxyCommand=x/o/r"), DIAGNOSTIC_FETCH_REFUSED, "begins with a dash");
    assert_no_target(TEXT("git@-h:o/r"), DIAGNOSTIC_FETCH_REFUSED, "begins with a dash");
    assert_no_target(TEXT("git@h:-o/r"), DIAGNOSTIC_FETCH_REFUSED, "begins with a dash");
    assert_no_target(TEXT("file:///a%?ref=a%0Ab"), DIAGNOSTIC_FETCH_REFUSED, "control characters");
    cr_assert_eq(clones(), 0);
}

Test(git, a_missing_ref_is_reported_with_what_git_said) {
    assert_no_target(url("/repo?ref=nope"), DIAGNOSTIC_GIT, "couldn't find remote ref nope");
    cr_assert_eq(clones(), 0);
}

Test(git, a_short_commit_gets_a_hint) {
    loader *l;
    cr_assert_eq(loader_open(&sc, &options, url("/repo?ref=0123456"), &l), STRATA_COMMAND);
    cr_assert_str_eq(strata_error_hint(error), "a commit can only be fetched by its full id of 40 digits");
}

Test(git, hooks_of_the_user_do_not_run) {
    write_file("home/.gitconfig", text_format(&memory, "[core]\nhooksPath = %s\n", below("home/hooks").data).data);
    write_file("home/hooks/post-checkout", text_format(&memory, "#!/bin/sh\ntouch %s\n", below("ran").data).data);
    cr_assert_eq(chmod(below("home/hooks/post-checkout").data, 0755), 0);
    assert_reads(open_at(url("/repo//app")), "k", "v2");
    cr_assert_neq(access(below("ran").data, F_OK), 0);
}

Test(git, a_repository_that_strata_was_started_from_is_left_alone) {
    remote_cache_free(cache);
    variables[3] = text_format(&memory, "GIT_DIR=%s/repo/.git", directory.data).data;
    make_cache("PATH=/usr/bin:/bin");
    assert_reads(open_at(url("/repo//app?ref=v1")), "k", "v1");
    cr_assert_neq(access(below("repo/.git/FETCH_HEAD").data, F_OK), 0);
}

Test(git, a_git_that_hangs_is_killed_at_the_timeout) {
    write_file("bin/git", "#!/bin/sh\nsleep 100\n");
    cr_assert_eq(chmod(below("bin/git").data, 0755), 0);
    remote_cache_free(cache);
    make_cache(text_format(&memory, "PATH=%s:/usr/bin:/bin", below("bin").data).data);
    time_t before = time(NULL);
    assert_no_target(url("/repo?timeout=300ms"), DIAGNOSTIC_FETCH_TIMEOUT, "stopped after 300ms");
    cr_assert_lt(time(NULL) - before, 10);
}

Test(git, without_git_nothing_is_left_behind) {
    remote_cache_free(cache);
    make_cache("PATH=/nonexistent");
    assert_no_target(url("/repo"), DIAGNOSTIC_GIT, "no git program");
}

Test(git, git_gets_the_commands_of_the_reference) {
    text log = below("log");
    write_file("bin/git", text_format(&memory, "#!/bin/sh\necho \"$*\" >> %s\n", log.data).data);
    cr_assert_eq(chmod(below("bin/git").data, 0755), 0);
    remote_cache_free(cache);
    make_cache(text_format(&memory, "PATH=%s:/usr/bin:/bin", below("bin").data).data);
    open_at(TEXT("https://h/o/r?ref=v1"));
    open_at(TEXT("git@h:o/r?submodules=false"));
    text bytes;
    cr_assert_eq(filesystem_disk.read(&filesystem_disk, &memory, log, TEXT_EMPTY, 10000, &bytes), FILE_DONE);
    assert_text(bytes,
                "init\nremote add origin https://h/o/r\nfetch --depth=1 https://h/o/r v1\ncheckout FETCH_HEAD\n"
                "submodule update --init --recursive\n"
                "init\nremote add origin git@h:o/r\nfetch --depth=1 git@h:o/r HEAD\ncheckout FETCH_HEAD\n",
                "commands");
}

Test(git, only_known_protocols_are_allowed_and_nobody_is_asked) {
    text log = below("log");
    write_file(
        "bin/git",
        text_format(&memory, "#!/bin/sh\necho \"$1 $GIT_ALLOW_PROTOCOL $GIT_TERMINAL_PROMPT\" >> %s\n", log.data).data);
    cr_assert_eq(chmod(below("bin/git").data, 0755), 0);
    remote_cache_free(cache);
    variables[3] = "GIT_ALLOW_PROTOCOL=ext:https:file";
    make_cache(text_format(&memory, "PATH=%s:/usr/bin:/bin", below("bin").data).data);
    open_at(TEXT("https://h/o/r?submodules=0"));
    text bytes;
    cr_assert_eq(filesystem_disk.read(&filesystem_disk, &memory, log, TEXT_EMPTY, 10000, &bytes), FILE_DONE);
    assert_text(bytes, "init https 0\nremote https 0\nfetch https 0\ncheckout https 0\n", "environment");
}

Test(git, submodules_are_cloned_unless_switched_off) {
    write_file("home/.gitconfig", "[protocol \"file\"]\nallow = always\n");
    write_file("sub/s", "sub");
    shell("(cd sub && git init -q -b main && git add -A && git commit -qm 1) && cd repo && "
          "git -c protocol.file.allow=always submodule add ../sub app/sub && git commit -qm 3");
    assert_reads(open_at(url("/repo//app")), "sub/s", "sub");
    assert_unread(open_at(url("/repo//app?submodules=false")), TEXT("sub/s"), DIAGNOSTIC_FILE_MISSING, "sub/s");
}

Test(git, urls_that_begin_alike_are_circles) {
    loader *l = open_at(url("/repo//app"));
    (void)l;
    write_file("bin/git", "#!/bin/sh\nmkdir -p c d\n");
    cr_assert_eq(chmod(below("bin/git").data, 0755), 0);
    remote_cache_free(cache);
    make_cache(text_format(&memory, "PATH=%s:/usr/bin:/bin", below("bin").data).data);
    loader *c = open_at(TEXT("https://h/o/r//c"));
    assert_no_base(c, TEXT("https://h/o/r"), DIAGNOSTIC_BASE_CIRCLE, "closes a circle");
    assert_no_base(base_of(c, TEXT("../d")), TEXT("https://h/o/r//c"), DIAGNOSTIC_BASE_CIRCLE, "closes a circle");
    base_of(c, TEXT("https://h/o/r//d"));
}

/* Each use of a repository counts as a clone of its own, so a directory above an earlier root is no circle there. */
Test(git, a_shared_clone_makes_no_circles) {
    write_file("bin/git", "#!/bin/sh\nmkdir -p d/p q\n");
    cr_assert_eq(chmod(below("bin/git").data, 0755), 0);
    remote_cache_free(cache);
    make_cache(text_format(&memory, "PATH=%s:/usr/bin:/bin", below("bin").data).data);
    loader *p = open_at(TEXT("https://h/o/r//d/p"));
    loader *q = base_of(p, TEXT("https://h/o/r//q"));
    base_of(q, TEXT("../d"));
    cr_assert_eq(clones(), 1);
}

Test(git, fetching_has_to_be_allowed) {
    options.allow_fetch = false;
    assert_no_target(url("/repo//app"), DIAGNOSTIC_FETCH_CLOSED, "switched off");
    options.allow_fetch = true;
    options.remote = NULL;
    assert_no_target(url("/repo//app"), DIAGNOSTIC_FETCH_CLOSED, "switched off");
    cr_assert_eq(clones(), 0);
}

Test(git, fetches_are_limited) {
    limits small = limits_default;
    small.fetches = 1;
    sc.limits = &small;
    loader *local = open_at(TEXT("local"));
    base_of(local, url("/repo//app"));
    base_of(local, url("/repo//base"));
    assert_no_base(local, url("/repo//app?ref=v1"), DIAGNOSTIC_LIMIT, "fetches");
}

Test(git, a_password_is_not_shown) {
    write_file("bin/git", "#!/bin/sh\nexit 1\n");
    cr_assert_eq(chmod(below("bin/git").data, 0755), 0);
    remote_cache_free(cache);
    make_cache(text_format(&memory, "PATH=%s:/usr/bin:/bin", below("bin").data).data);
    assert_no_target(TEXT("https://me:secret@h/o/r"), DIAGNOSTIC_GIT, "https://***@h/o/r");
}
