#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The common tasks of docs/operator.md, each done with the keys that its table names; their number is compared with the table.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/desk.bash"

RULES=$(rules desk << 'END'
lines:
  - { number: "+31201234567", name: Front desk, group: amsterdam }
  - { number: "+31201234568", name: Sales, group: amsterdam }
  - { number: "+31850835037", name: Demo }
answers:
  closed: { reject: "We are closed." }
rules:
  - { name: blocked, when: { caller: "+31600000099" }, answer: { reject: "Goodbye." } }
otherwise: { greeting: "Hello." }
END
)
CALLER=+31612345678

pressed=0 words=0
# press KEY...: presses keys, and counts them; word TEXT: types a word, and counts it.
press() {
    keys "$@"
    pressed=$((pressed + $#))
}
word() {
    types "$1"
    words=$((words + 1))
}
# task NAME: begins a task of the table.
task() {
    say "$1"
    pressed=0 words=0
    ROW=$(grep -F "| $1 |" "$ROOT/docs/operator.md") || fail "docs/operator.md has no task: $1"
}
NUMBERS=(no one two three four five six seven)
# took: what was pressed since the task began is what its row of the table says.
took() {
    local said="${NUMBERS[pressed]} key$([ $pressed = 1 ] || echo s)"
    case $words in
    0) said+='($|[^ ]| [^a])' ;;
    1) said+=' and (a word|the number|the text)' ;;
    *) said+=" and ${NUMBERS[words]} words" ;;
    esac
    expect_match "$ROW" "$said" "pressed $pressed keys and $words words"
}
in_force() { desk status --json | jq -c '[.overrides[] | .kind + " " + .scope]'; }
has() { [ "$(in_force)" = "$1" ]; }

SIZE='120 40' dashboard desk "$RULES" --control "$SOCKET" --state "$STATE"
sees "$NO_CALL"
post "$(request first $CALLER +31201234567)" > /dev/null
post "$(request second +31600000099 +31201234567)" > /dev/null
post "$(request third +4930123456 +31850835037)" > /dev/null
finds '^▸ .*\+4930123456'

task "close all lines"
press c
asks close
word close
press Enter
took
await has '["closed all"]' || lost "not closed: $(in_force)"
keys u
asks undo
types undo
keys Enter
await has '[]' || lost "not undone"

task "close one group with a reason"
press Tab
finds '^▸ group amsterdam'
press c r
asks close
word storm
press Enter
word close
press Enter
took
await has '["closed group amsterdam"]' || lost "not closed: $(in_force)"
expect "$(desk status --json | jq -r '.overrides[0].reason')" storm
keys u
asks undo
types undo
keys Enter
await has '[]' || lost "not undone"
keys Tab

task "close the line of a call"
press Enter
sees '[1 Timeline]'
press c
asks close
press y
took
await has '["closed line +31850835037"]' || lost "not closed: $(in_force)"

task "who closed what"
press a
took
finds 'tester.* closed line Demo'
keys Escape u
asks undo
keys y
await has '[]' || lost "not undone"
keys Escape

task "find a caller"
press /
word 0612345678
press Enter
finds "^▸ .*\\$CALLER"
took
keys Escape

task "why this answer"
press Enter
press 4
took
sees '[4 Why]'
finds 'otherwise'
keys Escape

task "copy a number"
press y
press 1
took
# The terminal is tmux, which keeps what it was given.
copied() { [ "$(tm show-buffer)" = "$CALLER" ]; }
await copied || lost "tmux does not have the number: $(tm show-buffer)"

task "mark and note"
# A bare `;` would end the command of tmux.
press m '\;'
finds '^ ;|note'
word 'call back'
press Enter
took
remarks() { api GET /v1/calls | jq -c '[.calls[] | select(.id == "first") | .mark.by, .notes[].text]'; }
remarked() { [ "$(remarks)" = '["tester","call back"]' ]; }
await remarked || lost "no mark and note: $(remarks)"

task "decide a call again"
press r
took
sees 'otherwise'
keys Escape

task "block a caller"
press B
sees "Block $CALLER"
press y
took
blocked() { [ "$(api GET /v1/overrides | jq -c '[.callers[] | .kind + " " + .scope]')" = "[\"blocked caller $CALLER\"]" ]; }
await blocked || lost "not blocked"
expect_json "$(answer again $CALLER +31201234567)" '{"error":"We are closed."}'

task "all rejected since 14:00 to CSV"
press f
word is:rejected
types ' '
word since:10m
press Enter
sees '2 of 4 shown'
press e
asks export
press C-w
word csv
press Enter
took
finds '2 calls written to .*csv'
csv() { ls "$WORK"/*.csv; }
await csv || lost "no file"
expect "$(tail -n +2 "$(csv)" | wc -l)" 2 "rows of rejected calls"
keys Escape

task "hand over"
keys :
types "note Carrier confirmed the outage."
keys Enter
noted() { desk audit --json | grep -q 'Carrier confirmed'; }
await noted || lost "no note"

task "what would a call get"
keys x
sees 'Explain a call'
keys C-u
types +4930123456
keys Tab C-u
types Sales
keys Enter
finds '\+4930123456'
finds 'otherwise'
keys Escape
