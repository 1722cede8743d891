#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the control socket says is what docs/openapi.yaml describes, and what that takes is what the server takes.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

DESCRIPTION=$ROOT/docs/openapi.yaml

# valid SCHEMA DOCUMENTS: they are as the description says, which is found out at the end of the script.
valid() {
    local document
    [ -n "$2" ] || fail "there is no $1 to validate"
    while IFS= read -r document; do
        [ -z "$document" ] || printf '%s\t%s\t%s\n' "$(place)" "$1" "$document"
    done <<< "$2" >> "$WORK/documents"
}

RULES=$(rules api << 'END'
lines:
  - { number: "+31850835037", name: Demo, group: demo }
  - { number: "+31201234567", name: Front desk, hours: never }
  - { number: "+31701234569", name: Press }
hours: { never: { weekly: {}, closed: closed } }
answers: { closed: { reject: "We are closed." } }
rules:
  - name: experiment
    when: { line: "+31850835037" }
    split:
      by: call
      arms:
        - { name: short, weight: 1, answer: { greeting: "Hi." } }
        - { name: none, weight: 0, answer: default }
  - name: other server
    when: { line: "+31701234569" }
    answer: { ask: { url: "http://127.0.0.1:1/hms", timeout: 100ms, otherwise: default } }
END
)
desk_server "$RULES"

say "before anything happened"
valid Health "$(api GET /healthz)"
valid Status "$(api GET /v1/status)"
valid CallPage "$(api GET /v1/calls)"

say "calls of every kind"
tag=$(post "$(request c-1)" | jq -c .assistant)
post "$(request c-1)" > /dev/null
post "$(update c-1 in-progress "$tag")" > /dev/null
post "$(update c-2 transferred)" > /dev/null
post "$(update c-3 ended-with-error)" > /dev/null
post "$(request c-4 anonymous +31201234567)" > /dev/null
post "$(request c-5 "" +31701234569)" > /dev/null
post '{"message":{"type":"tool-calls","call":{"id":"c-1"},"tool_calls":[{"function":{"name":"x"}}]}}' > /dev/null
post '{"message":{"type":"speech-update","call":{"id":"c-1"}}}' > /dev/null
post '{"message":{"type":"hang","call":{}}}' > /dev/null
post '{"message":{"type":"end-of-call-report","call":{"id":"c-1"},"duration_seconds":41,"summary":"Asked."}}' > /dev/null
post no-json > /dev/null
SIGN_WITH=wrong post "$(request c-6)" > /dev/null
AGE=900 post "$(request c-6)" > /dev/null
valid CallPage "$(api GET /v1/calls)"
valid CallPage "$(api GET '/v1/calls?limit=1')"
expect "$(api GET '/v1/calls?limit=2' | jq -c '[.calls[].id, .next]')" '["c-5","c-4",3]'
valid Call "$(api GET /v1/calls/c-1)"
expect "$(api GET /v1/calls | jq -c '[.calls[] | .state] | unique')" \
    '["ended","failed","rejected","ringing","transferred"]'
valid Error "$(api GET /v1/calls/c-9)"
valid Error "$(api GET '/v1/calls?limit=x')"
valid Error "$(api GET /v1/nothing)"

say "orders that the description takes are taken, and what they come to is described"
while IFS= read -r order; do
    valid Command "$order"
    reply=$(api POST /v1/overrides "$order")
    if jq -e .error <<< "$reply" > /dev/null; then
        valid Error "$reply"
        expect_match "$(jq -r .error.code <<< "$reply")" '^(no_override|nothing_forced|unknown_group|too_long)$' "$order: $reply"
    else
        valid Outcome "$reply"
    fi
    valid Status "$(api GET /v1/status)"
