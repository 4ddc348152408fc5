/*
 * tests/fuzz/targets/image_name.c: the first line is the name of an image in a kustomization, the second its new name,
 * tag and digest, cut at commas; each further one is a reference in a resource.
 */
#include "fuzz.h"

#include "transform/image_reference.h"
#include "transform/transform.h"

static strata_status set_images(scope *sc, const image *wanted, text reference) {
    resource_set set;
    TRY(fuzz_read_set(sc, TEXT("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{image: x}]}\n"),
                      &set));
    node *containers = node_at(set.items[0]->root, "spec", "containers", NULL);
    node_set_text(NODE_GET(containers->items[0], "image"), reference, TAG_STR);
    TRY(image_apply(sc, &set, wanted, transformer_config_builtin.images));
    return fuzz_write_set(sc, &set);
}

static void check_split(text reference) {
    image_reference r = image_reference_split(reference);
    fuzz_require(r.name.size + r.tag.size + r.digest.size <= reference.size, "parts of a reference do not overlap");
}

strata_status fuzz_one(scope *sc, text input) {
    text line, values;
    image wanted = {.where = ORIGIN_UNKNOWN};
    text_cut(&input, '\n', &wanted.name);
    text_cut(&input, '\n', &values);
    text_cut(&values, ',', &wanted.new_name);
    text_cut(&values, ',', &wanted.new_tag);
    text_cut(&values, ',', &wanted.digest);
    wanted.tag_suffix = values;
    for (int i = 0; i < 16 && !text_empty(input); i++) {
        text_cut(&input, '\n', &line);
        check_split(line);
        TRY(set_images(sc, &wanted, line));
    }
    return STRATA_OK;
}
