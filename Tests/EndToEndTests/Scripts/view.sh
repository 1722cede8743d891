#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The dashboard on a record, time travel, the round trip of an export, and calls that are decided again.

source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"

SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }'
RULES=$(rules desk << 'END'
timezone: Europe/Amsterdam
country: NL
lines:
  - { number: "+31850835037", name: Front desk }
  - { number: "+31201234567", name: Sales }
answers: { closed: { reject: "We are closed." } }
contacts: [{ csv: people.csv }]
rules:
  - { name: list, when: { caller: { in: blocked.txt } }, answer: { reject: "No." } }
  - { name: known, when: { contact: { tier: vip } }, answer: { greeting: "Hello {{contact.name|there}}" } }
otherwise: { greeting: "Good day" }
END
)
printf 'phone,name,tier\n06-11111111,Jan,vip\n' > "$WORK/people.csv"
printf '+4930123456\n' > "$WORK/blocked.txt"
export XDG_STATE_HOME=$WORK/state
serve "$RULES" --control "$WORK/control.sock"
SOCKET=(--socket "$WORK/control.sock")
JOURNAL=$WORK/state/switchboard/calls.sqlite

sb() { "$SWITCHBOARD" "$@"; }

# run ARGUMENT...: runs the program and sets CODE, SAID (its stdout) and WORDS (its stderr).
run() {
    CODE=0
    timeout 60 "$SWITCHBOARD" "$@" > "$WORK/said" 2> "$WORK/words" < /dev/null || CODE=$?
    SAID=$(cat "$WORK/said")
    WORDS=$(cat "$WORK/words")
}

# back TEXT: steps back, one change of the desk after the other, until the terminal shows a text.
back() {
    local before
    for _ in 1 2 3 4 5 6 7 8 9; do
        before=$(screen)
        keys '['
        # Two keys at once are taken for a paste.
        await arrived "$1" "$before" || lost "the key changes nothing"
        shows "$1" && return
    done
    lost "it does not show: $1"
}
arrived() { shows "$1" || [ "$(screen)" != "$2" ]; }

say "a session: calls, an override, another file, a restart"
post "$(request c-1)" > /dev/null
post "$(request c-2 +31611111111)" > /dev/null
post "$(update c-2 in-progress)" > /dev/null
post "$(request c-3 +4930123456)" > /dev/null
sb close --all --yes --until-reopened --reason flood "${SOCKET[@]}" > /dev/null
post "$(request c-4 +31622222222)" > /dev/null
post "$(update c-2 ended)" > /dev/null
sed -i 's/Sales }/Sales }\n  - { number: "+31207654321", name: Press }/' "$RULES"
await logged '(.event == "desk") and (.reload != null)'
sb open --all "${SOCKET[@]}" > /dev/null
post "$(request c-5 anonymous +31201234567)" > /dev/null
sb note --call c-1 "call back" "${SOCKET[@]}" > /dev/null
sb export "${SOCKET[@]}" > "$WORK/calls.jsonl"
expect_match "$(cat "$WORK/calls.jsonl")" 'call back'
halt "$PID"

say "the files of both revisions are kept, each content once"
expect "$(sqlite3 "$JOURNAL" 'SELECT count(*) FROM revision; SELECT count(*) FROM content;' 2> /dev/null || python3 - "$JOURNAL" << 'END'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
for table in ("revision", "content"): print(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
END
)" "2
4"

say "the end of the record: nothing pretends to be live"
TERMINAL_ENV=(XDG_STATE_HOME="$WORK/state")
terminal past 80 24
runs "clear; $(printf '%q' "$SWITCHBOARD") view; echo code=\$?"
sees RECORD
sees 'calls.sqlite'
sees 'ALL 3 OPEN'
lacks following || lost "it follows"
lacks 'NO CONTACT' || lost "it has no contact"
keys c
sees 'this is a record'

