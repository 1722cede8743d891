#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The dashboard as an operator uses it: what the screen says, and that the next caller hears what was asked for.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"

CLOSED="Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren."
HELLO="Hallo, leuk dat je belt! Hoe kan ik je helpen?"
file=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: HMS Sovereign Demo }
  - { number: "+31201234567", name: Front desk }
answers:
  closed: { reject: "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren." }
  hello: { greeting: "Hallo, leuk dat je belt! Hoe kan ik je helpen?" }
rules:
  - { name: blocked, when: { caller: "+31600000099" }, answer: { reject: "Goodbye." } }
  - { name: demo, when: { line: "+31850835037" }, answer: hello }
otherwise: default
END
)

# answer ID [FROM] [TO]: the answer to a new call, without our tag.
answer() { post "$(request "$@")" | jq -c 'del(.assistant.metadata)'; }
greeting() { jq -nc --arg text "$1" '{assistant: {first_message: $text}}'; }
refusal() { jq -nc --arg text "$1" '{error: $text}'; }

dashboard desk "$file"
sees "$NO_CALL"

say "a call appears within a second, with what was answered"
quickest=9999999
for number in 1 2 3; do
    expect_json "$(answer "first-$number" "+3161234560$number")" "$(greeting "$HELLO")"
    since=${EPOCHREALTIME/./}
    sees "+3161234560$number"
    took=$((${EPOCHREALTIME/./} - since))
    ((took < quickest)) && quickest=$took
done
((quickest < 1000000)) || fail "the quickest of three calls took $quickest microseconds to appear"
finds '\+31612345601 +HMS Sovereign.*✓ greeting "Hallo, leuk.*rule demo.*[0-9.]+ (µs|ms) .*ringing'
finds '^ (calls|today) 3 '
sees 'ALL 2 OPEN'

say "a look into the call"
expect_json "$(answer rejected +31600000099)" "$(refusal Goodbye.)"
finds '\+31600000099 .*✗ rejected "Goodbye\.".*rule blocked.*rejected'
keys Home Enter
sees '[1 Timeline]'
finds 'assistant-request.* [0-9.]+ (ms|[^ ]+s) .*rule blocked'
keys 2
sees '[2 Request]'
sees '"type": "assistant-request"'
sees '"number": "+31600000099"'
keys 3
sees '[3 Answer]'
sees '{"error":"Goodbye."}'
keys 4
sees '[4 Why]'
finds 'rule blocked +.*\+31600000099'
keys q
loses '[4 Why]'

say "closing asks, and Enter alone does not close"
keys c
asks close
sees "HMS Sovereign Demo, Front desk"
sees "${CLOSED% *}"
keys Enter
asks_no_more close
expect_json "$(answer still-open)" "$(greeting "$HELLO")"
keys c
asks close
keys y
sees CLOSE
expect_json "$(answer open-without-the-word)" "$(greeting "$HELLO")"
keys Escape
asks_no_more close
keys c Tab
types close
keys Enter
finds '^ CLOSED all lines .*[0-9:]+.*: "Sorry'
finds 'since [0-9:]+, tester'
loses PENDING
expect_json "$(answer closed-1)" "$(refusal "$CLOSED")"
expect_json "$(answer closed-2 +31612345699 +31201234567)" "$(refusal "$CLOSED")"
finds '\+31612345699 .*✗ rejected "Sorry.*override all'
keys Enter
sees '[1 Timeline]'
sees 'CLOSED all lines'
keys q
loses '[1 Timeline]'

say "opening gives the old answers back"
keys o
asks open
keys Enter
asks_no_more open
expect_json "$(answer closed-3)" "$(refusal "$CLOSED")"
keys o
asks open
keys Tab
types open
keys Enter
loses 'CLOSED all lines'
sees 'ALL 2 OPEN'
expect_json "$(answer open-1)" "$(greeting "$HELLO")"
expect "$(answer open-2 +31612345699 +31201234567)" '{}'

say "a line of the view of lines is closed with a reason until reopened, and u takes it back"
keys Tab
finds '^▸ HMS Sovereign Demo +\+31850835037 .*OPEN'
finds 'rule demo .*"Hallo, leuk'
keys Down
finds '^▸ Front desk +\+31201234567 '
keys c
asks close
keys r
types 'fire drill'
keys Enter u End Enter y
sees 'y/N'
keys Enter
loses 'y/N'
expect "$(answer still-open-2 +31612345655 +31201234567)" '{}'
keys y
sees 'y/N'
keys y
finds '^ CLOSED line Front desk .*: "Sorry'
finds 'drill\) since [0-9:]+, tester'
finds '^▸ Front desk .* CLOSED'
sees '1 of 2'
expect_json "$(answer closed-line +31612345655 +31201234567)" "$(refusal "$CLOSED")"
expect_json "$(answer open-line)" "$(greeting "$HELLO")"
keys Enter
finds 'reason +fire drill'
keys u
asks undo
keys y
loses 'CLOSED line'
expect "$(answer open-line-2 +31612345655 +31201234567)" '{}'
keys Escape Tab
sees 'ALL 2 OPEN'
finds "\\+31612345655 .*✓ default"

