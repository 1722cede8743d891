#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A terminal that goes away in the middle of frames, as a connection of SSH does: the dashboard ends within a second, and the
# server stops or goes on as was asked for.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

file=$(SERVER='{ allow_unsigned: true }' rules desk << 'END'
lines: [{ number: "+31850835037", name: Demo }]
otherwise: { greeting: "Hello." }
END
)

# hangs_up HOW PROGRAM...: sets PID, PORT, URL and FATE; the dashboard must be gone within a second.
hangs_up() {
    local seconds
    python3 "$SCRIPTS/hangup.py" "$@" > "$WORK/hangup" 2> "$WORK/hangup.err" || fail "$(cat "$WORK/hangup.err")"
    read -r PID PORT seconds FATE < "$WORK/hangup"
    [ "$FATE" != running ] || finally "$PID"
    URL=http://127.0.0.1:$PORT/webhook
    awk -v seconds="$seconds" 'BEGIN { exit !(seconds < 1) }' || fail "$1: the dashboard was there for $seconds s"
}
serving() { echo "$SWITCHBOARD" serve --listen 127.0.0.1:0 --config "$file" --state "$WORK/$1"; }

for how in close hup stuck; do
    say "$how: the server stops with its terminal"
    hangs_up $how $(serving "stops-$how")
    expect "$FATE" 129 "the exit code"
    await deaf || fail "somebody still answers"

    say "$how: or goes on without a dashboard"
    hangs_up $how $(serving "stays-$how") --on-hangup headless
    expect "$FATE" running
    expect "$(status "$(request "after-$how")")" 200 "an answer without the terminal"
    halt_orphan() { kill -TERM "$PID" && await gone "$PID"; }
    halt_orphan || fail "the server does not end on TERM"

    say "$how: an attached dashboard ends alone"
    desk_server "$file"
    server=$PID
    hangs_up $how "$SWITCHBOARD" attach --socket "$SOCKET"
    [ "$FATE" != running ] || fail "the attached dashboard runs on"
    expect "$(status "$(request "attached-$how")")" 200 "an answer of the server"
    halt "$server"
done
