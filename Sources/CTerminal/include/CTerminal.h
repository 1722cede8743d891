// SPDX-License-Identifier: Apache-2.0

// The only door to ncurses. It hides every curses type, and no call through it ends the process.
//
// There is one terminal, so there is one session. Everything but sb_wake is called on the thread that opened it.

#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stdint.h>

enum {
    SB_OK = 0,
    SB_NOT_A_TERMINAL = -1,
    SB_UNKNOWN_TERMINAL = -2,
    SB_NO_CURSOR_MOVEMENT = -3,
    SB_ALREADY_OPEN = -4,
    SB_NO_RESOURCES = -5,
};

enum {
    SB_NOTHING = 0,
    SB_CHARACTER,
    SB_KEY,
    SB_FUNCTION_KEY,
    SB_PASTE_BEGINS,
    SB_PASTE_ENDS,
    SB_RESIZED,
    SB_RESUMED,
    SB_WOKEN,
    SB_HUNG_UP,
};

enum {
    SB_UP = 1,
    SB_DOWN,
    SB_LEFT,
    SB_RIGHT,
    SB_HOME,
    SB_END,
    SB_PAGE_UP,
    SB_PAGE_DOWN,
    SB_BACKSPACE,
    SB_DELETE,
    SB_BACK_TAB,
    SB_ENTER,
};

enum {
    SB_BOLD = 1,
    SB_DIM = 2,
    SB_ITALIC = 4,
    SB_UNDERLINE = 8,
    SB_REVERSE = 16,
    SB_BLINK = 32,
};

// `value` is a scalar for SB_CHARACTER, one of the keys above for SB_KEY, a number from 1 for SB_FUNCTION_KEY.
typedef struct {
    int32_t kind;
    uint32_t value;
} sb_event;

typedef struct {
    int32_t rows;
    int32_t columns;
} sb_size;

typedef struct {
    int32_t colors;    // 0 when there are none
    bool utf8;         // the user's own locale is UTF-8
} sb_capabilities;

typedef struct {
    uint32_t scalar;   // 0 in the right half of a wide glyph
    uint32_t attributes;
    int32_t foreground;
    int32_t background;
} sb_cell;

// Takes the terminal over; 0, or one of the reasons above, and then nothing was written to it.
int sb_open(const char *term, int input, int output, int wake, sb_capabilities *capabilities);

// Gives the terminal back as it was and prints what was written to stderr meanwhile. Harmless when nothing is open.
void sb_close(void);

sb_size sb_current_size(void);

/// Whether the system knows a terminal of this name that can show a screen. Before the terminal is opened.
bool sb_knows(const char *term);

/// Discards what was written and not yet read, which releases a thread that is stuck in a write. From any thread.
void sb_discard_output(void);

/// Names the calling thread, as the system shows it.
void sb_name_thread(const char *name);

// Puts one glyph of `width` columns. Colours are -1 (the terminal's own) or an index.
void sb_put(int row, int column, const uint32_t *scalars, int count, int width, uint32_t attributes, int foreground,
            int background);
void sb_erase(void);

// Shows the cursor at the place, or hides it when the row is negative.
void sb_cursor(int row, int column);

// Brings the terminal up to date with what was put.
void sb_flush(void);

// Makes the next flush paint every cell, whatever the terminal is thought to show.
void sb_redraw(void);

// Gives the terminal back, stops the process group, and takes the terminal again when it goes on in the foreground.
void sb_suspend(void);

// Waits for one event; a negative time waits forever. True when there is one.
//
// In the background nothing is drawn or read: the process stops, as any program does that reads there, and goes on with
// SB_RESUMED in the foreground.
bool sb_wait(int milliseconds, sb_event *event);

// Reads back one row of what the terminal is thought to show; the number of cells.
int sb_snapshot(int row, sb_cell *cells, int capacity);

int sb_make_wake(void);
void sb_wake(int wake);
void sb_close_wake(int wake);

#endif
