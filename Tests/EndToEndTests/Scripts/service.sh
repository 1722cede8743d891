#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A service like others: found from any shell, its socket made again, its log rotated, stray signals harmless, exit code 0
# after SIGTERM, notices to systemd, and a restart on an inherited socket without a lost call.
source "$(dirname "$0")/lib.sh"

export WORK
RULES=$(SERVER='{ keep: { calls: 1000 } }' rules desk << 'EOR'
lines: [{ number: "+31850835037", name: Demo }]
otherwise: { greeting: "Hi." }
tag_answers: false
EOR
)
RUNTIME=$WORK/run
mkdir -m 700 "$RUNTIME"
STATE=$HOME/.local/state/switchboard

# control FIELD: a field of the readiness line.
control() { head -1 "$OUT" | jq -r .control; }
# closes ENVIRONMENT...: closes and opens all lines from a shell with this environment.
closes() {
    env -i HOME="$HOME" PATH="$PATH" "$@" "$SWITCHBOARD" close --all --yes --reason drill --until-reopened > "$WORK/close" 2>&1 &&
        env -i HOME="$HOME" PATH="$PATH" "$@" "$SWITCHBOARD" open --all --yes > "$WORK/open" 2>&1
}

say "row 5: commands find the server from a shell without its environment"
XDG_RUNTIME_DIR=$RUNTIME serve "$RULES"
expect "$(control)" "$RUNTIME/switchboard.sock"
expect "$(sed -n 2p "$STATE/lock")" "$RUNTIME/switchboard.sock"
closes XDG_RUNTIME_DIR="$RUNTIME" || fail "its own shell: $(cat "$WORK/close")"
closes || fail "cron: $(cat "$WORK/close")"
closes XDG_RUNTIME_DIR="$WORK/elsewhere" || fail "su: $(cat "$WORK/close")"

say "row 4: the socket's file is removed, then its folder"
rm "$RUNTIME/switchboard.sock"
await test -S "$RUNTIME/switchboard.sock"
await closes
await grep -q "$RUNTIME/switchboard.sock was removed; it was made again" "$ERR"
rm -r "$RUNTIME"
await test -S "$STATE/switchboard.sock"
await closes XDG_RUNTIME_DIR="$RUNTIME"
expect "$(sed -n 2p "$STATE/lock")" "$STATE/switchboard.sock"
expect "$(grep -c "is at $STATE/switchboard.sock now" "$ERR")" 1

say "row 4: a server that cannot make it"
rm -r "$STATE"
await test -S "$STATE/switchboard.sock"
await closes
# The server makes its folder again, unless a file is there first.
until [ -f "$STATE" ]; do
    rm -rf "$STATE"
    (: > "$STATE") 2> /dev/null || true
done
await grep -q 'commands cannot reach this server' "$ERR"
await grep -q 'a restart forgets the overrides' "$ERR"
rm "$STATE"
await test -S "$STATE/switchboard.sock"
await closes
expect_match "$(cat "$STATE/state.json")" '"next_id"'
halt "$PID"
expect "$CODE" 0 "row 16: the exit code after SIGTERM"

say "rows 4 and 5: words where no server is found"
words=$(env -i HOME="$HOME" PATH="$PATH" XDG_RUNTIME_DIR="$WORK/none" "$SWITCHBOARD" status 2>&1) && fail "a status of nobody"
for place in "$WORK/none/switchboard.sock" "$STATE/switchboard.sock" /run/switchboard/switchboard.sock; do
    expect_match "$words" "$place"
done

say "row 21: the runtime folder is missing, read-only, or its path too long"
XDG_RUNTIME_DIR=$WORK/missing serve "$RULES"
expect "$(control)" "$STATE/switchboard.sock"
expect_match "$(cat "$ERR")" "The control socket is at $STATE/switchboard.sock: cannot listen at $WORK/missing"
closes XDG_RUNTIME_DIR="$WORK/missing" || fail "not found: $(cat "$WORK/close")"
halt "$PID"
long=$WORK/$(printf 'x%.0s' {1..90})
mkdir "$long"
XDG_RUNTIME_DIR=$long serve "$RULES"
expect "$(control)" "$STATE/switchboard.sock"
halt "$PID"
XDG_RUNTIME_DIR=$long serve "$RULES" --state "$long/state"
expect "$(control)" null "calls are answered without a control socket"
expect "$(status "$(request without)")" 200
halt "$PID"

