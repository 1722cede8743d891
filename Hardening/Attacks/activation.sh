#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# systemd-socket-activate owns the address: the first call starts the server, and restarts at RATE (2 000) webhooks a
# second lose none: callers wait on the socket, which every server inherits.
source "$(dirname "$0")/../lib.bash"

command -v systemd-socket-activate > /dev/null || skip "systemd-socket-activate is not installed; it is in Debian's package systemd"
RULES=$(greeting_rules desk "Hi.")
PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
URL=http://127.0.0.1:$PORT/webhook
# The loop is the service manager: it starts the server again whenever it ends, and LISTEN_PID has to name the new one.
cat > "$WORK/manager" << 'MANAGER'
trap 'trap - TERM; kill "$server"; wait "$server"; exit' TERM
while :; do
    sh -c 'LISTEN_PID=$$ exec "$@"' sh "$@" &
    server=$!
    echo "$server" > "$WORK/pid"
    wait "$server"
    echo "$?" >> "$WORK/codes"
done
MANAGER
export WORK
OUT=$WORK/server.jsonl ERR=$WORK/server.err
systemd-socket-activate -l "127.0.0.1:$PORT" -E WORK -E HOME -E PATH -E SWITCHBOARD_WEBHOOK_SECRET bash "$WORK/manager" "$SWITCHBOARD" \
    serve --headless --config "$RULES" --control "$SOCKET" --state "$STATE" > "$OUT" 2> "$ERR" < /dev/null &
manager=$!
finally "$manager"
await grep -q Listening "$ERR"
[ ! -e "$WORK/pid" ] || fail "the server runs before anybody calls"
expect "$(answer first)" '{"assistant":{"first_message":"Hi."}}' "the call that starts the server"

load restarts 12 "${RATE:-2000}" "Hi."
for restart in 1 2 3; do
    sleep 2
    PID=$(cat "$WORK/pid")
    kill "$PID"
    await gone "$PID"
    other() { [ "$(cat "$WORK/pid")" != "$PID" ] && api GET /healthz; }
    await other || fail "no server after restart $restart: $(cat "$ERR")"
done
held restarts
expect "$(sort -u "$WORK/codes" | tr '\n' ' ')" "0 " "exit codes"
kill "$manager"
await gone "$manager"
