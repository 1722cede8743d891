#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The server is killed at 200 random moments while orders come in: each restart has the last order that was confirmed or
# the one that was on its way, whole, and the audit has every line once.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

KILLS=${KILLS:-200}
RULES=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: Demo }
END
)

# orders FIRST: closes the line again and again with a number as its text, notes what was sent and what was confirmed, and
# kills the server at a random moment of it.
orders() {
    python3 - "$SOCKET" "$1" "$WORK/sent" "$WORK/confirmed" "$PID" << 'END'
import http.client, json, os, random, signal, socket, sys, threading

path, number, sent, confirmed, server = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])


class Desk(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(path)


def note(file, number):
    with open(file, "w") as out:
        out.write(str(number))


desk = Desk("desk")
desk.connect()
threading.Timer(random.uniform(0, 0.12), os.kill, (server, signal.SIGKILL)).start()
try:
    while True:
        number += 1
        note(sent, number)
        body = {"act": "begin", "kind": "closed", "text": str(number), "scopes": ["all"], "until": "reopened"}
        desk.request("POST", "/v1/overrides", json.dumps(body))
        reply = desk.getresponse()
        reply.read()
        assert reply.status == 200, reply.status
        note(confirmed, number)
except (OSError, http.client.HTTPException):
    pass
END
}

echo 0 > "$WORK/sent"
echo 0 > "$WORK/confirmed"
between=0
for ((round = 1; round <= KILLS; round++)); do
    desk_server "$RULES" 2> "$WORK/start.err" || fail "round $round: the server does not start: $(cat "$ERR")"
    standing=$(api GET /v1/overrides | jq -r '[.overrides[].text] | join(",")')
    confirmed=$(cat "$WORK/confirmed") sent=$(cat "$WORK/sent")
    # Nothing was confirmed yet.
    [ -n "$standing" ] || standing=0
    if [ "$sent" -gt 0 ]; then
        [ "$standing" = "$confirmed" ] || [ "$standing" = "$sent" ] \
            || fail "round $round: in force is \"$standing\", confirmed was $confirmed, sent was $sent"
        [ "$standing" = "$confirmed" ] || between=$((between + 1))
        [ "$standing" = 0 ] || expect_match "$(cat "$ERR")" 'Still in force since before the start: closed all lines' \
            "round $round: the start does not say what is in force"
        [ "$standing" = "$sent" ] && echo "$sent" > "$WORK/confirmed"
    fi
    orders "$(cat "$WORK/sent")" || fail "round $round: the orders went wrong"
    await gone "$PID"
done
say "$KILLS kills; $between of them behind the disk and before the reply; $(cat "$WORK/sent") orders"
[ "$(cat "$WORK/sent")" -gt $((KILLS / 4)) ] || fail "hardly an order was sent"

desk_server "$RULES"
lines=$(wc -l < "$AUDIT")
expect "$(kept '[.[].n] == [range(1; length + 1)]')" true "the numbers of the audit"
expect "$(kept '[.[] | select(.event == "begun") | .new] | length == (unique | length)')" true "no order stands twice"
[ "$lines" -gt $((KILLS / 4)) ] || fail "the audit has $lines lines only"
expect "$(compgen -G "$STATE/state.json.damaged-*" || true)" "" "damaged states"
