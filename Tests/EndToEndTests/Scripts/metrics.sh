#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Prometheus reads the counts on an address of their own, which gives nothing else and costs no call.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], metrics: "127.0.0.1:0" }'
LINES='lines: [{ number: "+31850835037", name: Demo }]'
RULES=$(rules metrics <<< "$LINES")

# fetch CURL OPTION...: the status of a request, and what came in $WORK/body.
fetch() { curl -sS --max-time 5 -o "$WORK/body" -w '%{http_code}' "$@"; }

say "the readiness line says where they are"
desk_server "$RULES"
METRICS=$(head -1 "$OUT" | jq -re .metrics)
expect_match "$METRICS" '^http://127\.0\.0\.1:[0-9]+/metrics$'
BASE=${METRICS%/metrics}
expect "$(status "$(request one)")" 200
expect "$(fetch "$METRICS")" 200
grep -qx 'switchboard_calls_total 1' "$WORK/body" || fail "the call is not counted: $(cat "$WORK/body")"
expect "$(grep -c '^# TYPE' "$WORK/body")" "$(api GET /metrics | grep -c '^# TYPE')" "another list than on the socket"

say "nothing that controls the desk, or names a caller, is there"
for path in /v1/status /v1/calls /v1/events /v1/export /v1/overrides /webhook /; do
    expect "$(fetch "$BASE$path")" 404 "$path"
done
expect "$(fetch "$METRICS" -X POST -d '{}')" 405
expect "$(fetch "$BASE/v1/overrides" -d '{"command":"close"}')" 404
expect "$(fetch "$BASE/healthz")" 200
! grep -q 31612345678 <(curl -sS "$METRICS") || fail "the caller is in the metrics"

say "clients that keep connections open, say nothing or half of it, do not keep others out"
exec {half}<> "/dev/tcp/127.0.0.1/${BASE##*:}"
printf 'GET /met' >&"$half"
idle=()
for _ in {1..80}; do
    exec {one}<> "/dev/tcp/127.0.0.1/${BASE##*:}"
    idle+=("$one")
done
expect "$(fetch "$METRICS")" 200
for one in "${idle[@]}"; do exec {one}>&-; done

say "an address that is taken costs no call, is shown, and is used once it is free"
FIRST=$PID FIRST_SOCKET=$SOCKET
TAKEN=$(SERVER="{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], metrics: '${BASE#http://}' }" rules taken <<< "$LINES")
serve "$TAKEN" --control "$WORK/second.sock" --state "$WORK/second"
SOCKET=$WORK/second.sock
expect "$(head -1 "$OUT" | jq -c .metrics)" null
expect "$(status "$(request two)")" 200
warned() { api GET /v1/status | jq -e '.warnings | any(test("^metrics cannot be read at .*: it is in use"))' > /dev/null; }
await warned
halt "$FIRST"
expect "$CODE" 0 "the first server, to which a connection with half a request was open"
free() { ! warned && [ "$(fetch "$METRICS")" = 200 ]; }
await free

say "another address needs a restart, and check refuses the webhook's own"
sed -i "s/metrics: '[^']*'/metrics: '127.0.0.1:9464'/" "$TAKEN"
await grep -q 'server.metrics.*restart' "$ERR" || fail "no word of it: $(cat "$ERR")"
halt "$PID"
SAME=$(SERVER='{ listen: "127.0.0.1:8787", metrics: "127.0.0.1:8787" }' rules same <<< "$LINES")
expect "$("$SWITCHBOARD" check --json "$SAME" 2> /dev/null | jq -c '[.findings[].code]')" '["conflicting-keys"]'

say "the alerts and the dashboard name what is there"
if command -v promtool > /dev/null; then
    python3 "$SCRIPTS/forward.py" "$WORK/leads-to" > "$WORK/port" &
    finally $!
    await test -s "$WORK/port"
    PROBED=$(SERVER="{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], metrics: '127.0.0.1:0',
        probe: { url: 'http://127.0.0.1:$(cat "$WORK/port")/webhook', every: 10s } }" rules probed <<< "$LINES")
    serve "$PROBED" --control "$WORK/third.sock" --state "$WORK/third"
    echo "$PORT" > "$WORK/leads-to"
    METRICS=$(head -1 "$OUT" | jq -re .metrics)
    probed() { curl -sS "$METRICS" | grep -q '^switchboard_probe_success 1'; }
    WITHIN=25 await probed
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$WORK/desk.key" -out "$WORK/desk.pem" \
        -days 90 -subj /CN=desk 2> /dev/null
    ENCRYPTED=$(SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], metrics: "127.0.0.1:0",
        tls: { certificate: desk.pem, key: desk.key } }' rules encrypted <<< "$LINES")
    serve "$ENCRYPTED" --control "$WORK/fourth.sock" --state "$WORK/fourth"
    "$ROOT/examples/monitoring/check" "$METRICS" "$(head -1 "$OUT" | jq -re .metrics)"
else
    echo "SKIPPED: there is no promtool; make monitoring gets one"
fi
