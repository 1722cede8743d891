#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the desk keeps: found again by a restart, whole after kill -9 at any moment, one server at a time, told when damaged.

source "$(dirname "$0")/lib.sh"

KILLS=${KILLS:-10} # how often the server is killed while it writes
STATE=$HOME/.local/state/switchboard
RULES=$(rules desk << 'EOR'
timezone: Europe/Amsterdam
lines: [{ number: "+31850835037", name: Demo, group: demo }]
otherwise: { greeting: "Hi." }
tag_answers: false
EOR
)
CLOSED='{"error":"Dicht."}'

# moment MILLISECONDS: that long from now, as the files have it.
moment() {
    local at=$((${EPOCHREALTIME/./} / 1000 + $1))
    printf '%s.%03dZ' "$(date -u -d "@$((at / 1000))" +%Y-%m-%dT%H:%M:%S)" $((at % 1000))
}

# override ID SCOPE [UNTIL]: an override that anna set.
override() {
    jq -nc --argjson id "$1" --arg scope "$2" --arg until "${3-}" '{id: $id, kind: "closed", scope: $scope, text: "Dicht.",
        reason: "fire drill", who: "anna", since: "2026-07-01T12:00:00.000Z",
        until: (if $until == "" then null else $until end), by: {user: "anna", terminal: "pts/3", host: null}}'
}

# kept NEXT_ID: writes the overrides on stdin as what was kept.
kept() {
    mkdir -p "$STATE" && chmod 700 "$STATE"
    jq -sc --argjson next "$1" '{version: 1, overrides: ., changes: [], next_id: $next, audit_lines: 0, audit: []}' \
        > "$STATE/state.json"
}

# ended COUNT: whether the audit says of so many overrides that their time was over.
ended() { [ "$(jq -s 'map(select(.event == "expired")) | length' "$STATE/audit.jsonl")" = "$1" ]; }

# refused CODE PATTERN OPTION...: a server that does not start says so in one line, in which this is.
refused() {
    local code=0 words
    words=$("$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" "${@:3}" 2>&1 < /dev/null) || code=$?
    expect "$code" "$1" "$words"
    expect "$(wc -l <<< "$words")" 1 "one line: $words"
    expect_match "$words" "$2"
}

say "a disk without room changes nothing, and is told"
STATE=$WORK/full
{ override 1 "group demo" "$(moment 8000)"; for id in 2 3 4; do override "$id" "group g$id"; done; } \
    | jq -c '.text = "x" * 2000' | kept 5
was=$(< "$STATE/state.json")
serve "$RULES" --state "$STATE"
prlimit --pid "$PID" --fsize=4096:
WITHIN=20 await logged '.event == "desk" and (.words | test("group demo.*state.json.new: File too large"))'
expect_json "$(post "$(request five)")" '{"assistant":{"first_message":"Hi."}}'
expect "$(< "$STATE/state.json")" "$was"
prlimit --pid "$PID" --fsize=unlimited:
full=$PID
STATE=$HOME/.local/state/switchboard

say "what was kept is in force from the first call, and what is over has ended on time"
{ override 1 all "$(moment 3000)"; override 2 "group demo" "$(moment -60000)"; override 3 "line +31850835037"; } | kept 4
serve "$RULES"
expect_json "$(post "$(request one)")" "$CLOSED"
still='all lines .*2026-07-01 14:00.*anna \(pts/3\).*fire drill'
await grep -qE "$still" "$ERR"
expect "$(grep -cE "all lines|line .31850835037" "$ERR")" 2 "what is in force: $(cat "$ERR")"
await logged '.event == "desk" and (.words | test("line .31850835037"))'
await ended 2
for scope in 'group demo' 'all lines'; do await logged ".event == \"desk\" and (.words | test(\"$scope\"))"; done
expect "$(jq -c '[.n, .event, .scope, .old, .new, .at == .until]' "$STATE/audit.jsonl" | tr -d '\n')" \
    '[1,"expired","group demo","Dicht.",null,true][2,"expired","all","Dicht.",null,true]'
expect "$(jq -c '[.next_id, .audit_lines, [.overrides[].id]]' "$STATE/state.json")" '[4,2,[3]]'
await test -s "$STATE/last-good-rules"
expect "$(find "$STATE" -printf '%f %m\n' | sort | tr '\n' ' ')" 'audit.jsonl 600 calls.sqlite 600 calls.sqlite-lock 600 calls.sqlite-shm 600 calls.sqlite-wal 600 last-good-rules 600 lock 600 state.json 600 switchboard 700 switchboard.sock 600 '

