/*
 * yaml/number.h: floating-point numbers as Go's strconv and encoding/json write them.
 *
 * Both give the shortest digits that read back as the same value; they differ in when they use an exponent.
 * format_float_go, which go-yaml's writers use, is declared in yaml/resolve.h. Cost: a few printf's a number. The
 * host's locale does not show.
 */
#ifndef YAML_NUMBER_H
#define YAML_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* strconv's FormatFloat(value, 'g', -1, 32): format_float_go of the value in single precision. */
size_t format_float_single(double value, char out[32]);

/* encoding/json's float64: an exponent below 1e-6 and from 1e21 on. The value must be finite. */
size_t format_float_json(double value, char out[40]);

/* Whether a decimal integer text (as format_float_json gives) fits a uint64 or, with a '-', an int64. */
bool integer_fits(const char *digits, size_t size);

#endif
