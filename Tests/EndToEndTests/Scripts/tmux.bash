# SPDX-License-Identifier: Apache-2.0
#
# The operator's terminal, played by tmux; sourced behind lib.sh by the scripts that need one.
#
# Nothing here sleeps for a while and hopes: everything waits for a text, for at most $WITHIN seconds (10).

command -v tmux > /dev/null || fail "tmux is not installed"

# Variables for the programs in the terminals: TERMINAL_ENV=(NAME=VALUE ...).
TERMINAL_ENV=()

# tm ARGUMENT...: tmux with a server of the script's own, its settings, and nothing of the caller's environment.
tm() {
    env -i PATH="$PATH" HOME="$WORK" TMUX_TMPDIR="$WORK" TERM=xterm-256color LC_ALL=C.UTF-8 TZ=UTC USER=tester \
        SWITCHBOARD_WEBHOOK_SECRET="$SECRET" tmux -L "${TMUX_NAME:-desk}-$$" -f "$WORK/tmux.conf" "$@"
}

# The settings are read when the server starts, so that the first terminal has them too.
cat > "$WORK/tmux.conf" << 'END'
set -g default-terminal tmux-256color
set -g status off
set -g remain-on-exit off
set -g history-limit 50000
set -s escape-time 0
set -s exit-empty off
END

# terminal NAME [WIDTH [HEIGHT]]: opens a terminal with a plain shell in it, which the other functions then mean.
#
# Sets SHELL_PID. The bytes that the program writes are kept in $WORK/NAME.bytes.
terminal() {
    TERMINAL=$1
    tm new-session -d -c "$WORK" -s "$1" -x "${2:-120}" -y "${3:-40}" \
        env PS1='ready> ' HISTFILE= "${TERMINAL_ENV[@]}" bash --norc --noprofile
    tm pipe-pane -t "$1" "cat >> '$WORK/$1.bytes'"
    SHELL_PID=$(tm display-message -p -t "$1" '#{pane_pid}')
    finally "$(tmux_pid)"
    finally "$SHELL_PID"
    sees 'ready>'
}
tmux_pid() { tm display-message -p '#{pid}'; }

# screen [OPTION...]: what the terminal shows.
screen() { tm capture-pane -p -t "$TERMINAL" "$@"; }

# shows TEXT: whether the terminal shows a text; matches PATTERN: or an extended regular expression in a line.
shows() { screen | grep -qF -- "$1"; }
matches() { screen | grep -qE -- "$1"; }
lacks() { ! shows "$1"; }

# sees, finds, loses: wait until the terminal shows a text, shows a match, or shows a text no more.
sees() { await shows "$1" || lost "it does not show: $1"; }
finds() { await matches "$1" || lost "it shows no match of: $1"; }
loses() { await lacks "$1" || lost "it still shows: $1"; }
lost() {
    local depth=1
    while [[ ${BASH_SOURCE[depth]} == */tmux.bash ]]; do depth=$((depth + 1)); done
    echo "The terminal '$TERMINAL':" >&2
    screen >&2 || true
    echo "FAILED in ${BASH_SOURCE[depth]##*/}:${BASH_LINENO[depth - 1]}: $*" >&2
    exit 1
}

# Words of the screen, where nothing else says what is on it. When they are worded anew, they change here only.
declare -A ASKS=(
    [close]='New callers' [open]='Lifts' [undo]='Undoes' [greet]='Accepted callers'
    [clear]='Clear the greeting' [export]='Export' [overwrite]='exists' [quit]='Quit' [suspend]='Suspending'
)
NO_CALL='no call'
IN_HELP='force a greeting'
SUMMARY='stopped after'

# asks WHAT, asks_no_more WHAT: wait until a dialog is on the screen, or is not.
asks() { sees "${ASKS[$1]}"; }
asks_no_more() { loses "${ASKS[$1]}"; }

# keys KEY...: presses keys by their names; types TEXT: as they are.
keys() { tm send-keys -t "$TERMINAL" "$@"; }
types() { tm send-keys -t "$TERMINAL" -l -- "$1"; }

# interrupts: stops a server by ^C, of which the first only says what stopping means.
interrupts() {
    keys C-c
    sees '^C again stops'
    keys C-c
}

# runs COMMAND: has the shell in the terminal run a command, quoted for it.
runs() { types "$1" && keys Enter; }

# resize WIDTH HEIGHT: as when the operator drags the corner of the window.
resize() { tm resize-window -t "$TERMINAL" -x "$1" -y "$2"; }

# dashboard NAME RULES [OPTION...]: opens a terminal and starts the program in it, on a free port.
#
# Sets PID, PORT and URL; SIZE="WIDTH HEIGHT" takes another size than 120x40. The shell prints `code=N` behind it, and
# $WORK/NAME.before holds the terminal's settings from before. STDERR=FILE keeps what it says there.
dashboard() {
    local name=$1 rules=$2 command
    shift 2
    # shellcheck disable=SC2086
    terminal "$name" ${SIZE:-120 40}
    # A state folder of its own, unless the script names one: it begins without the calls of the others.
    [[ " $* " == *' --state '* ]] || set -- "$@" --state "$WORK/state-$name"
    command=$(printf '%q ' "$SWITCHBOARD" serve --listen 127.0.0.1:0 --config "$rules" "$@")${STDERR:+2> $(printf %q "$STDERR")}
    runs "clear; stty -a > $name.before; $command; echo code=\$?"
    await program || lost "the program did not start"
    finds '127\.0\.0\.1:[0-9]+'
    PORT=$(screen | grep -oE '127\.0\.0\.1:[0-9]+' | head -1 | cut -d: -f2)
    URL=http://127.0.0.1:$PORT/webhook
    ERR=$WORK/$name.bytes
}

# program: sets PID to the program that runs in the terminal's shell.
program() {
    PID=$(pgrep -P "$SHELL_PID" -f 'switchboard serve') && finally "$PID"
}

# left CODE: waits until the program has ended with a code, and the terminal is as it was before it.
left() {
    finds "code=$1\$"
    restored
}

# restored: the shell can be used, on the normal screen, with a visible cursor and the settings of before.
restored() {
    runs "stty -a > $TERMINAL.after; echo set\$((40 + 2))"
    sees set42
    # The first line is the speed and the size.
    diff <(tail -n +2 "$WORK/$TERMINAL.before") <(tail -n +2 "$WORK/$TERMINAL.after") >&2 \
        || fail "the settings of the terminal are others now"
    expect "$(tm display-message -p -t "$TERMINAL" '#{alternate_on} #{cursor_flag}')" '0 1' "screen or cursor"
}

# dashboard_thread: waits for the thread that draws, and sets THREAD to its folder in /proc.
dashboard_thread() {
    await drawing || fail "no thread of the program is named dashboard: $(cat "/proc/$PID/task"/*/comm | tr '\n' ' ')"
}
drawing() {
    THREAD=$(grep -lx dashboard "/proc/$PID/task"/*/comm 2> /dev/null | head -1)
    THREAD=${THREAD%/comm}
    [ -n "$THREAD" ]
}

# switches: how often the thread that draws was woken or gave way.
switches() { awk '/ctxt_switches/ { sum += $2 } END { print sum }' "$THREAD/status"; }
