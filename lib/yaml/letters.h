/* yaml/letters.h: which code points are letters and decimal digits, as Go's unicode package has them. */
#ifndef YAML_LETTERS_H
#define YAML_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool letters_is_letter(uint32_t code); /* category L */
bool letters_is_digit(uint32_t code);  /* category Nd */

#endif
