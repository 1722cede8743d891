// SPDX-License-Identifier: Apache-2.0

// Gives the terminal back when the program crashes, or exits while a session is open. Only functions that are safe in a
// signal handler are called.

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session.h"

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT};
enum { CRASH_COUNT = sizeof crashes / sizeof crashes[0] };
static struct sigaction before[CRASH_COUNT];

static const char leave[] =
    "\033[?2026l\033[?2004l\033[?1004l\033[?1006l\033[?1000l\033[?1l\033>\033[0m\033[?25h\033[?1049l";

static const char title_before[] = "\033[23;2t";

// A stack that has run out cannot hold the handler's own frame.
static char spare_stack[64 * 1024];
static stack_t stack_before;

static void give_back(void) {
    if (!terminal_taken) return;
    terminal_taken = 0;
    write_all(terminal.output, leave, sizeof leave - 1);
    if (terminal.titled) write_all(terminal.output, title_before, sizeof title_before - 1);
    tcsetattr(terminal.input, TCSANOW, &terminal.before);
    stderr_end();
}

static void crashed(int number) {
    give_back();
    struct sigaction usual;
    memset(&usual, 0, sizeof usual);
    usual.sa_handler = SIG_DFL;
    sigaction(number, &usual, NULL);
    raise(number);
}

void guard_begin(void) {
    static bool at_exit = false;
    if (!at_exit) at_exit = atexit(give_back) == 0;
    stack_t spare = {.ss_sp = spare_stack, .ss_size = sizeof spare_stack};
    if (sigaltstack(NULL, &stack_before) == 0 && stack_before.ss_flags & SS_DISABLE) sigaltstack(&spare, NULL);
    struct sigaction guarding;
    memset(&guarding, 0, sizeof guarding);
    guarding.sa_handler = crashed;
    guarding.sa_flags = SA_ONSTACK | (int)SA_RESETHAND;
    sigemptyset(&guarding.sa_mask);
    for (int i = 0; i < CRASH_COUNT; i++) sigaction(crashes[i], &guarding, &before[i]);
}

void guard_end(void) {
    for (int i = 0; i < CRASH_COUNT; i++) sigaction(crashes[i], &before[i], NULL);
    if (stack_before.ss_flags & SS_DISABLE) sigaltstack(&stack_before, NULL);
}
