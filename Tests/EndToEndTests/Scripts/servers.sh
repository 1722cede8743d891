#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Contacts and answers of other servers: right, slow, down, wrong and huge. Every call is answered in time, and the log
# says what happened. The other server is Python's, so that nothing of ours checks itself.

source "$(dirname "$0")/lib.sh"

upstream
DOWN=http://127.0.0.1:9 # nothing listens there

# answered ID: sends a call and sets REPLY and MS, how long the reply took.
answered() {
    local start=${EPOCHREALTIME/./}
    REPLY=$(post "$(request "$1" "${2-+31612345678}")")
    MS=$(((${EPOCHREALTIME/./} - start) / 1000))
}
# held ID: whether the log says that the first lookup of a call found something.
held() { jq -r "select(.event == \"call\" and .id == \"$1\") | .lookups[0].held" "$OUT"; }

# why ID: what the log says of the lookups of a call.
why() { jq -r "select(.event == \"call\" and .id == \"$1\") | .lookups // [] | map(.what + \": \" + .why) | join(\" | \")" "$OUT"; }

# crm MODE URL WORDS NAME: the contact source that misbehaves is passed over within its time, and the log says why.
crm() {
    say "contacts: $1"
    serve "$(SERVER='{ answer_within: 2s, secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }' rules "crm-$1" << EOR
tag_answers: false
contacts:
  - http: { url: "$2/{number}", timeout: ${TIMEOUT:-300ms}, cache: 5m }
otherwise: { greeting: "Hallo {{contact.name|daar}}" }
EOR
    )"
    answered "c-$1"
    expect_json "$REPLY" "{\"assistant\":{\"first_message\":\"Hallo $4\"}}" "$1"
    [ "$MS" -lt 2000 ] || fail "answered after $MS ms"
    await logged ".id == \"c-$1\""
    expect_match "$(why "c-$1")" "^contact: http://[0-9.:]+/[a-z/]*\{number\} .*$3" "$1"
    expect "$(held "c-$1")" "$([ "$4" = Jan ] && echo true || echo false)" "$1"
}
TIMEOUT=1500ms crm right "$OTHER/contacts/right" '' Jan
answered c-unknown +31699999999
expect_json "$REPLY" '{"assistant":{"first_message":"Hallo daar"}}'
await logged '.id == "c-unknown"'
expect "$(held c-unknown)" false
halt "$PID"
crm slow "$OTHER/contacts/slow" 'timed out' daar
halt "$PID"
crm stall "$OTHER/contacts/stall" 'timed out$' daar
halt "$PID"
crm drip "$OTHER/contacts/drip" 'timed out$' daar
halt "$PID"
crm wrong "$OTHER/contacts/wrong" 'JSON' daar
halt "$PID"
crm huge "$OTHER/contacts/huge" '65536' daar
halt "$PID"
crm broken "$OTHER/contacts/broken" '500' daar
halt "$PID"
crm down "$DOWN/contacts" '' daar
answered c-down2
answered c-down3
answered c-down4
await logged '.id == "c-down4"'
[ "$(why c-down4)" != "$(why c-down)" ] || fail "the source is asked after three failures: $(why c-down4)"
halt "$PID"

# ask MODE URL EXPECTED WORDS: an answer that another server gives, or the one that goes out without it.
ask() {
    say "ask: $1"
    serve "$(SERVER='{ answer_within: 2s, secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }' rules "ask-$1" << EOR
otherwise: { ask: { url: "$2", timeout: ${TIMEOUT:-500ms}, otherwise: { reject: "Without" } } }
EOR
    )"
    answered "a-$1"
    expect_json "$REPLY" "$3" "$1"
    [ "$MS" -lt 2000 ] || fail "answered after $MS ms"
    await logged ".id == \"a-$1\""
    expect_match "$(why "a-$1")" "^ask http://[0-9.:]+/[a-z/]* ?.*$4" "$1"
    expect "$(held "a-$1")" "$([ "$1" = right ] && echo true || echo false)" "$1"
    halt "$PID"
}
TIMEOUT=1500ms ask right "$OTHER/hms/right" '{"error":"asked"}' '[0-9]+ ms'
asked=$(tail -1 "$WORK/posts.jsonl")
expect "$(jq -r .body <<< "$asked")" "$(request a-right)" "the body is sent as it came"
printf '%s' "$(request a-right)" > "$WORK/asked.body"
expect "$(jq -r '.headers["x-webhook-signature"]' <<< "$asked")" \
    "$(signature "$(jq -r '.headers["x-webhook-timestamp"]' <<< "$asked")" "$WORK/asked.body")" "it can check the signature"
