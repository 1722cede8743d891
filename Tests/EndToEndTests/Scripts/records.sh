#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Calls as a list, a file and a report: filters and their mistakes, the formats, hostile texts, what operators did.

source "$(dirname "$0")/lib.sh"

SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }'
RULES=$(rules desk << 'END'
timezone: Europe/Amsterdam
country: NL
lines:
  - { number: "+31850835037", name: Front desk, group: amsterdam }
  - { number: "+31201234567", name: Sales }
answers: { closed: { reject: "We are closed." }, vip: { greeting: "Hello!" } }
rules:
  - { name: vip, when: { caller: "+31611111111" }, answer: vip }
  - { name: blocked, when: { caller: "+49*" }, answer: { reject: "No, =1+1 <b>|</b>." } }
otherwise: default
END
)
export XDG_STATE_HOME=$WORK/state
serve "$RULES" --control "$WORK/control.sock"
SOCKET=(--socket "$WORK/control.sock")

# run ARGUMENT...: runs the program and sets CODE, SAID (its stdout) and WORDS (its stderr).
run() {
    CODE=0
    timeout 20 "$SWITCHBOARD" "$@" "${SOCKET[@]}" > "$WORK/said" 2> "$WORK/words" < /dev/null || CODE=$?
    SAID=$(cat "$WORK/said")
    WORDS=$(cat "$WORK/words")
}

# ids FILTER...: the ids of the calls that a filter selects, the newest first.
ids() {
    run calls "$@" --json
    expect "$CODE" 0 "calls $* ($WORDS)"
    jq -r '[.[].id] | join(" ")' <<< "$SAID"
}

say "calls are selected"
post "$(request c-1)" > /dev/null
post "$(request c-2 +31611111111)" > /dev/null
post "$(request c-3 +4930123456)" > /dev/null
post "$(request c-4 anonymous +31201234567)" > /dev/null
post "$(update c-1 ended-with-error)" > /dev/null
expect "$(ids)" "c-4 c-3 c-2 c-1"
expect "$(ids --limit 2)" "c-4 c-3"
expect "$(ids from:+49)" c-3
expect "$(ids "from:06 1111 1111")" c-2
expect "$(ids from:0611111111)" c-2
expect "$(ids from:withheld)" c-4
expect "$(ids to:"front desk" not:from:+49)" "c-2 c-1"
expect "$(ids group:amsterdam answer:rejected)" c-3
expect "$(ids is:bad)" c-1
expect "$(ids by:vip since:10m)" c-2
expect "$(ids --until yesterday)" ""
expect "$(ids "ms>5000")" ""

say "lines with tabs where stdout is not a terminal"
run calls from:+49
expect "$(cut -f 1,3,5,6,9 <<< "$SAID")" "c-3	+4930123456	Front desk	rejected	rule blocked"

say "a table that fits the terminal"
for width in 40 60 100 160; do
    TERM=xterm script -qec "stty cols $width; '$SWITCHBOARD' calls --socket '$WORK/control.sock'" /dev/null \
        < /dev/null | tr -d '\r' > "$WORK/table"
    expect "$(wc -l < "$WORK/table")" 5 "the table of $width columns: $(cat "$WORK/table")"
    expect "$(python3 -c 'import sys; print(max(len(line.rstrip("\n")) for line in sys.stdin) <= int(sys.argv[1]))' \
        "$width" < "$WORK/table")" True "too wide for $width columns: $(cat "$WORK/table")"
    expect_match "$(cat "$WORK/table")" 'caller.*state'
done

say "a mistake is shown with its place, and is exit code 2"
for command in calls export report; do
    run "$command" is:bad form:+49
    expect "$CODE" 2 "$command"
    expect "$WORDS" 'unknown key "form:"; did you mean "from:"?
  is:bad form:+49
         ^^^^'
    expect "$SAID" ""
done
run calls state:faild --json
expect "$CODE" 2
expect_json "$(jq -c '.error | [.code, .offset, .length]' <<< "$SAID")" '["unknown_value", 6, 5]'
run calls --since soon
expect "$CODE" 2
expect_match "$WORDS" 'since: "soon" is not a time'

say "hostile calls in every format"
EVIL=$'=cmd|\' /C calc\'!A0 "q", \t\r\n\e[2J\u202e <b>|</b> [x](http://evil)'
for number in 5 6; do
    request "$EVIL-$number" "+3161234567$number" | jq -c --arg name "$EVIL$(printf 'x%.0s' {1..10000})" \
        '.message.phone_number.name = $name | .message.phone_number.number = "+31701234567"' > "$WORK/evil"
    post "@$WORK/evil" > /dev/null
done
for format in jsonl csv md; do
    run export --format "$format" --output "$WORK/calls.$format"
    expect "$CODE" 0 "$format: $WORDS"
    expect_match "$WORDS" "Wrote 6 calls to .*calls.$format"
    expect "$(stat -c %a "$WORK/calls.$format")" 600
