#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Without a terminal: strict JSON lines whatever callers send, readers that stall or leave, a reload, no secrets.

source "$(dirname "$0")/lib.sh"

RULES=$(rules desk << 'EOR'
lines:
  - { number: "+31850835037", name: Demo }
otherwise: { greeting: "First greeting." }
EOR
)

# strict FILE: every line is one JSON object, the first is the readiness, and no byte drives a terminal.
strict() {
    local line
    while IFS= read -r line; do
        jq -e 'type == "object" and has("event")' > /dev/null 2>&1 <<< "$line" || fail "this is no JSON line: $line"
    done < "$1"
    expect "$(head -1 "$1" | jq -r .event)" listening
    expect "$(tr -d '\n' < "$1" | LC_ALL=C grep -aPc '[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]' || true)" 0 \
        "raw control bytes"
    jq -e . "$1" > /dev/null || fail "jq does not take the stream"
}

say "JSON lines, whatever callers are called"
serve "$RULES"
expect "$(head -1 "$OUT" | jq -c '[.event, .host, .port == '"$PORT"', .pid == '"$PID"', .signed]')" \
    '["listening","127.0.0.1",true,true,true]'
osc=$'\e]52;c;ZXZpbA==\a'
hostile=("${osc}" $'two\nlines' $'\xc2\x9b31mred' $'\xe2\x80\xaegnp.exe' $'\x01\x7f\b\t' '"}{"event":"listening"' 'é📞')
for text in "${hostile[@]}"; do
    request=$(jq -nc --arg text "$text" '{message: {type: "assistant-request",
        call: {id: ("id " + $text), type: $text, status: $text}, phone_number: {number: $text, name: $text},
        customer: {number: $text}}}')
    expect "$(status "$request")" 200
    report=$(jq -nc --arg text "$text" '{message: {type: "end-of-call-report", call: {id: ("id " + $text)},
        duration_seconds: 1, summary: $text, end_reason: $text}}')
    expect "$(status "$report")" 200
    expect "$(status "$(jq -nc --arg text "$text" '{message: {type: $text, call: {id: ("id " + $text)}}}')")" 200
done
post 'no JSON' -o /dev/null
await logged '.event == "refused" and .reason == "not_json"'
for text in "${hostile[@]}"; do
    wanted=$(jq -nc --arg text "id $text" '$text')
    await logged ".event == \"call\" and .id == $wanted"
    await logged ".event == \"report\" and .id == $wanted"
done

say "no secret and no prompt in what is written"
prompt="a-prompt-that-is-nobodys-business"
post "$(update prompt in-progress '{"llm_config":{"messages":[{"role":"system","content":"'$prompt'"}]}}')" -o /dev/null
await logged '.id == "prompt"'
SIGN_WITH=another post "$SAMPLE" -o /dev/null
await logged '.reason == "bad_signature"'
tr '\0' ' ' < "/proc/$PID/cmdline" > "$WORK/command-line"
halt "$PID"
expect "$CODE" 0
strict "$OUT"
for word in "$SECRET" "$prompt"; do
    ! grep -aF "$word" "$OUT" "$ERR" "$WORK/command-line" || fail "what is private was written"
done

say "a dashboard needs a terminal"
code=0
"$SWITCHBOARD" serve --ui --listen 127.0.0.1:0 --config "$RULES" > "$WORK/ui.out" 2> "$WORK/ui.err" < /dev/null || code=$?
expect "$code" 2
expect "$(wc -l < "$WORK/ui.err")" 1 "one line: $(cat "$WORK/ui.err")"
expect "$(cat "$WORK/ui.out")" ""

say "without a terminal, headless is what serve does by itself"
"$SWITCHBOARD" serve --listen 127.0.0.1:0 --config "$RULES" > "$WORK/plain.jsonl" 2> "$WORK/plain.err" < /dev/null &
PID=$! OUT=$WORK/plain.jsonl ERR=$WORK/plain.err
finally "$PID"
listening
expect "$(post "$SAMPLE" | jq -r .assistant.first_message)" "First greeting."

say "a reload"
sed -i 's/First greeting/Second greeting/' "$RULES"
kill -HUP "$PID"
await grep -q "revision [0-9a-f]" "$ERR"
expect "$(post "$(request after)" | jq -r .assistant.first_message)" "Second greeting."
expect "$(post "$SAMPLE" | jq -r .assistant.first_message)" "First greeting." "a call keeps its answer"
await logged '.event == "desk"'
echo 'nonsense: true' >> "$RULES"
await grep -q "$RULES:6:1: error: " "$ERR"
expect "$(post "$(request broken)" | jq -r .assistant.first_message)" "Second greeting."
sed -i '$d; s/^server:.*/server: { secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], answer_within: 3s }/' "$RULES"
kill -HUP "$PID"
await grep -q restart "$ERR"
halt "$PID"
strict "$OUT"

say "a reader that stops reading slows nobody"
mkfifo "$WORK/fifo"
exec {fifo}<> "$WORK/fifo"
unsigned=$(SERVER='{ keep: { calls: 1000 } }' rules unsigned <<< 'otherwise: { greeting: "Hi." }')
"$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$unsigned" >&"$fifo" 2> "$WORK/fifo.err" < /dev/null &
PID=$! ERR=$WORK/fifo.err
finally "$PID"
read -r -t 10 -u "$fifo" line || fail "no readiness line"
PORT=$(jq -r .port <<< "$line")
URL=$(jq -r .url <<< "$line")
expect "$(jq .signed <<< "$line")" false
expect "$(flood 3000)" 3000
for number in {1..50}; do
    read -r code seconds <<< "$(post "$(request "stall-$number")" -o /dev/null -w '%{http_code} %{time_total}')"
    expect "$code" 200
    [ "$(jq -n "$seconds < 2")" = true ] || fail "an answer took $seconds s"
done
WITHIN=8 halt "$PID"
expect "$CODE" 0 "nor does it hold up the end"
exec {fifo}>&-

say "a reader that leaves ends nothing"
"$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$unsigned" \
    > >(head -1 > "$WORK/head") 2> "$WORK/head.err" < /dev/null &
PID=$! OUT=$WORK/head ERR=$WORK/head.err
finally "$PID"
listening
expect "$(flood 100)" 100
await grep -q stdout "$ERR"
expect "$(flood 100 1001)" 100
halt "$PID"
expect "$CODE" 0