ask slow "$OTHER/hms/slow" '{"error":"Without"}' 'timed out.*[0-9]+ ms'
ask stall "$OTHER/hms/stall" '{"error":"Without"}' 'timed out.*[0-9]+ ms'
ask drip "$OTHER/hms/drip" '{"error":"Without"}' 'timed out.*[0-9]+ ms'
ask wrong "$OTHER/hms/wrong" '{"error":"Without"}' 'JSON'
ask huge "$OTHER/hms/huge" '{"error":"Without"}' '1048576'
ask broken "$OTHER/hms/broken" '{"error":"Without"}' '500'
ask down "$DOWN/hms" '{"error":"Without"}' ''

say "timeouts together stay within answer_within"
serve "$(SERVER='{ answer_within: 1s, secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }' rules together << EOR
contacts:
  - http: { url: "$OTHER/contacts/slow/{number}", timeout: 700ms }
rules:
  - name: known
    when: { contact: known }
    answer: default
otherwise: { ask: { url: "$OTHER/hms/slow", timeout: 900ms, otherwise: { reject: "Without" } } }
EOR
)"
answered together
expect_json "$REPLY" '{"error":"Without"}'
await logged '.id == "together"'
expect "$(jq 'select(.id == "together") | .latency_ms < 1500' "$OUT")" true "the timeouts add up to 1600 ms"
halt "$PID"

say "forward: tool calls get their answer, status updates and reports are told of"
: > "$WORK/posts.jsonl"
serve "$(rules forward << EOR
forward:
  tool-calls: { url: "$OTHER/tools/right" }
  status-update: { url: "$OTHER/listen/slow" }
  end-of-call-report: { url: "$OTHER/listen/broken" }
EOR
)"
tools='{"message":{"type":"tool-calls","call":{"id":"f1"},"tool_call_list":[{"id":"t1","type":"function","function":{"name":"add","arguments":{"a":1,"b":3}}}]}}'
expect_json "$(post "$tools")" '{"results":[{"tool_call_id":"t1","result":4}]}'
start=${EPOCHREALTIME/./}
expect_json "$(post "$(update f1 in-progress)")" '{}'
[ $(((${EPOCHREALTIME/./} - start) / 1000)) -lt 2500 ] || fail "the platform waited for the listener"
report='{"message":{"type":"end-of-call-report","call":{"id":"f1"}}}'
expect_json "$(post "$report")" '{}'
await logged '.event == "desk" and (.words | test("end-of-call-report.*http://.*500"))'
await grep -q listen/slow "$WORK/posts.jsonl"
expect "$(jq -r .path "$WORK/posts.jsonl" | sort | xargs)" "/listen/broken /listen/slow /tools/right"
halt "$PID"

say "a server that stalls after its response head gets 40 calls at once"
cat > "$WORK/stalling.py" << 'EOP'
import http.server, time

class Stalling(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        body = b'{"error":"asked"}'
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.flush()
        time.sleep(60)

    def log_message(self, *words):
        pass

class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, request, address):
        pass

server = Server(("127.0.0.1", 0), Stalling)
print(server.server_port, flush=True)
server.serve_forever()
EOP
(cd "$WORK" && exec python3 stalling.py > stalling.port 2> stalling.err) &
finally $!
await test -s "$WORK/stalling.port" || fail "the stalling server does not start: $(cat "$WORK/stalling.err")"
STALLING=http://127.0.0.1:$(cat "$WORK/stalling.port")
serve "$(SERVER='{ answer_within: 2s, secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }' rules stalling << EOR
forward:
  tool-calls: { url: "$STALLING/tools", timeout: 500ms }
  status-update: { url: "$STALLING/listen", timeout: 300ms }
  end-of-call-report: { url: "$OTHER/listen/right" }
otherwise: { ask: { url: "$STALLING/hms", timeout: 700ms, otherwise: { reject: "Without" } } }
EOR
)"
start=${EPOCHREALTIME/./}
asking=()
for number in {1..40}; do
    post "$(request "stalled-$number")" > "$WORK/stalled.$number" &
    asking+=($!)
done
wait "${asking[@]}"
took=$(((${EPOCHREALTIME/./} - start) / 1000))
[ "$took" -lt 8000 ] || fail "40 calls took $took ms"
for number in {1..40}; do expect_json "$(cat "$WORK/stalled.$number")" '{"error":"Without"}' "call $number"; done
await logged '.id == "stalled-1" and .latency_ms < 2000'

say "tool calls and notices do not wait for a stalled server either"
start=${EPOCHREALTIME/./}
post "$tools" -o /dev/null
[ $(((${EPOCHREALTIME/./} - start) / 1000)) -lt 2500 ] || fail "tool calls waited for a stalled server"
: > "$WORK/posts.jsonl"
for number in {1..10}; do post "$(update "n$number" in-progress)" -o /dev/null; done
post "$report" -o /dev/null
await grep -q listen/right "$WORK/posts.jsonl"

halt "$PID"
