// SPDX-License-Identifier: Apache-2.0

// What the files of this module share; nothing outside includes it.

#ifndef SESSION_H
#define SESSION_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <pthread.h>
#include <termios.h>

typedef struct {
    int input;
    int output;
    int wake;
    bool extras;                    // the terminal takes modes that a plain one would print
    bool synchronized;              // a frame is marked, so that it appears at once
    bool default_colors;
    bool hung_up;
    bool mouse;                     // clicks and the wheel are reported
    bool titled;                    // the terminal keeps the title of before
    bool away;                      // another program has the terminal: nothing is read or written
    bool prepared;                  // keys and line discipline are set up, which waits for the foreground
    struct termios before;          // as the shell left it
    pthread_t owner;                // the thread that opened the session and writes
} session;

extern session terminal;

// True while the terminal is in our hands; the crash guard reads it.
extern volatile sig_atomic_t terminal_taken;

void write_all(int file, const char *bytes, size_t count);
void write_text(const char *text);

int check_terminal(const char *term, int output);

// Whether the system's description of a terminal has a text under a name. While no screen is open.
bool describes(const char *term, int output, const char *capability);

// Whether the terminal is ours to write to: nothing but a frame is written while it is not.
bool may_write(void);

bool signals_begin(void);
void signals_end(void);
void signals_shield_from_curses(void);
void signals_unshield(void);
int signals_pipe(void);

void guard_begin(void);
void guard_end(void);

void stderr_begin(void);
void stderr_end(void);
void stderr_bound(void);

// Reads the size of the window and passes it to curses; false when it is unknown or the same.
bool adopt_window_size(void);

// Whether the shell, or another program, has the terminal now. False where the terminal is not the process's own.
bool in_background(void);

// Leaves the terminal alone until this process group is in the foreground again.
void go_away(void);

// Takes the terminal again after the process was stopped or in the background; all of it must be painted then.
void come_back(void);

#endif
