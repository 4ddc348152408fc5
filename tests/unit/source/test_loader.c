#include "core/error.h"
#include "fixture.h"
#include "source/loader.h"

#include <sys/stat.h>

static loader_options options;

static void open_fixture(void) {
    fixture_open();
    options = (loader_options){.files = &filesystem_disk, .working_directory = directory};
}

static loader *open_at(const char *target) {
    loader *l = NULL;
    strata_status status = loader_open(&sc, &options, text_from(target), &l);
    cr_assert_eq(status, STRATA_OK, "%s", strata_error_message(error));
    return l;
}

static loader *base_of(loader *from, const char *path) {
    loader *l = NULL;
    strata_status status = loader_new(&sc, from, text_from(path), ORIGIN_UNKNOWN, &l);
    cr_assert_eq(status, STRATA_OK, "%s", strata_error_message(error));
    return l;
}

static void assert_reads(loader *l, const char *path, const char *expected) {
    text bytes;
    strata_status status = loader_read(&sc, l, text_from(path), ORIGIN_UNKNOWN, &bytes);
    cr_assert_eq(status, STRATA_OK, "%s", strata_error_message(error));
    assert_text(bytes, expected, path);
    cr_assert_eq(bytes.data[bytes.size], '\0');
}

static void assert_unread(loader *l, const char *path, diagnostic code, const char *words) {
    text bytes;
    assert_failure(loader_read(&sc, l, text_from(path), ORIGIN_UNKNOWN, &bytes), code, words);
}

static void assert_no_base(loader *from, const char *path, diagnostic code, const char *words) {
    loader *l;
    assert_failure(loader_new(&sc, from, text_from(path), ORIGIN_UNKNOWN, &l), code, words);
}

TestSuite(loader, .init = open_fixture, .fini = fixture_close);

/* --- reading ----------------------------------------------------------------------------------------------------- */

Test(loader, reads_relative_and_absolute_paths_below_the_root) {
    write_file("app/sub/a.yaml", "a: 1\n");
    loader *l = open_at("app");
    assert_reads(l, "sub/a.yaml", "a: 1\n");
    assert_reads(l, "./sub/../sub//a.yaml", "a: 1\n");
    assert_reads(l, below("app/sub/a.yaml").data, "a: 1\n");
}

Test(loader, reads_an_empty_file) {
    write_file("app/a.yaml", "");
    assert_reads(open_at("app"), "a.yaml", "");
}

Test(loader, reads_files_that_do_not_tell_their_size) {
    options.restriction = LOAD_ANYWHERE;
    text bytes;
    loader *l = open_at(".");
    cr_assert_eq(loader_read(&sc, l, TEXT("/proc/self/status"), ORIGIN_UNKNOWN, &bytes), STRATA_OK);
    cr_assert(text_starts(bytes, TEXT("Name:")));
}

Test(loader, refuses_files_outside_of_the_root) {
    write_file("app/k", "");
    write_file("secret", "s");
    loader *l = open_at("app");
    assert_unread(l, "../secret", DIAGNOSTIC_FILE_OUTSIDE, "LoadRestrictionsRootOnly");
    assert_unread(l, below("secret").data, DIAGNOSTIC_FILE_OUTSIDE, "LoadRestrictionsRootOnly");
}

Test(loader, a_sibling_with_the_roots_name_as_prefix_is_outside) {
    write_file("app/k", "");
    write_file("app2/x", "");
    assert_unread(open_at("app"), "../app2/x", DIAGNOSTIC_FILE_OUTSIDE, "'../app2/x' is not in or below 'app'");
}

Test(loader, symbolic_links_count_as_what_they_lead_to) {
    write_file("app/real/a", "inside");
    write_file("secret/s", "outside");
    make_link("app/in", "real/a");
    make_link("app/in_by_absolute_path", below("app/real").data);
    make_link("app/out", "../secret/s");
    make_link("app/out_directory", "../secret");
    make_link("back", "app/real/a");
    make_link("app/loop", "loop");
    loader *l = open_at("app");
    assert_reads(l, "in", "inside");
    assert_reads(l, "in_by_absolute_path/a", "inside");
    assert_reads(l, "../back", "inside");
    assert_unread(l, "out", DIAGNOSTIC_FILE_OUTSIDE, "'out'");
    assert_unread(l, "out_directory/s", DIAGNOSTIC_FILE_OUTSIDE, "'out_directory/s'");
    assert_unread(l, "loop", DIAGNOSTIC_FILE_IO, "app/loop");
}

