// SPDX-License-Identifier: Apache-2.0
//
// Reads a webhook while the first, second, third ... request for memory fails, until none does. Prints how many failed.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

#include "CSimdjson.h"

static long remaining = -1;

static void *allocate(size_t size) {
    if (remaining == 0) { return nullptr; }
    if (remaining > 0) { remaining--; }
    return std::malloc(size);
}

void *operator new(size_t size) {
    if (void *memory = allocate(size)) { return memory; }
    throw std::bad_alloc();
}

void *operator new(size_t size, const std::nothrow_t &) noexcept { return allocate(size); }
void *operator new[](size_t size) { return operator new(size); }
void *operator new[](size_t size, const std::nothrow_t &) noexcept { return allocate(size); }
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete[](void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, size_t) noexcept { std::free(memory); }
void operator delete[](void *memory, size_t) noexcept { std::free(memory); }

int main() {
    // A lone surrogate, which is tolerated in a second reading, and long names of tools.
    std::string name(5000, 'x');
    std::string body = R"({"message":{"type":"tool-calls","summary":"\ud800","tool_call_list":[{"function":{"name":")"
        + name + R"("}}]}})";
    auto bytes = reinterpret_cast<const uint8_t *>(body.data());
    sb_webhook webhook;
    // The library prepares itself when it is used for the first time, as the server does while memory is plenty.
    if (sb_read_webhook(bytes, 2, &webhook) == SB_JSON_NO_MEMORY) { return 3; }
    for (long failing = 0;; failing++) {
        remaining = failing;
        sb_json_result result = sb_read_webhook(bytes, body.size(), &webhook);
        remaining = -1;
        if (result == SB_JSON_OK) {
            std::printf("%ld\n", failing);
            return failing > 1 && webhook.tool_names.count == name.size() ? 0 : 1;
        }
        if (result != SB_JSON_NO_MEMORY || webhook.type.bytes != nullptr) { return 2; }
    }
}
