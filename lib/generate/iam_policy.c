/*
 * generate/iam_policy.c: IAMPolicyGenerator: a Kubernetes service account bound to one of a cloud; after kustomize's
 * api/filters/iampolicygenerator. See generate.h.
 */
#include "core/buffer.h"
#include "generate/generate.h"
#include "model/resource_reader.h"

/* The reference prints the values into YAML, so that they are read as YAML reads them. */
static text document(scope *sc, const iam_policy_args *args) {
    buffer b;
    buffer_init(&b, sc->from, 0);
    buffer_add_format(&b,
                      "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n"
                      "    iam.gke.io/gcp-service-account: %.*s@%.*s.iam.gserviceaccount.com\n  name: %.*s\n",
                      TEXT_ARG(args->cloud_account), TEXT_ARG(args->project), TEXT_ARG(args->service_account));
    if (!text_empty(args->name_space)) buffer_add_format(&b, "  namespace: %.*s\n", TEXT_ARG(args->name_space));
    text t = buffer_failed(&b) ? text_of(NULL, 0) : text_copy(sc->arena, buffer_text(&b));
    buffer_free(&b);
    return t;
}

strata_status generate_iam_policy(scope *sc, const iam_policy_args *args, resource **out) {
    resource_list read;
    if (!text_is(args->cloud, "gke"))
        return scope_fail(sc, DIAGNOSTIC_CLOUD, args->where, "the cloud must be gke, not \"%.*s\"",
                          TEXT_ARG(args->cloud));
    text bytes = document(sc, args);
    if (!bytes.data) return scope_no_memory(sc);
    TRY(resources_read_inline(sc, args->where, bytes, &read));
    if (read.count != 1)
        return scope_fail(sc, DIAGNOSTIC_CLOUD, args->where, "the IAM policy's values make no service account");
    *out = read.items[0];
    return STRATA_OK;
}