say "one server at a time"
first=$PID
refused 1 "$first.*$STATE.*--state"
refused 69 "127.0.0.1:$PORT" --listen "127.0.0.1:$PORT"
serve "$RULES" --state "$WORK/other"
expect_json "$(post "$(request two)")" '{"assistant":{"first_message":"Hi."}}'
halt "$PID"
halt "$first" KILL
serve "$RULES"
expect_json "$(post "$(request three)")" "$CLOSED"
halt "$PID"

say "a demo beside it keeps nothing"
serve "$RULES"
before=$(cd "$HOME" && find . -type f | sort)
"$SWITCHBOARD" demo --headless > "$WORK/demo" 2>&1 < /dev/null &
demo=$!
finally "$demo"
await grep -q listening "$WORK/demo"
halt "$demo"
expect "$(cd "$HOME" && find . -type f | sort)" "$(sort <<< "$before"$'\n./demo')"
halt "$PID"

say "a damaged file is set aside, and that is said until something is done about it"
echo '{"version":1,' > "$STATE/state.json"
serve "$RULES"
expect_match "$(< "$ERR")" "$STATE/state.json.damaged-[0-9TZ]+"
await logged '.event == "desk" and (.words | test("damaged-"))'
expect_json "$(post "$(request four)")" '{"assistant":{"first_message":"Hi."}}'
halt "$PID"
expect "$(cat "$STATE"/state.json.damaged-*)" '{"version":1,'

say "folders that cannot be used"
chmod 770 "$STATE"
refused 1 "$STATE.*770.*--state"
chmod 700 "$STATE"
echo > "$WORK/file"
refused 1 "$WORK/file/x.*Not a directory.*--state" --state "$WORK/file/x"
refused 2 '--state' --state ''
(
    unset HOME
    refused 1 'XDG_STATE_HOME.*HOME.*--state'
    export XDG_STATE_HOME=relative
    refused 1 'XDG_STATE_HOME.*HOME.*--state'
)
XDG_STATE_HOME=$WORK/xdg serve "$RULES"
[ -f "$WORK/xdg/switchboard/lock" ] || fail "XDG_STATE_HOME is not used"
halt "$PID"

say "what could not be kept is kept when there is room again"
STATE=$WORK/full
WITHIN=15 await ended 1
expect "$(jq '.overrides | length' "$STATE/state.json")" 3
halt "$full"
STATE=$HOME/.local/state/switchboard

say "killed $KILLS times while it writes"
# Overrides end one after the other for as long as that takes, and each end is a change that is kept.
rm -rf "$STATE"
count=200 pace=$((2 * KILLS + 5))
ends=()
for ((number = 1; number <= count; number++)); do ends+=("$(moment $((1000 + number * pace)))"); done
printf '%s\n' "${ends[@]}" | jq -Rnc --argjson like "$(override 1 all)" '
    [inputs] | to_entries[] | $like + {id: (.key + 1), scope: "group g\(.key + 1)", until: .value}' | kept $((count + 1))
for ((kill = 1; kill <= KILLS; kill++)); do
    serve "$RULES"
    sleep "0.$(printf '%03d' $((RANDOM % 400)))"
    halt "$PID" KILL
    jq -e --argjson count "$count" '.version == 1 and (.overrides | length) + .audit_lines == $count' \
        "$STATE/state.json" > /dev/null || fail "the state is not whole: $(head -c 300 "$STATE/state.json")"
done
serve "$RULES"
WITHIN=$((KILLS / 2 + 20)) await jq -e '.overrides == []' "$STATE/state.json" || fail "not all of them ended"
halt "$PID"
torn=$(jq -cR 'fromjson? // "torn" | select(. == "torn")' "$STATE/audit.jsonl" | wc -l)
echo "  $torn torn lines"
# Those whose time was over while nobody ran came to their end together, so the order is that of the numbers only.
jq -nR --argjson count "$count" '[inputs | fromjson? | .n] == [range(1; $count + 1)]' "$STATE/audit.jsonl" | grep -qx true \
    || fail "the numbers of the audit have a gap, or one is there twice"