say "row 22: a log file is opened again on USR1; stray signals end nothing"
serve "$RULES" --log-file "$WORK/calls.log"
expect "$(wc -l < "$OUT")" 1 "stdout has the first line only"
logs() { jq -ne --arg id "$1" 'any(inputs; .id == $id)' "$2"; }
post "$(request first)" -o /dev/null
await logs first "$WORK/calls.log"
mv "$WORK/calls.log" "$WORK/calls.log.1"
post "$(request second)" -o /dev/null
await logs second "$WORK/calls.log.1"
kill -USR1 "$PID"
await test -e "$WORK/calls.log"
post "$(request third)" -o /dev/null
await logs third "$WORK/calls.log"
expect "$(stat -c %a "$WORK/calls.log")" 600
for signal in USR2 ALRM VTALRM PROF IO PWR STKFLT XCPU XFSZ SYS TRAP PIPE WINCH CHLD URG RTMIN RTMAX USR1; do kill -"$signal" "$PID"; done
expect "$(status "$(request fourth)")" 200
await logs fourth "$WORK/calls.log"
halt "$PID"
expect "$CODE" 0

say "findings 8 and 10: a log file that is a pipe without a reader, at the start and on USR1"
mkfifo "$WORK/log.pipe"
serve "$RULES" --log-file "$WORK/log.pipe"
await grep -q 'log.pipe: it is a pipe that nobody reads; trying again' "$ERR"
expect "$(status "$(request unread)")" 200
"$SWITCHBOARD" status > "$WORK/unread"
grep -q '^WARNING: events are not written to .*log.pipe' "$WORK/unread" || fail "no warning of a log without a reader"
rm "$WORK/log.pipe"
kill -USR1 "$PID"
await logs unread "$WORK/log.pipe"
quiet() { "$SWITCHBOARD" status > "$WORK/quiet" && ! grep '^WARNING: events' "$WORK/quiet"; }
await quiet
mv "$WORK/log.pipe" "$WORK/log.old"
mkfifo "$WORK/log.pipe"
kill -USR1 "$PID"
await grep -q 'cannot open the log file .*log.pipe again: it is a pipe that nobody reads; events still go to the old one' "$ERR"
post "$(request old)" -o /dev/null
await logs old "$WORK/log.old"
rm "$WORK/log.pipe"
kill -USR1 "$PID"
await test -f "$WORK/log.pipe"
post "$(request new)" -o /dev/null
await logs new "$WORK/log.pipe"
halt "$PID"
expect "$CODE" 0
mkdir "$WORK/log.folder"
CODE=0
timeout 5 "$SWITCHBOARD" serve --headless --config "$RULES" --log-file "$WORK/log.folder" 2> "$WORK/folder.err" < /dev/null || CODE=$?
expect "$CODE" 1
expect_match "$(< "$WORK/folder.err")" 'cannot open the log file .*: it is a folder'

say "row 23: descriptors 0 to 2 that are closed at the start"
"$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" --log-file "$WORK/closed.log" <&- >&- 2>&- &
PID=$!
finally "$PID"
await test -e "$STATE/switchboard.sock"
for number in 0 1 2; do expect "$(readlink "/proc/$PID/fd/$number")" /dev/null "descriptor $number"; done
halt "$PID"

say "break 5: a stderr that nobody reads blocks neither a reload nor the stop"
mkfifo "$WORK/deaf"
exec {deaf}<> "$WORK/deaf"
"$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" > "$WORK/deaf.jsonl" 2>&"$deaf" < /dev/null &
PID=$! OUT=$WORK/deaf.jsonl ERR=/dev/null
finally "$PID"
listening
head -c 65536 /dev/zero | tr '\0' x >&"$deaf" &
await gone $!
for number in 1 2 3; do
    sed -i "s/greeting: .*/greeting: \"Hi $number.\" }/" "$RULES"
    greets() { [ "$(post "$(request "deaf-$number-$RANDOM")" | jq -r .assistant.first_message)" = "Hi $number." ]; }
    await greets
done
timeout 5 "$SWITCHBOARD" reload > "$WORK/reload" 2>&1 || fail "a reload: $(cat "$WORK/reload")"
WITHIN=8 halt "$PID"
expect "$CODE" 0
exec {deaf}>&-

say "break 8: too few descriptors and too little address space are said at once; few are enough"
for limit in "-n 24" "-v 200000"; do
    code=0
    words=$(ulimit $limit; timeout 20 "$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" 2>&1 < /dev/null) ||
        code=$?
    # An address space that does not even hold the libraries is the loader's to report.
    [[ $code = 1 || $code = 127 ]] || fail "ulimit $limit: exit code $code, $words"
    [ "$code" = 127 ] || expect_match "$words" "ulimit ${limit% *}"