say "a forced greeting, set and cleared"
keys g
asks greet
types 'Goedemiddag, met Zoë'
sees 'Goedemiddag, met Zoë'
keys Enter
keys Enter
asks_no_more greet
expect_json "$(answer not-greeted)" "$(greeting "$HELLO")"
keys g
asks greet
types 'Goedemiddag, met Zoë'
keys Enter Tab
types greet
keys Enter
sees 'FORCED GREETING all lines'
expect_json "$(answer greeted-1)" "$(greeting 'Goedemiddag, met Zoë')"
expect_json "$(answer greeted-2 +31612345699 +31201234567)" "$(greeting 'Goedemiddag, met Zoë')"
expect_json "$(answer greeted-3 +31600000099)" "$(refusal Goodbye.)" "a greeting opens nothing"
finds 'forced greeting "Goedemid'
keys g
finds '\bx\b'
keys x
asks clear
types clear
keys Enter
loses 'FORCED GREETING'
expect_json "$(answer greeted-4)" "$(greeting "$HELLO")"

say "the tag that comes back turns unconfirmed into applied"
echoed=$(post "$(request tagged +31655501234)" | jq -c .assistant)
keys Home
finds '^▸ .*\+31655501234 .*\? .*ringing'
keys Enter
finds '\+31655501234 ▸ .*unconfirmed'
post "$(update tagged in-progress "$echoed")" > "$WORK/reply"
finds '\+31655501234 ▸ .*applied ✓'
finds '^▸ .*\+31655501234 .*● live'
keys q
loses '[1 Timeline]'

say "a whole call goes from ringing to live to ended, with a report"
"$SWITCHBOARD" call --from +31677777777 --to +31850835037 --url "$URL" --whole > "$WORK/call" 2> "$WORK/call.err" &
caller=$!
finally "$caller"
# Ringing and live pass in less than a second each: what was shown of them is looked up behind it.
finds '\+31677777777 .*(ringing|● live|○ ended)'
finds '\+31677777777 .*○ ended'
wait "$caller" || fail "the call failed: $(cat "$WORK/call.err")"
keys Home Enter
sees 'end-of-call-report'
finds '\+31677777777 ▸ .*ended'
for step in assistant-request in-progress ended; do sees "$step"; done
keys q
loses '[1 Timeline]'

say "search finds calls and goes from one to the other"
keys Home /
types '+31612345699'
sees 'of 3'
keys Enter
finds '^▸ .*\+31612345699 .*forced greeting'
sees '1 of 3'
keys n
sees '2 of 3'
finds '^▸ .*\+31612345699 .*default'
keys n
sees '3 of 3'
finds '^▸ .*\+31612345699 .*rejected'
keys N
sees '2 of 3'
keys Escape
loses 'of 3'

say "every call is exported, for the owner alone, and no file is lost"
calls=$(screen | grep -oE '^ (calls|today) [0-9]+' | grep -oE '[0-9]+')
keys e
asks export
keys C-u
types 'session.jsonl'
keys Enter
finds "\\b$calls .*session.jsonl"
expect "$(stat -c %a "$WORK/session.jsonl")" 600 "the mode of the file"
expect "$(wc -l < "$WORK/session.jsonl")" "$calls" "a line a call"
tagged=$(jq -r 'select(.id == "tagged") | .from + " " + (.events | length | tostring)' "$WORK/session.jsonl")
expect "$tagged" '+31655501234 2' "the call whose tag came back"
mkfifo "$WORK/pipe"
keys e
asks export
keys C-u
types pipe
keys Enter
finds '\bpipe\b.*regular file'
[ -p "$WORK/pipe" ] || fail "the pipe was replaced"
keys e
asks export
keys C-u
types session.jsonl
keys Enter
asks overwrite
keys Enter
asks_no_more overwrite
cp "$WORK/session.jsonl" "$WORK/session.was"
answer after-export > "$WORK/reply"
keys e
sees 'session.jsonl'
keys Enter
asks overwrite
keys Enter
asks_no_more overwrite
cmp "$WORK/session.jsonl" "$WORK/session.was" || fail "the file was overwritten without a yes"
keys e
asks export
keys Enter
asks overwrite
keys y
finds "\\b$((calls + 1)) .*session.jsonl"
expect "$(wc -l < "$WORK/session.jsonl")" "$((calls + 1))"
expect "$(stat -c %a "$WORK/session.jsonl")" 600 "the mode of the file that was overwritten"

