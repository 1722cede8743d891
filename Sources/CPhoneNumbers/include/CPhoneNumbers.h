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
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What the plans say of a number.
typedef struct {
    /// ISO 3166-1, ended by 0; empty where the number belongs to no country.
    char country[3];
    /// ISO 639-1, ended by 0; empty where none can be told.
    char language[3];
    /// The number can exist.
    bool is_valid;
} sb_listing;

/// Loads the plans, some milliseconds once in a process; without it the first question takes that long.
void sb_load_plans(void);

/// Reads ASCII digits, with a plus sign before them or as they are dialled in a country (ISO 3166-1, upper case, NULL
/// where none is known), and returns the digits of E.164, or 0 where these are no number.
uint64_t sb_number(const char *dialled, const char *country);

/// Looks up a number by its digits of E.164.
sb_listing sb_look_up(uint64_t digits);

#ifdef __cplusplus
}
#endif

#endif
