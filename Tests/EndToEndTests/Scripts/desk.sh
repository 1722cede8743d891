#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The operator's commands against a running server: what the next caller hears, what is kept, what is refused.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

DEMO=+31850835037 FRONT=+31201234567 PRESS=+31701234569
RULES=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: Demo, group: demo }
  - { number: "+31201234567", name: Front desk, group: amsterdam, hours: always }
  - { number: "+31201234568", name: Billing, group: amsterdam }
  - { number: "+31701234569", name: Press, hours: never }
hours:
  always: { weekly: { mon-sun: ["00:00-12:00", "12:00-24:00"] }, closed: closed }
  never: { weekly: {}, closed: closed }
answers:
  closed: { reject: "We are closed." }
otherwise: { greeting: "Hello." }
END
)
HELLO='{"assistant":{"first_message":"Hello."}}'

say "without a server, one line that says what to do, and exit 1"
code=0
words=$(desk status 2>&1 > "$WORK/said") || code=$?
expect "$code $(wc -c < "$WORK/said") $(wc -l <<< "$words")" "1 0 1" "$words"
expect_match "$words" "$SOCKET.*switchboard serve"

desk_server "$RULES"
expect "$(head -1 "$OUT" | jq -r .control)" "$SOCKET"
expect "$(stat -c %a "$SOCKET")" 600 "mode of the socket"
expect "$(stat -c %a "$STATE")" 700 "mode of the state folder"

say "status, for people and for scripts"
for words in '3 of 4' "$URL" '\+31701234569 Press.*hours never' '"We are closed\."'; do
    expect_match "$(desk status)" "$words"
done
expect_json "$(desk status --json | jq -c '{signed, overrides, states: [.lines[] | .state], says: .lines[3].says}')" \
    '{"signed":true,"overrides":[],"states":["open","open","open","closed"],"says":"We are closed."}'

say "a group is closed for a while: its callers hear it, others do not, and it ends by itself"
line=$(desk close --group amsterdam --for 6s --reason "fire drill" --say "Fire drill.")
expect "$(wc -l <<< "$line")" 1 "one line: $line"
expect_match "$line" 'group amsterdam .*[56] s.*"Fire drill\."'
expect "$(answer closed-1 +31612345678 $FRONT)" '{"error":"Fire drill."}'
expect "$(answer open-1 +31612345678 $DEMO)" "$HELLO"
expect_json "$(desk status --json | jq -c '.overrides[0] | {kind, scope, text, reason}')" \
    '{"kind":"closed","scope":"group amsterdam","text":"Fire drill.","reason":"fire drill"}'
expect "$(desk status --json | jq -r '.lines[1].by')" "override group amsterdam"
number=0
reopened() {
    number=$((number + 1))
    [ "$(answer "again-$number" +31612345678 $FRONT)" = "$HELLO" ]
}
await reopened
ended() { [ "$(kept '.[-1].event')" = '"expired"' ]; }
await ended
expect_json "$(kept '[.[] | [.n, .event, .scope, .reason]]')" \
    '[[1,"begun","group amsterdam","fire drill"],[2,"expired","group amsterdam","fire drill"]]'
