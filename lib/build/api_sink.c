/* build/api_sink.c: strata_sink (strata/sink.h). */
#include "build/api.h"

void api_sink_init(strata_sink *sink, arena *memory, size_t ceiling) {
    *sink = (strata_sink){.memory = memory, .explanation = TEXT_EMPTY};
    buffer_init(&sink->bytes, memory->from, ceiling);
}

int strata_sink_write(strata_sink *sink, const char *data, size_t size) {
    if (!sink) return 1;
    sink->is_written = true;
    if (!sink->names) {
        buffer_add(&sink->bytes, data, size);
        return buffer_failed(&sink->bytes);
    }
    text name = text_copy(sink->memory, text_of(data, size));
    if (name.data && text_list_add(sink->memory, sink->names, name)) return 0;
    sink->bytes.failure = BUFFER_NO_MEMORY;
    return 1;
}

void strata_sink_explain(strata_sink *sink, const char *sentence) {
    if (!sink) return;
    text copy = text_copy(sink->memory, text_from(sentence));
    if (copy.data) sink->explanation = copy;
}
