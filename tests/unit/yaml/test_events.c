/*
 * All ways from a text to events or nodes, on texts put together at random from pieces of YAML: libyaml, which is the
 * parent of go-yaml's parser, libfyaml, the dialect's own parser, and the fast reader. The seeds are fixed.
 */
#include "write_fixture.h"
#include "yaml/dialect.h"
#include "yaml/fast_reader.h"
#include "yaml/fy_events.h"
#include "yaml/resolve.h"

#include <criterion/criterion.h>
#include <yaml.h>

TestSuite(events, .init = fixture_set_up, .fini = fixture_tear_down);

/* --- texts ------------------------------------------------------------------------------------------------------- */

static const char *const lines[] = {"a: b",
                                    "- a",
                                    "- b: c",
                                    "  d: e",
                                    "    f: g",
                                    "x:",
                                    "  - y",
                                    "# c",
                                    "  # c",
                                    "",
                                    "  ",
                                    "a: |",
                                    "  text",
                                    "    more",
                                    "a: >-",
                                    "k: [a, b]",
                                    "k: {a: b, c: d}",
                                    "k: {a: b,",
                                    "}",
                                    "k: [",
                                    "  a, # d",
                                    "- # h",
                                    "-",
                                    "- - a",
                                    "  - b",
                                    "? k",
                                    ": v",
                                    "k: 'a'",
                                    "k: 'a",
                                    "  b'",
                                    "k: \"a\\n\"",
                                    "k: a # l",
                                    "  cont",
                                    "&x a: b",
                                    "c: *x",
                                    "k: &y [c]",
                                    "!!int 3",
                                    "k: !!str 3",
                                    "---",
                                    "...",
                                    "- |",
                                    "k: # v",
                                    "{a: b}",
                                    "[c]",
                                    "k: !t v",
                                    "  \"b: 'c",
                                    "k: 1",
                                    "k: ~",
                                    "\t",
                                    "\t# c",
                                    "k: a\tb",
                                    "'c'#d",
                                    "k: [::c]",
                                    "k: >",
                                    "k: |+",
                                    "k: |2",
                                    "  <<: *x",
                                    "%YAML 1.1",
                                    "k: a  "};

static uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

static text make_text(uint32_t *state) {
    buffer b;
    buffer_init(&b, NULL, 0);
    for (uint32_t left = 1 + next_random(state) % 9; left; left--) {
        buffer_add_text(&b, text_from(lines[next_random(state) % (sizeof lines / sizeof *lines)]));
        if (left > 1 || next_random(state) % 8) buffer_add_char(&b, '\n');
    }
    text copy = text_copy(sc.arena, buffer_text(&b));
    buffer_free(&b);
    return copy;
}

enum { TEXTS = 20000 };

/* --- nodes ------------------------------------------------------------------------------------------------------- */

static node *finish(tree *t, bool done) {
    node *root = done ? t->root : NULL;
    tree_free(t);
    return root;
}

static node *read_own(text input) {
    tree t;
    parser p;
    yaml_event event;
    tree_init(&t, &sc, 1, ORIGIN_UNKNOWN);
    bool going = parser_init(&p, input, true, sc.arena, sc.from);
    do
        going = going && parser_next(&p, &event) == PARSER_EVENT && tree_add(&t, &event) == STRATA_OK;
    while (going && event.type != EVENT_DOCUMENT_END && event.type != EVENT_STREAM_END);
    parser_free(&p);
    return finish(&t, going);
}

static node *read_fy(text input) {
    tree t;
    fy_events f = {0};
    yaml_event event;
    tree_init(&t, &sc, 1, ORIGIN_UNKNOWN);
    bool going = fy_events_open(&f, sc.arena, input);
    do
        going = going && fy_events_next(&f, &event) == FY_EVENT && tree_add(&t, &event) == STRATA_OK;
    while (going && event.type != EVENT_DOCUMENT_END && event.type != EVENT_STREAM_END);
    fy_events_close(&f);
    return finish(&t, going);
}