done
EVIL=$EVIL python3 - "$WORK" << 'END'
import csv, json, os, sys

evil, folder = os.environ["EVIL"], sys.argv[1]
calls = [json.loads(line) for line in open(f"{folder}/calls.jsonl", encoding="utf-8", newline="\n")]
rows = list(csv.DictReader(open(f"{folder}/calls.csv", encoding="utf-8", newline=""), strict=True))
assert len(calls) == len(rows) == 6, (len(calls), len(rows))
assert [row["received_at"] for row in rows] == [call["received_at"] for call in calls]
assert calls[4]["id"] == evil + "-5", calls[4]["id"]
for row in rows:
    assert None not in row and None not in row.values(), row
    for name, cell in row.items():
        assert not cell or cell[0] not in "=-@\t\r" and (cell[0] != "+" or cell[1:].isdigit()), (name, cell)
        assert not any(ord(letter) < 32 or letter == "\u202e" for letter in cell), (name, cell)
assert rows[0]["from"] == "+31612345678" and rows[3]["from"] == "withheld", rows
table = open(f"{folder}/calls.md", encoding="utf-8").read().splitlines()
assert len(table) == 8, table
END

say "a file is never replaced unasked"
run export --output "$WORK/calls.csv"
expect "$CODE" 1
expect_match "$WORDS" 'already exists; not changed'
run export --output "$WORK/calls.csv" --overwrite --format csv is:bad
expect "$CODE" 0
expect "$(wc -l < "$WORK/calls.csv")" 2
run export --output "$WORK/nowhere/calls.csv"
expect "$CODE" 1
expect "$(find "$WORK" -maxdepth 1 -name 'calls.*new')" ""

say "masked, no number is left"
for format in jsonl csv md; do
    run export --format "$format" --mask
    expect "$(grep -cE '612345678|4930123456|611111111|31850835037' <<< "$SAID")" 0 "$format"
    expect_match "$SAID" '\*\*\*678'
done

say "the audit, from the server and from its folder"
run close --group amsterdam --reason "fire drill" --for 30m --yes
run note "Carrier called."
run open --group amsterdam
run audit
expect "$(wc -l <<< "$SAID")" 3
expect_match "$SAID" 'closed group amsterdam by .*until .*reason: fire drill: "We are closed'
expect_match "$SAID" 'noted: Carrier called'
run audit --since 2h --json
expect_json "$(jq -c '[.audit[].n]' <<< "$SAID")" '[1, 2, 3]'

say "marks and notes on calls"
run mark --call c-3 --text "The carrier wants +31 6 1234 5678."
expect "$CODE" 0 "$WORDS"
expect "$SAID" "marked call c-3
noted on call c-3: The carrier wants +31 6 1234 5678."
run note --call c-2 "=2+2, call back"
expect "$CODE" 0 "$WORDS"
run mark --call c-3
expect "$CODE" 1
expect_match "$WORDS" 'marked already'
run mark --call nobody
expect "$CODE" 1
expect_match "$WORDS" 'No call with the id nobody is in memory'
run note --call c-1 ""
expect "$CODE" 1 "an empty note"
run note --remove
expect "$CODE" 2 "without a call"
expect "$(ids is:marked)" c-3
expect "$(ids has:note)" "c-3 c-2"
expect "$(ids "call back")" c-2
run export --format csv is:marked
expect_match "$SAID" 'c-3,.*,"?The carrier wants .31 6 1234 5678\. \([^ ]+, 20[^)]*Z\)"?,"[^ ]+, 20'
run export --format csv --mask has:note
expect "$(grep -c "1234 5678" <<< "$SAID")" 0
expect_match "$SAID" "'=2.2, call back"
run export is:marked
expect_json "$(jq -c '[(.mark | keys), .notes[0].text]' <<< "$SAID")" '[["at", "by"], "The carrier wants +31 6 1234 5678."]'
run audit --json
expect_json "$(jq -c '[.audit[3:][] | [.event, .call, .remark]]' <<< "$SAID")" \
    '[["note", "c-3", "note"], ["note", "c-3", "mark"], ["note", "c-2", "note"]]'
expect "$(jq -c 'select(.event == "remark") | .id' "$OUT" | tr '\n' ' ')" '"c-3" "c-3" "c-2" '
curl() { command curl -sS --unix-socket "$WORK/control.sock" "$@"; }
expect "$(curl -X POST http://desk/v1/calls/c-4/mark | jq -r .words)" "marked call c-4"
expect "$(curl -X DELETE http://desk/v1/calls/c-4/mark | jq -r .words)" "removed the mark of call c-4"
expect "$(curl -d '{"text":"x"}' http://desk/v1/calls/c-4/notes | jq -r .words)" "noted on call c-4: x"
expect "$(curl -d '{"txt":"x"}' http://desk/v1/calls/c-4/notes | jq -r .error.code)" bad_document
expect "$(curl -d '{"act":"rewrite note","call":"c-4","text":"y"}' http://desk/v1/overrides | jq -r .words)" \
    "rewrote a note on call c-4: y"
