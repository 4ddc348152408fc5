/* Single files from a small HTTP server of the test's own, on the loopback address. */
#include "core/error.h"
#include "fixture.h"
#include "source/loader.h"
#include "source/remote.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static loader_options options;
static remote_cache *cache;
static pid_t server;
static int port;
static const char *variables[8];

/* --- the server: one connection a request, the answer chosen by the path ----------------------------------------- */

static void send_text(int fd, const char *bytes, size_t size) {
    while (size) {
        ssize_t n = write(fd, bytes, size);
        if (n <= 0) return;
        bytes += n;
        size -= (size_t)n;
    }
}

static void answer(int fd, const char *status, const char *headers, const char *body) {
    char out[8192];
    int n = snprintf(out, sizeof out, "HTTP/1.1 %s\r\nConnection: close\r\n%sContent-Length: %zu\r\n\r\n%s", status,
                     headers, strlen(body), body);
    send_text(fd, out, (size_t)n);
}

static void answer_path(int fd, const char *request) {
    char path[256] = "", location[512];
    int n = 0;
    sscanf(request, "GET %255s", path);
    if (!strcmp(path, "/ok.yaml")) {
        answer(fd, "200 OK", "", "a: 1\n");
    } else if (!strcmp(path, "/empty.yaml")) {
        answer(fd, "204 No Content", "", "");
    } else if (!strcmp(path, "/gzip.yaml")) {
        static const char body[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x4b\xb4\x52\x30\xe4\x02\x00\x69\x19\x23"
                                   "\xe3\x05\x00\x00\x00";
        char head[256];
        int size =
            snprintf(head, sizeof head,
                     "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
                     sizeof body - 1);
        send_text(fd, head, (size_t)size);
        send_text(fd, body, sizeof body - 1);
    } else if (!strcmp(path, "/silent.yaml")) {
        sleep(30);
    } else if (sscanf(path, "/redirect/%d", &n) == 1) {
        snprintf(location, sizeof location, n > 1 ? "Location: /redirect/%d\r\n" : "Location: /ok.yaml\r\n", n - 1);
        answer(fd, "302 Found", location, "");
    } else if (!strcmp(path, "/to-file")) {
        answer(fd, "302 Found", "Location: file:///etc/hostname\r\n", "");
    } else if (!strcmp(path, "/request%20text%23x?a=b")) {
        answer(fd, "200 OK", "", request);
    } else if (!strcmp(path, "/headers.yaml")) {
        answer(fd, "200 OK", "", request);
    } else if (!strcmp(path, "/endless.yaml")) {
        static char zeros[65536];
        send_text(fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", 38);
        for (int i = 0; i < 100000; i++)
            if (write(fd, zeros, sizeof zeros) <= 0) return;
    } else {
        answer(fd, "404 Not Found", "", "no such page\n");
    }
}

static void serve(int listener) {
    signal(SIGPIPE, SIG_IGN);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        char request[4096];
        size_t size = 0;
        while (size < sizeof request - 1) {
            ssize_t n = read(fd, request + size, sizeof request - 1 - size);
            if (n <= 0) break;
            size += (size_t)n;
            request[size] = '\0';
            if (strstr(request, "\r\n\r\n")) break;
        }
        request[size] = '\0';
        answer_path(fd, request);
        close(fd);
    }
}

static void start_server(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert(bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 16) == 0);
    cr_assert_eq(getsockname(listener, (struct sockaddr *)&address, &size), 0);
    port = ntohs(address.sin_port);
    server = fork();
    if (server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* also when a test crashes */
        serve(listener);
        _exit(0);
    }
    close(listener);
}

static void make_cache(uint32_t timeout_ms) {
    cache =
        remote_cache_new(&allocator_libc, &(remote_options){.environment = variables, .http_timeout_ms = timeout_ms});
    options.remote = cache;
}

static void open_server(void) {
    fixture_open();
    make_directory("local");
    start_server();
    variables[0] = "PATH=/usr/bin:/bin";
    options = (loader_options){.files = &filesystem_disk, .working_directory = directory, .allow_fetch = true};
    make_cache(5000);
}

static void close_server(void) {
    remote_cache_free(cache);
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
    fixture_close();
}

TestSuite(http, .init = open_server, .fini = close_server, .timeout = 30);

static text url(const char *path) { return text_format(&memory, "http://127.0.0.1:%d%s", port, path); }

static loader *open_local(void) {
    loader *l = NULL;
    cr_assert_eq(loader_open(&sc, &options, TEXT("local"), &l), STRATA_OK, "%s", strata_error_message(error));
    return l;
}

