// SPDX-License-Identifier: Apache-2.0

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "CTerminal.h"
#include "session.h"

enum { PASTE_BEGINS = 2001, PASTE_ENDS = 2002, ESCAPE = 27, LONGEST_SEQUENCE = 32, AWAY_MILLISECONDS = 200 };

// Keys are read through a pad, because reading through a window also paints it.
static WINDOW *reader;

static const struct {
    const char *bytes;
    int key;
} extra_keys[] = {
    {"\033[200~", PASTE_BEGINS}, {"\033[201~", PASTE_ENDS},
    {"\033[A", KEY_UP},          {"\033OA", KEY_UP},        {"\033[B", KEY_DOWN},     {"\033OB", KEY_DOWN},
    {"\033[C", KEY_RIGHT},       {"\033OC", KEY_RIGHT},     {"\033[D", KEY_LEFT},     {"\033OD", KEY_LEFT},
    {"\033[H", KEY_HOME},        {"\033OH", KEY_HOME},      {"\033[1~", KEY_HOME},    {"\033[7~", KEY_HOME},
    {"\033[F", KEY_END},         {"\033OF", KEY_END},       {"\033[4~", KEY_END},     {"\033[8~", KEY_END},
    {"\033[3~", KEY_DC},         {"\033[5~", KEY_PPAGE},    {"\033[6~", KEY_NPAGE},   {"\033[Z", KEY_BTAB},
    {"\033OP", KEY_F(1)},        {"\033OQ", KEY_F(2)},      {"\033OR", KEY_F(3)},     {"\033OS", KEY_F(4)},
    {"\033[11~", KEY_F(1)},      {"\033[12~", KEY_F(2)},    {"\033[13~", KEY_F(3)},   {"\033[14~", KEY_F(4)},
    {"\033[15~", KEY_F(5)},      {"\033[17~", KEY_F(6)},    {"\033[18~", KEY_F(7)},   {"\033[19~", KEY_F(8)},
    {"\033[20~", KEY_F(9)},      {"\033[21~", KEY_F(10)},   {"\033[23~", KEY_F(11)},  {"\033[24~", KEY_F(12)},
};

static uint32_t our_key(wint_t key) {
    switch (key) {
    case KEY_UP: return SB_UP;
    case KEY_DOWN: return SB_DOWN;
    case KEY_LEFT: return SB_LEFT;
    case KEY_RIGHT: return SB_RIGHT;
    case KEY_HOME: case KEY_FIND: return SB_HOME;
    case KEY_END: case KEY_SELECT: return SB_END;
    case KEY_PPAGE: return SB_PAGE_UP;
    case KEY_NPAGE: return SB_PAGE_DOWN;
    case KEY_BACKSPACE: return SB_BACKSPACE;
    case KEY_DC: return SB_DELETE;
    case KEY_BTAB: return SB_BACK_TAB;
    case KEY_ENTER: return SB_ENTER;
    default: return 0;
    }
}

static bool is_function_key(wint_t key) { return key >= (wint_t)KEY_F(1) && key <= (wint_t)KEY_F(12); }

// What a terminal's own description says of some bytes counts, unless it is a key that we have no name for.
static bool is_ours(int key) { return key > 0 && (our_key((wint_t)key) != 0 || is_function_key((wint_t)key)); }

void input_begin(void) {
    set_escdelay(25);
    reader = newpad(1, 1);
    keypad(reader, TRUE);
    nodelay(reader, TRUE);
    intrflush(reader, FALSE);
    // Without its key a mouse report, left on by some other program, is a sequence that is passed over whole.
    define_key(NULL, KEY_MOUSE);
    for (size_t i = 0; i < sizeof extra_keys / sizeof extra_keys[0]; i++) {
        if (!is_ours(key_defined(extra_keys[i].bytes))) define_key(extra_keys[i].bytes, extra_keys[i].key);
    }
}

void input_end(void) {
    if (reader != NULL) delwin(reader);
    reader = NULL;
}

// True when the escape that was just read begins a sequence that nobody knows, which is then passed over: its letters
// must not be taken for commands.
static bool pass_over_sequence(void) {
    wint_t next = 0;
    int kind = wget_wch(reader, &next);
    if (kind == ERR) return false;
    if (kind == KEY_CODE_YES || (next != '[' && next != 'O')) {
        if (kind == KEY_CODE_YES) ungetch((int)next);
        else unget_wch((wchar_t)next);
        return false;
    }
    for (int length = 0; length < LONGEST_SEQUENCE && wget_wch(reader, &next) == OK; length++) {
        bool opens_again = length == 0 && next == '[';
        if (next >= '@' && next <= '~' && !opens_again) break;
    }
    return true;
}

