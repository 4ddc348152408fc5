/* build/api_struct.c: public structs of callers that were compiled with other headers; see api.h. */
#include "build/api.h"

/* No struct of ours comes near: a size beyond it was never written by _init. */
enum { LARGEST_STRUCT = 4096 };

void api_struct_init(void *given, size_t size, const void *fresh, size_t fresh_size) {
    if (!given || size < sizeof(size_t)) return;
    memset(given, 0, size);
    memcpy(given, fresh, size < fresh_size ? size : fresh_size);
}

bool api_struct_take(void *out, size_t out_size, const void *given) {
    size_t size;
    memcpy(&size, given, sizeof size);
    if (size < sizeof size || size > LARGEST_STRUCT) return false;
    for (size_t i = out_size; i < size; i++)
        if (((const char *)given)[i]) return false;
    memcpy(out, given, size < out_size ? size : out_size);
    memcpy(out, &out_size, sizeof out_size);
    return true;
}
