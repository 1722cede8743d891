#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The bytes of every surface: answers, readiness line, event lines, exports, control API, metrics, check, explain, status,
# state and audit, each compared with a file in ../Goldens.
#
# To record the files again, with a program whose bytes are known to be right:
#
#     SWITCHBOARD=/path/to/switchboard RECORD=1 Tests/EndToEndTests/Scripts/surfaces.sh
#     git diff Tests/EndToEndTests/Goldens
#
# What depends on the time, the port or the process is replaced before a file is recorded (`fixed`). Sentences for people
# are recorded as they are and left out of the comparison (`unspoken`), so that their wording can change.
#
# ../Goldens/state-v1 is a state folder that version 0.1.0 wrote: later versions must read it. RECORD leaves it alone;
# RECORD_STATE=1 writes it.

source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/desk.bash"

GOLDENS=$ROOT/Tests/EndToEndTests/Goldens
SECRET=the-secret-of-the-goldens
export SWITCHBOARD_WEBHOOK_SECRET=$SECRET
differences=0

# fixed: replaces what another run has otherwise, and leaves out the account that it has; times within webhooks are in 2001 and stay.
fixed() {
    local day='20[2-9][0-9]-[0-9]{2}-[0-9]{2}T[0-9:]{8}'
    sed -E -e "s/\"$day\.[0-9]{3}Z\"/\"<ms>\"/g" -e "s/\"$day\.[0-9]{6}Z\"/\"<us>\"/g" \
        -e "s/\"until\":\"$day[+-]/\"until\":\"<s>+/g" \
        -e "s#$WORK#<folder>#g" -e "s#$OTHER#http://<other>#g" \
        -e "s#127\.0\.0\.1:${PORT:-none}#127.0.0.1:<port>#g" -e "s/\"port\":${PORT:-none}([,}])/\"port\":<port>\1/g" \
        -e "s/\"pid\":${PID:-none}([,}])/\"pid\":<pid>\1/g" -e 's/"instance":"[^"]*"/"instance":"<instance>"/g' \
        -e "s/${REVISION:-none}/<revision>/g" \
        -e 's/("decision" ?: ?")d-[0-9a-z]+-/\1d-<start>-/g' -e 's/(decision\\": ?\\")d-[0-9a-z]+-/\1d-<start>-/g' \
        -e 's/"(latency_ms|p50|p99|max)":[0-9]+\.[0-9]{3}/"\1":<ms>/g' \
        -e 's/"(answering_)?microseconds":[0-9]+/"\1microseconds":<us>/g' \
        -e 's/"answer_times":\[\[[][0-9,]*\]/"answer_times":[<times>]/g' -e 's/"calls":\[[0-9,]+\]/"calls":[<minutes>]/g' \
        -e 's/"silence":\{"seconds":[0-9]+,/"silence":{"seconds":<s>,/g' \
        -e 's/^(switchboard_last_call_timestamp_seconds\{.*\}|switchboard_today_since_timestamp_seconds) .*/\1 <n>/' \
        -e 's/,"uid":[0-9]+,"account":("[^"]*"|null)//g' -e 's/, account [^()"]+\)/)/g' -e 's/ \(account [^()"]+\)//g' \
        -e 's/"age":90[0-9]/"age":<age>/g' -e 's/(in|after) [0-9]+ ms/\1 <n> ms/g' \
        -e 's/^(switchboard_answer_duration_seconds_(sum|bucket\{le="[0-9.]+"\})) .*/\1 <n>/'
}

# unspoken: leaves out the sentences, and the codes of findings, which are newer than the files.
#
# A time that falls on a whole millisecond, one in a thousand, is written with three digits where others have six.
unspoken() {
    local text='"([^"\\]|\\.)*"'
    sed -E -e 's/"<ms>"/"<us>"/g' -e "s/\"(message|hears|why)\":$text/\"\1\":<words>/g" -e "s/^\{\"words\":$text/{\"words\":<words>/" \
        -e "s/(\"event\":\"desk\",\"at\":[^,]*,\"words\":|\"reason\":$text,\"words\":|\"undo\":\{\"words\":)$text/\1<words>/g" \
        -e "s/,\"words\":$text,\"begun\":/,\"words\":<words>,\"begun\":/g" \
        -e "s/\"(warnings|caveats|details)\":\[$text(,$text)*\]/\"\1\":[<words>]/g" -e 's/^# HELP ([a-z_]+) .*/# HELP \1/' \
        -e 's/("message":<words>),"code":"[a-z0-9-]+"/\1/g'
}

