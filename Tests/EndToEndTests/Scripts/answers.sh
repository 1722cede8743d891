#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What is answered: one signed request under six rules files, the other webhooks, strange callers, the older dialect.

source "$(dirname "$0")/lib.sh"

GREETING='{"assistant":{"first_message":"Hallo Jan, leuk dat je belt! Hoe kan ik je helpen?"}}'
MODEL='{"assistant":{"llm_config":{"provider":"openai","model":"gpt-4o","messages":[{"role":"system","content":"Je spreekt met Jan de Vries, een VIP klant. Wees extra behulpzaam."}]}}}'
LIMIT='{"max_duration_seconds":300}'
CLOSED='{"error":"Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren."}'
ANALYSIS='{"assistant":{"analysis_plan":{"structured_data_plan":{"enabled":true,"schema":{"type":"object","properties":{"intent":{"type":"string"},"sentiment":{"type":"string","enum":["positive","neutral","negative"]},"appointment_booked":{"type":"boolean"}}},"messages":[{"role":"system","content":"Analyze the call transcript according to the schema: {{schema}}"},{"role":"user","content":"Transcript: {{transcript}}"}]}}}}'

# answers NAME EXPECTED: the sample request under the rules on stdin gets this, without a tag and with one.
answers() {
    local text actual
    text=$(cat)
    say "$1"
    # The same call comes again and again: a state folder of its own keeps each server from repeating its answer.
    serve "$(rules "$1" <<< "$text"$'\ntag_answers: false')" --state "$WORK/state-$servers"
    expect_json "$(post "$SAMPLE")" "$2" "$1 without a tag"
    halt "$PID"
    serve "$(rules "$1-tagged" <<< "$text")" --state "$WORK/state-$servers"
    actual=$(post "$SAMPLE")
    if [[ $2 == '{"assistant"'* ]]; then
        expect_json "$(jq -c '.assistant.metadata.switchboard | keys' <<< "$actual")" '["by","decision","revision"]' "$1"
        expect_json "$(jq -c '.assistant.metadata | keys' <<< "$actual")" '["switchboard"]' "$1"
        actual=$(jq -c 'del(.assistant.metadata)' <<< "$actual")
    fi
    expect_json "$actual" "$2" "$1 beside its tag"
    await logged '.event == "call" and .answer'
    halt "$PID"
}

answers default '{}' <<< 'otherwise: default'

answers greeting "$GREETING" << 'EOR'
rules:
  - name: jan
    when: { caller: "+31612345678" }
    answer: { greeting: "Hallo Jan, leuk dat je belt! Hoe kan ik je helpen?" }
EOR

answers model "$MODEL" << 'EOR'
answers:
  vip:
    llm:
      provider: openai
      model: gpt-4o
      messages:
        - { role: system, content: "Je spreekt met Jan de Vries, een VIP klant. Wees extra behulpzaam." }
rules:
  - { name: vip, when: { caller: { prefix: "+316" } }, answer: vip }
EOR

answers limit "$LIMIT" << 'EOR'
lines:
  - { number: "+31850835037", name: HMS Sovereign Demo }
rules:
  - { name: short, when: { line: "+31850835037" }, answer: { max_duration: 300 } }
EOR

answers closed "$CLOSED" << 'EOR'
timezone: Europe/Amsterdam
lines:
  - { number: "+31850835037", name: HMS Sovereign Demo, hours: craft }
hours:
  craft: { weekly: { mon-sun: [] }, closed: closed }
answers:
  closed: { reject: "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren." }
EOR

answers analysis "$ANALYSIS" << 'EOR'
answers:
  survey:
    analysis:
      structured_data_plan:
        enabled: true
        schema:
          type: object
          properties:
            intent: { type: string }
            sentiment: { type: string, enum: [positive, neutral, negative] }
            appointment_booked: { type: boolean }
        messages:
          - { role: system, content: "Analyze the call transcript according to the schema: {{schema}}" }
          - { role: user, content: "Transcript: {{transcript}}" }
otherwise: survey
EOR

serve "$(rules desk << 'EOR'
lines:
  - { number: "+31850835037", name: Demo }
  - { number: "+31850835038", name: Closed, hours: never }
  - { number: "+31850835039", name: Saved, assistant_id: 0b6f1f5e-0000-4000-8000-000000000001 }
hours:
  never: { weekly: {}, closed: { reject: "Closed." } }
unknown_line: { reject: "This number is not in service." }
rules:
  - { name: withheld, when: { caller: withheld }, answer: { greeting: "Hello, whoever you are." } }
  - { name: short, when: { caller: "+31600000001" }, answer: { max_duration: 300, greeting: "Hi." } }
