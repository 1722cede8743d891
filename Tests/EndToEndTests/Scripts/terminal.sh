#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The terminal is given back however the program ends, and the program is no burden to it while it runs.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"

file=$(rules desk << 'END'
lines: [{ number: "+31850835037", name: HMS Sovereign Demo }]
otherwise: default
END
)
# A program that crashes on purpose leaves no core file, and no debugger is started for it.
ulimit -c 0

say "q asks, and gives the terminal back"
dashboard quit "$file"
post "$(request one)" > "$WORK/reply"
finds '^▸ .*ringing'
keys q
asks quit
keys y
left 0

say "^C ends it in order, with the code of the signal and a summary"
dashboard interrupt "$file" --state "$WORK/interrupted"
interrupts
left 130
finds "$SUMMARY .* 0 calls"

say "the first ^C says what stopping means; after two seconds it asks again; TERM does not ask"
dashboard twice-asked "$file"
post "$(request one)" > "$WORK/reply"
finds '^▸ .*ringing'
keys C-c
sees "^C again stops: callers then reach the platform's default assistant; 1 call in progress"
loses '^C again stops'
expect "$(post "$(request two)")" '{}' "an answer after one ^C"
interrupts
left 130
dashboard asked-term "$file"
keys C-c
sees '^C again stops'
kill -TERM "$PID"
left 0
finds "$SUMMARY .* 0 calls"

say "^\\ does so too: it is no crash, and nobody waits for a report of one"
dashboard quit-signal "$file"
keys 'C-\'
await gone "$PID" || lost "the program goes on after QUIT"
left 131
finds "$SUMMARY .* 0 calls"

say "TERM ends it in order, from any screen"
dashboard terminate "$file"
post "$(request terminate)" > "$WORK/reply"
finds '^▸ .*ringing'
keys Enter
sees '[1 Timeline]'
keys c
asks close
kill -TERM "$PID"
left 0
finds "$SUMMARY .* 1 call,"

for signal in SEGV ABRT; do
    say "a crash by $signal gives the terminal back and says so"
    dashboard "crash-$signal" "$file"
    echo "the last words" >> "/proc/$PID/fd/2"
    kill -"$signal" "$PID"
    left $((128 + $(kill -l "$signal")))
    finds 'Segmentation fault|Aborted'
    sees 'the last words'
done

say "what a library writes to stderr does not ruin the screen, and is not lost"
dashboard noise "$file" --no-clock
post "$(request one)" > "$WORK/reply"
finds '^▸ .*ringing'
before=$(screen)
same_screen() { [ "$(screen)" = "$before" ]; }
for ((line = 1; line <= 50; line++)); do echo "noise $line"; done >> "/proc/$PID/fd/2"
keys '?'
sees "$IN_HELP"
lacks noise || lost "the noise is on the screen"
keys Escape
await same_screen || lost "the screen is another one after the noise"
interrupts
left 130
finds '^noise 50$'

say "^Z asks first; s suspends, fg comes back"
dashboard suspend "$file"
post "$(request one)" > "$WORK/reply"
finds '^▸ .*ringing'
keys C-z
asks suspend
keys Enter
asks_no_more suspend
expect "$(post "$(request two)")" '{}' "the answer after thinking better of it"
keys C-z
asks suspend
keys s
sees Stopped
restored
post "$(request three)" > "$WORK/late" &
caller=$!
runs 'clear; fg; echo code=$?'
finds '^ (calls|today) [23] '
finds '^▸ .*ringing'
wait "$caller" || fail "the call that came while it was suspended got no answer"
expect "$(< "$WORK/late")" '{}'
finds '^ (calls|today) 3 '
resize 80 24
finds '^▸ .*ringing'
interrupts
left 130

say "after ^Z, a resize and fg the screen is laid out for the new size, before any key is taken"
SIZE="130 50" dashboard resume "$file"
keys C-z
sees 'Suspending'
keys s
sees Stopped
resize 100 16
runs 'clear; fg; echo code=$?'
finds 'http://127\.0\.0\.1'
keys c
sees 'Cancel'
sees 'Close 1 line'
keys Escape
loses 'Cancel'
resize 130 50
keys C-l
finds 'http://127\.0\.0\.1'
sees 'c close'
interrupts
left 130

# stopped: whether the program is a stopped job.
stopped() { [[ $(ps -o stat= -p "$PID") == T* ]]; }

