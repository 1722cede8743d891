// SPDX-License-Identifier: Apache-2.0
//
// Loaded before the program (LD_PRELOAD), it makes the disk slow while the file that SLOW_DISK names exists: each write and
// each sync of a file whose name ends in .sqlite or -wal takes 500 ms longer.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static void wait_for(int file) {
    const char *flag = getenv("SLOW_DISK");
    if (flag == NULL || access(flag, F_OK) != 0) return;
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, name, sizeof name - 1);
    if (length <= 0) return;
    name[length] = 0;
    if (!ends_with(name, ".sqlite") && !ends_with(name, "-wal")) return;
    struct timespec half_a_second = {0, 500000000};
    nanosleep(&half_a_second, NULL);
}

#define ORIGINAL(type, name) \
    static type; \
    if (real == NULL) real = dlsym(RTLD_NEXT, name); \
    if (real == NULL) abort();

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    ORIGINAL(ssize_t (*real)(int, const void *, size_t, off64_t), "pwrite64")
    wait_for(file);
    return real(file, bytes, count, at);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    ORIGINAL(ssize_t (*real)(int, const void *, size_t, off_t), "pwrite")
    wait_for(file);
    return real(file, bytes, count, at);
}

int fsync(int file) {
    ORIGINAL(int (*real)(int), "fsync")
    wait_for(file);
    return real(file);
}

int fdatasync(int file) {
    ORIGINAL(int (*real)(int), "fdatasync")
    wait_for(file);
    return real(file);
}
