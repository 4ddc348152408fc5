/* source/http.c: see http.h. Redirects are followed here, hop by hop, as each hop may need another proxy. */
#include "source/http.h"

#include "source/url.h"

#ifdef STRATA_HAVE_CURL
#include <curl/curl.h>
#include <dlfcn.h>
#endif

enum { MOST_REQUESTS = 10 }; /* as in Go's client */

struct http_client {
    const allocator *from;
    const child_environment *environment;
    uint32_t timeout_ms;
    const stop *stop;
#ifdef STRATA_HAVE_CURL
    CURL *easy; /* NULL until the first request */
    CURL *(*init)(void);
    void (*cleanup)(CURL *);
    void (*reset)(CURL *);
    CURLcode (*set)(CURL *, CURLoption, ...);
    CURLcode (*perform)(CURL *);
    CURLcode (*info)(CURL *, CURLINFO, ...);
    const char *(*describe)(CURLcode);
#endif
};

http_client *http_client_new(const allocator *from, const child_environment *e, uint32_t timeout_ms, const stop *end) {
    http_client *client = from->allocate(sizeof *client, from->user);
    if (!client) return NULL;
    memset(client, 0, sizeof *client);
    client->from = from;
    client->environment = e;
    client->timeout_ms = timeout_ms;
    client->stop = end;
    return client;
}

static void end(http_response *out, http_outcome outcome, text detail) {
    *out = (http_response){detail.data ? outcome : HTTP_NO_MEMORY, TEXT_EMPTY, detail.data ? detail : TEXT_EMPTY};
}

#ifdef STRATA_HAVE_CURL

void http_client_free(http_client *client) {
    if (!client) return;
    if (client->easy) client->cleanup(client->easy);
    client->from->release(client, client->from->user);
}

/* --- libcurl ----------------------------------------------------------------------------------------------------- */

static bool load_symbols(http_client *c, void *library) {
    const struct {
        const char *name;
        void *function;
    } symbols[] = {{"curl_easy_init", &c->init},        {"curl_easy_cleanup", &c->cleanup},
                   {"curl_easy_reset", &c->reset},      {"curl_easy_setopt", &c->set},
                   {"curl_easy_perform", &c->perform},  {"curl_easy_getinfo", &c->info},
                   {"curl_easy_strerror", &c->describe}};
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        void *found = dlsym(library, symbols[i].name);
        if (!found) return false;
        memcpy(symbols[i].function, &found, sizeof found); /* C knows no cast from objects to functions */
    }
    return true;
}

