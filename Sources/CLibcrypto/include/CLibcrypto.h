// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 and HMAC of OpenSSL's libcrypto, without its deprecated names and its macros, which Swift does not see.

#ifndef CLIBCRYPTO_H
#define CLIBCRYPTO_H

#include <stddef.h>
#include <stdint.h>

// A hash that is not finished; a copy goes on by itself. As large as SHA256_CTX, which is part of the library's ABI.
typedef struct {
    uint32_t words[28];
} sb_sha256;

// 32 bytes, as they are in memory.
typedef struct {
    uint64_t words[4];
} sb_digest;

sb_sha256 sb_sha256_begin(void);
void sb_sha256_update(sb_sha256 *hash, const void *bytes, size_t count);
sb_digest sb_sha256_end(sb_sha256 *hash);

// The library's own HMAC-SHA256 in one go. Returns false if the library cannot compute it.
_Bool sb_hmac_sha256(const void *key, size_t key_count, const void *bytes, size_t count, sb_digest *code);

// Compares in constant time.
_Bool sb_digests_equal(sb_digest left, sb_digest right);

#endif
