#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The stop: no call is lost, and no other server holds it up; a pause of the process shows in the times of answers.

source "$(dirname "$0")/lib.sh"

# stopping_takes MILLISECONDS: ends the server and checks how long that takes.
stopping_takes() {
    local begun=${EPOCHREALTIME/./} took
    halt "$PID"
    expect "$CODE" 0
    took=$(((${EPOCHREALTIME/./} - begun) / 1000))
    ((took < $1)) || fail "the stop took $took ms"
    echo "  the stop took $took ms"
}

say "break 6: calls on connections that are kept are answered until their clients know"
SERVER='{ path: /webhook }'
RULES=$(rules plain <<< 'otherwise: { greeting: "Hi." }')
serve "$RULES"
read -r answered after lost <<< "$(python3 "$SCRIPTS/stops.py" "$PORT" "$PID" 16)"
expect "$lost" 0 "lost calls"
((after >= 1)) || fail "no call was answered after the signal: this proves nothing"
await gone "$PID"
echo "  $answered calls, $after after the signal, $lost lost"

say "break 6: nobody connected, nothing to wait for"
serve "$RULES"
stopping_takes 900

say "break 6: a server that neither accepts nor refuses does not hold up the stop"
cat > "$WORK/full.py" << 'END'
import socket, time
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(0)
clients = [socket.socket() for _ in range(4)]
for client in clients:
    client.setblocking(False)
    client.connect_ex(listener.getsockname())
print(listener.getsockname()[1], flush=True)
time.sleep(600)
END
python3 "$WORK/full.py" > "$WORK/full.port" &
finally $!
await test -s "$WORK/full.port"
FULL=http://127.0.0.1:$(cat "$WORK/full.port")
RULES=$(rules hanging << END
rules:
  - { name: ask, answer: { ask: { url: "$FULL/ask", timeout: 500ms, otherwise: { greeting: "Hi." } } } }
otherwise: default
forward: { status-update: { url: "$FULL/notice", timeout: 8s } }
END
)
serve "$RULES"
expect "$(curl -sS --max-time 5 -d "$(request one)" "$URL" | jq -r .assistant.first_message)" "Hi."
for number in {1..3}; do
    expect "$(curl -sS --max-time 5 -d "$(update "n-$number" in-progress)" "$URL")" '{}' "a reply to a notice"
done
stopping_takes 5000
logged '.event == "desk" and (.words | test("^3 webhooks to forward had not been accepted"))' \
    || fail "nothing says what was not forwarded"

say "break 9: after a pause of the process, calls have waited as long as they have"
SERVER='{ answer_within: 1500ms }'
RULES=$(rules paused <<< 'otherwise: { greeting: "Hi." }')
serve "$RULES"
expect "$(status "$(request before)")" 200
kill -STOP "$PID"
post "$(request late)" -o "$WORK/late" &
late=$!
sleep 2.2
kill -CONT "$PID"
wait "$late"
expect "$(cat "$WORK/late")" '{}' "the fallback: the answer is late"
await logged '.id == "late" and .by == "deadline"'
taken=$(jq -r 'select(.id == "late") | .latency_ms' "$OUT")
[ "$(jq -n "$taken > 1900 and $taken < 5000")" = true ] || fail "recorded as $taken ms"
echo "  recorded as $taken ms"
expect "$(status "$(request after)")" 200
await logged '.id == "after" and .latency_ms < 1000 and .by != "deadline"'
halt "$PID"

say "break 7: the audit has the account that the kernel names, beside the name in the order"
serve "$RULES" --state "$WORK/state" --control "$WORK/control.sock"
USER=mallory SUDO_USER='' "$SWITCHBOARD" close --all --until-reopened --reason test --say "Shut." --yes \
    --socket "$WORK/control.sock" > /dev/null
expect_json "$(tail -1 "$WORK/state/audit.jsonl" | jq -c '[.who.user, .who.uid, .who.account]')" \
    "$(jq -nc --argjson uid "$(id -u)" --arg name "$(id -un)" '["mallory", $uid, $name]')"
expect_match "$("$SWITCHBOARD" status --socket "$WORK/control.sock")" "mallory .*account $(id -un)"
halt "$PID"
