#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A rules file with errors: marked until it is mended, and a start with its last good version.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

printf 'number,name\n+31612345678,Jan\n' > "$WORK/people.csv"
echo +31699999999 > "$WORK/blocked.txt"
RULES=$(rules desk << 'END'
lines: [{ number: "+31850835037", name: Demo }]
contacts: [{ csv: people.csv }]
rules:
  - { name: blocked, when: { caller: { in: blocked.txt } }, answer: { reject: "Goodbye." } }
otherwise: { greeting: "Hello {{contact.name|stranger}}." }
END
)

# saved: waits until stderr has a line about what was saved.
saved() { await grep -qE "$1" "$ERR" || fail "stderr has no $1: $(cat "$ERR")"; }

# state_of_rules FILTER: the state of the rules file.
state_of_rules() { api GET /v1/status | jq -c ".rules | $1"; }

desk_server "$RULES"
expect "$(head -1 "$OUT" | jq -r .rules)" file
await test -s "$STATE/last-good-rules"
expect "$(stat -c %a "$STATE/last-good-rules")" 600

say "row 5: what changed"
sed -i 's/Goodbye\./Bye./' "$RULES"
saved 'rule blocked: rejected "Bye\." instead of rejected "Goodbye\."'

say "row 14 (data): a file that lost more than half of its entries"
cp "$WORK/people.csv" "$WORK/people.kept"
printf 'number,name\n' > "$WORK/people.csv"
saved 'WARNING: people\.csv: 1 → 0 contacts, lost more than half'
cp "$WORK/people.kept" "$WORK/people.csv"
saved 'people\.csv: 0 → 1 contact$'

say "row 19: errors stay marked, in every place"
cp "$RULES" "$WORK/good.yaml"
sed -i 's/^otherwise/otherwize/' "$RULES"
saved 'has errors; still using the previous rules'
expect "$(state_of_rules '[.errors, .first.line, .in_use, .restart_failure]')" '[1,7,"previous",null]'
expect "$(api GET /metrics | grep '^switchboard_rules_errors')" 'switchboard_rules_errors 1'
expect_match "$(desk status | head -1)" '^WARNING: desk\.yaml:7: 1 error since .*previous rules, as a restart would; first: unknown key'
expect "$(answer before)" '{"assistant":{"first_message":"Hello Jan."}}'

say "row 19: killed and started on the broken file, without the files that it names: the old rules answer"
kill -KILL "$PID"
await gone "$PID"
rm "$WORK/people.csv" "$WORK/blocked.txt"
code=0
"$SWITCHBOARD" serve --headless --strict-start --listen 127.0.0.1:0 --config "$RULES" --state "$STATE" \
    --control "$SOCKET" > /dev/null 2> "$WORK/strict.err" < /dev/null || code=$?
expect "$code" 1 "--strict-start"
desk_server "$RULES"
expect "$(head -1 "$OUT" | jq -r .rules)" last_good
saved 'desk\.yaml has errors: started with its last good rules, of 20'
expect "$(answer after)" '{"assistant":{"first_message":"Hello Jan."}}'
expect "$(answer blocked +31699999999)" '{"error":"Bye."}'
expect "$(state_of_rules '[.in_use, (.last_good != null)]')" '["last_good",true]'
expect "$(api GET /metrics | grep '^switchboard_rules_last_good')" 'switchboard_rules_last_good 1'

say "row 19: mended"
cp "$WORK/people.kept" "$WORK/people.csv"
echo +31699999999 > "$WORK/blocked.txt"
cp "$WORK/good.yaml" "$RULES"
saved 'is in use'
await test "$(state_of_rules '.errors')" = 0
expect "$(state_of_rules '[.errors, .in_use]')" '[0,"file"]'

say "a holiday file that is missing: the previous rules answer, and a restart would start without these holidays"
sed -i 's/^otherwise/holidays: { feest: { ics: feest.ics } }\notherwise/' "$RULES"
printf '%s\r\n' BEGIN:VCALENDAR BEGIN:VEVENT UID:1 'DTSTART;VALUE=DATE:20991225' RRULE:FREQ=YEARLY END:VEVENT END:VCALENDAR \
    > "$WORK/feest.ics"
await test "$(state_of_rules '.errors')" = 0
saved 'is in use'
await grep -q feest "$STATE/last-good-rules"
rm "$WORK/feest.ics"
marked() { [ "$(state_of_rules '[.in_use, .restart]')" = "$1" ]; }
await marked '["previous","without_holidays"]'
expect_match "$(desk status | head -1)" 'previous rules; a restart would use this file without these holidays; first: cannot read `feest'
kill -KILL "$PID"
await gone "$PID"
desk_server "$RULES"
expect "$(state_of_rules '[.in_use, .restart]')" '["without_holidays",null]'
expect_match "$(desk status | head -1)" 'calls are answered without these holidays'

