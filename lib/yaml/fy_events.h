/*
 * yaml/fy_events.h: the events of a text from libfyaml.
 *
 * Order: fy_events_open for each text, fy_events_next until EVENT_STREAM_END or a failure, fy_events_close once at the
 * end; an all-zero struct is closed. One libfyaml parser serves all texts of a call.
 */
#ifndef YAML_FY_EVENTS_H
#define YAML_FY_EVENTS_H

#include "core/arena.h"
#include "yaml/event.h"

struct fy_parser;

typedef struct fy_events {
    struct fy_parser *parser;
    text bytes;
    arena *arena;
    struct fy_diag *diag;
} fy_events;

typedef enum fy_result { FY_EVENT, FY_REFUSED, FY_NO_MEMORY } fy_result;

/* False when memory is out. `bytes` must outlive the events: scalars point into it where they can. */
bool fy_events_open(fy_events *f, arena *a, text bytes);
/* FY_REFUSED when libfyaml does not take the text for YAML. */
fy_result fy_events_next(fy_events *f, yaml_event *out);
void fy_events_close(fy_events *f);

#endif
