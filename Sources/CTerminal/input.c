// SPDX-License-Identifier: Apache-2.0

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "CTerminal.h"
#include "session.h"

enum { AWAY_MILLISECONDS = 200 };

// Reads what there is, and never waits; the number of bytes.
static int read_input(uint8_t *bytes, int capacity) {
    int waiting = 0;
    if (ioctl(terminal.input, FIONREAD, &waiting) != 0 || waiting <= 0) return 0;
    ssize_t count = read(terminal.input, bytes, (size_t)(waiting < capacity ? waiting : capacity));
    return count > 0 ? (int)count : 0;
}

static int hang_up(void) {
    terminal.hung_up = true;
    return SB_HUNG_UP;
}

// A terminal that is gone is readable for ever and gives nothing.
static bool is_at_end(void) {
    struct pollfd again = {.fd = terminal.input, .events = POLLIN};
    int waiting = 0;
    return poll(&again, 1, 0) == 1 && ioctl(terminal.input, FIONREAD, &waiting) == 0 && waiting == 0;
}

static int take_signal(void) {
    char signal_byte = 0;
    if (read(signals_pipe(), &signal_byte, 1) != 1) return SB_NOTHING;
    if (signal_byte == 'Z') return SB_STOP_WANTED;
    if (signal_byte == 'C') {
        // Stopped by somebody else and continued: what the screen shows now is unknown.
        if (in_background()) return SB_NOTHING;
        come_back();
        return SB_RESUMED;
    }
    return adopt_window_size() ? SB_RESIZED : SB_NOTHING;
}

static int take_wake(void) {
    uint64_t count = 0;
    return read(terminal.wake, &count, sizeof count) == sizeof count ? SB_WOKEN : SB_NOTHING;
}

// Nothing when there was nothing to tell after all, and the time to wait may begin again.
static int take(const struct pollfd files[3], uint8_t *bytes, int capacity, int *count) {
    int kind = files[1].revents & POLLIN ? take_wake() : SB_NOTHING;
    if (kind == SB_NOTHING && files[2].revents & POLLIN) kind = take_signal();
    if (kind != SB_NOTHING) return kind;
    if (terminal.hung_up || files[0].revents == 0) return SB_NOTHING;
    if (files[0].revents & POLLIN && (*count = read_input(bytes, capacity)) > 0) return SB_INPUT;
    bool gone = (files[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    // A read fails in the background too; the terminal has not hung up then.
    if (!gone && in_background()) return SB_NOTHING;
    return gone || is_at_end() ? hang_up() : SB_NOTHING;
}

// Waits in the background. What must not wait, such as the end of the program, gets a moment before the process stops, so
// that a signal that ends a stopped job is not held up by its next stop.
static int wait_away(int milliseconds) {
    struct pollfd files[3] = {
        {.fd = terminal.hung_up ? -1 : terminal.input, .events = 0},
        {.fd = terminal.wake, .events = POLLIN},
        {.fd = signals_pipe(), .events = POLLIN},
    };
    int ready = poll(files, 3, milliseconds == 0 ? 0 : AWAY_MILLISECONDS);
    if (ready > 0 && files[2].revents & POLLIN) {
        char signal_byte = 0;
        ssize_t count = read(signals_pipe(), &signal_byte, 1);
        (void)count;
    }
    if (ready > 0 && files[1].revents & POLLIN && take_wake() != SB_NOTHING) return SB_WOKEN;
    if (ready > 0 && files[0].revents & (POLLHUP | POLLERR | POLLNVAL)) return hang_up();
    // To this thread, which takes it before the next line. A group without a shell to continue it is not stopped.
    if (ready == 0 && milliseconds != 0 && in_background()) raise(SIGTTIN);
    return SB_NOTHING;
}

int sb_wait(int milliseconds, uint8_t *bytes, int capacity, int *count) {
    *count = 0;
    if (!terminal_taken && !terminal.away) return SB_NOTHING;
    stderr_bound();
    for (;;) {
        if (terminal_taken && in_background()) go_away();
        if (terminal.away && !in_background()) {
            come_back();
            return SB_RESUMED;
        }
        int kind = SB_NOTHING;
        if (terminal.away) {
            kind = wait_away(milliseconds);
            if (kind != SB_NOTHING) return kind;
            if (milliseconds >= 0 && terminal.away && in_background()) return SB_NOTHING;
            continue;
        }
        struct pollfd files[3] = {
            {.fd = terminal.hung_up ? -1 : terminal.input, .events = POLLIN},
            {.fd = terminal.wake, .events = POLLIN},
            {.fd = signals_pipe(), .events = POLLIN},
        };
        int ready = poll(files, 3, milliseconds);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return SB_NOTHING;
        kind = take(files, bytes, capacity, count);
        if (kind != SB_NOTHING || milliseconds >= 0) return kind;
    }
}

int64_t sb_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int sb_make_wake(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void sb_wake(int wake) {
    uint64_t one = 1;
    // It fails only when the counter is full, and then the reader is awake anyway.
    ssize_t written = write(wake, &one, sizeof one);
    (void)written;
}

void sb_close_wake(int wake) {
    if (wake >= 0) close(wake);
}