# golden NAME: compares stdin with the file of that name, or records it.
golden() {
    local file=$GOLDENS/$1
    fixed > "$WORK/actual"
    if [ -n "${RECORD:-}" ]; then
        cp "$WORK/actual" "$file"
        return
    fi
    diff <(unspoken < "$file") <(unspoken < "$WORK/actual") > "$WORK/difference" && return
    differences=$((differences + 1))
    echo "  $1 has changed:" >&2
    head -c 4000 "$WORK/difference" >&2
}

upstream
mkdir "$WORK/desk"
cat > "$WORK/desk/contacts.csv" << 'END'
number,name,tier,Remark
+31 6 11111111,Jan,vip,"says ""hello"", often"
0612222222,Zoë,gold,
END
printf '# nobody wants them\n+31699999999\n0900-1234567\n' | sed 's/^0900.*/+31699999998/' > "$WORK/desk/blocklist.txt"
cat > "$WORK/desk/switchboard.yaml" << END
version: 1
timezone: Europe/Amsterdam
country: NL
server:
  secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }]
  answer_within: 3s
  max_body: 65536
  keep: { calls: 100, bytes: 4MiB }
  journal: false
lines:
  - { number: "+31850835037", name: Demo, group: demo }
  - { number: "+31201234567", name: Front desk, group: amsterdam, hours: always }
  - { number: "+31201234568", name: "Billing \"é\"", group: amsterdam, hours: never }
  - { number: "+31701234569", name: Press, hours: never, timezone: America/New_York }
  - { number: "+31701234570", name: Saved, assistant_id: 0b6f1f5e-0000-4000-8000-000000000001 }
  - { number: "+31701234571", name: Other server }
  - { number: "+31701234572", name: Other server that fails }
  - { number: "+31701234573", name: Raw }
unknown_line: { reject: "This number is not in service." }
hours:
  always: { weekly: { mon-sun: ["00:00-12:00", "12:00-24:00"] }, closed: closed }
  never: { weekly: {}, closed: closed }
answers:
  closed: { reject: "We are closed, {{caller.number|caller}}. \"Bye\"." }
  greets: { greeting: "Hello {{contact.name|there}}, this is {{line.name}}. {{transcript}}" }
  model:
    llm:
      provider: openai
      model: gpt-4o
      messages: [{ role: system, content: "You speak with {{contact.name|somebody}} at {{line.number}}." }]
    metadata: { desk: front }
  survey:
    analysis: { structured_data_plan: { enabled: true, schema: { type: object }, messages: [{ role: user, content: "x {{schema}}" }] } }
  short: { max_duration: 300 }
  json: { raw: '{"assistant": {"first_message": "Raw \u00e9 {{caller.number|none}}"}}' }
contacts:
  - csv: contacts.csv
  - http: { url: "$OTHER/contacts/right/{number}", timeout: 2s, cache: 5m }
rules:
  - { name: emergency, when: { caller: "+31600000112" }, bypass_closures: true, answer: { greeting: "Emergency." } }
  - { name: blocked, when: { caller: [{ in: blocklist.txt }] }, answer: { reject: "Goodbye." } }
  - { name: withheld, when: { caller: withheld, line: "+31850835037" }, answer: default }
  - { name: model, when: { contact: { tier: vip }, line: "+31850835037" }, answer: model }
  - { name: often, when: { calls_from_caller: { more_than: 2, within: 1h }, caller: "+31688888888" }, answer: short }
  - { name: survey, when: { caller: { prefix: "+49" }, during: always, not: { seen_before: { within: 1h } } }, answer: survey }
  - { name: german, when: { caller: { language: de } }, answer: { greeting: "Hallo." } }
  - name: experiment
    when: { line: "+31201234567" }
    split:
      by: caller
      arms:
        - { name: short, weight: 50, answer: { greeting: "Met de balie." } }
        - { name: usual, weight: 50, answer: greets }
  - { name: ask, when: { line: "+31701234571" }, answer: { ask: { url: "$OTHER/hms/right", timeout: 2s, otherwise: default } } }
  - { name: ask in vain, when: { line: "+31701234572" }, answer: { ask: { url: "$OTHER/hms/broken", timeout: 2s, otherwise: closed } } }
  - { name: raw, when: { line: "+31701234573" }, answer: json }
  - { name: web, when: { call_type: web_call }, answer: default }