expect "$(curl http://desk/v1/calls/c-4 | jq -c '[.notes[].text]')" '["y"]'
run note --call c-4 --remove --last
expect "$SAID" "removed a note of call c-4"
expect "$(curl http://desk/v1/calls/c-4 | jq -c '.notes')" '[]'
run note --call c-4 --remove --last
expect "$CODE" 1 "there is no note"
run note --call c-4 "x"
run note --call c-4 --remove
expect "$SAID" "removed the notes of call c-4"

say "the report"
run report --since 10m
expect "$CODE" 0
for words in '# Incident report' 'closed group amsterdam' 'reason: fire drill' 'Carrier called' '1 failed' \
    'Turned away, to call back' '4930123456' 'p50 ' 'Marked calls and notes' 'marked by'; do
    expect_match "$SAID" "$words"
done
run report --mask --output "$WORK/report.md"
expect "$CODE" 0
expect "$(stat -c %a "$WORK/report.md")" 600
expect "$(grep -c 4930123456 "$WORK/report.md")" 0
run calls --json
BEFORE=$(jq -c '[.[] | del(.exchange.request, .events[].body)]' <<< "$SAID")
run export --without-transcripts
LINES=$SAID
run export --format csv
ROWS=$SAID

say "without a server"
halt "$PID"
SOCKET=()
run audit
expect "$CODE" 0 "$WORDS"
expect_match "$WORDS" 'no server is running; reading the audit in'
expect "$(wc -l <<< "$SAID")" 13
SOCKET=(--socket "$WORK/control.sock")
for command in calls export report audit "journal info"; do
    # shellcheck disable=SC2086 # Two words are a command with its subcommand.
    run $command
    expect "$CODE" 1 "$command"
    expect_match "$WORDS" 'No server listens'
done
SOCKET=()

say "the journal has the same calls"
run calls --json
expect "$CODE" 0 "$WORDS"
expect_match "$WORDS" '^Note: no server is running; reading the journal .*calls.sqlite.$'
expect_json "$(jq -c '[.[] | del(.exchange.request, .events[].body)]' <<< "$SAID")" "$BEFORE"
run export
expect "$SAID" "$LINES" "JSON lines"
run export --format csv
expect "$SAID" "$ROWS" "CSV"
run export --format csv state:failed
expect "$(wc -l <<< "$SAID")" 2
expect "$(ids is:marked)" c-3
expect "$(ids "call back")" c-2
expect "$(ids by:vip --limit 1)" c-2
expect "$(ids to:"front desk" not:from:+49)" "c-2 c-1"
expect "$(ids group:amsterdam answer:rejected)" c-3
run calls state:faild
expect "$CODE" 2
expect_match "$WORDS" 'unknown state'
run report --since 10m
for words in '# Incident report' 'closed group amsterdam' 'Carrier called' '1 failed' '4930123456' 'marked by'; do
    expect_match "$SAID" "$words"
done
run export --output "$WORK/journal.csv" --format csv
expect_match "$WORDS" "Wrote 6 calls to .*journal.csv"
expect "$(stat -c %a "$WORK/journal.csv")" 600
run journal backup "$WORK/copy.sqlite"
XDG_STATE_HOME=$WORK/nothing run calls --journal "$WORK/copy.sqlite" is:marked --json
expect "$WORDS" ""
expect "$(jq -r '.[].id' <<< "$SAID")" c-3
run audit --journal "$WORK/copy.sqlite"
expect "$(wc -l <<< "$SAID")" 13
XDG_STATE_HOME=$WORK/nothing run calls
expect "$CODE" 1
expect_match "$WORDS" 'No server listens'
run calls --journal "$WORK/none.sqlite"
expect "$CODE" 1
expect_match "$WORDS" 'does not exist'

say "a server that has evicted calls: its journal has them all"
SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], keep: { calls: 2 } }'
few=$(SERVER=$SERVER rules few <<< 'otherwise: { greeting: "Hi." }')
unset -f curl
export XDG_STATE_HOME=$WORK/few
serve "$few"
for id in e-1 e-2 e-3 e-4; do post "$(request "$id")" > /dev/null; done
expect "$(ids)" "e-4 e-3 e-2 e-1"
run calls
expect_match "$WORDS" 'the server has 2 calls in memory; reading all from its journal'
run export --format csv
expect "$(wc -l <<< "$SAID")" 5
expect "$(ids e-3)" e-3
run mark --call e-1 --text "The one before."
expect "$CODE" 0 "$WORDS"
run mark --call e-1
expect "$CODE" 1
expect_match "$WORDS" 'marked already'
run mark --call e-9
expect "$CODE" 1
expect_match "$WORDS" 'No call with the id e-9'
marked() { [ "$(ids is:marked)" = e-1 ]; }
await marked
expect "$(ids "The one before")" e-1