say "the help lists the keys"
resize 120 96
keys ?
sees "$IN_HELP"
for key in c o g u e p / n '^Z' Tab; do finds " ${key/^/\\^}[ ,]"; done
keys q
loses "$IN_HELP"
resize 120 40

say "statistics, the wall, and the report of a call"
keys i
sees 'Answer times since the start'
finds ' Front desk .* %'
keys w
sees 'live now'
finds ' Front desk +OPEN'
keys Escape Enter 5
sees '[5 Report]'
finds 'No report'
keys Escape
loses '[5 Report]'

say "any size shows calls, too small a one says so"
for size in '80 24' '50 10' '200 50' '80 24' '120 40'; do
    resize $size
    finds '^▸ .*\+316'
    sees 'ALL 2 OPEN'
    finds "(calls|today) $((calls + 1))\\b"
    (($(screen | wc -L) <= ${size% *})) || fail "a line is wider than $size"
done
resize 40 8
loses '▸'
sees 50x10
answer while-too-small > "$WORK/reply"
resize 120 40
finds "(calls|today) $((calls + 2))\\b"
keys Home
finds '^▸ .*\+316'

say "quitting asks while calls are going on, and gives the terminal back"
keys q
asks quit
keys Enter
asks_no_more quit
expect_json "$(answer not-gone)" "$(greeting "$HELLO")"
keys q
asks quit
keys y
left 0
finds "$SUMMARY .*: $((calls + 3)) calls, [0-9]+ rejected"

say "a dashboard that only watches throws no switch"
dashboard watch "$file" --readonly
for key in c o g u; do
    answer "readonly-$key" > "$WORK/reply"
    keys "$key"
    sees read-only
    lacks 'Cancel' || fail "$key opened a dialog"
    keys C-l
done
expect_json "$(answer still-greeted)" "$(greeting "$HELLO")"
keys q
asks quit
keys y
left 0

say "what callers send never reaches the terminal as control characters"
dashboard hostile "$file"
evil=$(jq -nc '"evil\u202e\u001b]52;c;aGFja2Vk\u0007\u001b[2J\u009b31m\u0000\u0007"')
hostile=$(request hostile | jq -c --argjson evil "$evil" '.message.call.id += $evil
    | .message.customer.number = $evil | .message.phone_number = {number: $evil, name: $evil}')
post "$hostile" > "$WORK/reply"
report=$(jq -c --argjson evil "$evil" '.message.type = "end-of-call-report" | .message.call.status = "ended"
    | .message += {ended_reason: $evil, summary: $evil, transcript: $evil, analysis: {summary: $evil}}' <<< "$hostile")
post "$report" > "$WORK/reply"
post "$(jq -c --argjson evil "$evil" '.message.type = $evil' <<< "$hostile")" > "$WORK/reply"
finds "^▸ .*evil··\\]52.*ended"
keys Enter
for key in 1 2 3 4; do
    keys "$key"
    finds "\\[$key "
done
interrupts
left 130
grep -qa evil "$WORK/hostile.bytes" || fail "the bytes of the terminal were not kept"
for bytes in $'\e]52' $'\u202e' $'\u009b' $'\a'; do
    LC_ALL=C grep -qaF -- "$bytes" "$WORK/hostile.bytes" || continue
    fail "$(printf %q "$bytes") got through"
done

say "themes colour the screen, NO_COLOR leaves reverse and bold"
colours=$'\e\\[[0-9;]*(3[0-7]|38;|4[0-7]|48;|9[0-7]|10[0-7])[0-9;]*m'
for theme in night day; do
    dashboard "$theme" "$file" --theme "$theme"
    answer "$theme" > "$WORK/reply"
    finds '^▸ .*✓ greeting'
    screen -e > "$WORK/$theme.screen"
    grep -qE "$colours" "$WORK/$theme.screen" || fail "the theme $theme has no colours"
    interrupts
    left 130
done
cmp -s "$WORK/night.screen" "$WORK/day.screen" && fail "night looks like day"
TERMINAL_ENV=(NO_COLOR=1)
dashboard nosuch "$file" --theme nosuch
finds 'theme.*nosuch'
interrupts
left 130
dashboard plain "$file" --theme night
answer plain > "$WORK/reply"
finds '^▸ .*✓ greeting'
screen -e > "$WORK/plain.screen"
if grep -qE "$colours" "$WORK/plain.screen"; then fail "NO_COLOR has colours"; fi
grep -qE $'\e\\[[0-9;]*7m' "$WORK/plain.screen" || fail "without colours nothing is reversed"
grep -qE $'\e\\[[0-9;]*1m' "$WORK/plain.screen" || fail "without colours nothing is bold"
interrupts
left 130