// One event out of what curses has read or can read; a key that we have no name for is passed over.
static bool read_key(sb_event *event) {
    wint_t key = 0;
    for (;;) {
        int kind = wget_wch(reader, &key);
        if (kind == OK && key == ESCAPE && pass_over_sequence()) continue;
        if (kind == OK) {
            *event = (sb_event){SB_CHARACTER, (uint32_t)key};
            return true;
        }
        if (kind != KEY_CODE_YES) return false;
        if (key == PASTE_BEGINS || key == PASTE_ENDS) {
            *event = (sb_event){key == PASTE_BEGINS ? SB_PASTE_BEGINS : SB_PASTE_ENDS, 0};
            return true;
        }
        if (is_function_key(key)) {
            *event = (sb_event){SB_FUNCTION_KEY, (uint32_t)(key - (wint_t)KEY_F0)};
            return true;
        }
        if (our_key(key) != 0) {
            *event = (sb_event){SB_KEY, our_key(key)};
            return true;
        }
    }
}

static bool hang_up(sb_event *event) {
    terminal.hung_up = true;
    *event = (sb_event){SB_HUNG_UP, 0};
    return true;
}

// A terminal that is gone is readable for ever and gives nothing.
static bool is_at_end(void) {
    struct pollfd again = {.fd = terminal.input, .events = POLLIN};
    int waiting = 0;
    return poll(&again, 1, 0) == 1 && ioctl(terminal.input, FIONREAD, &waiting) == 0 && waiting == 0;
}

static bool take_signal(sb_event *event) {
    char signal_byte = 0;
    if (read(signals_pipe(), &signal_byte, 1) != 1) return false;
    if (signal_byte == 'Z') {
        *event = (sb_event){SB_CHARACTER, 'Z' - '@'};
        return true;
    }
    if (signal_byte == 'C') {
        // Stopped by somebody else and continued: what the screen shows now is unknown.
        if (in_background()) return false;
        come_back();
        *event = (sb_event){SB_RESUMED, 0};
        return true;
    }
    if (!adopt_window_size()) return false;
    *event = (sb_event){SB_RESIZED, 0};
    return true;
}

static bool take_wake(sb_event *event) {
    uint64_t count = 0;
    if (read(terminal.wake, &count, sizeof count) != sizeof count) return false;
    *event = (sb_event){SB_WOKEN, 0};
    return true;
}

// False when there was nothing to tell after all, and the time to wait may begin again.
static bool take(const struct pollfd files[3], sb_event *event) {
    if (files[1].revents & POLLIN && take_wake(event)) return true;
    if (files[2].revents & POLLIN && take_signal(event)) return true;
    if (terminal.hung_up || files[0].revents == 0) return false;
    if (files[0].revents & POLLIN && read_key(event)) return true;
    bool gone = (files[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    // A read fails in the background too; the terminal has not hung up then.
    if (!gone && in_background()) return false;
    return gone || is_at_end() ? hang_up(event) : false;
}

// Waits in the background. What must not wait, such as the end of the program, gets a moment before the process stops, so
// that a signal that ends a stopped job is not held up by its next stop.
static bool wait_away(int milliseconds, sb_event *event) {
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
    if (ready > 0 && files[1].revents & POLLIN && take_wake(event)) return true;
    if (ready > 0 && files[0].revents & (POLLHUP | POLLERR | POLLNVAL)) return hang_up(event);
    // To this thread, which takes it before the next line. A group without a shell to continue it is not stopped.
    if (ready == 0 && milliseconds != 0 && in_background()) raise(SIGTTIN);
    return false;
}

bool sb_wait(int milliseconds, sb_event *event) {
    *event = (sb_event){SB_NOTHING, 0};
    if (!terminal_taken && !terminal.away) return false;
    stderr_bound();
    for (;;) {
        if (terminal_taken && in_background()) go_away();
        if (terminal.away && !in_background()) {
            come_back();
            *event = (sb_event){SB_RESUMED, 0};
            return true;
        }
        if (terminal.away) {
            if (wait_away(milliseconds, event)) return true;
            if (milliseconds >= 0 && terminal.away && in_background()) return false;
            continue;
        }
        // Curses may hold bytes that poll knows nothing of.
        if (!terminal.hung_up && read_key(event)) return true;
        struct pollfd files[3] = {
            {.fd = terminal.hung_up ? -1 : terminal.input, .events = POLLIN},
            {.fd = terminal.wake, .events = POLLIN},
            {.fd = signals_pipe(), .events = POLLIN},
        };
        int ready = poll(files, 3, milliseconds);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        if (take(files, event)) return true;
        if (milliseconds >= 0) return false;
    }
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