Test(loader, reads_anywhere_when_unrestricted) {
    write_file("app/k", "");
    write_file("shared/s", "text");
    make_link("app/out", "../shared/s");
    options.restriction = LOAD_ANYWHERE;
    loader *l = open_at("app");
    assert_reads(l, "../shared/s", "text");
    assert_reads(l, "out", "text");
}

Test(loader, the_jail_holds_when_unrestricted) {
    write_file("jail/app/k", "");
    write_file("jail/shared/s", "text");
    write_file("secret", "s");
    make_link("jail/app/out", "../../secret");
    make_link("jail/app/absolute", below("jail/shared/s").data);
    options.restriction = LOAD_ANYWHERE;
    options.root_jail = TEXT("jail");
    loader *l = open_at("jail/app");
    assert_reads(l, "../shared/s", "text");
    assert_reads(l, "absolute", "text");
    assert_unread(l, "../../secret", DIAGNOSTIC_FILE_OUTSIDE, "--root");
    assert_unread(l, "out", DIAGNOSTIC_FILE_OUTSIDE, "--root");
    assert_unread(l, "/etc/hostname", DIAGNOSTIC_FILE_OUTSIDE, "--root");
}

Test(loader, the_jail_holds_for_targets_and_bases) {
    make_directory("jail/app");
    make_directory("other");
    make_link("jail/link", "../other");
    options.root_jail = below("jail");
    loader *l;
    assert_failure(loader_open(&sc, &options, TEXT("other"), &l), DIAGNOSTIC_FILE_OUTSIDE, "--root");
    assert_failure(loader_open(&sc, &options, TEXT("jail/link"), &l), DIAGNOSTIC_FILE_OUTSIDE, "--root");
    assert_no_base(open_at("jail/app"), "../../other", DIAGNOSTIC_FILE_OUTSIDE, "--root");
}

Test(loader, special_files_are_refused_without_waiting, .timeout = 5) {
    make_directory("app");
    cr_assert_eq(mkfifo(below("app/fifo").data, 0666), 0);
    options.restriction = LOAD_ANYWHERE;
    loader *l = open_at("app");
    assert_unread(l, "fifo", DIAGNOSTIC_FILE_KIND, "app/fifo");
    assert_unread(l, "/dev/zero", DIAGNOSTIC_FILE_KIND, "/dev/zero");
}

Test(loader, a_missing_file_is_named_with_one_that_resembles_it) {
    write_file("app/deployment.yaml", "");
    text bytes;
    strata_status status = loader_read(&sc, open_at("app"), TEXT("deploymnt.yaml"), ORIGIN_UNKNOWN, &bytes);
    cr_assert_eq(status, STRATA_NOT_FOUND);
    cr_assert_str_eq(strata_error_hint(error), "did you mean 'deployment.yaml'?");
    assert_failure(status, DIAGNOSTIC_FILE_MISSING, "'app/deploymnt.yaml'");
}

Test(loader, a_missing_file_in_a_missing_directory_says_so) {
    make_directory("app");
    text bytes;
    strata_status status = loader_read(&sc, open_at("app"), TEXT("sub/a.yaml"), ORIGIN_UNKNOWN, &bytes);
    cr_assert_str_eq(strata_error_hint(error), "the directory 'app/sub' doesn't exist either");
    assert_failure(status, DIAGNOSTIC_FILE_MISSING, "'app/sub/a.yaml'");
}

Test(loader, a_directory_is_no_file) {
    make_directory("app/sub");
    assert_unread(open_at("app"), "sub", DIAGNOSTIC_FILE_KIND, "'app/sub' is a directory");
    assert_unread(open_at("app"), "", DIAGNOSTIC_FILE_KIND, "'app' is a directory");
}

