// SPDX-License-Identifier: Apache-2.0

#include "CTerminal.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "session.h"

session terminal = {.input = -1, .output = -1, .wake = -1};
volatile sig_atomic_t terminal_taken = 0;

static SCREEN *screen;
static FILE *input_file;
static FILE *output_file;

void write_all(int file, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

void write_text(const char *text) { write_all(terminal.output, text, strlen(text)); }

// A locale without an encoding says nothing about the terminal, and names are not ASCII.
static bool adopt_locale(void) {
    setlocale(LC_CTYPE, "");
    const char *codeset = nl_langinfo(CODESET);
    if (strcmp(codeset, "ANSI_X3.4-1968") == 0) {
        setlocale(LC_CTYPE, "C.UTF-8");
        return false;
    }
    return strcmp(codeset, "UTF-8") == 0;
}

static bool starts_with(const char *text, const char *start) { return strncmp(text, start, strlen(start)) == 0; }

// What a screen has at most. A terminal may claim any size up to 65535 by 65535, curses has memory for neither that nor a
// tenth of it, and one that runs out of memory while it resizes ends the process.
enum { most_rows = 500, most_columns = 1000 };

static int least(int value, int most) { return value < most ? value : most; }

// The size of the terminal's window, as far as a screen goes; false if it is not known.
static bool window_size(sb_size *size, bool *is_cut) {
    struct winsize window;
    if (ioctl(terminal.output, TIOCGWINSZ, &window) != 0 || window.ws_row == 0 || window.ws_col == 0) return false;
    *size = (sb_size){least(window.ws_row, most_rows), least(window.ws_col, most_columns)};
    *is_cut = size->rows != window.ws_row || size->columns != window.ws_col;
    return true;
}

static bool open_screen(const char *term) {
    int input = dup(terminal.input);
    int output = dup(terminal.output);
    input_file = input < 0 ? NULL : fdopen(input, "r");
    output_file = output < 0 ? NULL : fdopen(output, "w");
    if (input_file == NULL && input >= 0) close(input);
    if (output_file == NULL && output >= 0) close(output);
    if (input_file == NULL || output_file == NULL) return false;
    signals_shield_from_curses();
    // Of a window that is too large curses takes the usual size of the terminal, until the size is adopted.
    sb_size size;
    bool is_cut = false;
    if (window_size(&size, &is_cut) && is_cut) use_env(FALSE);
    screen = newterm(term, output_file, input_file);
    use_env(TRUE);
    signals_unshield();
    return screen != NULL;
}

static void close_files(void) {
    if (input_file != NULL) fclose(input_file);
    if (output_file != NULL) fclose(output_file);
    input_file = NULL;
    output_file = NULL;
}

// ^C stays a signal; ^Z and ^S come in as keys, since stopping the process or its screen is not theirs to decide.
static void set_line_discipline(void) {
    cbreak();
    noecho();
    nonl();
    struct termios now;
    if (tcgetattr(terminal.input, &now) != 0) return;
    now.c_cc[VSUSP] = _POSIX_VDISABLE;
    now.c_iflag &= ~(tcflag_t)IXON;
    tcsetattr(terminal.input, TCSANOW, &now);
    def_prog_mode();
}

static const char mouse_on[] = "\033[?1000h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1000l";

// Mouse reports that some other program left on are switched off: nobody here reads them.
static void modes_on(void) {
    static const char modes[] =
        "\033[?9l\033[?1000l\033[?1002l\033[?1003l\033[?1005l\033[?1006l\033[?1015l\033[?1004h\033[?2004h";
    if (terminal.extras) write_text(modes);
    if (terminal.extras && terminal.mouse) write_text(mouse_on);
}

static void modes_off(void) {
    if (terminal.extras && terminal.mouse) write_text(mouse_off);
    if (terminal.extras) write_text("\033[?1004l\033[?2004l");
    sb_title(NULL);
}

void sb_stop_reports(void) {
    if (!terminal.extras || !may_write()) return;
    if (terminal.mouse) write_text(mouse_off);
    write_text("\033[?1004l");
}

void sb_discard_input(void) {
    if (may_write()) tcflush(terminal.input, TCIFLUSH);
}

static int start_colors(void) {
    if (!has_colors() || start_color() != OK) return 0;
    terminal.default_colors = use_default_colors() == OK;
    return COLORS;
}

// What must stand before curses looks at the terminal.
static bool prepare(const char *term, int input, int output, int wake) {
    terminal = (session){.input = input, .output = output, .wake = wake};
    // What reports its mouse descends from xterm and knows its modes, or passes over them; but for the console, whose mouse
    // is that of another program.
    terminal.extras = describes(term, output, "kmous") && !starts_with(term, "linux");
    terminal.synchronized = terminal.extras && !starts_with(term, "screen");
    if (tcgetattr(input, &terminal.before) != 0 || !signals_begin()) return false;
    terminal.owner = pthread_self();
    // A thread that began on a worker of Dispatch inherits a mask that blocks nearly every signal. With SIGTTIN blocked, a
    // read in the background fails as if the terminal were gone, instead of stopping the process.
    sigset_t needed;
    sigemptyset(&needed);
    const int numbers[] = {SIGWINCH, SIGCONT, SIGTTIN, SIGTTOU};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) sigaddset(&needed, numbers[i]);
    pthread_sigmask(SIG_UNBLOCK, &needed, NULL);
    guard_begin();
    stderr_begin();
    terminal_taken = 1;
    return true;
}

