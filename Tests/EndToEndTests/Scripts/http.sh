#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The listener: signatures, limits, damaged and slow requests, many connections, and the orderly stop.

source "$(dirname "$0")/lib.sh"

export SECOND_SECRET=the-secret-before-the-rotation
SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }, { env: SECOND_SECRET }], answer_within: 1s }'
RULES=$(rules desk <<< 'otherwise: { greeting: "Hi." }')
serve "$RULES"

# raw: sends stdin on a connection of its own and prints what comes back until the server closes it.
raw() {
    exec {raw}<> "/dev/tcp/127.0.0.1/$PORT"
    cat >&"$raw"
    timeout 5 cat <&"$raw" || fail "the server neither answers nor closes"
    exec {raw}>&-
}

# statuses: the status codes in raw responses.
statuses() { tr -d '\r' | sed -n 's|^.*HTTP/1.1 \([0-9]*\) .*|\1|p' | tr '\n' ' '; }

say "half a request, to be looked at again below"
begun=$EPOCHREALTIME
exec {slow}<> "/dev/tcp/127.0.0.1/$PORT"
printf 'POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Le' >&"$slow"
{ timeout 60 cat; echo "$EPOCHREALTIME" > "$WORK/slow.end"; } <&"$slow" > "$WORK/slow" &

say "signatures"
expect "$(status "$SAMPLE")" 200 "a good signature"
expect "$(SIGN_WITH=$SECOND_SECRET status "$SAMPLE")" 200 "the other secret of a rotation"
expect "$(SIGN_WITH=another status "$SAMPLE")" 401 "a wrong secret"
expect "$(AGE=299 status "$SAMPLE")" 200 "299 s old"
expect "$(AGE=301 status "$SAMPLE")" 401 "301 s old"
expect "$(AGE=-298 status "$SAMPLE")" 200 "stamped 298 s ahead"
expect "$(AGE=-310 status "$SAMPLE")" 401 "stamped 310 s ahead"
unsigned=(curl -sS --max-time 5 -o /dev/null -w '%{http_code}')
expect "$("${unsigned[@]}" -d "$SAMPLE" "$URL")" 401 "no signature"
expect "$("${unsigned[@]}" -d "$SAMPLE" -H "X-Webhook-Signature: sha256=00" "$URL")" 401 "no timestamp"
expect "$(curl -sS --max-time 5 -d "$SAMPLE" "$URL" | jq -c 'keys')" '["error"]'
await logged '.event == "refused" and .reason == "missing_signature" and .peer == "127.0.0.1"'
await logged '.event == "refused" and .reason == "bad_signature"'
await logged '.event == "refused" and .reason == "stale_signature"'

say "bodies that are no webhooks"
expect "$(status garbage)" 400
expect "$(status '')" 400 "an empty body"
expect "$(status '[1]')" 400
expect "$(status '{"message":{}}')" 400
expect "$(status "${SAMPLE}x")" 400
printf '{"message":{"type":"\xff"}}' > "$WORK/not-utf8"
expect "$(status "@$WORK/not-utf8")" 400 "not UTF-8"

say "bodies that are too large"
head -c 2097152 /dev/zero | tr '\0' ' ' > "$WORK/two-mebibytes"
expect "$(status "@$WORK/two-mebibytes" -H 'Expect: 100-continue')" 413 "2 MiB, announced"
expect "$(status "@$WORK/two-mebibytes" -H 'Expect:')" 413 "2 MiB, at once"
expect "$(status "@$WORK/two-mebibytes" -H 'Expect:' -H 'Transfer-Encoding: chunked')" 413 "2 MiB in chunks"
request exact > "$WORK/exact"
head -c "$((1048576 - $(wc -c < "$WORK/exact")))" /dev/zero | tr '\0' ' ' >> "$WORK/exact"
expect "$(status "@$WORK/exact")" 200 "exactly 1 MiB"
printf ' ' >> "$WORK/exact"
expect "$(status "@$WORK/exact")" 413 "one byte more"