/* False when there is no libcurl, or no memory for a handle. */
static bool open_client(http_client *c) {
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"};
    if (c->easy) return true;
    void *library = NULL;
    for (size_t i = 0; !library && i < sizeof names / sizeof names[0]; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    return library && load_symbols(c, library) && (c->easy = c->init()) != NULL;
}

/* --- proxies ----------------------------------------------------------------------------------------------------- */

static const char *variable(const child_environment *e, text upper, text lower) {
    const char *value = environment_get(e, upper);
    return value && *value ? value : environment_get(e, lower);
}

static bool is_loopback(text host) {
    return text_equal_ignoring_case(host, TEXT("localhost")) || text_starts(host, TEXT("127.")) || text_is(host, "::1");
}

/* The proxy for a URL, "" for none; libcurl must not look at the process's environment for itself. */
static const char *proxy_for(const child_environment *e, text url) {
    if (is_loopback(url_host(url))) return "";
    const char *proxy = text_equal_ignoring_case(text_slice(url, 0, 6), TEXT("https:"))
                            ? variable(e, TEXT("HTTPS_PROXY"), TEXT("https_proxy"))
                            : variable(e, TEXT("HTTP_PROXY"), TEXT("http_proxy"));
    return proxy ? proxy : "";
}

/* --- one request ------------------------------------------------------------------------------------------------- */

static size_t receive(char *data, size_t size, size_t count, void *user) {
    buffer *body = user;
    buffer_add(body, data, size * count);
    return buffer_failed(body) ? 0 : size * count;
}

/* libcurl asks about once a second, and more often while bytes arrive; anything but 0 ends the request. */
static int on_progress(void *user, curl_off_t a, curl_off_t b, curl_off_t d, curl_off_t e) {
    (void)a, (void)b, (void)d, (void)e;
    return stop_check(user) != STOP_NOT;
}

static void prepare(http_client *c, const char *url, long timeout_ms, buffer *body) {
    c->reset(c->easy);
    const child_environment *e = c->environment;
    const char *no_proxy = variable(e, TEXT("NO_PROXY"), TEXT("no_proxy"));
    const char *certificates = environment_get(e, TEXT("SSL_CERT_FILE"));
    const char *directory = environment_get(e, TEXT("SSL_CERT_DIR"));
    c->set(c->easy, CURLOPT_URL, url);
    c->set(c->easy, CURLOPT_NOSIGNAL, 1L);
    c->set(c->easy, CURLOPT_PATH_AS_IS, 1L);
    c->set(c->easy, CURLOPT_FOLLOWLOCATION, 0L);
    c->set(c->easy, CURLOPT_TIMEOUT_MS, timeout_ms);
    c->set(c->easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    c->set(c->easy, CURLOPT_USERAGENT, "strata");
    c->set(c->easy, CURLOPT_PROXY, proxy_for(e, text_from(url)));
    c->set(c->easy, CURLOPT_NOPROXY, no_proxy ? no_proxy : "");
    c->set(c->easy, CURLOPT_WRITEFUNCTION, receive);
    c->set(c->easy, CURLOPT_WRITEDATA, body);
    c->set(c->easy, CURLOPT_NOPROGRESS, 0L);
    c->set(c->easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    c->set(c->easy, CURLOPT_XFERINFODATA, c->stop);
    if (certificates && *certificates) c->set(c->easy, CURLOPT_CAINFO, certificates);
    if (directory && *directory) c->set(c->easy, CURLOPT_CAPATH, directory);
}

static text status_name(long status) {
    static const struct {
        long status;
        text name;
    } names[] = {{400, TEXT_INIT("Bad Request")},
                 {401, TEXT_INIT("Unauthorized")},
                 {403, TEXT_INIT("Forbidden")},
                 {404, TEXT_INIT("Not Found")},
                 {405, TEXT_INIT("Method Not Allowed")},
                 {407, TEXT_INIT("Proxy Authentication Required")},
                 {410, TEXT_INIT("Gone")},
                 {429, TEXT_INIT("Too Many Requests")},
                 {500, TEXT_INIT("Internal Server Error")},
                 {502, TEXT_INIT("Bad Gateway")},
                 {503, TEXT_INIT("Service Unavailable")},
                 {504, TEXT_INIT("Gateway Timeout")}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].status == status) return names[i].name;
    return TEXT_EMPTY;
}

/* What an answer with a whole body means; *redirect is where to go on, NULL when this is the end. */
static void judge(http_client *c, arena *a, const buffer *body, const char **redirect, http_response *out) {
    long status = 0;
    *redirect = NULL;
    c->info(c->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 200 && status <= 299) {
        text bytes = text_copy(a, buffer_text(body));
        *out = (http_response){bytes.data ? HTTP_DONE : HTTP_NO_MEMORY, bytes, TEXT_EMPTY};
        return;
    }
    bool redirects = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (redirects) c->info(c->easy, CURLINFO_REDIRECT_URL, redirect);
    text name = status_name(status);
    end(out, HTTP_BAD_STATUS, text_format(a, name.size ? "status %ld (%.*s)" : "status %ld", status, TEXT_ARG(name)));
}

static void request(http_client *c, arena *a, const char *url, long timeout_ms, size_t ceiling, const char **redirect,
                    http_response *out) {
    buffer body;
    buffer_init(&body, c->from, ceiling);
    *redirect = NULL;
    prepare(c, url, timeout_ms, &body);
    CURLcode code = c->perform(c->easy);
    if (body.failure == BUFFER_TOO_LARGE)
        end(out, HTTP_TOO_LARGE, TEXT_EMPTY);
    else if (body.failure || code == CURLE_OUT_OF_MEMORY || stop_check(c->stop) != STOP_NOT)
        end(out, HTTP_NO_MEMORY, TEXT_EMPTY);
    else if (code == CURLE_OPERATION_TIMEDOUT)
        end(out, HTTP_TIMEOUT, text_format(a, "no whole answer within %us", c->timeout_ms / 1000));
    else if (code != CURLE_OK)
        end(out, HTTP_UNREACHABLE, text_copy(a, text_from(c->describe(code))));
    else
        judge(c, a, &body, redirect, out);
    buffer_free(&body);
}

void http_get(http_client *c, arena *a, text url, size_t ceiling, http_response *out) {
    text address = url_of_request(a, url);
    if (!address.data) {
        end(out, HTTP_NO_MEMORY, TEXT_EMPTY);
        return;
    }
    if (!open_client(c)) {
        end(out, HTTP_UNREACHABLE, TEXT("libcurl can't be loaded"));
        return;
    }
    int64_t deadline = stop_now_ms() + c->timeout_ms;
    for (int requests = 0; requests < MOST_REQUESTS; requests++) {
        if (url_host(address).size == 0) {
            end(out, HTTP_UNREACHABLE, TEXT("it names no http or https host"));
            return;
        }
        int64_t left = deadline - stop_now_ms();
        const char *redirect;
        request(c, a, address.data, left < 1 ? 1 : (long)left, ceiling, &redirect, out);
        if (!redirect) return;
        address = text_copy(a, text_from(redirect));
        if (!address.data) {
            end(out, HTTP_NO_MEMORY, TEXT_EMPTY);
            return;
        }
    }
    end(out, HTTP_UNREACHABLE, TEXT("it redirects more than 10 times"));
}

#else

void http_client_free(http_client *client) {
    if (client) client->from->release(client, client->from->user);
}

void http_get(http_client *c, arena *a, text url, size_t ceiling, http_response *out) {
    (void)c, (void)a, (void)url, (void)ceiling;
    end(out, HTTP_UNREACHABLE, TEXT("this library was built without HTTP"));
}

#endif
