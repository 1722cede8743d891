#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the calls of before say to rules, texts and counts: after a restart, after a reload, and without a journal.

source "$(dirname "$0")/lib.sh"

RULES=$(rules desk << 'EOR'
timezone: Europe/Amsterdam
lines: [{ number: "+31850835037", name: Demo }]
rules:
  - name: often
    when: { calls_from_caller: { more_than: 2, within: month } }
    answer: { greeting: "Back from {{last_call.line|nowhere}} after {{last_call.days_ago|no}} days: {{last_call.ended|no end}}." }
otherwise: { greeting: "Hi." }
EOR
)

# said ID: what the caller of a call hears.
said() { post "$(request "$1")" | jq -r .assistant.first_message; }
status() { "$SWITCHBOARD" status --json | jq -c "$1"; }
metrics() { curl -sS --max-time 10 --unix-socket "$HOME/.local/state/switchboard/switchboard.sock" http://desk/metrics; }
# read_back: the journal was read.
read_back() { [ "$(status .looking_back.reading)" = false ]; }
written() { [ "$(status '.journal.state == "writing" and .journal.queued_bytes == 0')" = true ]; }

say "calls of a month are counted over restarts"
serve "$RULES"
expect "$(said one)" "Hi."
expect "$(said two)" "Hi."
post "$(update two ended)" > /dev/null
await written
halt "$PID"
serve "$RULES"
await read_back
expect_match "$(said three)" '^Back from Demo after 0 days: '
expect "$(status '[.today.since_midnight, .today.ended, .counts.ended, .lines[0].today.ended]')" '[true,1,0,1]'
expect "$(metrics | grep '^switchboard_today_calls{outcome="ended"}')" 'switchboard_today_calls{outcome="ended"} 1'
expect_match "$(status .today.since)" 'T2[23]:00:00.000Z'

say "also those of rules that begin to count later"
halt "$PID"
cp "$RULES" "$WORK/counting.yaml"
sed -i '/^rules:/,/answer:/d' "$RULES"
serve "$RULES"
expect "$(said four)" "Hi."
expect "$(status .looking_back)" null
cp "$WORK/counting.yaml" "$RULES"
"$SWITCHBOARD" reload > /dev/null
await read_back
expect_match "$(said five)" '^Back from Demo after 0 days: '
halt "$PID"

say "without a journal they count from the start, and check says so"
sed 's/^server: {/server: { journal: false,/' "$WORK/counting.yaml" > "$WORK/none.yaml"
"$SWITCHBOARD" check "$WORK/none.yaml" > "$WORK/check" 2>&1 || fail "it is an error: $(cat "$WORK/check")"
expect_match "$(cat "$WORK/check")" 'counts-cut-short'
serve "$WORK/none.yaml" --state "$WORK/none"
expect "$(said six)" "Hi."
halt "$PID"

say "numbers are masked in what people read, and found in full"
cp "$WORK/counting.yaml" "$RULES"
echo 'privacy: { mask_numbers: true }' >> "$RULES"
serve "$RULES"
expect_match "$(said seven)" '^Back from Demo'
await grep -q '"id":"seven"' "$OUT"
expect "$(grep -c 31612345678 "$OUT" || true)" 0 "lines with the number"
expect_match "$(grep '"id":"seven"' "$OUT")" '\*\*\*678'
exported() { "$SWITCHBOARD" export --format csv "$@" 2> /dev/null; }
expect "$(exported | grep -c 31612345678 || true)" 0
[ "$(exported --no-mask | grep -c 31612345678)" -gt 0 ] || fail "--no-mask masks"
[ "$(exported from:+31612345678 | wc -l)" -gt 1 ] || fail "a filter does not find the number"
expect "$("$SWITCHBOARD" report | grep -c 31612345678 || true)" 0
in_journal() { "$SWITCHBOARD" "$@" --journal "$HOME/.local/state/switchboard/calls.sqlite" 2> /dev/null; }
for words in "calls" "export --format csv" "report" "export"; do
    # shellcheck disable=SC2086
    expect "$(in_journal $words | grep -c 31612345678 || true)" 0 "numbers in full, of: $words"
done
[ "$(in_journal calls | grep -c '678')" -gt 0 ] || fail "the journal has no call of that number"
[ "$(in_journal calls --no-mask | grep -c 31612345678)" -gt 0 ] || fail "calls --no-mask masks"
sed -i 's/mask_numbers: true/mask_numbers: false/' "$RULES"
"$SWITCHBOARD" reload > /dev/null
said eight > /dev/null
await grep -q '"id":"eight"' "$OUT"
expect_match "$(grep '"id":"eight"' "$OUT")" '31612345678'
