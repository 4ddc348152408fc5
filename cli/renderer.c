/* cli/renderer.c: see renderer.h. */
#include "renderer.h"

#include "interrupt.h"
#include "limits.h"
#include "messages.h"

extern char **environ;

static void on_warning(const strata_error *warning, void *user) {
    (void)user;
    warning_of(warning);
}

/* kustomize lets functions write to the terminal; here it gets their lines. */
static void on_log(const char *data, size_t size, void *user) {
    (void)user;
    message_lines(data, size);
}

void fill_renderer_options(strata_renderer_options *out) {
    strata_renderer_options_init(out);
    out->fetch_enable = true;
    out->environment = (const char *const *)environ;
    out->warning = on_warning;
    out->log = on_log;
    out->cancellation = interrupt_cancellation();
}

int open_renderer(strata_renderer **out, const invocation *call, const string_list *limits, strata_error *error) {
    strata_renderer_options options;
    strata_limits bounds;
    fill_renderer_options(&options);
    options.limits = &bounds;
    int status = limits_read(call, limits, &bounds);
    if (status) return status;
    return strata_renderer_new(out, &options, error) ? failure_of(error) : EXIT_FINE;
}
