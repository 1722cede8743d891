#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# 20 000 calls while nobody reads the terminal: no answer waits for the screen, and no call is lost.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"

CONNECTIONS=4
EACH=5000
PROBES=50
# In milliseconds. During the flood a call also waits behind thousands that came in one piece, whether there is a
# screen or not, and the program is not optimized in tests. The platform waits for 5000.
SLOWEST=2500

SERVER='{ keep: { calls: 1000 } }'
file=$(rules flood << 'END'
lines: [{ number: "+31850835037", name: HMS Sovereign Demo }]
answers: { hello: { greeting: "Hallo, leuk dat je belt!" } }
rules: [{ name: demo, when: { line: "+31850835037" }, answer: hello }]
otherwise: default
END
)

# flood NAME CALLS: the requests of that many calls, ready to be sent one behind the other over one connection.
flood() {
    awk -v name="$1" -v calls="$2" 'BEGIN {
        for (call = 1; call <= calls; call++) {
            id = name "-" call
            body = "{\"message\":{\"type\":\"assistant-request\",\"timestamp\":\"2026-07-01T10:00:00.000Z\"," \
                "\"call\":{\"id\":\"" id "\",\"type\":\"inbound_phone_call\",\"status\":\"ringing\"}," \
                "\"phone_number\":{\"number\":\"+31850835037\"}," \
                "\"customer\":{\"number\":\"+3161" sprintf("%07d", call) "\"}}}"
            printf "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: %s\r\n" \
                "Content-Length: %d\r\n\r\n%s", call < calls ? "keep-alive" : "close", length(body), body
        }
    }'
}

# pour NAME: sends the flood of a connection and keeps what comes back.
pour() {
    local writer
    exec 3<> "/dev/tcp/127.0.0.1/$PORT"
    cat "$WORK/$1.requests" >&3 &
    writer=$!
    cat <&3 > "$WORK/$1.replies"
    wait "$writer"
    exec 3>&-
}

# probe NAME: the milliseconds that the answer to one more call takes.
probe() {
    curl -sS --max-time 10 -o "$WORK/probe" -w '%{time_total}' --data-binary "$(request "$1")" "$URL" \
        | awk '{ printf "%d\n", $1 * 1000 }'
    jq -e '.assistant.first_message' "$WORK/probe" > /dev/null || fail "no answer to $1: $(cat "$WORK/probe")"
}

# filled: draws whole screens, until nothing more fits into the terminal that nobody reads.
filled() {
    kill -WINCH "$PID"
    unread
}

# unread: whether the thread of the dashboard is stuck, although calls go on coming in.
unread() {
    local was
    was=$(switches)
    # The clock of the screen moves once a second.
    sleep 1.5
    [ "$(switches)" = "$was" ]
}

for ((connection = 1; connection <= CONNECTIONS; connection++)); do
    flood "flood$connection" "$EACH" > "$WORK/flood$connection.requests"
done
dashboard flood "$file"
dashboard_thread
post "$(request first)" > "$WORK/reply"
finds '^▸ .*ringing'

median() { sort -n "$WORK/$1" | sed -n "$((($(wc -l < "$WORK/$1") + 1) / 2))p"; }
: > "$WORK/before"
for ((number = 1; number <= PROBES; number++)); do
    probe "before-$number" >> "$WORK/before"
done

say "nobody reads the terminal, and $((CONNECTIONS * EACH)) calls come in"
server=$(tmux_pid)
kill -STOP "$server"
started_at=${EPOCHREALTIME/./}
pouring=()
for ((connection = 1; connection <= CONNECTIONS; connection++)); do
    pour "flood$connection" &
    pouring+=($!)
done
: > "$WORK/during"
probes=0
while kill -0 "${pouring[@]}" 2> /dev/null; do
    probes=$((probes + 1))
    probe "during-$probes" >> "$WORK/during"
done
for pid in "${pouring[@]}"; do wait "$pid" || fail "a connection broke"; done
took=$(((${EPOCHREALTIME/./} - started_at) / 1000))
answered=$(cat "$WORK"/flood*.replies | grep -ao 'HTTP/1.1 200' | wc -l)
expect "$answered" $((CONNECTIONS * EACH)) "answers to the flood"
greetings=$(cat "$WORK"/flood*.replies | grep -ao '"first_message":"Hallo, leuk dat je belt!"' | wc -l)
expect "$greetings" "$answered" "greetings in the answers"
echo "  $answered answers in $took ms"

say "the screen is stuck, the answers are not"
await filled || fail "the dashboard is not stuck: this proves nothing"
: > "$WORK/after"
for ((number = 1; number <= PROBES; number++)); do
    probe "after-$number" >> "$WORK/after"
done
unread || fail "the dashboard is not stuck: this proves nothing"
for when in before during after; do
    slowest=$(sort -n "$WORK/$when" | tail -1)
    echo "  slowest of $(wc -l < "$WORK/$when") answers $when the flood: $slowest ms, median $(median "$when") ms"
    ((slowest < SLOWEST)) || fail "an answer $when the flood took $slowest ms: $(tr '\n' ' ' < "$WORK/$when")"
done
(($(median after) <= 3 * $(median before) + 10)) || fail "answers are slower while the screen is stuck"

say "read again, the screen has counted every call and takes keys"
kill -CONT "$server"
calls=$((CONNECTIONS * EACH + probes + 2 * PROBES + 1))
finds "^ (calls|today) ${calls:0:-3} ${calls: -3} .*rejected 0 "
finds '\+31612345678 .*greeting'
keys '?'
WITHIN=2 await shows "$IN_HELP" || lost "no help within two seconds"
keys q
loses "$IN_HELP"
interrupts
left 130
finds "$SUMMARY .*: $calls calls, 0 rejected, 0 requests"

say "a screen that nobody reads does not hold up an orderly stop"
dashboard stuck "$file"
dashboard_thread
server=$(tmux_pid)
kill -STOP "$server"
for ((round = 1; round <= 3; round++)); do
    flood "stuck$round" "$EACH" > "$WORK/stuck.requests"
    pour stuck
done
await filled || fail "the dashboard is not stuck: this proves nothing"
kill -TERM "$PID"
WITHIN=5 await gone "$PID" || {
    kill -CONT "$server"
    fail "the program waits for somebody to read its screen"
}
kill -CONT "$server"
left 0
