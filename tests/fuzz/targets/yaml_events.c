/*
 * tests/fuzz/targets/yaml_events.c: the dialect's events of the first document against libyaml's. libyaml is the parent
 * of go-yaml's parser and agrees with it, but for what is_apart names.
 */
#include "fuzz.h"

#include "core/buffer.h"
#include "yaml/encoding.h"
#include "yaml/parser.h"

#include <yaml.h>

static bool has(text input, char c) { return text_find_char(input, c) != SIZE_MAX; }

/* Each takes flow collections that the other refuses: {p:}, []::. */
static bool has_flow(text input) { return has(input, '{') || has(input, '['); }

/*
 * What go-yaml reads otherwise: any version in %YAML, "\/" and "\'", '?' in flow collections, collections without a key
 * behind another document, a byte order mark, flow indicators in tags, comments behind tabs. (A NUL in a tag, %00, ends
 * libyaml's.)
 */
static bool is_apart(text input) {
    bool has_flow_character = has_flow(input) || has(input, '}') || has(input, ']') || has(input, ',');
    return text_contains(input, TEXT("%YAML")) || text_contains(input, TEXT("\\/")) ||
           text_contains(input, TEXT("\\'")) || (has_flow(input) && has(input, '?')) ||
           text_contains(input, TEXT("...")) || (has(input, '\t') && has(input, '#')) ||
           text_contains(text_after(input, 1), TEXT("---")) || text_contains(input, TEXT("\xEF\xBB\xBF")) ||
           ((has_flow_character || has(input, '%')) && has(input, '!'));
}

static void add_name(buffer *out, char kind, text name) {
    if (text_empty(name) || text_is(name, "!")) return;
    buffer_add_char(out, kind);
    buffer_add_text(out, name);
    buffer_add_char(out, ' ');
}

static text text_from_libyaml(const yaml_char_t *string) { return text_from((const char *)string); }

static void add_libyaml_event(buffer *out, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        add_name(out, '&', text_from_libyaml(event->data.scalar.anchor));
        add_name(out, '!', text_from_libyaml(event->data.scalar.tag));
        buffer_add_format(out, "scalar %d ", (int)event->data.scalar.style);
        buffer_add(out, (const char *)event->data.scalar.value, event->data.scalar.length);
        break;
    case YAML_ALIAS_EVENT: add_name(out, '*', text_from_libyaml(event->data.alias.anchor)); break;
    case YAML_SEQUENCE_START_EVENT:
        add_name(out, '&', text_from_libyaml(event->data.sequence_start.anchor));
        add_name(out, '!', text_from_libyaml(event->data.sequence_start.tag));
        buffer_add_format(out, "[ %d", event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
        break;
    case YAML_MAPPING_START_EVENT:
        add_name(out, '&', text_from_libyaml(event->data.mapping_start.anchor));
        add_name(out, '!', text_from_libyaml(event->data.mapping_start.tag));
        buffer_add_format(out, "{ %d", event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
        break;
    case YAML_SEQUENCE_END_EVENT: buffer_add_char(out, ']'); break;
    case YAML_MAPPING_END_EVENT: buffer_add_char(out, '}'); break;
    default: return;
    }
    buffer_add_char(out, '\n');
}

typedef enum verdict { TAKEN, REFUSED, MORE_FOLLOWS } verdict;

/* MORE_FOLLOWS: what comes behind the first document, go-yaml may look at before it gives that out. */
static verdict events_of_libyaml(text input, buffer *out) {
    yaml_parser_t libyaml;
    yaml_event_t event;
    yaml_event_type_t type = YAML_NO_EVENT;
    fuzz_require(yaml_parser_initialize(&libyaml), "there is memory");
    yaml_parser_set_encoding(&libyaml, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&libyaml, (const unsigned char *)input.data, input.size);
    bool going = true;
    int documents = 0;
    while (going && type != YAML_STREAM_END_EVENT) {
        going = yaml_parser_parse(&libyaml, &event);
        if (!going) break;
        type = event.type;
        documents += type == YAML_DOCUMENT_END_EVENT;
        add_libyaml_event(out, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&libyaml);
    return going && documents <= 1 ? TAKEN : documents ? MORE_FOLLOWS : REFUSED;
}

static void add_own_event(buffer *out, const yaml_event *event) {
    static const int styles[] = {[STYLE_PLAIN] = YAML_PLAIN_SCALAR_STYLE,
                                 [STYLE_SINGLE_QUOTED] = YAML_SINGLE_QUOTED_SCALAR_STYLE,
                                 [STYLE_DOUBLE_QUOTED] = YAML_DOUBLE_QUOTED_SCALAR_STYLE,
                                 [STYLE_LITERAL] = YAML_LITERAL_SCALAR_STYLE,
                                 [STYLE_FOLDED] = YAML_FOLDED_SCALAR_STYLE};
    if (event->type == EVENT_SCALAR || event->type == EVENT_SEQUENCE_START || event->type == EVENT_MAPPING_START) {
        add_name(out, '&', event->anchor);
        add_name(out, '!', event->tag);
    }
    switch (event->type) {
    case EVENT_SCALAR:
        buffer_add_format(out, "scalar %d ", styles[event->style]);
        buffer_add_text(out, event->value);
        break;
    case EVENT_ALIAS: add_name(out, '*', event->anchor); break;
    case EVENT_SEQUENCE_START: buffer_add_format(out, "[ %d", event->flow); break;
    case EVENT_MAPPING_START: buffer_add_format(out, "{ %d", event->flow); break;
    case EVENT_SEQUENCE_END: buffer_add_char(out, ']'); break;
    case EVENT_MAPPING_END: buffer_add_char(out, '}'); break;
    default: return;
    }
    buffer_add_char(out, '\n');
}

static bool own_events(scope *sc, text input, buffer *out) {
    parser p;
    yaml_event event = {.type = EVENT_DOCUMENT_START};
    bool going = parser_init(&p, input, true, sc->arena, sc->from);
    while (going && event.type != EVENT_DOCUMENT_END && event.type != EVENT_STREAM_END) {
        going = parser_next(&p, &event) == PARSER_EVENT;
        if (going) add_own_event(out, &event);
    }
    parser_free(&p);
    return going;
}

strata_status fuzz_one(scope *sc, text input) {
    const char *problem;
    if (is_apart(input) || encoding_first_bad(input, &problem) != SIZE_MAX) return STRATA_OK;
    buffer theirs, ours;
    buffer_init(&theirs, sc->from, 0);
    buffer_init(&ours, sc->from, 0);
    verdict takes = events_of_libyaml(input, &theirs);
    bool taken = own_events(sc, input, &ours);
    if (takes != MORE_FOLLOWS && !has_flow(input))
        fuzz_require(taken == (takes == TAKEN),
                     taken ? "what libyaml refuses is refused" : "what libyaml takes is taken");
    if (taken && takes == TAKEN)
        fuzz_require_equal(buffer_text(&theirs), buffer_text(&ours), "the events are libyaml's");
    buffer_free(&theirs);
    buffer_free(&ours);
    return STRATA_OK;
}