say "methods and paths"
reply=$(curl -sS --max-time 5 -i "$URL" | tr -d '\r')
expect_match "$reply" '^HTTP/1.1 405 .*allow: POST'
expect "$("${unsigned[@]}" -X PUT -d x "$URL")" 405
expect "$(TO=${URL%webhook}other status "$SAMPLE")" 404
expect "$(TO=${URL%webhook} status "$SAMPLE")" 404
expect "$(TO="$URL?from=there" status "$SAMPLE")" 200 "a query does not count"
expect "$(curl -sS --max-time 5 "${URL%webhook}healthz")" '{"status":"ok"}'
expect "$("${unsigned[@]}" -I "${URL%webhook}healthz")" 200

say "one connection for several requests"
expect "$(post "$SAMPLE" "$URL" -o /dev/null -o /dev/null -w '%{num_connects} ')" "1 0 "
request first > "$WORK/first"
request second > "$WORK/second"
replies=$({
    head_of "$WORK/first"; cat "$WORK/first"
    printf 'GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n'
    head_of "$WORK/second" 'Connection: close'; cat "$WORK/second"
} | raw)
expect "$(statuses <<< "$replies")" "200 404 200 " "pipelined requests are answered in order"
await logged '.id == "first"'
expect "$(jq -r 'select(.id == "first" or .id == "second") | .id' "$OUT" | tr '\n' ' ')" "first second "
expect_json "$(post "$(request chunked)" -H 'Transfer-Encoding: chunked' | jq -c '.assistant.first_message')" '"Hi."'

say "what is no HTTP at all"
expect "$(printf 'hello, is anybody there?\r\n\r\n' | raw | statuses)" "400 "
expect "$(printf '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' | raw | statuses)" "400 " "a TLS hello"
expect "$(printf 'POST /webhook HTTP/1.1\r\nContent-Length: -1\r\n\r\n' | raw | statuses)" "400 "

say "a body that comes later than the answer is due"
request late > "$WORK/late"
reply=$({
    head_of "$WORK/late" 'Connection: close'
    sleep 1.3
    cat "$WORK/late"
} | raw | tail -1)
expect "$reply" '{}' "the fallback"
await logged '.id == "late" and .by == "deadline"'

say "200 idle connections stop nobody"
idle=()
for _ in {1..200}; do
    exec {fd}<> "/dev/tcp/127.0.0.1/$PORT"
    idle+=("$fd")
done
for number in {1..10}; do
    read -r code seconds <<< "$(post "$(request "idle-$number")" -o /dev/null -w '%{http_code} %{time_total}')"
    expect "$code" 200
    [ "$(jq -n "$seconds < 2")" = true ] || fail "an answer beside idle connections took $seconds s"
done
for fd in "${idle[@]}"; do exec {fd}>&-; done

say "who asks without end and reads nothing is not read either, and still gets every reply"
read -r sent replied heldback <<< "$(timeout 60 python3 "$SCRIPTS/greedy.py" "$PORT")"
expect "$heldback" True "whether the server stops reading"
expect "$replied" "$sent" "replies"

say "the address is taken"
code=0
"$SWITCHBOARD" serve --headless --config "$RULES" --listen "127.0.0.1:$PORT" \
    > "$WORK/taken.out" 2> "$WORK/taken.err" < /dev/null || code=$?
expect "$code" 69
expect "$(wc -l < "$WORK/taken.err")" 1 "one line: $(cat "$WORK/taken.err")"
expect_match "$(cat "$WORK/taken.err")" "127.0.0.1:$PORT"
expect "$(cat "$WORK/taken.out")" ""

say "half a request ends after ten seconds"
WITHIN=20 await test -s "$WORK/slow.end" || fail "half a request is kept for ever"
exec {slow}>&-
expect "$(statuses < "$WORK/slow")" "408 "
ended=$(< "$WORK/slow.end")
took=$((${ended/./} - ${begun/./}))
((took > 9500000 && took < 15000000)) || fail "half a request was kept for $((took / 1000)) ms"
await logged '.event == "refused" and .reason == "too_slow"'

halt "$PID"