otherwise: { greeting: "Hello {{caller.number|caller}}." }
EOR
)"

# greeting BODY: the words of the answer to a webhook.
greeting() { post "$1" | jq -r '.assistant.first_message // .assistant.firstMessage // .error'; }

say "callers without a number"
expect "$(greeting "$(request null | jq -c '.message.customer.number = null')")" "Hello, whoever you are." null
expect "$(greeting "$(request absent | jq -c 'del(.message.customer)')")" "Hello, whoever you are." absent
expect "$(greeting "$(request empty '')")" "Hello, whoever you are." empty
expect "$(greeting "$(request word anonymous)")" "Hello, whoever you are." anonymous
expect "$(greeting "$(request sip sip:jan@example.com)")" "Hello caller." "no telephone number"
await logged '.event == "call" and .id == "absent" and .from == null'

say "lines: unknown, closed on every day, with a saved assistant"
expect "$(greeting "$(request unknown +31612345678 +31201111111)")" "This number is not in service."
await logged '.id == "unknown" and .by == "unknown line" and .state == "rejected"'
expect "$(greeting "$(request never +31612345678 +31850835038)")" "Closed."
await logged '.id == "never" and .by == "hours never"'
saved=$(post "$(request saved +31612345678 +31850835039)")
expect "$(jq -r .assistant_id <<< "$saved")" 0b6f1f5e-0000-4000-8000-000000000001
expect "$(jq -r .assistant_override.first_message <<< "$saved")" "Hello +31612345678."
expect "$(jq -r '.assistant_override.metadata.switchboard | keys | join(" ")' <<< "$saved")" "by decision revision"

say "the older dialect is answered in kind"
older='{"message":{"type":"assistant-request","timestamp":"2025-12-13T12:00:00.000Z","call":{"id":"older","type":"inboundPhoneCall","status":"ringing"},"phoneNumber":{"number":"+31850835037"},"customer":{"number":"+31600000001"}}}'
reply=$(post "$older")
expect_json "$(jq -c 'del(.assistant.metadata)' <<< "$reply")" \
    '{"assistant":{"firstMessage":"Hi."},"maxDurationSeconds":300}'

say "the same call gets the same bytes, and is counted once"
first=$(post "$SAMPLE")
second=$(post "$SAMPLE")
expect "$second" "$first"
post "$(request later)" > "$WORK/later"
await logged '.id == "later"'
expect "$(jq -c 'select(.event == "call" and .id == "5c4d030f-43e3-4e65-899e-8148521e660f" and (.repeat | not))' \
    "$OUT" | wc -l)" 1

say "the echoed tag: applied, and not applied without it"
echo_of=$(jq -c .assistant <<< "$first")
await logged '.id == "5c4d030f-43e3-4e65-899e-8148521e660f" and .applied == "unconfirmed"'
expect_json "$(post "$(update 5c4d030f-43e3-4e65-899e-8148521e660f in-progress "$echo_of")")" '{}'
await logged '.event == "status" and .id == "5c4d030f-43e3-4e65-899e-8148521e660f" and .applied == "applied" and .state == "live"'
post "$(request ignored)" > "$WORK/ignored"
expect_json "$(post "$(update ignored in-progress '{"first_message":"The saved one."}')")" '{}'
await logged '.event == "status" and .id == "ignored" and .applied == "not applied"'

say "the other webhooks"
report='{"message":{"type":"end-of-call-report","timestamp":"2026-07-01T10:05:00.000Z","call":{"id":"ignored","status":"ended"},"duration_seconds":252,"summary":"Asked about \"hours\".","end_reason":"user_hangup"}}'
expect_json "$(post "$report")" '{}'
await logged '.event == "report" and .id == "ignored" and .seconds == 252 and .state == "ended"'
tools='{"message":{"type":"tool-calls","call":{"id":"ignored","status":"in-progress"},"tool_call_list":[{"id":"t1","type":"function","function":{"name":"book","arguments":{}}}]}}'
expect "$(post "$tools" | jq -c keys)" '["error"]'
await logged '.event == "tools" and .tools == ["book"]'
expect_json "$(post '{"message":{"type":"brand-new","call":{"id":"ignored"}}}')" '{}'
await logged '.event == "other" and .type == "brand-new"'
expect_json "$(post '{"message":{"type":"brand-new"}}')" '{}'
expect "$(status '{"message":{"type":"brand-new"}}')" 200

halt "$PID"
expect "$CODE" 0
calls=$(jq -r 'select(.event == "call" and (.repeat | not)) | .id' "$OUT" | wc -l)
expect_match "$(cat "$ERR")" " $calls calls, 2 rejected, 0 requests"