say "and with an error besides, the last good rules would be used, which have them"
sed -i 's/^otherwise/otherwize/' "$RULES"
await marked '["without_holidays","last_good"]'
expect_match "$(desk status | head -1)" 'previous rules, without some holidays; a restart would use older rules, of '
kill -KILL "$PID"
await gone "$PID"
desk_server "$RULES"
expect "$(state_of_rules '[.in_use, .restart]')" '["last_good","same"]'
cp "$WORK/good.yaml" "$RULES"
await marked '["file",null]'

say "contacts that cannot be opened: a restart would start without them"
printf 'name\nJan\n' > "$WORK/people.csv"
await marked '["previous","without_contacts"]'
cp "$WORK/people.kept" "$WORK/people.csv"
await marked '["file",null]'

say "settings that need a restart are named"
sed -i 's/^server: .*/server: { secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], max_body: 2MiB }/' "$RULES"
saved 'server\.max_body: changed; it takes effect after a restart'
expect "$(api POST /v1/reload | jq -c '[.taken, .alert, [.changes[].kind]]')" '[true,false,["restart"]]'

say "a reload shows the warnings that are new"
sed -i 's/^rules:/answers: { spare: { greeting: Hi. } }\nrules:/' "$RULES"
saved 'warning: the answer `spare` is not used'
sed -i 's/^rules:/vars: { spare: x }\nrules:/' "$RULES"
saved 'warning: no text uses `{{vars\.spare}}`'
saved '1 earlier warning remains'
expect "$(grep -c 'the answer `spare` is not used' "$ERR")" 1
sed -i '/^answers: { spare/d; /^vars: { spare/d' "$RULES"
saved '2 earlier warnings are gone'

say "row 9: an unknown query parameter is refused"
expect "$(api GET '/v1/calls?older=10m' | jq -r .error.code)" bad_query

say "row 27 (data): a new sum of weights is a warning before it moves callers"
split() {
    echo "  - { name: ab, split: { by: caller, arms: [{ name: a, weight: 1, answer: default }," \
        "{ name: b, weight: $1, answer: { greeting: B } }] } }"
}
sed "/^otherwise/e echo '$(split 9)'" "$WORK/good.yaml" > "$RULES.next"
mv "$RULES.next" "$RULES"
saved 'rule ab: new, split a 1, b 9'
halt "$PID"
sed -i 's/name: b, weight: 9/name: b, weight: 3/' "$RULES"
code=0
moved=$("$SWITCHBOARD" check --strict "$RULES" --state "$STATE" 2> /dev/null) || code=$?
expect "$code" 1 "check --strict"
expect_match "$moved" 'add up to 4 instead of 10, so about 2[0-9] % of callers .*a 3, b 7.*\[moved-callers\]'
codes='[.findings[].code | select(. == "moved-callers")]'
expect "$("$SWITCHBOARD" check --json "$RULES" 2> /dev/null | jq -c "$codes")" '[]' "another state folder"
sed 's/weight: 3/weight: 9/' "$RULES" > "$WORK/old.yaml"
expect "$("$SWITCHBOARD" check --json "$RULES" --against "$WORK/old.yaml" 2> /dev/null \
    | jq -c "[$codes, .changes]")" \
    '[["moved-callers"],["rule ab: split a 1, b 3 instead of a 1, b 9"]]'

say "other rules are not started with these"
cp "$WORK/good.yaml" "$WORK/other.yaml"
sed -i 's/^otherwise/otherwize/' "$WORK/other.yaml"
code=0
"$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$WORK/other.yaml" --state "$STATE" \
    --control "$SOCKET" > /dev/null 2> "$WORK/other.err" < /dev/null || code=$?
expect "$code" 1 "no rules of this file are kept"
expect_match "$(cat "$WORK/other.err")" 'No last good rules of this file are kept in'

say "a folder in which nothing can be kept is reported, and a restart on a broken file fails"
rm "$STATE/last-good-rules"
mkdir "$STATE/last-good-rules"
desk_server "$RULES"
saved 'a restart does not find these rules: the last good rules could not be kept'
sed -i 's/^otherwise/otherwize/' "$RULES"
saved 'has errors; still using the previous rules'
expect_match "$(desk status | head -1)" 'a restart would fail: the last good rules could not be kept'
