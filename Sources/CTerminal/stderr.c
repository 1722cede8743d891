// SPDX-License-Identifier: Apache-2.0

// While the screen is ours, a line that some library writes to stderr would ruin it: it is kept and printed afterwards.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session.h"

enum { MOST_BYTES = 1024 * 1024 };

static int kept = -1;
static int real = -1;

void stderr_begin(void) {
    if (!isatty(STDERR_FILENO)) return;
    kept = memfd_create("stderr", MFD_CLOEXEC);
    real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (kept < 0 || real < 0 || fcntl(kept, F_SETFL, O_APPEND) != 0 || dup2(kept, STDERR_FILENO) < 0) {
        if (kept >= 0) close(kept);
        if (real >= 0) close(real);
        kept = real = -1;
    }
}

// Also called by the crash guard, so that the words of a crash are not lost with the screen.
void stderr_end(void) {
    if (kept < 0) return;
    dup2(real, STDERR_FILENO);
    char bytes[4096];
    off_t at = 0;
    ssize_t count;
    while ((count = pread(kept, bytes, sizeof bytes, at)) > 0) {
        write_all(real, bytes, (size_t)count);
        at += count;
    }
    close(kept);
    close(real);
    kept = real = -1;
}

// A library that never stops complaining must not fill the memory: past the bound the file is emptied.
void stderr_bound(void) {
    struct stat now;
    if (kept >= 0 && fstat(kept, &now) == 0 && now.st_size > MOST_BYTES && ftruncate(kept, 0) == 0) {
        static const char note[] = "(what came before this was too much to keep)\n";
        write_all(kept, note, sizeof note - 1);
    }
}