otherwise: greets
forward:
  tool-calls: { url: "$OTHER/tools/right", timeout: 2s }
tests:
  - name: a vip gets the model
    call: { from: "+31611111111", to: "+31850835037", at: "2026-12-25T10:00:00+01:00" }
    with: { contact: { name: Jan, tier: vip } }
    expect: { by: rule model }
END
RULES=$WORK/desk/switchboard.yaml

# sent NAME BODY [CURL OPTION...]: sends a webhook and prints its name, and the head and body of its reply.
sent() {
    echo "== $1"
    post "$2" -i "${@:3}" | tr -d '\r'
    echo
}

# call ID FROM TO: an assistant-request, at a time that stays.
call() { request "$@" | sed 's/2026-07-01T10:00:00.000Z/2001-07-01T10:00:00.000Z/'; }

# webhook TYPE ID MEMBERS: another webhook of a call.
webhook() { jq -nc --arg type "$1" --arg id "$2" "{message: ({type: \$type, timestamp: \"2001-07-01T10:00:05.000Z\", call: {id: \$id}} + $3)}"; }

# traffic: calls and webhooks of every kind, one after the other.
traffic() {
    local tagged
    sent default "$(call c-default anonymous +31850835037)"
    sent greeting "$(call c-greeting +31612222222 +31850835037)"
    sent override "$(call c-override +31611111111 +31850835037)"
    sent analysis "$(call c-analysis +4930123456 +31850835037)"
    sent language "$(call c-language +4930123456 +31850835037)"
    sent rejected "$(call c-rejected +31699999999 +31850835037)"
    sent limit-1 "$(call c-limit-1 +31688888888 +31850835037)"
    sent limit-2 "$(call c-limit-2 +31688888888 +31850835037)"
    sent limit-3 "$(call c-limit-3 +31688888888 +31850835037)"
    sent raw "$(call c-raw +31612345678 +31701234573)"
    sent ask "$(call c-ask +31612345678 +31701234571)"
    sent ask-in-vain "$(call c-ask-in-vain +31612345678 +31701234572)"
    sent http-contact "$(call c-http-contact +31612345678 +31850835037)"
    sent split-1 "$(call c-split-1 +31612345671 +31201234567)"
    sent split-2 "$(call c-split-2 +31612345672 +31201234567)"
    sent split-3 "$(call c-split-3 +31612345673 +31201234567)"
    sent hours "$(call c-hours +31612222222 +31201234568)"
    sent bypass "$(call c-bypass +31600000112 +31201234568)"
    sent saved "$(call c-saved +31612222222 +31701234570)"
    sent unknown-line "$(call c-unknown-line +31612222222 +31201111111)"
    sent no-number "$(call c-no-number sip:jan@example.com +31850835037)"
    sent web "$(call c-web +31612222229 +31850835037 | sed 's/inbound_phone_call/web_call/')"
    sent null "$(call c-null null +31850835037 | jq -c '.message.customer.number = null | del(.message.phone_number.number)')"
    sent hostile "$(jq -nc '"x\u202e\u001b]52;c;eA==\u0007\u009b31m\u0000\n\"é📞" as $evil | {message: {type: "assistant-request",
        call: {id: ("c-hostile " + $evil), type: $evil}, phone_number: {number: $evil, name: $evil}, customer: {number: $evil}}}')"
    sent camel '{"message":{"type":"assistant-request","timestamp":"2001-12-13T12:00:00.000Z","call":{"id":"c-camel","type":"inboundPhoneCall"},"phoneNumber":{"number":"+31701234570","name":"Saved"},"customer":{"number":"+31612222222"}}}'
    sent repeat "$(call c-greeting +31612222222 +31850835037)"
    tagged=$(post "$(call c-greeting +31612222222 +31850835037)" | jq -c .assistant)
    sent applied "$(webhook status-update c-greeting "{status: \"in-progress\", assistant: $tagged}" | jq -c '.message.call.status = "in-progress"')"
    sent not-applied "$(webhook status-update c-override '{assistant: {first_message: "Saved."}}' | jq -c '.message.call.status = "in-progress"')"
    sent failed "$(webhook status-update c-analysis '{reason: "no credit"}' | jq -c '.message.call.status = "ended-with-error"')"
    sent transferred "$(webhook status-update c-language '{}' | jq -c '.message.call.status = "transferred"')"
    sent own-status "$(webhook status-update c-raw '{}' | jq -c '.message.call.status = "a-new-one"')"
    sent tools "$(webhook tool-calls c-greeting '{tool_call_list: [{id: "t1", type: "function", function: {name: "add", arguments: {a: 1}}}]}')"
    sent other "$(webhook speech-update c-greeting '{status: "started"}')"
    sent report "$(webhook end-of-call-report c-greeting '{duration_seconds: 252, summary: "Asked about \"hours\".\nTwice.",
        end_reason: "user_hangup", transcript: "AI: Hello.", analysis: {structured_data: {mood: "good"}}, messages: []}')"
    sent unheard "$(webhook status-update c-unheard '{}' | jq -c '.message.call.status = "in-progress"')"
    sent stray '{"message":{"type":"hang","call":{}}}'
    sent no-json 'no JSON'
    sent no-type '{"message":{}}'
    sent latin '{"message":{"type":"assistant-request","call":{"id":"'$'\xe9''"}}}'
    SIGN_WITH=another sent bad-signature "$(call c-refused)"
    AGE=900 sent stale "$(call c-refused)"
    sent too-large "@$WORK/large" -H 'Expect:'
    TO=${URL%webhook}other sent wrong-path "$(call c-refused)"
    echo "== wrong-method"
    curl -sS --max-time 5 -i "$URL" | tr -d '\r'
    echo "== health"
    curl -sS --max-time 5 -i "${URL%webhook}healthz" | tr -d '\r'
}
head -c 70000 /dev/zero | tr '\0' ' ' > "$WORK/large"

