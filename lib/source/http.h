/*
 * source/http.h: one GET, bounded by time, size and redirects, as Go's client would send it.
 *
 * libcurl is loaded when the first URL is fetched, not linked: it and its twenty libraries would more than double the
 * time that a command takes to start, and hardly any build fetches. Without it a build with URLs fails with a clear
 * error. http_client_free doesn't unload it, as its libraries don't stand that.
 * An http_client serves one thread at a time, and keeps connections open between requests.
 */
#ifndef SOURCE_HTTP_H
#define SOURCE_HTTP_H

#include "core/buffer.h"
#include "core/environment.h"
#include "core/stop.h"

typedef struct http_client http_client;

typedef enum http_outcome {
    HTTP_DONE,        /* a status in 200-299 */
    HTTP_BAD_STATUS,  /* any other */
    HTTP_UNREACHABLE, /* no answer: name, connection, TLS, redirects, or no libcurl */
    HTTP_TIMEOUT,
    HTTP_TOO_LARGE,
    HTTP_REFUSED,   /* by who fetches in place of the client */
    HTTP_CANCELLED, /* the same */
    HTTP_NO_MEMORY
} http_outcome;

typedef struct http_response {
    http_outcome outcome;
    text bytes;  /* in the arena, followed by a NUL */
    text detail; /* what went wrong, in the arena */
} http_response;

/* NULL when memory is out. `environment` is where proxies and certificates are named; it must outlive the
 * client, and so must `end`, which ends requests within a second of its word; they have HTTP_NO_MEMORY then. */
http_client *http_client_new(const allocator *from, const child_environment *environment, uint32_t timeout_ms,
                             const stop *end);
void http_client_free(http_client *client);

/* `url` is one that url_is_remote_file accepts. */
void http_get(http_client *client, arena *a, text url, size_t ceiling, http_response *out);

#endif
