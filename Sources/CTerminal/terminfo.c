// SPDX-License-Identifier: Apache-2.0

// <term.h> defines hundreds of macros with everyday names, so what needs it has a file of its own and includes it last.

#include "CTerminal.h"
#include "session.h"

#include <curses.h>
#include <unistd.h>
#include <term.h>

// Says whether curses can drive a terminal of this name, before anything is written to it.
int check_terminal(const char *term, int output) {
    int found = 0;
    if (setupterm(term, output, &found) != OK) return SB_UNKNOWN_TERMINAL;
    del_curterm(cur_term);
    return describes(term, output, "cup") ? SB_OK : SB_NO_CURSOR_MOVEMENT;
}

bool describes(const char *term, int output, const char *capability) {
    int found = 0;
    if (setupterm(term, output, &found) != OK) return false;
    char *text = tigetstr(capability);
    bool has_text = text != NULL && text != (char *)-1;
    del_curterm(cur_term);
    return has_text;
}

int sb_check(const char *term) { return check_terminal(term, STDOUT_FILENO); }

const char *sb_description(const char *capability) {
    char *text = tigetstr(capability);
    return text == (char *)-1 ? NULL : text;
}
