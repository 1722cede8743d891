// SPDX-License-Identifier: Apache-2.0
//
// A webhook read with simdjson, as plain slices. No C++ type crosses this header.

#ifndef SWITCHBOARD_CSIMDJSON_H
#define SWITCHBOARD_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define SB_NOEXCEPT noexcept
extern "C" {
#else
#define SB_NOEXCEPT
#endif

/// A piece of UTF-8, valid until the same thread reads the next webhook; `bytes` is NULL where the key is absent,
/// null or no string.
typedef struct {
    const char *bytes;
    size_t count;
} sb_slice;

/// The contents of a webhook (docs/platform.md, Requests); every key but `type` may be absent.
typedef struct {
    sb_slice type;
    sb_slice call_id, call_type, call_status;
    sb_slice called_number, called_name;
    sb_slice caller_number;
    sb_slice error, end_reason, summary;
    /// `assistant.metadata.switchboard.decision`.
    sb_slice decision;
    /// Names of the called tools, joined by line feeds.
    sb_slice tool_names;
    /// Whole seconds, or -1 where the report has none.
    int64_t duration_seconds;
    /// The keys are spelt in camel case.
    bool camel_case;
    /// The webhook carries an `assistant` object.
    bool has_assistant;
} sb_webhook;

typedef enum {
    SB_JSON_OK = 0,
    SB_JSON_EMPTY,
    SB_JSON_NOT_UTF8,
    SB_JSON_TOO_DEEP,
    SB_JSON_MALFORMED,
    SB_JSON_NO_MEMORY,
} sb_json_result;

/// Reads a whole JSON text as RFC 8259 has it and picks out what a webhook holds.
///
/// The text is validated to its last byte. Thread-safe: each thread has a parser of its own.
sb_json_result sb_read_webhook(const uint8_t *bytes, size_t count, sb_webhook *webhook) SB_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