say "in the background it neither draws nor reads; it stops, and fg goes on with it"
terminal background
runs "stty -a > background.before; clear; '$SWITCHBOARD' serve --listen 127.0.0.1:0 --config '$file' &"
await program || lost "the program did not start"
await stopped || lost "the program goes on in the background"
lacks 'Waiting for calls' || lost "it draws in the background"
runs 'echo shell$((40 + 2))'
sees shell42
runs 'clear; fg'
sees 'Waiting for calls'
keys C-z
sees 'Suspending'
keys s
sees Stopped
runs 'clear; bg'
await stopped || lost "the program goes on in the background"
runs 'echo again$((40 + 2))'
sees again42
lacks 'Waiting for calls' || lost "it draws in the background"
runs 'clear; fg; echo code=$?'
sees 'Waiting for calls'
keys '?'
sees 'Overrides'
interrupts
left 130

# half NAME: sends the first half of a call, which `rest` completes, and sets CALLER to its connection.
half() {
    request "$1" > "$WORK/half"
    exec {CALLER}<> "/dev/tcp/127.0.0.1/$PORT"
    { head_of "$WORK/half"; head -c 20 "$WORK/half"; } > "$WORK/first"
    cat "$WORK/first" >&"$CALLER"
}
rest() { tail -c +21 "$WORK/half" >&"$CALLER"; }

say "a terminal that goes away ends the program in order: who is calling gets the answer"
control=$WORK/state-hangup/switchboard.sock
dashboard hangup "$file"
half one
[ -S "$control" ] || fail "there is no control socket at $control"
tm kill-session -t hangup
await deaf || fail "the program listens on without its terminal"
rest
expect "$(head -1 <&"$CALLER")" $'HTTP/1.1 200 OK\r' "the answer to the call in flight"
exec {CALLER}>&-
WITHIN=5 await gone "$PID" || fail "the program runs on without its terminal"
[ ! -e "$control" ] || fail "the control socket is left behind"

say "what ends while the program stops does not cut a call off"
dashboard impatient "$file"
half one
kill -TERM "$PID"
await deaf || fail "the program listens on after TERM"
keys q
kill -HUP "$PID"
rest
expect "$(head -1 <&"$CALLER")" $'HTTP/1.1 200 OK\r' "the answer to the call in flight"
exec {CALLER}>&-
left 0
finds "$SUMMARY .* 1 call,"

say "a signal that is repeated while it stops ends it at once"
dashboard twice "$file"
half one
kill -INT "$PID"
sees '^C again stops'
kill -INT "$PID"
await deaf || fail "the program listens on after INT"
# One within half a second of the first is the same request.
sleep 0.6
kill -INT "$PID"
WITHIN=3 await gone "$PID" || fail "the INT during the stop is not heard: a stop may take five seconds"
left 130
lacks "$SUMMARY" || lost "it stopped in order, which waits for the call"
exec {CALLER}>&-