done << 'END'
{"act":"begin","kind":"closed","scopes":["all"],"until":"reopened"}
{"act":"begin","kind":"inform","text":null,"scopes":["group demo","line +31201234567"],"reason":"drill","for_seconds":60}
{"act":"begin","kind":"greeting","text":"Hoi","scopes":["all"],"for_seconds":60,"who":{"user":"jan","terminal":"pts/3"}}
{"act":"clear greeting","scopes":["all"]}
{"act":"undo"}
{"act":"open","scopes":["all"],"who":null}
{"act":"begin","kind":"open","scopes":["line +31201234567"],"until":"2040-01-01T00:00:00+01:00","text":null}
{"act":"follow hours","scopes":["group demo"]}
{"act":"begin","kind":"open","scopes":["group nobody"],"for_seconds":60}
{"act":"end","id":999}
END
valid Override "$(api GET /v1/overrides | jq -c '.overrides[]')"
valid Outcome "$(api DELETE "/v1/overrides/$(api GET /v1/overrides | jq '.overrides[0].id')")"
valid Error "$(api DELETE /v1/overrides/999)"

say "orders that the description refuses for their shape are refused"
while IFS= read -r order; do
    valid !Command "$order"
    expect "$(api POST /v1/overrides "$order" | jq -r .error.code)" bad_document "$order"
done << 'END'
{}
{"act":"close","scopes":["all"]}
{"act":"undo","id":1}
{"act":"end"}
{"act":"end","id":"1"}
{"act":"open"}
{"act":"open","scopes":"all"}
{"act":"open","scopes":["everything"]}
{"act":"open","scopes":["line 0850835037"]}
{"act":"open","scopes":["all"],"kind":"open"}
{"act":"undo","who":{"terminal":"pts/3"}}
{"act":"undo","who":{"user":"jan","tty":"pts/3"}}
{"act":"begin","scopes":["all"]}
{"act":"begin","kind":"shut","scopes":["all"]}
{"act":"begin","kind":"greeting","scopes":["all"]}
{"act":"begin","kind":"open","text":"Hoi","scopes":["all"]}
{"act":"begin","kind":"open","scopes":["all"],"for_seconds":0}
{"act":"begin","kind":"open","scopes":["all"],"for_seconds":1.5}
{"act":"begin","kind":"open","scopes":["all"],"for_seconds":60,"until":"reopened"}
{"act":"begin","kind":"open","scopes":["all"],"untl":"reopened"}
END

say "the rest"
question='{"from":"withheld","to":"+31850835037","at":"2026-07-01T22:00:00+02:00"}'
valid Question "$question"
valid Explanation "$(api POST /v1/explain "$question")"
valid Explanation "$(api POST /v1/explain '{"from":"+31612345678","to":"+31201234567"}')"
valid Error "$(api POST /v1/explain '{"from":"x","to":"+31850835037"}')"
valid TestCall "$(api POST /v1/test-calls '{"from":"+31612345678","to":"+31201234567"}')"
valid Error "$(api POST /v1/test-calls '{"from":"+31612345678"}')"
valid Reload "$(api POST /v1/reload)"
echo 'rules: nothing' >> "$RULES"
valid Reload "$(api POST /v1/reload)"
expect "$(api POST /v1/reload | jq .taken)" false

say "the stream tells every kind of event, each as it is described"
follows "$WORK/stream" '?with=desk'
await streamed "$WORK/stream" status totals line_counts || fail "the stream is not whole: $(cut -c1-100 "$WORK/stream")"
valid StreamLine "$(cat "$WORK/stream")"
expect "$(jq -r .event "$WORK/stream" | sort -u | tr '\n' ' ')" 'call desk hello line_counts news refused status stray totals '
cursor=$(jq -s '[.[].cursor // 0] | max' "$WORK/stream")
follows "$WORK/rest" "?after=$((cursor - 1))"
whole() { [ "$(grep -c . "$WORK/rest")" = 2 ]; }
await whole || fail "the rest of the stream is: $(cat "$WORK/rest")"
expect "$(jq -c .cursor "$WORK/rest" | tr '\n' ' ')" "$((cursor - 1)) $cursor " "what comes after a cursor"

say "$(wc -l < "$WORK/documents") documents are as the description says"
findings=$(python3 -W ignore "$SCRIPTS/openapi.py" "$DESCRIPTION" < "$WORK/documents")
expect "$findings" ""