say "back: before the opening the lines were closed, before that there were two"
back 'lifted the closure of all lines'
back 'ALL 3 CLOSED'
sees flood
types ':at now'
sees 'Enter: go there'
keys Enter
sees 'ALL 3 OPEN'
types ':at 2001-01-01'
sees 'Enter: go there'
keys Enter
sees 'the record begins'
back 'no earlier change'
finds 'ALL 2 OPEN'
keys '}'
finds ' calls 1 '

say "the export of a view is that of the server, byte for byte"
types ':at now'
sees 'Enter: go there'
keys Enter
finds ' calls 5 '
keys e
asks export
keys C-u
loses 'switchboard-2'
types "$WORK/again.jsonl"
sees again.jsonl
keys Enter
sees '5 calls written'
cmp "$WORK/calls.jsonl" "$WORK/again.jsonl" || fail "the exports differ"
keys q
finds 'code=0$'

say "an export is a record too"
runs "clear; $(printf '%q' "$SWITCHBOARD") view calls.jsonl; echo code=\$?"
sees RECORD
sees 'lines unknown'
sees 'calls.jsonl'
keys e
asks export
keys C-u
loses 'switchboard-2'
types "$WORK/third.jsonl"
sees third.jsonl
keys Enter
sees '5 calls written'
cmp "$WORK/calls.jsonl" "$WORK/third.jsonl" || fail "the exports differ"
keys q
finds 'code=0$'

say "mistakes"
run view
expect "$CODE" 2 "without a terminal"
for command in "view nothing.jsonl" "view --at soon" "view --at 2001-01-01"; do
    runs "clear; $(printf '%q' "$SWITCHBOARD") $command; echo code=\$?"
    finds 'code=[12]$'
done
echo '{"a":1}' > "$WORK/wrong.jsonl"
run replay "$WORK/wrong.jsonl" --config "$RULES"
expect "$CODE" 2
expect_match "$WORDS" 'wrong.jsonl:1: not a line of'

say "the same rules: every caller gets the same"
run replay --config "$RULES"
expect "$CODE" 0 "$WORDS $SAID"
expect_match "$SAID" '5 calls: 5 the same, 0 different, 0 not decided again'

say "other rules: the differences in groups, with an example"
sed 's/Good day/Good morning/; s/Hello/Hi/' "$RULES" > "$WORK/new.yaml"
run replay --config "$WORK/new.yaml"
expect "$CODE" 1
expect_match "$SAID" '5 calls: 2 the same, 3 different, 0 not decided again'
expect_match "$SAID" '\- greeting "Hello Jan"'
expect_match "$SAID" '\+ greeting "Hi Jan"'
run replay --config "$WORK/new.yaml" --json
expect "$(jq -c '[.calls, .same, .different, .undecided, (.differences | map(.calls) | add)]' <<< "$SAID")" '[5,2,3,0,3]'
run replay "$WORK/calls.jsonl" --config "$RULES"
expect "$CODE" 0 "$SAID"
expect_match "$SAID" 'an override decided, which the record does not have'

say "a contact that nobody looked up then is found in the contact file of then"
sed 's/when: { caller: { in: blocked.txt } }/when: { contact: { tier: gold } }/' "$RULES" > "$WORK/asks.yaml"
printf 'phone,name,tier\n+4930123456,Max,gold\n' > "$WORK/people.csv"
run replay --config "$WORK/asks.yaml" --json
expect "$(jq -c '[.calls, .same, .different, .undecided]' <<< "$SAID")" '[5,4,1,0]' "$SAID $WORDS"
run replay "$WORK/calls.jsonl" --config "$WORK/asks.yaml"
expect_match "$SAID" '2 calls: the new rules need the contact, which the record does not have'
run replay --config "$RULES" --until 2001-01-01
expect "$CODE" 0
run replay --config "$WORK/nothing.yaml"
expect "$CODE" 2

say "a forgotten number is in no file that the journal keeps"
run journal forget +31611111111 --yes
expect "$CODE" 0 "$WORDS"
expect "$(cat "$JOURNAL"* | tr -d ' -' | grep -ac 11111111 || true)" 0