say "a stop finishes what is being answered"
sed -i 's/answer_within: 1s/answer_within: 4s/' "$RULES"
serve "$RULES"
request last > "$WORK/last"
exec {open}<> "/dev/tcp/127.0.0.1/$PORT" {kept}<> "/dev/tcp/127.0.0.1/$PORT"
# The health report in front tells that the server has read the head behind it.
{ printf 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'; head_of "$WORK/last"; head -c 20 "$WORK/last"; } \
    > "$WORK/half"
cat "$WORK/half" >&"$open"
printf 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n' >&"$kept"
for fd in "$open" "$kept"; do
    for _ in 1 2 3 4; do read -r -t 5 -u "$fd" || fail "no health report"; done
    read -r -t 5 -N 15 -u "$fd" health
    expect "$health" '{"status":"ok"}'
done
kill -TERM "$PID"
await deaf
expect "$(timeout 5 cat <&"$kept")" "" "an idle connection is closed"
gone "$PID" && fail "the server did not wait for the request in flight"
tail -c +21 "$WORK/last" >&"$open"
reply=$(timeout 5 cat <&"$open" | tr -d '\r')
expect_match "$reply" '^HTTP/1.1 200 .*connection: close'
expect_match "$reply" '"first_message":"Hi."'
await gone "$PID"
code=0
wait "$PID" || code=$?
expect "$code" 0
expect "$(wc -l < "$ERR")" 3 "the summary has three lines: $(cat "$ERR")"
expect_match "$(head -1 "$ERR")" '[0-9]+ s: [0-9]+ calls?, 0 rejected, [0-9]+ requests?'
expect_match "$(sed -n 2p "$ERR")" 'p50 [0-9.]+, p99 [0-9.]+, max [0-9.]+ ms\.'
logged '.id == "last" and .answer' || fail "the last answer is in no JSON line"

say "a stop by the keyboard"
serve "$RULES"
post "$(request by-keyboard)" -o /dev/null
halt "$PID" INT
expect "$CODE" 130
expect "$(wc -l < "$ERR")" 3 "the summary has three lines: $(cat "$ERR")"

say "more connections than the system allows files stop nobody"
(ulimit -n 256 && exec "$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES") \
    > "$WORK/few.out" 2> "$WORK/few.err" < /dev/null &
PID=$! OUT=$WORK/few.out ERR=$WORK/few.err
finally "$PID"
listening
mkfifo "$WORK/crowd"
python3 "$SCRIPTS/greedy.py" "$PORT" 600 < "$WORK/crowd" > "$WORK/crowded" &
finally $!
exec {crowd}> "$WORK/crowd"
await grep -q 600 "$WORK/crowded"
for number in {1..5}; do expect "$(status "$(request "crowded-$number")")" 200 "an answer beside a crowd"; done
exec {crowd}>&-
halt "$PID"
expect "$CODE" 0

# A release build is to hold against CROWD_RATE=4000; a debug build takes more than a millisecond for each connection.
say "4 300 held connections and many new ones per second keep no good call out"
serve "$RULES"
request kept > "$WORK/kept"
exec {kept}<> "/dev/tcp/127.0.0.1/$PORT"
{ head_of "$WORK/kept"; cat "$WORK/kept"; } >&"$kept"
read -r -t 5 -u "$kept" reply
expect_match "$reply" '^HTTP/1.1 200 '
python3 "${BASH_SOURCE%/*}/greedy.py" "$PORT" 4300 "${CROWD_RATE:-300}" 4 > "$WORK/pressed" &
finally $!
WITHIN=20 await grep -q 4300 "$WORK/pressed"
good=0 files=0
until [ "$(wc -l < "$WORK/pressed")" = 2 ]; do
    expect "$(status "$(request "pressed-$good")")" 200 "call $good beside a crowd"
    good=$((good + 1))
    now=$(find "/proc/$PID/fd" -mindepth 1 2> /dev/null | wc -l)
    [ "$now" -le "$files" ] || files=$now
done
[ $good -ge 10 ] || fail "only $good calls were answered in 4 s"
[ "$files" -lt 4300 ] || fail "$files descriptors"
{ head_of "$WORK/kept" 'Connection: close'; cat "$WORK/kept"; } >&"$kept"
expect_match "$(timeout 5 cat <&"$kept" | tr -d '\r')" 'HTTP/1.1 200 '
echo "  $good calls beside $(tail -1 "$WORK/pressed") new connections, $files descriptors at most"
halt "$PID"