say "or leaves it headless, answering"
STDERR=$WORK/headless.err dashboard headless "$file" --on-hangup headless
tm kill-session -t headless
without_dashboard() { ! grep -qsx dashboard /proc/"$PID"/task/*/comm; }
await without_dashboard || fail "the dashboard runs on without its terminal"
for ((number = 1; number <= 20; number++)); do
    expect "$(post "$(request "headless-$number")")" '{}' "an answer without the terminal"
    sleep 0.02
done
ticks() { awk '{ print $14 + $15 }' "/proc/$PID/stat"; }
was=$(ticks)
sleep 1
(($(ticks) - was < 20)) || fail "without its terminal the program burns $(($(ticks) - was)) ticks a second"
before=$(grep -c 'revision [0-9a-f]' "$WORK/headless.err" || true)
reloaded() { (($(grep -c 'revision [0-9a-f]' "$WORK/headless.err") > before)); }
kill -HUP "$PID"
await reloaded || fail "SIGHUP without a dashboard does not read the rules again: $(cat "$WORK/headless.err")"
kill -TERM "$PID"
await gone "$PID" || fail "the headless program does not end on TERM"

# raw BYTES: types bytes, as printf writes them.
raw() {
    local bytes=()
    for byte in $(printf "$1" | od -An -v -tx1); do bytes+=("$byte"); done
    keys -H "${bytes[@]}"
}

say "rows 26 to 29: keypad, torn sequences, mouse reports and odd bytes are no commands"
dashboard bytes "$file"
post "$(request one)" > "$WORK/reply"
finds '^▸ .*ringing'
# Columns 67 and 81 are the letters c and q.
raw '\e[M\x20\x63\x25'
raw '\e[M\x20\x71\x25'
raw '\e[<0;67;5M\e[<0;67;5m\e[32;67;5M'
raw '\e[20'
sleep 0.4
raw '0~close\e[201~'
raw '\e'
sleep 0.4
raw '[200~qc\e[201~'
# What follows a paste at once is text.
sleep 0.1
raw '?'
sees "$IN_HELP"
asks_no_more close
keys q
loses "$IN_HELP"
keys /
sees 'search'
raw '\eOp\eOy\eOn\eOmcaf\xe9!'
finds '/09\.-caf.!'
keys Escape
loses '09.-caf'
interrupts
left 130
TERMINAL_ENV=(ESCDELAY=1500)
dashboard escdelay "$file"
keys c
asks close
raw '\e'
sleep 0.6
raw '[C'
asks close
keys Escape
asks_no_more close
interrupts
left 130
TERMINAL_ENV=()

say "an idle dashboard without a clock does nothing"
dashboard idle "$file" --no-clock
dashboard_thread
quiet() {
    local was
    was=$(switches)
    sleep 2
    [ "$(switches)" = "$was" ]
}
WITHIN=12 await quiet || fail "the thread of the dashboard is woken"
post "$(request one)" > "$WORK/reply"
finds '^▸ .*ringing'
interrupts
left 130

say "no terminal: JSON lines, and no escape sequence"
escapes() { LC_ALL=C grep -qa $'\e' "$@"; }
"$SWITCHBOARD" serve --listen 127.0.0.1:0 --config "$file" < /dev/null > "$WORK/piped" 2>&1 &
PID=$!
finally "$PID"
OUT=$WORK/piped ERR=$WORK/piped
listening
post "$(request one)" > "$WORK/reply"
halt "$PID"
expect "$CODE" 0 "the exit code"
if escapes "$WORK/piped"; then fail "escape sequences without a terminal"; fi
code=0
"$SWITCHBOARD" serve --ui --listen 127.0.0.1:0 --config "$file" < /dev/null > "$WORK/ui" 2> "$WORK/ui.err" || code=$?
expect "$code" 2 "--ui without a terminal"
expect "$(cat "$WORK/ui")" '' "stdout of --ui without a terminal"
expect_match "$(< "$WORK/ui.err")" 'terminal'

say "row 30: a terminal that this machine does not know is shown like one of its family"
for kind in xterm-kitty alacritty foot xterm-ghostty putty-256color; do
    infocmp "$kind" > /dev/null 2>&1 && continue
    TERMINAL_ENV=("TERM=$kind")
    dashboard "$kind" "$file"
    sees "this machine does not know TERM=$kind; using xterm-256color"
    interrupts
    left 130
done

# focus NAME: what a program asked of its terminal about the focus, last: `on`, `off` or nothing.
focus() {
    { LC_ALL=C grep -oa $'\e\\[?1004[hl]' "$WORK/$1.bytes" || true; } | tail -1 | sed 's/.*h/on/; s/.*l/off/'
}

say "the kinds of terminals: what draws, and what is asked for reports; the others get no dashboard, but answers"
while read -r settings shows reports; do
    kind=${settings#TERM=}
    TERMINAL_ENV=("$settings")
    if [ "$shows" = draws ]; then
        dashboard "kind-$kind" "$file"
        post "$(request one)" > "$WORK/reply"
        finds '^(▸|>) .*(✓|\+|v) default'
        asked=$(focus "kind-$kind")
        expect "${asked:-never}" "$reports" "$settings: reports of the focus"
        if [ "$reports" = on ]; then
            raw '\e[O\e[I'
            keys '?'
            sees "$IN_HELP"
            keys q
            loses "$IN_HELP"
        fi
        interrupts
        left 130
        [ "$reports" = never ] || expect "$(focus "kind-$kind")" off "$settings: reports of the focus after the end"
        continue
    fi
    terminal "kind-$kind" 250
    serving="'$SWITCHBOARD' serve --listen 127.0.0.1:0 --config '$file'"
    runs "stty -a > kind-$kind.before; clear; $serving; echo code=\$?"
    finds '^\{"event":"listening".*}'
    await program
    PORT=$(screen | grep '^{"event":"listening"' | jq -r .port)
    URL=http://127.0.0.1:$PORT/webhook
    expect "$(post "$(request one)")" '{}'
    finds '^\{"event":"call".*"id":"one"'
    interrupts
    left 130
    runs "clear; $serving --ui; echo code=\$?"
    left 2
    expect_match "$(screen)" "$kind" "the reason"
done << 'END'
TERM=xterm-256color    draws  on
TERM=tmux-256color     draws  on
TERM=screen-256color   draws  on
TERM=xterm             draws  on
TERM=linux             draws  never
TERM=vt100             draws  never
TERM=ansi              draws  never
LC_ALL=C               draws  on
TERM=dumb              not    never
TERM=no-such-terminal  not    never
END
TERMINAL_ENV=()

say "the focus is reported no more after ^Z and after a crash"
dashboard focus "$file"
keys C-z
asks suspend
keys s
sees Stopped
expect "$(focus focus)" off "after ^Z"
runs 'clear; fg; echo code=$?'
sees 'Waiting for calls'
expect "$(focus focus)" on "after fg"
kill -SEGV "$PID"
left 139
expect "$(focus focus)" off "after a crash"
