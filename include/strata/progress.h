/*
 * strata/progress.h: what a build is doing, for a program that shows it or writes a trace.
 *
 * Progress is told on the thread that builds, between steps; the function must return soon and can't stop the build.
 */
#ifndef STRATA_PROGRESS_H
#define STRATA_PROGRESS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum strata_stage {
    STRATA_STAGE_READ = 1,  /* a file was read: `name` as messages name it */
    STRATA_STAGE_FETCH = 2, /* a repository, page or chart is about to be fetched: `name` is its URL, without a login */
    STRATA_STAGE_RUN = 3,   /* a program is about to be started: `name` is the chart or function that it is for */
    STRATA_STAGE_FINISH = 4, /* all is read and transformed: `name` is "" and `count` the number of resources */
} strata_stage;

typedef struct strata_progress {
    size_t size; /* of this struct as the library knows it; fields are only ever added at the end */
    strata_stage stage;
    const char *name; /* never NULL; valid during the call */
    size_t count;     /* how many of this stage there were in the build, this one included */
} strata_progress;

/* New stages may be added: pass over those that are unknown. */
typedef void (*strata_progress_function)(const strata_progress *progress, void *user);

#ifdef __cplusplus
}
#endif
#endif