int sb_open(const char *term, int input, int output, int wake, sb_capabilities *capabilities) {
    if (screen != NULL) return SB_ALREADY_OPEN;
    if (!isatty(input) || !isatty(output)) return SB_NOT_A_TERMINAL;
    int problem = check_terminal(term, output);
    if (problem != SB_OK) return problem;
    capabilities->utf8 = adopt_locale();
    capabilities->single_byte = MB_CUR_MAX == 1;
    if (!prepare(term, input, output, wake)) return SB_NO_RESOURCES;
    if (!open_screen(term)) {
        sb_close();
        return SB_NO_RESOURCES;
    }
    capabilities->colors = start_colors();
    if (in_background()) {
        go_away();
    } else {
        come_back();
    }
    return SB_OK;
}

void sb_close(void) {
    if (terminal_taken && in_background()) go_away();
    if (terminal_taken || terminal.away) {
        if (terminal_taken && screen != NULL) {
            modes_off();
            curs_set(1);
            endwin();
        }
        if (screen != NULL) delscreen(screen);
        // In the background the terminal's settings are the shell's, and changing them would stop the process.
        if (terminal_taken) tcsetattr(terminal.input, TCSANOW, &terminal.before);
        terminal_taken = 0;
        terminal.away = false;
        guard_end();
        signals_end();
        stderr_end();
    }
    screen = NULL;
    close_files();
}

uint32_t sb_scalar(uint8_t byte) {
    wint_t scalar = btowc(byte);
    return scalar == WEOF ? 0 : (uint32_t)scalar;
}

sb_size sb_current_size(void) {
    if (screen == NULL) return (sb_size){0, 0};
    return (sb_size){getmaxy(stdscr), getmaxx(stdscr)};
}

bool adopt_window_size(void) {
    sb_size size;
    bool is_cut = false;
    if (!window_size(&size, &is_cut)) return false;
    if (size.rows == getmaxy(stdscr) && size.columns == getmaxx(stdscr)) return false;
    // Without memory the screen stays as it is; the rest of the window is empty.
    if (resizeterm(size.rows, size.columns) == ERR) return false;
    sb_redraw();
    return true;
}

void sb_suspend(void) {
    if (screen == NULL || !terminal_taken) return;
    modes_off();
    curs_set(1);
    endwin();
    terminal_taken = 0;
    // The group stops as the shell would stop it; we ignore that and stop ourselves by a signal to this thread, which
    // takes it before the next line. One to the process may be taken by another thread, and this one would run on.
    struct sigaction ignoring = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGTSTP, &ignoring, &before);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &before, NULL);
    raise(SIGSTOP);
    if (in_background()) {
        go_away();
    } else {
        come_back();
    }
}

bool may_write(void) { return terminal_taken && !terminal.hung_up && !in_background(); }

bool in_background(void) {
    pid_t front = tcgetpgrp(terminal.input);
    return front > 0 && front != getpgrp();
}

void go_away(void) {
    terminal_taken = 0;
    terminal.away = true;
}

void come_back(void) {
    bool was_away = terminal.away;
    terminal_taken = 1;
    terminal.away = false;
    if (terminal.prepared) {
        reset_prog_mode();
    } else {
        // At a start in the background the settings were those of the shell's own line editor.
        if (was_away) tcgetattr(terminal.input, &terminal.before);
        set_line_discipline();
        // A refresh is never given up half done for a key that waits.
        typeahead(-1);
        terminal.prepared = true;
    }
    keypad(stdscr, TRUE);
    adopt_window_size();
    sb_redraw();
    modes_on();
    sb_cursor(-1, 0);
}

void sb_discard_output(void) {
    if (!terminal_taken) return;
    tcflush(terminal.output, TCOFLUSH);
    // The system does not tell a writer that there is room again; a signal that we handle makes it look.
    pthread_kill(terminal.owner, SIGWINCH);
}

void sb_interrupt(void) { kill(getpid(), SIGINT); }

void sb_name_thread(const char *name) {
    pthread_setname_np(pthread_self(), name);
}
