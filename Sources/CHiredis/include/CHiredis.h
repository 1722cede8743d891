// SPDX-License-Identifier: Apache-2.0
//
// The protocol of Redis by hiredis, without its sockets: commands to bytes, bytes to replies. What an engine sends is hostile,
// so that every reply is bounded in bytes and in elements; hiredis bounds its depth.

#ifndef CHIREDIS_H
#define CHIREDIS_H

#include <stddef.h>
#include <stdint.h>

typedef struct sb_replies sb_replies;
typedef struct sb_reply sb_reply;

typedef enum { SB_NULL, SB_STRING, SB_STATUS, SB_ERROR, SB_INTEGER, SB_ARRAY, SB_OTHER } sb_reply_kind;

typedef enum { SB_MORE_NEEDED, SB_REPLY, SB_NOT_REDIS, SB_TOO_LARGE, SB_NO_MEMORY } sb_outcome;

// A reader of replies, none of which has more than these bytes and elements; null without memory.
sb_replies *sb_replies_create(size_t most_bytes, size_t most_elements);
void sb_replies_free(sb_replies *reader);

// Takes bytes as they come. After anything but SB_REPLY the reader takes no more.
sb_outcome sb_replies_feed(sb_replies *reader, const void *bytes, size_t count);

// The next whole reply, which the caller frees; null unless it returns SB_REPLY.
sb_outcome sb_replies_next(sb_replies *reader, sb_reply **reply);

sb_reply_kind sb_reply_kind_of(const sb_reply *reply);
int64_t sb_reply_integer(const sb_reply *reply);
// The bytes of a string, a status or an error.
const void *sb_reply_bytes(const sb_reply *reply, size_t *count);
size_t sb_reply_count(const sb_reply *reply);
// An element of an array, which belongs to it.
const sb_reply *sb_reply_element(const sb_reply *reply, size_t place);
void sb_reply_free(sb_reply *reply);

// A command as Redis reads it, which the caller frees with sb_command_free; null without memory.
char *sb_redis_command(int count, const char *const *parts, const size_t *lengths, size_t *length);
void sb_command_free(char *command);

#endif