# told COUNT: whether stdout has so many event lines.
told() { [ "$(wc -l < "$OUT")" -ge "$1" ]; }

# order BODY: gives an order by the API and prints the order and the reply.
order() {
    echo "== $1"
    api POST /v1/overrides "$1"
    echo
}

say "check and explain"
golden check.json < <("$SWITCHBOARD" check --json "$RULES" 2> /dev/null)
cp "$RULES" "$WORK/desk/wrong.yaml"
sed -i -e 's/, hours: never }/, hours: nowhere }/; s/^otherwise: .*/otherwise: { gretting: Hi }/; s/answer: default }$/answer: { reject: "" } }/' \
    -e 's/caller: "+31600000112"/caller: 31600000112/; s/timezone: Europe.*/timezone: Europe\/Amsterdm/' "$WORK/desk/wrong.yaml"
printf 'settings:\n  api_key: sk-1234567890abcdef\n' >> "$WORK/desk/wrong.yaml"
golden check-wrong.json < <("$SWITCHBOARD" check --json "$WORK/desk/wrong.yaml" 2> /dev/null)
explained() {
    local from to
    while read -r from to; do
        "$SWITCHBOARD" explain --config "$RULES" --from "$from" --to "$to" --at 2026-07-01T22:00:00+02:00 --json
    done << 'END'
withheld +31850835037
+31611111111 +31850835037
+31612345678 +31701234571
+31612345673 +31201234567
+31612222222 +31201234568
+31600000112 +31201234568
+4930123456 +31201111111
0612222222 +31701234570
END
}
explained > "$WORK/explained"
# The revision is a hash of the rules file, and that has the other server's port in it.
REVISION=$(grep -oE '"revision":"[0-9a-f]+"' "$WORK/explained" | head -1 | grep -oE '[0-9a-f]{8}')
golden explain.json < "$WORK/explained"
golden schema.json < <("$SWITCHBOARD" schema)

say "calls of every kind"
desk_server "$RULES"
traffic > "$WORK/replies"
golden replies.http < "$WORK/replies"
golden status-quiet.json < <(api GET /v1/status)

