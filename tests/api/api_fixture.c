/* tests/api/api_fixture.c: see api_fixture.h. The stream is what kustomize v5.8.2 prints for the same files. */
#include "api_fixture.h"

#include <stddef.h>

static const char base_kustomization_yaml[] = "resources:\n"
                                              "- web.yaml\n"
                                              "configMapGenerator:\n"
                                              "- name: settings\n"
                                              "  literals:\n"
                                              "  - a=1\n";

static const char base_web_yaml[] = "apiVersion: apps/v1\n"
                                    "kind: Deployment\n"
                                    "metadata:\n"
                                    "  name: web\n"
                                    "spec:\n"
                                    "  template:\n"
                                    "    spec:\n"
                                    "      containers:\n"
                                    "      - name: web\n"
                                    "        image: web:1\n"
                                    "        envFrom:\n"
                                    "        - configMapRef:\n"
                                    "            name: settings\n";

static const char overlay_kustomization_yaml[] = "namePrefix: dev-\n"
                                                 "resources:\n"
                                                 "- ../base\n"
                                                 "images:\n"
                                                 "- name: web\n"
                                                 "  newTag: \"2\"\n"
                                                 "patches:\n"
                                                 "- path: patch.yaml\n"
                                                 "- target:\n"
                                                 "    kind: Deployment\n"
                                                 "  patch: |-\n"
                                                 "    - op: add\n"
                                                 "      path: /spec/paused\n"
                                                 "      value: true\n";

static const char overlay_patch_yaml[] = "apiVersion: apps/v1\n"
                                         "kind: Deployment\n"
                                         "metadata:\n"
                                         "  name: web\n"
                                         "spec:\n"
                                         "  replicas: 2\n";

const strata_file fixture_files[] = {
    {"/base/kustomization.yaml", base_kustomization_yaml, sizeof base_kustomization_yaml - 1},
    {"/base/web.yaml", base_web_yaml, sizeof base_web_yaml - 1},
    {"/overlay/kustomization.yaml", overlay_kustomization_yaml, sizeof overlay_kustomization_yaml - 1},
    {"/overlay/patch.yaml", overlay_patch_yaml, sizeof overlay_patch_yaml - 1},
};
const size_t fixture_count = sizeof fixture_files / sizeof fixture_files[0];

const char fixture_stream[] = "apiVersion: v1\n"
                              "data:\n"
                              "  a: \"1\"\n"
                              "kind: ConfigMap\n"
                              "metadata:\n"
                              "  name: dev-settings-h29d89cmmt\n"
                              "---\n"
                              "apiVersion: apps/v1\n"
                              "kind: Deployment\n"
                              "metadata:\n"
                              "  name: dev-web\n"
                              "spec:\n"
                              "  paused: true\n"
                              "  replicas: 2\n"
                              "  template:\n"
                              "    spec:\n"
                              "      containers:\n"
                              "      - envFrom:\n"
                              "        - configMapRef:\n"
                              "            name: dev-settings-h29d89cmmt\n"
                              "        image: web:2\n"
                              "        name: web\n";

strata_filesystem *fixture_filesystem(void) {
    strata_filesystem *files = NULL;
    return strata_filesystem_new_memory(&files, fixture_files, fixture_count, NULL) ? NULL : files;
}

strata_renderer *fixture_renderer(const strata_filesystem *files, strata_renderer_options *options) {
    strata_renderer_options plain;
    strata_renderer *renderer = NULL;
    strata_renderer_options_init(&plain);
    if (!options) options = &plain;
    options->filesystem = files;
    return strata_renderer_new(&renderer, options, NULL) ? NULL : renderer;
}
