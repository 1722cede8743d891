// SPDX-License-Identifier: Apache-2.0

#include <curses.h>
#include <wchar.h>

#include "CTerminal.h"
#include "session.h"

enum { MOST_SCALARS = 5 };    // CCHARW_MAX, which only exists as a macro with extensions on

static const struct {
    uint32_t ours;
    attr_t theirs;
} attribute_pairs[] = {
    {SB_BOLD, WA_BOLD},           {SB_DIM, WA_DIM},         {SB_ITALIC, WA_ITALIC},
    {SB_UNDERLINE, WA_UNDERLINE}, {SB_REVERSE, WA_REVERSE}, {SB_BLINK, WA_BLINK},
};
enum { ATTRIBUTE_COUNT = sizeof attribute_pairs / sizeof attribute_pairs[0] };

static attr_t their_attributes(uint32_t ours) {
    attr_t theirs = 0;
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (ours & attribute_pairs[i].ours) theirs |= attribute_pairs[i].theirs;
    }
    return theirs;
}

// A terminal without default colours has white on black.
static int shown_color(int color, int otherwise) {
    if (color >= 0 && color < COLORS) return color;
    return terminal.default_colors ? -1 : otherwise;
}

static int color_pair(int foreground, int background) {
    if (COLORS <= 0) return 0;
    int pair = alloc_pair(shown_color(foreground, COLOR_WHITE), shown_color(background, COLOR_BLACK));
    return pair < 0 ? 0 : pair;
}

static void put_scalars(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
    cchar_t cell;
    if (setcchar(&cell, text, attributes, 0, &pair) == OK) mvwadd_wch(stdscr, row, column, &cell);
}

void sb_put(int row, int column, const uint32_t *scalars, int count, int width, uint32_t attributes, int foreground,
            int background) {
    if (!terminal_taken || count <= 0 || row < 0 || column < 0) return;
    if (row >= getmaxy(stdscr) || column + width > getmaxx(stdscr)) return;
    wchar_t text[MOST_SCALARS + 1];
    int length = 0;
    while (length < count && length < MOST_SCALARS) {
        text[length] = (wchar_t)scalars[length];
        length++;
    }
    text[length] = L'\0';
    attr_t look = their_attributes(attributes);
    int pair = color_pair(foreground, background);
    if (wcwidth(text[0]) == width) {
        put_scalars(row, column, text, look, pair);
        return;
    }
    // The C library does not know the glyph or measures it otherwise: the columns after it must not move.
    for (int i = 0; i < width; i++) put_scalars(row, column + i, L"?", look, pair);
}

void sb_erase(void) {
    if (terminal_taken) werase(stdscr);
}

void sb_cursor(int row, int column) {
    if (!terminal_taken) return;
    bool visible = row >= 0;
    leaveok(stdscr, !visible);
    if (visible) wmove(stdscr, row, column);
    curs_set(visible ? 1 : 0);
}

void sb_flush(void) {
    if (!terminal_taken || terminal.hung_up) return;
    // A write in the background would end up between the shell's own.
    if (in_background()) {
        go_away();
        return;
    }
    if (terminal.synchronized) write_text("\033[?2026h");
    wnoutrefresh(stdscr);
    doupdate();
    if (terminal.synchronized) write_text("\033[?2026l");
}

void sb_mouse(bool on) {
    if (terminal.mouse == on) return;
    terminal.mouse = on;
    if (terminal.extras && may_write()) write_text(on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l");
}

bool sb_ask(void) {
    if (!terminal.extras || !may_write()) return false;
    write_text("\033[5n");
    return true;
}

void sb_bell(void) {
    if (may_write()) write_text("\a");
}

bool sb_command(const char *text) {
    if (!terminal.extras || !may_write()) return false;
    write_text("\033]");
    write_text(text);
    write_text("\a");
    return true;
}

void sb_title(const char *text) {
    if (!terminal.extras || (text != NULL && !may_write())) return;
    if (text == NULL) {
        // Back from the terminal's own stack.
        if (terminal.titled) write_text("\033[23;2t");
        terminal.titled = false;
        return;
    }
    if (!terminal.titled) write_text("\033[22;2t");
    terminal.titled = true;
    write_text("\033]2;");
    write_text(text);
    write_text("\a");
}

void sb_redraw(void) {
    if (terminal_taken) clearok(curscr, TRUE);
}

int sb_snapshot(int row, sb_cell *cells, int capacity) {
    if (!terminal_taken || row < 0 || row >= getmaxy(curscr)) return 0;
    int count = getmaxx(curscr) < capacity ? getmaxx(curscr) : capacity;
    for (int column = 0; column < count; column++) {
        cchar_t cell;
        wchar_t text[MOST_SCALARS + 1] = {0};
        attr_t look = 0;
        short unused = 0;
        int pair = 0;
        int foreground = -1;
        int background = -1;
        mvwin_wch(curscr, row, column, &cell);
        getcchar(&cell, text, &look, &unused, &pair);
        if (pair > 0) extended_pair_content(pair, &foreground, &background);
        cells[column] = (sb_cell){(uint32_t)text[0], 0, foreground, background};
        for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
            if (look & attribute_pairs[i].theirs) cells[column].attributes |= attribute_pairs[i].ours;
        }
    }
    return count;
}
