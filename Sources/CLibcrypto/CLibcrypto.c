// SPDX-License-Identifier: Apache-2.0

// SHA256_Update needs no allocation, unlike EVP_DigestUpdate; it is deprecated and works in each version of the library.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "CLibcrypto.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>

_Static_assert(sizeof(sb_sha256) == sizeof(SHA256_CTX) && _Alignof(sb_sha256) >= _Alignof(SHA256_CTX), "another layout");
_Static_assert(sizeof(sb_digest) == SHA256_DIGEST_LENGTH, "another length");

sb_sha256 sb_sha256_begin(void) {
    SHA256_CTX context;
    SHA256_Init(&context);
    sb_sha256 hash;
    memcpy(&hash, &context, sizeof hash);
    return hash;
}

void sb_sha256_update(sb_sha256 *hash, const void *bytes, size_t count) {
    if (count > 0) SHA256_Update((SHA256_CTX *)(void *)hash, bytes, count);
}

sb_digest sb_sha256_end(sb_sha256 *hash) {
    sb_digest digest;
    SHA256_Final((unsigned char *)&digest, (SHA256_CTX *)(void *)hash);
    return digest;
}

_Bool sb_hmac_sha256(const void *key, size_t key_count, const void *bytes, size_t count, sb_digest *code) {
    unsigned length = sizeof *code;
    // A null key means the key of a former call.
    if (key_count > INT_MAX) return 0;
    const void *named = key_count > 0 ? key : "";
    return HMAC(EVP_sha256(), named, (int)key_count, bytes, count, (unsigned char *)code, &length) != NULL;
}

_Bool sb_digests_equal(sb_digest left, sb_digest right) { return CRYPTO_memcmp(&left, &right, sizeof left) == 0; }
