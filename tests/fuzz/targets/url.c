/* tests/fuzz/targets/url.c: any text as a path, the URL of a file or of a repository. */
#include "fuzz.h"

#include "source/path.h"
#include "source/repository_url.h"
#include "source/url.h"

static void check_paths(scope *sc, text path) {
    text clean = path_clean(sc->arena, path);
    fuzz_require_equal(clean, path_clean(sc->arena, clean), "a clean path stays as it is");
    text joined = path_join(sc->arena, TEXT("/a/b"), path);
    fuzz_require(path_is_absolute(joined), "what is joined to an absolute path is absolute");
    text relative = path_relative(sc->arena, TEXT("/a/b"), joined);
    fuzz_require_equal(joined, path_join(sc->arena, TEXT("/a/b"), relative), "a relative path leads there");
    (void)path_base(clean);
    (void)path_directory(clean);
    (void)path_extension(clean);
    (void)path_is_ambiguous(path);
}

strata_status fuzz_one(scope *sc, text input) {
    repository_url url;
    bool is_repository, is_valid;
    text_map parameters = {.items = NULL};
    check_paths(sc, input);
    if (url_is_remote_file(input)) {
        fuzz_require(url_of_request(sc->arena, input).data != NULL, "the URL of a file can be asked for");
        text host = url_host(input);
        fuzz_require(host.size <= input.size, "a host is part of its URL");
    }
    fuzz_require(url_for_display(sc->arena, input).data != NULL, "every URL can be shown");
    fuzz_require(url_parse_query(sc->arena, input, &parameters, &is_valid), "there is memory");
    TRY(repository_url_parse(sc, input, &is_repository, &url));
    if (is_repository)
        fuzz_require(repository_url_origin_path(sc, &url).data != NULL, "a repository has a path for its origin");
    return STRATA_OK;
}