say "overrides of every kind and scope"
by='"who":{"user":"anna","terminal":"pts/3","host":"desk1"}'
{
    order '{"act":"begin","kind":"closed","text":"Shut \"é\".","scopes":["all"],"reason":"storm","until":"reopened",'"$by}"
    sent closed-all "$(call o-1 +31612222222 +31850835037)"
    order '{"act":"begin","kind":"inform","text":"Only today.","scopes":["group demo"],"reason":"drill","for_seconds":3600,'"$by}"
    sent informed "$(call o-2 +31612222222 +31850835037)"
    order '{"act":"begin","kind":"closed","text":null,"scopes":["line +31201234567"],"reason":"","for_seconds":3600,'"$by}"
    sent closed-line "$(call o-3 +31612222222 +31201234567)"
    sent bypassed "$(call o-4 +31600000112 +31201234567)"
    order '{"act":"undo",'"$by}"
    order '{"act":"open","scopes":["all"],'"$by}"
    sent opened "$(call o-5 +31612222222 +31850835037)"
    order '{"act":"begin","kind":"open","scopes":["group amsterdam","line +31701234569"],"for_seconds":3600,'"$by}"
    sent forced-open "$(call o-6 +31612222222 +31701234569)"
    order '{"act":"begin","kind":"greeting","text":"Happy {{line.name}}.","scopes":["all"],"for_seconds":7200,'"$by}"
    order '{"act":"begin","kind":"greeting","text":"Narrow.","scopes":["group demo","line +31701234570"],"for_seconds":7200,'"$by}"
    sent greeted-all "$(call o-7 +31612222222 +31701234569)"
    sent greeted "$(call o-8 +31612222222 +31850835037)"
    sent greeted-saved "$(call o-9 +31612222222 +31701234570)"
    sent greeted-camel '{"message":{"type":"assistant-request","timestamp":"2001-12-13T12:00:00.000Z","call":{"id":"o-10","type":"inboundPhoneCall"},"phoneNumber":{"number":"+31850835037"},"customer":{"number":"+31611111111"}}}'
    sent greeted-limit "$(call o-11 +31688888888 +31850835037)"
    sent greeted-asked "$(call o-12 +31612345678 +31701234571)"
    sent greeted-raw "$(call o-13 +31612345678 +31701234573)"
    order '{"act":"clear greeting","scopes":["group demo"],'"$by}"
    order '{"act":"follow hours","scopes":["group amsterdam"],'"$by}"
    order '{"act":"end","id":5,'"$by}"
    order '{"act":"begin","kind":"closed","text":"Front.","scopes":["line +31201234567"],"reason":"r","for_seconds":600,'"$by}"
    order '{"act":"begin","kind":"closed","text":"Front, again.","scopes":["line +31201234567"],"reason":"r","for_seconds":900,'"$by}"
    order '{"act":"open","scopes":["group demo"],'"$by}"
    order '{"act":"begin","kind":"open","scopes":["group nobody"],"for_seconds":60}'
    order '{"act":"begin","kind":"closed","text":" ","scopes":["all"],"for_seconds":60}'
    order '{"act":"begin","kind":"closed","scopes":["all"],"until":"2001-01-01T00:00:00Z"}'
    order '{"act":"begin","kind":"closed","scopes":["all"],"untl":"reopened"}'
    order '{"act":"end","id":999}'
} > "$WORK/orders"
golden orders.http < "$WORK/orders"

say "the control API"
golden status.json < <(api GET /v1/status)
golden status-command.json < <(desk status --json)
golden calls.json < <(api GET /v1/calls)
golden calls-page.json < <(api GET '/v1/calls?limit=2&filter=german')
golden call.json < <(api GET /v1/calls/c-greeting)
golden overrides.json < <(api GET /v1/overrides)
# Families may be written in any order.
golden metrics.txt < <(api GET /metrics | awk '/^# HELP/ { name = $3 } { print name "\t" NR "\t" $0 }' | sort -k1,1 -k2,2n | cut -f3-)
golden explain-now.json < <(api POST /v1/explain '{"from":"+31612222222","to":"+31201234567","at":"2026-07-01T22:00:00+02:00"}')
golden reload.json < <(api POST /v1/reload)
golden errors.json < <(for target in /v1/nothing /v1/calls/c-9 '/v1/calls?limit=0' '/v1/events?after=x'; do api GET "$target"; done)
follows "$WORK/stream" '?with=desk'
await streamed "$WORK/stream" status totals || fail "the stream has no status or no totals"
golden events.jsonl < <(grep . "$WORK/stream")

