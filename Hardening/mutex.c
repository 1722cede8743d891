// SPDX-License-Identifier: Apache-2.0
//
// Loaded before the tests (LD_PRELOAD), it has ThreadSanitizer see what it cannot: a Swift `Mutex` that is waited for is
// handed over by the kernel, in code of the standard library that is not instrumented. Without it, whatever such a mutex
// guards is reported as a race.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

// Where there is no sanitizer, as in the programs that start the tests, nothing has to be seen.
void __tsan_acquire(void *) __attribute__((weak));
void __tsan_release(void *) __attribute__((weak));

static void *original(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL) abort();
    return found;
}

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
SWIFT void lock_slow(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void lock_slow(uint32_t thread, SELF) {
    static SWIFT void (*real)(uint32_t, SELF);
    if (real == NULL) real = (SWIFT void (*)(uint32_t, SELF))original(LOCK);
    real(thread, self);
    if (__tsan_acquire) __tsan_acquire(self);
}

#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
SWIFT bool try_lock_slow(SELF) __asm__(TRY_LOCK);
SWIFT bool try_lock_slow(SELF) {
    static SWIFT bool (*real)(SELF);
    if (real == NULL) real = (SWIFT bool (*)(SELF))original(TRY_LOCK);
    bool is_locked = real(self);
    if (is_locked && __tsan_acquire) __tsan_acquire(self);
    return is_locked;
}

#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
SWIFT void unlock_slow(SELF) __asm__(UNLOCK);
SWIFT void unlock_slow(SELF) {
    static SWIFT void (*real)(SELF);
    if (real == NULL) real = (SWIFT void (*)(SELF))original(UNLOCK);
    if (__tsan_release) __tsan_release(self);
    real(self);
}