/* Equal nodes, styles and flags and places included. */
static bool same(const node *a, const node *b) {
    if (!a || !b) return a == b;
    if (a->kind != b->kind || a->tag != b->tag || a->style != b->style || a->count != b->count) return false;
    if ((a->flags & NODE_FLOW) != (b->flags & NODE_FLOW)) return false;
    if (a->kind == NODE_SCALAR) return text_equal(node_text(a), node_text(b));
    if (a->kind != NODE_MAPPING && a->kind != NODE_SEQUENCE) return true;
    size_t count = a->kind == NODE_MAPPING ? (size_t)a->count * 2 : a->count;
    for (size_t i = 0; i < count; i++)
        if (!same(a->items[i], b->items[i])) return false;
    return true;
}

Test(events, libfyaml_gives_the_same_nodes_for_texts_that_are_not_odd) {
    uint32_t state = 20240611;
    size_t compared = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        text input = make_text(&state);
        bool odd;
        sc.error = NULL;
        if (dialect_check(&sc, input, 1, false, TREE_JSON_COMMENTS, &odd) != STRATA_OK || odd) continue;
        const node *fy = read_fy(input);
        if (!fy) continue;
        cr_assert(same(read_own(input), fy), "differs:\n%.*s", TEXT_ARG(input));
        compared++;
    }
    cr_expect_gt(compared, TEXTS / 20);
}

Test(events, the_fast_reader_gives_the_same_nodes) {
    uint32_t state = 977;
    size_t compared = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        text input = make_text(&state);
        node *fast;
        sc.error = NULL;
        if (fast_read(&sc, input, 1, resolve_tag_v3, &fast) != FAST_DONE || !fast) continue;
        cr_assert(same(read_own(input), fast), "differs:\n%.*s", TEXT_ARG(input));
        compared++;
    }
    cr_expect_gt(compared, TEXTS / 20);
}

Test(events, the_fast_reader_folds_the_same_texts) {
    static const char *const inputs[] = {
        "a: b\n  c\n",
        "a: b  \n\n\n   c # d\ne: f\n",
        "a: b\n  - c\n  ? d\n  e: f\n",
        "a: b\n  - c\n  'd'\n  &e *f !g | > % @h\n",
        "a:\n  b\n  c\n  # d\ne: f\n",
        "a:\n- b\n  c\n- d\n\n  e\n",
        "- - a\n    b\n  - c\n",
        "a: 'b\n  c''d\n\n  e '\n",
        "a: '\n  b\n\n  '\nc: 'd  \n  '\n",
        "a: \"b \n  c\\\"\\n\n\n\n  d\" # e\n",
        "a: 1\n  2\n",
        "a: b\n c\n\n",
        "a: 'b\n  c'",
    };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        text input = text_from(inputs[i]);
        node *fast = NULL, *own;
        sc.error = NULL;
        fast_result result = fast_read(&sc, input, 1, resolve_tag_v3, &fast);
        own = read_own(input);
        cr_expect(result == (own ? FAST_DONE : FAST_UNKNOWN), "%s", inputs[i]);
        if (result == FAST_DONE) cr_expect(same(own, fast), "differs:\n%s", inputs[i]);
    }
}

/* --- libyaml ----------------------------------------------------------------------------------------------------- */

