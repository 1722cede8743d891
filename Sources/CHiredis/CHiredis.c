// SPDX-License-Identifier: Apache-2.0

#include "CHiredis.h"

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stdlib.h>

struct sb_replies {
    redisReader *reader;
    redisReplyObjectFunctions functions;
    const redisReplyObjectFunctions *usual;
    size_t most_bytes, most_elements;
    // Of the reply that is being read.
    size_t bytes, elements;
    bool is_too_large;
};

// An array is allocated by the count that the engine names, before its elements have come.
#if HIREDIS_MAJOR >= 1
typedef size_t element_count;
#else
typedef int element_count;
#endif

static void *create_array(const redisReadTask *task, element_count count) {
    sb_replies *replies = task->privdata;
    if (count < 0 || (size_t)count > replies->most_elements - replies->elements) {
        replies->is_too_large = true;
        return NULL;
    }
    replies->elements += (size_t)count;
    return replies->usual->createArray(task, count);
}

sb_replies *sb_replies_create(size_t most_bytes, size_t most_elements) {
    sb_replies *replies = calloc(1, sizeof *replies);
    if (!replies) return NULL;
    replies->reader = redisReaderCreate();
    if (!replies->reader) {
        free(replies);
        return NULL;
    }
    replies->usual = replies->reader->fn;
    replies->functions = *replies->usual;
    replies->functions.createArray = create_array;
    replies->reader->fn = &replies->functions;
    replies->reader->privdata = replies;
    replies->most_bytes = most_bytes;
    replies->most_elements = most_elements;
    return replies;
}

void sb_replies_free(sb_replies *replies) {
    if (!replies) return;
    redisReaderFree(replies->reader);
    free(replies);
}

static sb_outcome failure(const sb_replies *replies) {
    if (replies->is_too_large) return SB_TOO_LARGE;
    return replies->reader->err == REDIS_ERR_OOM ? SB_NO_MEMORY : SB_NOT_REDIS;
}

sb_outcome sb_replies_feed(sb_replies *replies, const void *bytes, size_t count) {
    if (replies->reader->err || replies->is_too_large) return failure(replies);
    if (count > replies->most_bytes - replies->bytes) {
        replies->is_too_large = true;
        return SB_TOO_LARGE;
    }
    replies->bytes += count;
    return redisReaderFeed(replies->reader, bytes, count) == REDIS_OK ? SB_MORE_NEEDED : failure(replies);
}

sb_outcome sb_replies_next(sb_replies *replies, sb_reply **reply) {
    *reply = NULL;
    if (replies->reader->err || replies->is_too_large) return failure(replies);
    void *read = NULL;
    if (redisReaderGetReply(replies->reader, &read) != REDIS_OK) return failure(replies);
    if (!read) return SB_MORE_NEEDED;
    // What is left belongs to the next one.
    replies->bytes = replies->reader->len - replies->reader->pos;
    replies->elements = 0;
    *reply = read;
    return SB_REPLY;
}

static const redisReply *known(const sb_reply *reply) { return (const redisReply *)(const void *)reply; }

sb_reply_kind sb_reply_kind_of(const sb_reply *reply) {
    switch (known(reply)->type) {
        case REDIS_REPLY_NIL: return SB_NULL;
        case REDIS_REPLY_STRING: return SB_STRING;
        case REDIS_REPLY_STATUS: return SB_STATUS;
        case REDIS_REPLY_ERROR: return SB_ERROR;
        case REDIS_REPLY_INTEGER: return SB_INTEGER;
        case REDIS_REPLY_ARRAY: return SB_ARRAY;
        default: return SB_OTHER;
    }
}

int64_t sb_reply_integer(const sb_reply *reply) { return known(reply)->integer; }

const void *sb_reply_bytes(const sb_reply *reply, size_t *count) {
    *count = (size_t)known(reply)->len;
    return known(reply)->str;
}

size_t sb_reply_count(const sb_reply *reply) { return (size_t)known(reply)->elements; }

const sb_reply *sb_reply_element(const sb_reply *reply, size_t place) {
    return (const sb_reply *)(const void *)known(reply)->element[place];
}

void sb_reply_free(sb_reply *reply) { freeReplyObject(reply); }

char *sb_redis_command(int count, const char *const *parts, const size_t *lengths, size_t *length) {
    char *command = NULL;
    const int written = redisFormatCommandArgv(&command, count, (const char **)(uintptr_t)parts, lengths);
    if (written < 0) return NULL;
    *length = (size_t)written;
    return command;
}

void sb_command_free(char *command) { redisFreeCommand(command); }
