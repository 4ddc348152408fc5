#include "patch_fixture.h"

#include "yaml/reader.h"
#include "yaml/writer.h"

#include <criterion/criterion.h>

node *fixture_read(const char *yaml) {
    static const yaml_options options = {.dialect = YAML_RESOURCE};
    node_list documents = {0};
    cr_assert_eq(yaml_read(&sc, TEXT("test.yaml"), text_from(yaml), ORIGIN_UNKNOWN, &options, &documents), STRATA_OK,
                 "%s", strata_error_message(sc.error));
    cr_assert_eq(documents.count, 1);
    return node_clone(&memory, documents.items[0]);
}

void fixture_expect(const node *document, const char *expected) {
    buffer written;
    buffer_init(&written, &allocator_libc, 0);
    cr_assert_eq(yaml_write(&sc, document, YAML_TO_STREAM, &written), STRATA_OK, "%s", strata_error_message(sc.error));
    cr_expect(text_is(buffer_text(&written), expected), "%.*s", TEXT_ARG(buffer_text(&written)));
    buffer_free(&written);
}