static void add_libyaml_event(buffer *out, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        buffer_add_format(out, "scalar %d ", (int)event->data.scalar.style);
        buffer_add(out, (const char *)event->data.scalar.value, event->data.scalar.length);
        break;
    case YAML_ALIAS_EVENT: buffer_add_format(out, "alias %s", (const char *)event->data.alias.anchor); break;
    case YAML_SEQUENCE_START_EVENT:
        buffer_add_format(out, "[ %d", event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
        break;
    case YAML_MAPPING_START_EVENT:
        buffer_add_format(out, "{ %d", event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
        break;
    case YAML_SEQUENCE_END_EVENT: buffer_add_char(out, ']'); break;
    case YAML_MAPPING_END_EVENT: buffer_add_char(out, '}'); break;
    default: return;
    }
    buffer_add_char(out, '\n');
}

/* The events of the first document; false when it is refused. */
static bool events_of_libyaml(text input, buffer *out) {
    yaml_parser_t libyaml;
    yaml_event_t event;
    yaml_event_type_t type = YAML_NO_EVENT;
    cr_assert(yaml_parser_initialize(&libyaml));
    yaml_parser_set_input_string(&libyaml, (const unsigned char *)input.data, input.size);
    bool going = true;
    while (going && type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT) {
        going = yaml_parser_parse(&libyaml, &event);
        if (!going) break;
        type = event.type;
        add_libyaml_event(out, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&libyaml);
    return going;
}

static void add_own_event(buffer *out, const yaml_event *event) {
    static const int styles[] = {[STYLE_PLAIN] = YAML_PLAIN_SCALAR_STYLE,
                                 [STYLE_SINGLE_QUOTED] = YAML_SINGLE_QUOTED_SCALAR_STYLE,
                                 [STYLE_DOUBLE_QUOTED] = YAML_DOUBLE_QUOTED_SCALAR_STYLE,
                                 [STYLE_LITERAL] = YAML_LITERAL_SCALAR_STYLE,
                                 [STYLE_FOLDED] = YAML_FOLDED_SCALAR_STYLE};
    switch (event->type) {
    case EVENT_SCALAR:
        buffer_add_format(out, "scalar %d ", styles[event->style]);
        buffer_add_text(out, event->value);
        break;
    case EVENT_ALIAS: buffer_add_format(out, "alias %.*s", TEXT_ARG(event->anchor)); break;
    case EVENT_SEQUENCE_START: buffer_add_format(out, "[ %d", event->flow); break;
    case EVENT_MAPPING_START: buffer_add_format(out, "{ %d", event->flow); break;
    case EVENT_SEQUENCE_END: buffer_add_char(out, ']'); break;
    case EVENT_MAPPING_END: buffer_add_char(out, '}'); break;
    default: return;
    }
    buffer_add_char(out, '\n');
}

static bool own_events(text input, buffer *out) {
    parser p;
    yaml_event event = {.type = EVENT_DOCUMENT_START};
    bool going = parser_init(&p, input, false, sc.arena, sc.from);
    while (going && event.type != EVENT_DOCUMENT_END && event.type != EVENT_STREAM_END) {
        going = parser_next(&p, &event) == PARSER_EVENT;
        if (going) add_own_event(out, &event);
    }
    parser_free(&p);
    return going;
}

/* go-yaml and libyaml part ways on %YAML 1.2, on "\/", on '?' in flow collections and on collections without a key
 * that stand behind a document; none of these is generated. */
Test(events, libyaml_gives_the_same_events_and_refusals) {
    uint32_t state = 4711;
    size_t accepted = 0;
    buffer theirs, ours;
    buffer_init(&theirs, NULL, 0);
    buffer_init(&ours, NULL, 0);
    for (size_t i = 0; i < TEXTS; i++) {
        text input = make_text(&state);
        buffer_clear(&theirs);
        buffer_clear(&ours);
        bool takes = events_of_libyaml(input, &theirs);
        cr_assert_eq(own_events(input, &ours), takes, "libyaml %s:\n%.*s", takes ? "takes" : "refuses",
                     TEXT_ARG(input));
        if (!takes) continue;
        cr_assert(text_equal(buffer_text(&theirs), buffer_text(&ours)), "differs:\n%.*s\ntheirs:\n%.*s\nours:\n%.*s",
                  TEXT_ARG(input), TEXT_ARG(buffer_text(&theirs)), TEXT_ARG(buffer_text(&ours)));
        accepted++;
    }
    cr_expect_gt(accepted, TEXTS / 10);
    buffer_free(&theirs);
    buffer_free(&ours);
}
