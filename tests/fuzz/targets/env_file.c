/* tests/fuzz/targets/env_file.c: any bytes as an env file, as a file, and (its first line) as a literal of generators.
 */
#include "fuzz.h"

#include "core/error.h"
#include "generate/generate.h"
#include "yaml/writer.h"

static strata_status generate(scope *sc, loader *from, generated_kind kind, const generator_args *args) {
    resource *made;
    buffer out;
    TRY(generate_data_map(sc, from, kind, args, NULL, &made));
    buffer_init(&out, sc->from, sc->limits->output);
    strata_status status = yaml_write(sc, made->root, YAML_TO_STREAM, &out);
    buffer_free(&out);
    return status;
}

strata_status fuzz_one(scope *sc, text input) {
    memory_file files[] = {{TEXT("/f"), input}, {TEXT("/kustomization.yaml"), TEXT("{}")}};
    filesystem tree;
    loader *from;
    loader_options options = {.files = &tree, .working_directory = TEXT("/")};
    text literal, rest = input;
    text_cut(&rest, '\n', &literal);
    located file[] = {{TEXT("f"), ORIGIN_UNKNOWN}}, text_of_literal[] = {{literal, ORIGIN_UNKNOWN}};
    generator_args env = {.name = TEXT("env"), .envs = {file, 1}}, whole = {.name = TEXT("file"), .files = {file, 1}},
                   one = {.name = TEXT("literal"), .literals = {text_of_literal, 1}};
    TRY(filesystem_memory(sc, files, 2, &tree));
    TRY(loader_open(sc, &options, TEXT("/"), &from));
    const generator_args *all[] = {&whole, &one, &env};
    strata_status status = STRATA_OK;
    for (int i = 0; i < 6; i++) {
        error_clear(sc->error);
        status = generate(sc, from, i < 3 ? GENERATED_CONFIG_MAP : GENERATED_SECRET, all[i % 3]);
    }
    loader_close(from);
    return status;
}
