// SPDX-License-Identifier: Apache-2.0
//
// The numbering plans of libphonenumber and the languages of ICU. No C++ type and no exception crosses this header.
//
// Thread-safe throughout: libphonenumber's plans are one object, made under `pthread_once` (`singleton_posix.h`) and
// asked through const methods only; what these change, the cache of regular expressions, has a lock of its own
// (`regexp_cache.h`).

#ifndef SWITCHBOARD_CPHONENUMBERS_H
#define SWITCHBOARD_CPHONENUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What the numbering plans know about a number.
typedef struct {
    /// ISO 3166-1, zero-terminated; empty if the number belongs to no country.
    char country[3];
    /// ISO 639-1, zero-terminated; empty if unknown.
    char language[3];
    /// Whether the number can exist.
    bool is_valid;
} sb_listing;

/// Loads the plans, which takes several milliseconds once per process; otherwise the first lookup takes that long.
void sb_load_plans(void);

/// Reads ASCII digits, with a plus sign or as dialed in a country (ISO 3166-1, upper case, NULL if unknown), and returns
/// the digits of E.164, or 0 if they are not a number.
uint64_t sb_number(const char *dialled, const char *country);

/// Looks up a number by its E.164 digits.
sb_listing sb_look_up(uint64_t digits);

/// The ways in which a number is written.
typedef enum { SB_NATIONAL, SB_INTERNATIONAL, SB_URI } sb_style;

/// An example number of a country (ISO 3166-1, upper case) by its E.164 digits, or 0 if the country has none.
uint64_t sb_example(const char *country);

/// Writes a number as people do, zero-terminated, and returns its length; 0 if it does not fit or is not a number.
size_t sb_spell(uint64_t digits, sb_style style, char *text, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
