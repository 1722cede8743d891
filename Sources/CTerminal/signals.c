// SPDX-License-Identifier: Apache-2.0

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "session.h"

// A signal may reach any thread, and would then not end the poll of ours: it becomes a byte in a pipe.
static int pipe_ends[2] = {-1, -1};
static struct sigaction resized_before;
static struct sigaction stopped_before;
static struct sigaction continued_before;

static const int curses_takes[] = {SIGINT, SIGTERM};
static struct sigaction shielded[2];

static void report(int number) {
    int saved = errno;
    char byte = number == SIGTSTP ? 'Z' : number == SIGCONT ? 'C' : 'W';
    ssize_t written = write(pipe_ends[1], &byte, 1);
    (void)written;
    errno = saved;
}

static void pass_over(int number) { (void)number; }

static struct sigaction action(void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return action;
}

bool signals_begin(void) {
    if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
    struct sigaction reporting = action(report);
    sigaction(SIGWINCH, &reporting, &resized_before);
    sigaction(SIGTSTP, &reporting, &stopped_before);
    sigaction(SIGCONT, &reporting, &continued_before);
    return true;
}

void signals_end(void) {
    sigaction(SIGWINCH, &resized_before, NULL);
    sigaction(SIGTSTP, &stopped_before, NULL);
    sigaction(SIGCONT, &continued_before, NULL);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    pipe_ends[0] = pipe_ends[1] = -1;
}

// Curses takes a signal over when nobody has it: for as long as it looks, somebody has. What others install meanwhile
// stays.
void signals_shield_from_curses(void) {
    struct sigaction idle = action(pass_over);
    for (int i = 0; i < 2; i++) {
        sigaction(curses_takes[i], NULL, &shielded[i]);
        if (shielded[i].sa_handler == SIG_DFL) sigaction(curses_takes[i], &idle, NULL);
    }
}

void signals_unshield(void) {
    for (int i = 0; i < 2; i++) {
        struct sigaction now;
        sigaction(curses_takes[i], NULL, &now);
        if (now.sa_handler == pass_over) sigaction(curses_takes[i], &shielded[i], NULL);
    }
}

int signals_pipe(void) { return pipe_ends[0]; }
