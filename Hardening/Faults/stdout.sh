#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# stdout and stderr are closed, full, unread, or leave: calls are answered, a reload works, and TERM ends the server.
source "$(dirname "$0")/../lib.bash"

RULES=$(greeting_rules desk "Hi.")
mkfifo "$WORK/unread"
exec {unread}<> "$WORK/unread"
# Nothing more fits into it.
dd if=/dev/zero of="/dev/fd/$unread" bs=4096 count=1000 oflag=nonblock 2> /dev/null || true

# start COMMAND: starts a server in the way of a shell command, in which "$@" is the server, and waits until it answers.
start() {
    rm -f "$SOCKET"
    bash -c "$1" start "$SWITCHBOARD" serve --headless --listen "127.0.0.1:$FREE" --config "$RULES" --control "$SOCKET" \
        --state "$STATE" < /dev/null &
    PID=$!
    finally "$PID"
    PORT=$FREE URL=http://127.0.0.1:$FREE/webhook ERR=/dev/null
    await answers || fail "no answer, started by: $1"
}
answers() { curl -sS --max-time 1 "http://127.0.0.1:$FREE/healthz"; }
FREE=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

while IFS='|' read -r what command; do
    say "$what"
    start "$command"
    load "calls" 4 200 "Hi."
    sleep 1
    expect "$(api POST /v1/reload '{}' | jq .taken)" true "a reload"
    kill -HUP "$PID"
    held calls
    expect "$(status "$(request "end")")" 200
    kill -TERM "$PID"
    WITHIN=9 await gone "$PID" || fail "the server does not end on TERM"
done << 'END'
stdout is closed|exec "$@" >&- 2> /dev/null
stderr is closed|exec "$@" > /dev/null 2>&-
all three are closed|exec "$@" <&- >&- 2>&-
stdout is full|exec "$@" > /dev/full 2> /dev/null
both are full|exec "$@" > /dev/full 2> /dev/full
a reader of stdout that left|exec "$@" > >(exec head -c 1 > /dev/null) 2> /dev/null
a reader of stderr that left|exec "$@" > /dev/null 2> >(exec head -c 1 > /dev/null)
END

for which in 1 2; do
    say "descriptor $which is a pipe that nobody reads"
    other=$((3 - which))
    start "exec \"\$@\" $which>&$unread $other> /dev/null"
    load unread 8 500 "Hi."
    sleep 2
    expect "$(api POST /v1/reload '{}' | jq .taken)" true "a reload"
    held unread
    kill -TERM "$PID"
    WITHIN=9 await gone "$PID" || fail "the server does not end on TERM"
done

say "stdout is a pipe that does not block, and is read late"
mkfifo "$WORK/late"
exec {hold}<> "$WORK/late"
exec {late}> "$WORK/late"
# The flag belongs to what is open, which the server inherits.
python3 -c 'import fcntl, os; fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_NONBLOCK)' >&"$late"
start "exec \"\$@\" >&$late 2> /dev/null"
load late 4 500 "Hi."
held late
cat < "$WORK/late" > "$WORK/lines" {hold}>&- {late}>&- &
reader=$!
finally "$reader"
exec {hold}>&- {late}>&-
kill -TERM "$PID"
WITHIN=9 await gone "$PID" || fail "the server does not end on TERM"
await gone "$reader" || fail "the server's stdout is open after its end"
# Every line is whole, and every call is in it once or is said to be missed.
jq -es '[.[] | select(.event == "call") | .id] | length == (unique | length)' "$WORK/lines" > "$WORK/parsed" 2>&1 ||
    fail "torn or double lines: $(cat "$WORK/parsed")"
printed=$(jq -s '[.[] | select(.event == "call")] | length' "$WORK/lines")
missed=$(jq -s '[.[] | select(.event == "dropped") | .count] | add // 0' "$WORK/lines")
((printed > 0)) || fail "nothing is printed"
echo "  $printed of $(jq .calls "$WORK/late.load") answers printed, $missed events missed"
