/* tests/api/api_fixture.h: a tree in memory that uses a good part of the library, and what it renders to. */
#ifndef API_FIXTURE_H
#define API_FIXTURE_H

#include <strata/strata.h>

/* A base with a Deployment and a generator, and an overlay at /overlay with a prefix, an image and a patch. */
extern const strata_file fixture_files[];
extern const size_t fixture_count;
/* What kustomize makes of /overlay. */
extern const char fixture_stream[];

/* A renderer over the tree; `options` are initialised and may have been changed; NULL means the defaults. */
strata_filesystem *fixture_filesystem(void);
strata_renderer *fixture_renderer(const strata_filesystem *files, strata_renderer_options *options);

#endif
