/*
 * yaml/event.h: what a YAML text consists of, in order, as libyaml and go-yaml tell it.
 *
 * Texts of an event live as long as the arena that the source of events was given.
 */
#ifndef YAML_EVENT_H
#define YAML_EVENT_H

#include "core/text.h"
#include "yaml/node.h"

typedef enum yaml_event_type {
    EVENT_DOCUMENT_START,
    EVENT_SCALAR,
    EVENT_ALIAS, /* .anchor is its name */
    EVENT_SEQUENCE_START,
    EVENT_SEQUENCE_END,
    EVENT_MAPPING_START,
    EVENT_MAPPING_END,
    EVENT_DOCUMENT_END,
    EVENT_STREAM_END
} yaml_event_type;

typedef struct yaml_event {
    yaml_event_type type;
    node_style style; /* of a scalar */
    bool flow;        /* a collection in flow style */
    size_t at;        /* where it begins: an offset into the text */
    size_t end;       /* of the parser's scalars, aliases and ends of flow collections: where they end */
    size_t indicator; /* of the parser's events: the '-' or ':' in front of the node; SIZE_MAX when there is none */
    text value;       /* of a scalar */
    text anchor;      /* empty: none */
    text tag;         /* resolved ("tag:yaml.org,2002:str", "!local", "!"); empty: none */
    text head_comment, line_comment, foot_comment;
} yaml_event;

#endif
