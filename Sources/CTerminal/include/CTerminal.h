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

// What a wait ended with.
enum {
    SB_NOTHING = 0,
    SB_INPUT,
    SB_STOP_WANTED,
    SB_RESIZED,
    SB_RESUMED,
    SB_WOKEN,
    SB_HUNG_UP,
};

enum {
    SB_BOLD = 1,
    SB_DIM = 2,
    SB_ITALIC = 4,
    SB_UNDERLINE = 8,
    SB_REVERSE = 16,
    SB_BLINK = 32,
};

typedef struct {
    int32_t rows;
    int32_t columns;
} sb_size;

typedef struct {
    int32_t colors;    // 0 when there are none
    bool utf8;         // the user's own locale is UTF-8
    bool single_byte;  // a byte of the terminal is a scalar: `sb_scalar` says which
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

/// Whether the system knows a terminal of this name that can show a screen: 0, or one of the reasons above. Before the
/// terminal is opened.
int sb_check(const char *term);

/// Sends the process what the terminal sends for ^C.
void sb_interrupt(void);

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

// Has the terminal report clicks and the wheel, or leave them alone; kept when the terminal is taken again.
void sb_mouse(bool on);

// Asks the terminal whether it is there (DSR); most answer `ESC [ 0 n` once they have drawn what was written before. False
// if it was not asked.
bool sb_ask(void);

// Has the terminal report nothing more, neither the mouse nor the focus; before the terminal is given back.
void sb_stop_reports(void);

// Forgets what the terminal has sent and nobody has read.
void sb_discard_input(void);

// Rings the bell.
void sb_bell(void);

// Sends the terminal a text for other uses than the screen, such as a notice: an OSC command. False where it takes none.
bool sb_command(const char *text);

// Shows a title until the session ends, or brings back the one before with NULL. The text has no control characters.
void sb_title(const char *text);

// Makes the next flush paint every cell, whatever the terminal is thought to show.
void sb_redraw(void);

// Gives the terminal back, stops the process group, and takes the terminal again when it goes on in the foreground.
void sb_suspend(void);

// Waits for one event and returns its kind; a negative time waits forever. SB_INPUT puts what was typed into `bytes`.
//
// In the background nothing is drawn or read: the process stops, as any program does that reads there, and goes on with
// SB_RESUMED in the foreground.
int sb_wait(int milliseconds, uint8_t *bytes, int capacity, int *count);

// Milliseconds of a clock that nobody sets.
int64_t sb_milliseconds(void);

// What the terminal's own description has under a name, such as "kcuu1" for the upward key; NULL for nothing.
const char *sb_description(const char *capability);

// The scalar of a byte in the user's encoding; 0 for none.
uint32_t sb_scalar(uint8_t byte);

// Reads back one row of what the terminal is thought to show; the number of cells.
int sb_snapshot(int row, sb_cell *cells, int capacity);

int sb_make_wake(void);
void sb_wake(int wake);
void sb_close_wake(int wake);

#endif