Test(loader, trying_tells_missing_from_found_without_an_error) {
    write_file("app/a", "text");
    make_link("app/out", "/etc/passwd");
    loader *l = open_at("app");
    loaded result;
    cr_assert_eq(loader_load(&sc, l, TEXT("a"), ORIGIN_UNKNOWN, &result), STRATA_OK);
    cr_assert(result.outcome == LOAD_DONE && text_is(result.bytes, "text"));
    cr_assert_eq(loader_load(&sc, l, TEXT("b"), ORIGIN_UNKNOWN, &result), STRATA_OK);
    cr_assert_eq(result.outcome, LOAD_MISSING);
    cr_assert_eq(loader_load(&sc, l, TEXT("out"), ORIGIN_UNKNOWN, &result), STRATA_OK);
    cr_assert_eq(result.outcome, LOAD_OUTSIDE);
    cr_assert_eq(strata_error_status(error), STRATA_OK);
}

Test(loader, outcomes_tell_what_stands_at_the_path) {
    write_file("app/a", "");
    make_directory("base");
    make_link("app/up", "../base");
    loader *l = open_at("app");
    const struct {
        const char *path;
        load_outcome outcome;
        bool base;
    } cases[] = {{"a", LOAD_DONE, false},
                 {"nothing", LOAD_MISSING, false},
                 {"../base", LOAD_IS_DIRECTORY, true},
                 {"up", LOAD_OUTSIDE, true},
                 {"a/b", LOAD_MISSING, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        loaded result;
        bool base;
        cr_assert_eq(loader_load(&sc, l, text_from(cases[i].path), ORIGIN_UNKNOWN, &result), STRATA_OK);
        cr_assert_eq(result.outcome, cases[i].outcome, "%s: %d", cases[i].path, (int)result.outcome);
        cr_assert_eq(loader_may_be_base(&sc, l, text_from(cases[i].path), &base), STRATA_OK);
        cr_assert_eq(base, cases[i].base, "%s", cases[i].path);
    }
}

Test(loader, limits_of_input_are_kept) {
    limits small = limits_default;
    small.input_file = 4;
    small.input_total = 6;
    sc.limits = &small;
    write_file("app/five", "12345");
    write_file("app/four", "1234");
    loader *l = open_at("app");
    assert_unread(l, "five", DIAGNOSTIC_LIMIT, "input_file");
    assert_reads(l, "four", "1234");
    assert_unread(l, "four", DIAGNOSTIC_LIMIT, "input_total");
}

/* --- roots ------------------------------------------------------------------------------------------------------- */

Test(loader, the_target_is_relative_to_the_working_directory_and_real) {
    make_directory("real/app");
    make_link("link", "real");
    loader *l = open_at("link/app");
    assert_text(loader_root(l), below("real/app").data, "root");
    assert_text(loader_display(&sc, l, TEXT("k.yaml")), "real/app/k.yaml", "display");
}

Test(loader, bases_are_relative_to_the_real_directory) {
    make_directory("real/base");
    make_directory("real/app");
    make_link("link/app", "../real/app");
    assert_text(loader_root(base_of(open_at("link/app"), "../base")), below("real/base").data, "root");
}

Test(loader, a_target_that_is_no_directory_is_refused) {
    write_file("app/k.yaml", "");
    loader *l;
    assert_failure(loader_open(&sc, &options, TEXT("app/k.yaml"), &l), DIAGNOSTIC_BASE_INVALID, "is a file");
    assert_failure(loader_open(&sc, &options, TEXT(""), &l), DIAGNOSTIC_BASE_INVALID, "empty");
    strata_status status = loader_open(&sc, &options, TEXT("ap"), &l);
    cr_assert_str_eq(strata_error_hint(error), "did you mean 'app'?");
    assert_failure(status, DIAGNOSTIC_BASE_MISSING, "'ap'");
}

Test(loader, base_paths_are_checked_as_text) {
    make_directory("app/a..b");
    loader *l = open_at("app");
    assert_no_base(l, "", DIAGNOSTIC_BASE_INVALID, "empty");
    assert_no_base(l, "/etc", DIAGNOSTIC_BASE_INVALID, "absolute");
    assert_no_base(l, "a..b", DIAGNOSTIC_BASE_INVALID, "ambiguous");
    assert_no_base(l, "nothing", DIAGNOSTIC_BASE_MISSING, "app/nothing");
}

/* c/y builds although c/x/inner refers to it; but c/x is above c/x/inner, which led to c/y. */
Test(loader, a_base_that_contains_a_visited_root_is_a_circle) {
    make_directory("c/x/inner");
    make_directory("c/y");
    loader *inner = open_at("c/x/inner");
    loader *y = base_of(inner, "../../y");
    assert_no_base(y, "../x", DIAGNOSTIC_BASE_CIRCLE, "'../x' contains 'c/x/inner'");
    assert_no_base(y, "../x/inner", DIAGNOSTIC_BASE_CIRCLE, "c/x/inner -> c/y -> c/x/inner");
    assert_no_base(y, ".", DIAGNOSTIC_BASE_CIRCLE, "c/y -> c/y");
    assert_text(loader_root(base_of(open_at("c/y"), "../x")), below("c/x").data, "root");
}

Test(loader, the_depth_of_bases_is_limited) {
    limits small = limits_default;
    small.base_depth = 1;
    sc.limits = &small;
    make_directory("a");
    make_directory("b");
    make_directory("c");
    loader *b = base_of(open_at("a"), "../b");
    assert_no_base(b, "../c", DIAGNOSTIC_LIMIT, "base_depth");
}

/* --- files in memory --------------------------------------------------------------------------------------------- */

static const memory_file files[] = {
    {TEXT_INIT("/app/kustomization.yaml"), TEXT_INIT("resources: [sub/a.yaml]\n")},
    {TEXT_INIT("/app/sub/a.yaml"), TEXT_INIT("a: 1\n")},
    {TEXT_INIT("/base/b.yaml"), TEXT_INIT("b: 1\n")},
};

Test(loader, memory_follows_the_same_rules) {
    filesystem fs;
    cr_assert_eq(filesystem_memory(&sc, files, 3, &fs), STRATA_OK);
    options.files = &fs;
    options.working_directory = TEXT("/");
    loader *l = open_at("app");
    assert_reads(l, "sub/a.yaml", "a: 1\n");
    assert_unread(l, "../base/b.yaml", DIAGNOSTIC_FILE_OUTSIDE, "not in or below 'app'");
    assert_unread(l, "sub", DIAGNOSTIC_FILE_KIND, "directory");
    assert_unread(l, "sub/b.yaml", DIAGNOSTIC_FILE_MISSING, "app/sub/b.yaml");
    assert_reads(base_of(l, "../base"), "b.yaml", "b: 1\n");
    assert_no_base(l, "..", DIAGNOSTIC_BASE_CIRCLE, "contains");
}

Test(loader, memory_lists_each_name_once) {
    filesystem fs;
    cr_assert_eq(filesystem_memory(&sc, files, 3, &fs), STRATA_OK);
    text_list names = {0};
    cr_assert_eq(fs.list(&fs, &memory, TEXT("/"), &names), FILE_DONE);
    cr_assert_eq(names.count, 2);
    assert_text(names.items[0], "app", "first");
    assert_text(names.items[1], "base", "second");
}

Test(loader, memory_refuses_what_is_no_tree) {
    filesystem fs;
    const memory_file twice[] = {{TEXT_INIT("/a"), TEXT_INIT("")}, {TEXT_INIT("/a"), TEXT_INIT("")}};
    const memory_file under_a_file[] = {{TEXT_INIT("/a"), TEXT_INIT("")}, {TEXT_INIT("/a/b"), TEXT_INIT("")}};
    const memory_file over_a_file[] = {{TEXT_INIT("/a/b"), TEXT_INIT("")}, {TEXT_INIT("/a"), TEXT_INIT("")}};
    const memory_file unclean[] = {{TEXT_INIT("/a/../b"), TEXT_INIT("")}};
    const memory_file relative[] = {{TEXT_INIT("a"), TEXT_INIT("")}};
    assert_failure(filesystem_memory(&sc, twice, 2, &fs), DIAGNOSTIC_MEMORY_FILE, "twice");
    assert_failure(filesystem_memory(&sc, under_a_file, 2, &fs), DIAGNOSTIC_MEMORY_FILE, "below");
    assert_failure(filesystem_memory(&sc, over_a_file, 2, &fs), DIAGNOSTIC_MEMORY_FILE, "below");
    assert_failure(filesystem_memory(&sc, unclean, 1, &fs), DIAGNOSTIC_MEMORY_FILE, "clean");
    assert_failure(filesystem_memory(&sc, relative, 1, &fs), DIAGNOSTIC_MEMORY_FILE, "absolute");
}