static text fetch(const char *path) {
    text bytes;
    strata_status status = loader_read(&sc, open_local(), url(path), ORIGIN_UNKNOWN, &bytes);
    cr_assert_eq(status, STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(bytes.data[bytes.size], '\0');
    return bytes;
}

static void assert_unfetched(text address, load_outcome outcome, diagnostic code, const char *words) {
    loader *l = open_local();
    loaded result;
    cr_assert_eq(loader_load(&sc, l, address, ORIGIN_UNKNOWN, &result), STRATA_OK, "%s", strata_error_message(error));
    cr_assert_eq(result.outcome, outcome, "%d", (int)result.outcome);
    assert_failure(loader_explain(&sc, l, address, ORIGIN_UNKNOWN, &result), code, words);
}

Test(http, a_file_is_fetched) { assert_text(fetch("/ok.yaml"), "a: 1\n", "ok"); }
Test(http, no_content_is_an_empty_file) { assert_text(fetch("/empty.yaml"), "", "empty"); }
Test(http, gzip_is_decoded) { assert_text(fetch("/gzip.yaml"), "a: 1\n", "gzip"); }

Test(http, odd_characters_are_escaped_as_go_does) {
    cr_assert(text_starts(fetch("/request text#x?a=b"), TEXT("GET /request%20text%23x?a=b HTTP/1.1")));
}

Test(http, user_and_password_are_sent_as_basic) {
    text bytes, address = text_format(&memory, "http://me:secret@127.0.0.1:%d/headers.yaml", port);
    cr_assert_eq(loader_read(&sc, open_local(), address, ORIGIN_UNKNOWN, &bytes), STRATA_OK);
    cr_assert(text_contains(bytes, TEXT("Authorization: Basic bWU6c2VjcmV0")));
}

Test(http, a_bad_status_of_one_segment_is_final) {
    assert_unfetched(url("/nope.yaml"), LOAD_BAD_STATUS, DIAGNOSTIC_FETCH_FAILED, "status 404 (Not Found)");
    bool is_base = true;
    cr_assert_eq(loader_may_be_base(&sc, open_local(), url("/nope.yaml"), &is_base), STRATA_OK);
    cr_assert_not(is_base);
}

Test(http, a_bad_status_of_two_segments_may_be_a_repository) {
    assert_unfetched(url("/o/nope.yaml"), LOAD_REPOSITORY, DIAGNOSTIC_FETCH_FAILED, "status 404 (Not Found)");
    bool is_base = false;
    cr_assert_eq(loader_may_be_base(&sc, open_local(), url("/o/nope.yaml"), &is_base), STRATA_OK);
    cr_assert(is_base);
}

/* Ten requests in a chain are made, as by Go's client; the last of them may be the answer. */
Test(http, redirects_are_followed_up_to_ten_requests) {
    assert_text(fetch("/redirect/9"), "a: 1\n", "redirect");
    assert_unfetched(url("/redirect/10"), LOAD_UNREACHABLE, DIAGNOSTIC_FETCH_FAILED, "more than 10 times");
}

Test(http, a_redirect_to_a_file_is_refused) {
    assert_unfetched(url("/to-file"), LOAD_UNREACHABLE, DIAGNOSTIC_FETCH_FAILED, "no http or https host");
}

Test(http, a_silent_server_does_not_hold_the_build_up) {
    remote_cache_free(cache);
    make_cache(1000);
    time_t before = time(NULL);
    assert_unfetched(url("/silent.yaml"), LOAD_TIMEOUT, DIAGNOSTIC_FETCH_TIMEOUT, "within 1s");
    cr_assert_lt(time(NULL) - before, 10);
}

Test(http, an_endless_answer_ends_at_the_limit) {
    limits small = limits_default;
    small.input_file = 100000;
    sc.limits = &small;
    loaded result;
    assert_failure(loader_load(&sc, open_local(), url("/endless.yaml"), ORIGIN_UNKNOWN, &result), DIAGNOSTIC_LIMIT,
                   "input_file");
}

Test(http, all_input_counts_together) {
    limits small = limits_default;
    small.input_total = 5;
    sc.limits = &small;
    loader *l = open_local();
    text bytes;
    loaded result;
    cr_assert_eq(loader_read(&sc, l, url("/ok.yaml"), ORIGIN_UNKNOWN, &bytes), STRATA_OK);
    assert_failure(loader_load(&sc, l, url("/ok.yaml"), ORIGIN_UNKNOWN, &result), DIAGNOSTIC_LIMIT, "input_total");
}

Test(http, nobody_answers_at_a_closed_port) {
    assert_unfetched(TEXT("http://127.0.0.1:1/a.yaml"), LOAD_UNREACHABLE, DIAGNOSTIC_FETCH_FAILED, "127.0.0.1:1");
    assert_unfetched(TEXT("http:a.yaml"), LOAD_UNREACHABLE, DIAGNOSTIC_FETCH_FAILED, "no http or https host");
}

Test(http, the_proxy_comes_from_the_given_environment_and_never_for_localhost) {
    remote_cache_free(cache);
    variables[1] = text_format(&memory, "HTTP_PROXY=127.0.0.1:%d", port).data;
    make_cache(5000);
    assert_text(fetch("/ok.yaml"), "a: 1\n", "ok");
    /* The server answers 404 to the absolute URL that a proxy is asked for; without it the name would be unknown. */
    assert_unfetched(TEXT("http://host.invalid/a.yaml"), LOAD_BAD_STATUS, DIAGNOSTIC_FETCH_FAILED, "404");
}

Test(http, fetching_has_to_be_allowed) {
    options.allow_fetch = false;
    assert_unfetched(url("/ok.yaml"), LOAD_CLOSED, DIAGNOSTIC_FETCH_CLOSED, "switched off");
}

Test(http, fetches_are_limited) {
    limits small = limits_default;
    small.fetches = 1;
    sc.limits = &small;
    loader *l = open_local();
    text bytes;
    loaded result;
    cr_assert_eq(loader_read(&sc, l, url("/ok.yaml"), ORIGIN_UNKNOWN, &bytes), STRATA_OK);
    assert_failure(loader_load(&sc, l, url("/ok.yaml"), ORIGIN_UNKNOWN, &result), DIAGNOSTIC_LIMIT, "fetches");
}