done
for command in status doctor check; do
    code=0
    words=$(ulimit -n 8; timeout 20 "$SWITCHBOARD" $command 2>&1 < /dev/null) || code=$?
    expect "$code" 1 "$command with 8 files: $words"
    expect_match "$words" '^Only 8 files .*ulimit -n'
done
# What starts the server may leave files of its own open for it; they are no room for connections.
leaves=17
few=$((26 + 3 * $(nproc) + 12 + leaves))
(for ((number = 0; number < leaves; number++)); do exec {left}< /dev/null; done
ulimit -n $few
exec "$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" > "$WORK/few.jsonl" 2> "$WORK/few.err" \
    < /dev/null) &
PID=$! OUT=$WORK/few.jsonl ERR=$WORK/few.err
finally "$PID"
listening
python3 - "$PORT" "$WORK/held" << 'END' &
import socket, sys, time
held = []
for _ in range(60):
    try: held.append(socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=1))
    except OSError: pass
open(sys.argv[2], "w").write("yes")
time.sleep(60)
END
finally $!
await test -s "$WORK/held"
for number in {1..10}; do expect "$(status "$(request "few-$number")")" 200 "with 60 idle connections"; done
spent=$(awk '{ print $14 + $15 }' "/proc/$PID/stat")
sleep 1
spent=$(($(awk '{ print $14 + $15 }' "/proc/$PID/stat") - spent))
((spent < 50)) || fail "$spent of 100 ticks spent while idle"
halt "$PID"

say "systemd is notified, by a path and by an abstract name"
for name in "$WORK/notify" "@switchboard-$$-$RANDOM"; do
    python3 - "$name" "$WORK/notices" << 'END' &
import socket, sys
notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notify.bind("\0" + sys.argv[1][1:] if sys.argv[1][0] == "@" else sys.argv[1])
open(sys.argv[2], "w").close()
while True:
    with open(sys.argv[2], "a") as notices: notices.write(notify.recv(4096).decode() + "\n")
END
    finally $!
    await test -e "$WORK/notices"
    NOTIFY_SOCKET=$name serve "$RULES"
    await grep -q 'READY=1' "$WORK/notices"
    await grep -q "STATUS=Answering at $URL" "$WORK/notices"
    kill -HUP "$PID"
    reloaded() { [[ $(cat "$WORK/notices") =~ RELOADING=1.*MONOTONIC_USEC=[0-9]+.*READY=1 ]]; }
    await reloaded
    halt "$PID"
    await grep -q 'STOPPING=1' "$WORK/notices"
    rm -f "$WORK/notices"
done

say "sockets of a service manager that cannot be used"
code=0
words=$(sh -c 'LISTEN_PID=$$ LISTEN_FDS=2 exec "$@"' sh "$SWITCHBOARD" serve --headless --config "$RULES" 3< /dev/null 4< /dev/null 2>&1) ||
    code=$?
expect "$code" 1
expect_match "$words" "passed 2 sockets"
code=0
words=$(sh -c 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"' sh "$SWITCHBOARD" serve --headless --config "$RULES" 3< /dev/null 2>&1) || code=$?
expect "$code" 1
expect_match "$words" "not a listening TCP socket"

say "a restart without a gap"
for overlap in 0 1; do
    result=$(OVERLAP=$overlap KEEP=1 timeout 120 python3 "$SCRIPTS/restart.py" 3 8 "$SWITCHBOARD" serve --headless --config "$RULES") ||
        fail "$(cat "$WORK/restart.err")"
    rm -f "$WORK"/notify-*
    echo "  $result"
    expect "$(jq -c '[.lost, .codes]' <<< "$result")" '[0,[0]]' "a restart loses calls"
done

say "the unit is one that systemd takes"
if command -v systemd-analyze > /dev/null; then
    sed "s|/usr/local/bin/switchboard|$SWITCHBOARD|" "$ROOT/service/switchboard.service" > "$WORK/switchboard.service"
    cp "$ROOT/service/switchboard.socket" "$WORK"
    words=$(systemd-analyze verify --man=no "$WORK/switchboard.service" 2>&1 | grep -i switchboard || true)
    expect "$words" ""
    level=$(systemd-analyze security --offline=true "$WORK/switchboard.service" 2> /dev/null | awk '/Overall exposure/ { print $(NF - 2) }')
    echo "  exposure ${level:-unknown}"
    [ -z "$level" ] || [ "$(jq -n "$level < 2")" = true ] || fail "the unit is exposed: $level"
fi
