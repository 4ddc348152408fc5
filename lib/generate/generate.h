/*
 * generate/generate.h: the generators of a kustomization: ConfigMaps and Secrets, IAM policies, Helm charts.
 *
 * A generator reads through the loader of the kustomization that declares it and gives resources, with their behavior
 * and the need of a hash suffix recorded in them.
 */
#ifndef GENERATE_GENERATE_H
#define GENERATE_GENERATE_H

#include "model/kustomization.h"
#include "model/resource_set.h"
#include "source/loader.h"

typedef enum generated_kind { GENERATED_CONFIG_MAP, GENERATED_SECRET } generated_kind;

/*/* data_generator.c: ConfigMapGenerator and SecretGenerator; `global` are the kustomization's generatorOptions or
 * NULL. */
strata_status generate_data_map(scope *sc, loader *from, generated_kind kind, const generator_args *args,
                                const generator_options *global, resource **out);

/* iam_policy.c: IAMPolicyGenerator. */
typedef struct iam_policy_args {
    origin where;
    text cloud;           /* "gke" */
    text service_account; /* Kubernetes' */
    text name_space;
    text cloud_account;
    text project;
} iam_policy_args;
strata_status generate_iam_policy(scope *sc, const iam_policy_args *args, resource **out);

#endif