say "the export of an attached dashboard"
# exported NAME: writes the session by the dashboard of the terminal and compares it.
exported() {
    keys e
    asks export
    keys C-u
    types "$1"
    sees "$1"
    keys Enter
    await test -s "$WORK/$1" || lost "nothing was written"
    golden "$1" < "$WORK/$1"
}
terminal attached
runs "clear; $(printf '%q ' "$SWITCHBOARD" attach --socket "$SOCKET"); echo code=\$?"
finds '^ (calls|today) [0-9]+ '
exported export-attached.jsonl
keys C-c
finds 'code=130$'

say "stdout, state and audit"
halt "$PID"
golden readiness.json < <(head -1 "$OUT")
golden stdout.jsonl < <(tail -n +2 "$OUT")
golden state.json < "$STATE/state.json"
golden audit.jsonl < "$AUDIT"

say "the export of the server's own dashboard"
dashboard served "$RULES" --state "$WORK/state-2" --control "$WORK/served.sock"
traffic > "$WORK/replies-2"
finds '^ (calls|today) [0-9]+ '
exported export.jsonl
interrupts
left 130

say "a state folder of the first version is read"
STATE=$WORK/state-v1 REVISION=
sed -i -e '/\$OTHER/d; /127\.0\.0\.1/d; /^forward:/d' "$RULES"
if [ -n "${RECORD_STATE:-}" ]; then
    desk_server "$RULES"
    {
        order '{"act":"begin","kind":"closed","text":"Shut \"é\".","scopes":["all"],"reason":"storm","until":"reopened",'"$by}"
        order '{"act":"undo",'"$by}"
        order '{"act":"begin","kind":"inform","text":"Only today.","scopes":["group demo"],"reason":"drill","until":"reopened",'"$by}"
        order '{"act":"begin","kind":"open","scopes":["group amsterdam","line +31701234569"],"until":"reopened",'"$by}"
        order '{"act":"begin","kind":"greeting","text":"Happy {{line.name}}.","scopes":["all"],"until":"reopened","who":{"user":"jan"}}'
        order '{"act":"begin","kind":"closed","text":"Front.","scopes":["line +31201234567"],"reason":"r","for_seconds":5,'"$by}"
        order '{"act":"begin","kind":"closed","text":null,"scopes":["line +31701234570"],"until":"reopened",'"$by}"
        order '{"act":"follow hours","scopes":["line +31701234569"],'"$by}"
        order '{"act":"end","id":2,'"$by}"
        order '{"act":"begin","kind":"inform","text":"Demo.","scopes":["group demo"],"reason":"","until":"reopened",'"$by}"
    } > /dev/null
    # One of them ends while no server runs.
    halt "$PID" KILL
    sleep 6
    mkdir -p "$GOLDENS/state-v1"
    cp "$STATE/state.json" "$STATE/audit.jsonl" "$GOLDENS/state-v1/"
    rm -rf "$STATE"
fi
mkdir -m 700 "$STATE"
cp "$GOLDENS"/state-v1/* "$STATE"
chmod 600 "$STATE"/*
desk_server "$RULES"
golden state-v1-status.json < <(api GET /v1/status)
{
    sent informed "$(call s-1 +31612222222 +31850835037)"
    sent greeted "$(call s-2 +31612222222 +31201234568)"
    sent closed "$(call s-3 +31612222222 +31701234570)"
    order '{"act":"undo",'"$by}"
    order '{"act":"undo",'"$by}"
    order '{"act":"undo",'"$by}"
} > "$WORK/replies-v1"
golden state-v1-replies.http < "$WORK/replies-v1"
halt "$PID"
golden state-v1-state.json < "$STATE/state.json"
golden state-v1-audit.jsonl < "$STATE/audit.jsonl"
expect "$(head -n "$(wc -l < "$GOLDENS/state-v1/audit.jsonl")" "$STATE/audit.jsonl")" "$(cat "$GOLDENS/state-v1/audit.jsonl")" \
    "the lines of the audit from before"
expect "$differences" 0 "surfaces that have changed"
