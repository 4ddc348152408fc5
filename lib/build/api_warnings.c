/* build/api_warnings.c: the warnings that a result keeps (strata/result.h). */
#include "build/api.h"

/* Room is made once for all: a build with one warning often has many. */
void api_warning_keep(strata_result *result, const strata_error *warning) {
    if (result->warning_count >= STRATA_RESULT_MOST_WARNINGS) return;
    if (!result->warnings) result->warnings = ARENA_ARRAY(&result->memory, strata_error, STRATA_RESULT_MOST_WARNINGS);
    if (!result->warnings) return; /* the build that is out of memory ends with its next allocation */
    strata_error *kept = &result->warnings[result->warning_count++];
    error_init(kept, &result->from);
    error_copy(kept, warning);
}

void api_warnings_free(strata_result *result) {
    for (size_t i = 0; i < result->warning_count; i++)
        error_clear(&result->warnings[i]);
    result->warning_count = 0;
}

size_t strata_result_warning_count(const strata_result *result) { return result ? result->warning_count : 0; }

const strata_error *strata_result_warning_at(const strata_result *result, size_t index) {
    return result && index < result->warning_count ? &result->warnings[index] : NULL;
}
