#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The JSON Schema of the rules file, judged by a validator that is not ours: it takes what `check` takes, and refuses
# what `check` refuses for its shape.

source "$(dirname "$0")/lib.sh"

"$SWITCHBOARD" schema > "$WORK/schema.json"

# validate FILE...: prints what the schema has against each file.
validate() { python3 -W ignore "$SCRIPTS/validate.py" "$WORK/schema.json" "$@"; }

say "the starter, the examples and the valid fixtures are valid"
"$SWITCHBOARD" init "$WORK/starter" > /dev/null 2>&1
files=("$WORK/starter/switchboard.yaml" "$ROOT"/examples/*/switchboard.yaml
    "$ROOT"/Tests/ConfigFilesTests/Fixtures/valid/*.yaml)
expect "$(validate "${files[@]}")" ""
((${#files[@]} > 9)) || fail "only ${#files[@]} files were found"

say "every key with a value of its kind is valid"
cat > "$WORK/full.yaml" << 'EOR'
version: 1
timezone: Europe/Amsterdam
country: NL
server:
  listen: "[::1]:0"
  path: /webhook
  secrets: [{ env: SECRET }, { file: /run/secrets/hms }]
  allow_unsigned: false
  answer_within: 500ms
  max_body: 65536
  keep: { calls: 10, bytes: 64MiB }
lines:
  - { number: "+31850835037", name: 7, group: demo, hours: office, timezone: UTC, language: nl, assistant_id: a-1 }
unknown_line: closed
hours:
  office:
    weekly: { mon-fri: ["9:00-17:30"], "Sat, sun": closed, fri: "22:00-24:00" }
    dates: { 2026-12-25: closed }
    closed: { reject: Closed. }
    timezone: America/New_York
answers:
  closed: { reject: Closed. }
  usual: default
  json: { raw: '{"assistant":{}}' }
  whole:
    greeting: Hello {{caller.number|there}}
    llm:
      provider: openai
      model: gpt-4o
      temperature: 0.5
      max_completion_tokens: 100
      tools: []
      messages: [{ role: system, content: Be brief. }]
      top_p: 1
    stt: { provider: deepgram, model: nova-3-general, language: nl }
    tts: { provider: elevenlabs, voice_id: v, stability: 0.5, speed: 1 }
    analysis:
      min_messages_threshold: 2
      structured_data_plan: { enabled: true, schema: { type: object }, messages: [{ role: user, content: x }] }
      summary_plan: { messages: [{ role: user, content: x }] }
    metadata: { a: [1, null] }
    settings: { speech_config: { end_call_phrases: [bye bye] } }
    max_duration: 60
    assistant_id: a-2
rules:
  - name: all
    when:
      caller: ["+31612345678", withheld, { prefix: "+49" }, { country: [DE, AT] }, { language: de }, { number: ["+31612345679"] }]
      line: ["+31850835037"]
      group: demo
      during: office
      date: ["2026-12-25", "2026-12-26..2026-12-31"]
      calls_from_caller: { more_than: 5, within: 10m }
      calls_to_line: { more_than: 5, within: 1h30m }
      seen_before: { within: 30d }
      call_type: inbound_phone_call
      all: [{ group: demo }]
      any: [{ not: { during: ["13:00-18:00"] } }, { during: { dates: { "2026-12-25": "09:00-10:00" } } }]
    bypass_closures: true
    answer: whole
  - name: split
    split: { by: call, arms: [{ name: a, weight: 1, answer: default }, { name: b, weight: 0, answer: closed }] }
otherwise: usual
tag_answers: false
tests:
  - name: one
    call: { from: withheld, to: "+31850835037", at: "2026-07-01T22:00:00.5Z", type: web_call, id: x }
    with: { contact: { name: Jan }, earlier_calls: ["2026-07-01T21:00:00+0200"] }
    expect: { by: hours office, answer: { error: Closed. } }
EOR
expect "$("$SWITCHBOARD" check "$WORK/full.yaml" 2>&1 | grep -c ' error: ' || true)" 0 "$("$SWITCHBOARD" check "$WORK/full.yaml" 2>&1)"
expect "$(validate "$WORK/full.yaml")" ""

say "other servers are valid"
cat > "$WORK/servers.yaml" << 'EOR'
version: 1
contacts:
  - sqlite: { file: crm.sqlite, query: "SELECT name FROM people WHERE number = :number" }
  - http: { url: "http://127.0.0.1:9000/contacts/{number}", timeout: 500ms, cache: 5m }
forward:
  tool-calls: { url: "http://127.0.0.1:9000/tools", timeout: 5s }
  status-update: { url: "http://127.0.0.1:9000/status" }
  end-of-call-report: { url: "https://crm.example.com/reports" }
otherwise: { ask: { url: "https://crm.example.com/hms", timeout: 2s, otherwise: default } }
EOR
expect "$(validate "$WORK/servers.yaml")" ""

say "what is wrong in its shape is wrong for both"
mkdir "$WORK/bad"
number=0
while IFS= read -r line; do
    number=$((number + 1))
    printf 'version: 1\n%s\n' "$line" > "$WORK/bad/$(printf '%02d' $number).yaml"
done << 'EOR'
version: 2
timezon: Europe/Amsterdam
tag_answers: maybe
country: Netherlands
server: { listn: "127.0.0.1:1" }
server: { path: webhook }
server: { answer_within: 4 }
server: { keep: { calls: 0 } }
server: { secrets: hunter2 }
server: { secrets: [{ env: A, file: b }] }
lines: { number: "+31850835037" }
lines: [{ name: Demo }]
lines: [{ number: "12" }]
lines: [{ number: "+31850835037", hour: office }]
hours: { office: { closed: default } }
hours: { office: { weekly: { someday: closed } } }
hours: { office: { weekly: { mon: ["09:00-25:00"] } } }
hours: { office: { dates: { "25-12-2026": closed } } }
answers: { default: { reject: x } }
answers: { a: {} }
answers: { a: { reject: x, greeting: y } }
answers: { a: { reject: "" } }
answers: { a: { llm: { provider: openai } } }
answers: { a: { llm: { provider: openai, model: m, temperature: 3 } } }
answers: { a: { llm: { provider: openai, model: m, messages: [{ role: boss, content: x }] } } }
answers: { a: { stt: { provider: deepgram, model: m } } }
answers: { a: { tts: { provider: google, voice_id: v, speed: 9 } } }
answers: { a: { metadata: { switchboard: x } } }
answers: { a: { settings: { first_message: x } } }
answers: { a: { max_duration: 0 } }
answers: { a: { raw: "[]" } }
rules: [{ name: a }]
rules: [{ answer: default }]
rules: [{ name: a, when: {}, answer: default }]
rules: [{ name: a, when: { moon: full }, answer: default }]
rules: [{ name: a, when: { caller: { prefix: "+31", country: NL } }, answer: default }]
rules: [{ name: a, when: { caller: { country: Germany } }, answer: default }]
rules: [{ name: a, when: { date: tomorrow }, answer: default }]
rules: [{ name: a, when: { calls_to_line: { more_than: 5 } }, answer: default }]
rules: [{ name: a, when: { seen_before: { within: soon } }, answer: default }]
rules: [{ name: a, when: { any: [] }, answer: default }]
rules: [{ name: a, answer: default, split: { by: call, arms: [{ name: a, weight: 1, answer: default }, { name: b, weight: 1, answer: default }] } }]
rules: [{ name: a, split: { by: moon, arms: [{ name: a, weight: 1, answer: default }, { name: b, weight: 1, answer: default }] } }]
rules: [{ name: a, split: { by: call, arms: [{ name: a, weight: 1, answer: default }] } }]
contacts: [{ xml: people.xml }]
tests: [{ name: a, call: { from: withheld, to: withheld, at: yesterday }, expect: { by: otherwise } }]
tests: [{ name: a, call: { from: withheld, to: withheld, at: "2026-07-01T22:00:00Z" }, expect: {} }]
tests: [{ name: a, call: { from: withheld, at: "2026-07-01T22:00:00Z" }, expect: { by: otherwise } }]
EOR
sed -i 1d "$WORK/bad/01.yaml"
validate "$WORK"/bad/*.yaml > "$WORK/refused"
for file in "$WORK"/bad/*.yaml; do
    grep -q "^$file: " "$WORK/refused" || fail "the schema takes: $(sed -n '$p' "$file")"
    ! "$SWITCHBOARD" check "$file" > /dev/null 2>&1 || fail "the reader takes: $(sed -n '$p' "$file")"
done