expect "$(kept '.[0].new')" '"Fire drill."'
expect_json "$(kept '.[1].who')" null
told=$(jq -rn '[inputs | select(.event == "desk")] | last | .at' "$OUT")
late=$(($(date -d "$told" +%s) - $(date -d "$(kept '.[1].until' | tr -d '"')" +%s)))
((late >= 0 && late <= 5)) || fail "it ended $late s after its time"

say "the text of the rules file where none is said, one override a scope, and undo after undo"
desk close --line $DEMO --reason "storm" --until-reopened > "$WORK/said"
expect_match "$(cat "$WORK/said")" "line \\$DEMO .*\"We are closed\\.\""
desk close --line $DEMO --reason "worse storm" --say "Storm." --inform --for 1h > "$WORK/said"
expect "$(answer inform-1)" '{"assistant":{"first_message":"Storm."},"max_duration_seconds":60}'
expect "$(kept '.[-2:] | map([.event, .kind])')" '[["replaced","closed"],["begun","inform"]]'
expect "$(kept '.[-1].old')" '"We are closed."'
expect "$(done_by undo)" "[[\"closed line $DEMO\"],[\"inform line $DEMO\"]]"
expect "$(answer undone-1)" '{"error":"We are closed."}'
expect "$(done_by undo)" "[[],[\"closed line $DEMO\"]]"
expect "$(answer undone-2)" "$HELLO"
expect "$(refused undo)" nothing_to_undo

say "forced open, and back to the hours"
expect "$(answer night-1 +31612345678 $PRESS)" '{"error":"We are closed."}'
expect "$(refused open --line $PRESS)" nothing_closed
desk open --line $PRESS --force --for 1h > "$WORK/said"
expect "$(answer night-2 +31612345678 $PRESS)" "$HELLO"
expect "$(desk status --json | jq -r '.lines[3].state')" forced-open
desk open --line $PRESS --follow-hours > "$WORK/said"
expect "$(answer night-3 +31612345678 $PRESS)" '{"error":"We are closed."}'

say "a forced greeting, the narrowest wins, and it opens nothing"
desk greet --all --yes "Happy new year." --for 1h > "$WORK/said"
desk greet --line $DEMO "Hello demo." --for 1h > "$WORK/said"
expect "$(answer greet-1)" '{"assistant":{"first_message":"Hello demo."}}'
expect "$(answer greet-2 +31612345678 $FRONT)" '{"assistant":{"first_message":"Happy new year."}}'
expect "$(answer greet-3 +31612345678 $PRESS)" '{"error":"We are closed."}'
desk greet --all --clear > "$WORK/said"
expect "$(answer greet-4)" "$HELLO"

say "JSON for scripts: what was done, and what was refused"
expect "$(done_by close --line $DEMO --reason x --say Shut. --for 1h)" "[[\"closed line $DEMO\"],[]]"
expect "$(refused close --group hague --reason x --for 1h)" unknown_group
expect_match "$(desk close --group hague --reason x --for 1h 2>&1)" 'hague.*demo.*amsterdam'
expect "$(refused close --line +31999999999 --reason x --for 1h)" unknown_line
expect "$(refused close --line $DEMO --reason x)" no_change_ahead

say "open all takes back every closure; a wider closure is named"
desk close --all --yes --reason incident --until-reopened > "$WORK/said"
expect "$(refused open --line $FRONT)" closed_wider
expect "$(desk open --line $DEMO --json | jq '.caveats | length')" 1 "the closure of all lines goes on"
desk open --all > "$WORK/said"
expect "$(answer opened-1)" "$HELLO"
expect "$(desk status --json | jq -c .overrides)" '[]'

say "kill -9 keeps what was confirmed, and the next start says it"
desk close --all --yes --reason incident --say "Incident." --until-reopened > "$WORK/said"
kill -KILL "$PID"
await gone "$PID"
desk_server "$RULES"
expect "$(answer kept-1)" '{"error":"Incident."}'
expect_match "$(cat "$ERR")" 'all lines .*incident'
expect_match "$(desk status)" 'all lines .*incident.*"Incident\."'

say "a second server on the same state refuses"
code=0
words=$("$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" --control "$WORK/other.sock" --state "$STATE" \
    2>&1 > /dev/null < /dev/null) || code=$?
expect "$code" 1 "exit code of the second server: $words"
expect_match "$words" "$PID"
expect_match "$words" '\-\-state'

say "explain and reload over the socket, metrics, health"
expect "$(api POST /v1/explain '{"from":"+31612345678","to":"+31850835037"}' | jq -r .by)" "override all"
expect "$(api POST /v1/reload | jq -r .taken)" true
expect "$(api GET /healthz)" '{"status":"ok"}'
expect "$(curl -sS "http://127.0.0.1:$PORT/healthz")" '{"status":"ok"}'
metrics=$(api GET /metrics)
expect_match "$metrics" 'switchboard_overrides\{kind="closed"\} 1'
expect_match "$metrics" 'switchboard_answers_total\{kind="rejected"\} 1'
expect_match "$metrics" 'switchboard_decisions_total\{by="override all"\} 1'
expect_match "$metrics" 'switchboard_answer_duration_seconds_bucket\{le="\+Inf"\} 1'
expect_match "$metrics" 'switchboard_answer_duration_seconds_count 1'

say "a damaged state is set aside and said loudly"
halt "$PID"
printf '{"version":1,"overr' > "$STATE/state.json"
desk_server "$RULES"
expect_match "$(cat "$ERR")" "$STATE/state.json.damaged-"
expect "$(desk status --json | jq '.warnings | length')" 1
expect_match "$(desk status)" 'WARNING'
[ "$(cat "$STATE"/state.json.damaged-*)" = '{"version":1,"overr' ] || fail "the damaged state is not kept as it was"
expect "$(answer damaged-1)" "$HELLO"
desk close --all --yes --reason again --for 1h > "$WORK/said"
expect "$(desk status --json | jq -c .warnings)" '[]'
halt "$PID"
expect "$CODE" 0
[ ! -e "$SOCKET" ] || fail "the socket is still there"
