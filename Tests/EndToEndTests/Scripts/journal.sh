#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The record of calls on disk: there after a restart, whole after kill -9 under load, and no fault of the disk costs a call.
# KILLS and RATE replace how often the server is killed and how many calls come in a second; BEHIND how many seconds before
# a kill a call must have been answered to be kept for certain, on a machine that other scripts load.

source "$(dirname "$0")/lib.sh"

KILLS=${KILLS:-8}
RATE=${RATE:-300}
BEHIND=${BEHIND:-1}
STATE=$HOME/.local/state/switchboard
JOURNAL=$STATE/calls.sqlite
RULES=$(rules desk << 'EOR'
lines: [{ number: "+31850835037", name: Demo }]
otherwise: { greeting: "Hi." }
EOR
)

# journal FILTER: what the status of the running server says of the journal.
journal() { "$SWITCHBOARD" status --json | jq -c ".journal | $1"; }
# writing / failing PATTERN: whether the journal is written, or why it is not.
writing() { [ "$(journal '.state == "writing" and .queued_bytes == 0')" = true ]; }
failing() { [[ $(journal '[.state, .error] | join(" ")') =~ $1 ]]; }
# calls [FILE]: how many calls a journal has.
calls() { "$SWITCHBOARD" journal info --json --journal "${1:-$JOURNAL}" | jq .calls; }
# answered ID: a call is answered.
answered() { expect_match "$(post "$(request "$1")")" '"first_message":"Hi\."' "the answer of $1"; }
# held COUNT [FILE]: whether a journal has so many calls.
held() { [ "$(calls "${2:-$JOURNAL}")" = "$1" ]; }

say "a restart has the calls of before, with their answers, and goes on counting them"
serve "$RULES"
answered one
post "$(update one in-progress)" > /dev/null
answered two
halt "$PID"
expect "$(find "$STATE" -name 'calls.sqlite*' -printf '%f %m\n' | sort | tr '\n' ' ')" 'calls.sqlite 600 calls.sqlite-lock 600 '
serve "$RULES"
expect "$("$SWITCHBOARD" status --json | jq -c '[.counts.calls, .counts.live, .journal.state]')" '[2,1,"writing"]'
control=$STATE/switchboard.sock
list() { curl -sS --unix-socket "$control" "http://desk/v1/calls" | jq -c "$1"; }
expect "$(list '[.calls[] | [.sequence, .id, .by]]')" '[[1,"two","otherwise"],[0,"one","otherwise"]]'
first=$(list '.calls[1].exchange.reply')
answered three
expect "$(post "$(request one)")" "$(jq -r . <<< "$first")" "the platform asks again after the restart"
expect "$(list '[.calls[] | .sequence]')" '[2,1,0]'

say "commands look at the journal of the running server"
await held 3
expect_match "$("$SWITCHBOARD" journal info)" '3 calls, 20'
expect_match "$("$SWITCHBOARD" journal check)" 'is whole$'
"$SWITCHBOARD" journal backup "$WORK/copy.sqlite" > /dev/null
expect "$(calls "$WORK/copy.sqlite") $(stat -c %a "$WORK/copy.sqlite")" "3 600"
code=0
words=$("$SWITCHBOARD" journal backup "$WORK/copy.sqlite" 2>&1) || code=$?
expect "$code" 1 "a copy never replaces a file"
expect_match "$words" 'exists'
"$SWITCHBOARD" journal compact > /dev/null
answered four
await held 4

say "another program locks the journal: calls are answered, it is shown, and nothing is lost"
python3 "$SCRIPTS/lock.py" "$JOURNAL" 4 > "$WORK/lock" &
finally $!
await grep -q locked "$WORK/lock"
for id in five six; do answered "$id"; done
await failing 'retrying .*locked'
expect_match "$("$SWITCHBOARD" status)" 'WARNING: the journal has not been written since'
expect_match "$("$SWITCHBOARD" journal info 2>&1)" 'Note: the server cannot write its journal .*/calls.sqlite now, so that it lacks the newest 2 calls\.'
expect_match "$(curl -sS --unix-socket "$control" http://desk/metrics)" 'switchboard_journal_healthy 0'
answered seven
await writing
await held 7
expect "$(journal .dropped)" 0

say "its folder is removed: it is made again, with what memory has"
rm -rf "$STATE"
answered eight
await test -s "$JOURNAL"
await held 8
halt "$PID"

say "a file that was cut is kept under another name"
serve "$RULES"
for id in $(seq 40); do answered "cut-$id" & done
wait $(jobs -p | grep -vx "$PID") 2> /dev/null || true
await held 48
halt "$PID"
truncate -s 60000 "$JOURNAL"
serve "$RULES"
answered nine
await grep -q 'was damaged' "$ERR"
await writing
"$SWITCHBOARD" journal check > /dev/null
expect "$(find "$STATE" -name 'calls.sqlite.damaged-*' | grep -c damaged)" 1
halt "$PID"

say "a number that is forgotten is in no file of the state folder"
before=$(calls)
serve "$RULES"
post "$(request forget +31655501234)" > /dev/null
"$SWITCHBOARD" note "call +31655501234 back" > /dev/null
"$SWITCHBOARD" close --all --reason "told 06 5550 1234" --for 30m --yes > /dev/null
"$SWITCHBOARD" note --call forget "his number is 0655501234" > /dev/null
forget() { "$SWITCHBOARD" journal forget "${1:-+31655501234}" --yes 2>&1; }
# left: the files of the state folder that have the number.
left() { find "$STATE" -name '*.damaged-*' -prune -o -type f -print0 | xargs -0 grep -laE '6 ?5550 ?1234' || true; }
await held $((before + 1))
code=0
words=$(forget) || code=$?
expect "$code" 1 "while a call goes on: $words"
expect_match "$words" 'in progress'
code=0
words=$(forget +31850835037) || code=$?
expect "$code" 1
expect_match "$words" 'is a line of the rules file'
# copied NUMBER FILE: the same in a file, while the server runs.
copied() { "$SWITCHBOARD" journal forget "$1" --yes --journal "$2" 2>&1; }
"$SWITCHBOARD" journal backup "$WORK/other.sqlite" > /dev/null
expect_match "$(copied +31655501234 "$WORK/other.sqlite")" 'is forgotten: [1-9][0-9]* calls? and .*only in .*/other.sqlite: a server uses'
expect "$(grep -caE '6 ?5550 ?1234' "$WORK/other.sqlite" || true)" 0
ln -s "$JOURNAL" "$WORK/link.sqlite"
for file in "$JOURNAL" "$WORK/link.sqlite"; do
    code=0
    words=$(copied +31655501234 "$file") || code=$?
    expect "$code" 1 "$file"
    expect_match "$words" 'Nothing changed: the server, process [0-9]+, that uses this folder has the number in memory'
done
code=0
"$SWITCHBOARD" journal forget +31655501234 > /dev/null 2>&1 || code=$?
expect "$code" 1 "without --yes"
post "$(update forget ended)" > /dev/null
await grep -laq 655501234 "$JOURNAL" "$JOURNAL-wal" || fail "the number was never there"
# The platform may ask for the same answer again for some seconds.
WITHIN=15 await eval 'forget > "$WORK/forgotten"'
expect_match "$(cat "$WORK/forgotten")" '^.31655501234 is forgotten, now forgotten-[0-9a-f]{12}: 1 call and [0-9]+ other rows? of the journal, 1 call'
name=$(grep -oE 'forgotten-[0-9a-f]{12}' "$WORK/forgotten" | head -1)
expect "$(left)" ""
expect "$(list '[.calls[] | select(.id == "forget") | .from, .notes, .exchange.kind]')" "[\"$name\",[],\"greeting\"]"
expect "$(stat -c %a "$STATE/forgetting-key")" 600
expect_match "$("$SWITCHBOARD" audit)" "forgot a number: 1 call, now $name"
post "$(request more)" > /dev/null
post "$(request again +31655501234)" > /dev/null
halt "$PID"
expect_match "$(forget)" "^.31655501234 is forgotten: 2 calls and 0 other rows of the journal, now $name"
expect_match "$("$SWITCHBOARD" audit --state "$STATE" | tail -n 1)" "forgot a number: 2 calls, now $name by "
expect "$(left)" ""
expect "$(calls)" $((before + 3))
code=0
words=$(forget +31850835037) || code=$?
expect "$code" 1 "a line, without a server"
expect_match "$words" 'is a line of the rules file, not a person'
"$SWITCHBOARD" journal check > /dev/null

say "a backup takes the place of the journal, not the log of a server that was killed"
"$SWITCHBOARD" journal backup "$WORK/rest.sqlite" --journal "$JOURNAL" > /dev/null
kept=$(calls "$WORK/rest.sqlite")
serve "$RULES"
"$SWITCHBOARD" open --all --yes > /dev/null
code=0
words=$("$SWITCHBOARD" journal restore "$WORK/rest.sqlite" 2>&1) || code=$?
expect "$code" 1 "while a server runs"
expect_match "$words" 'Nothing changed: a server writes .*calls.sqlite; stop it'
for id in $(seq 40); do answered "later-$id"; done
await held $((kept + 40))
kill -9 "$PID"
await eval '! kill -0 "$PID" 2> /dev/null'
[ -s "$JOURNAL-wal" ] || fail "the server left no log"
expect_match "$("$SWITCHBOARD" journal restore "$WORK/rest.sqlite")" "calls.sqlite: $kept calls, .*from .*rest.sqlite.*what was there is now .*calls.sqlite.replaced-"
expect "$(calls) $(stat -c %a "$JOURNAL")" "$kept 600"
expect "$(calls "$(find "$STATE" -name 'calls.sqlite.replaced-*Z')")" $((kept + 40))
serve "$RULES"
answered "after-restoring"
await held $((kept + 1))
"$SWITCHBOARD" journal check > /dev/null
halt "$PID"

say "a journal that was deleted between two starts does not have the whole day"
rm "$JOURNAL"
serve "$RULES"
"$SWITCHBOARD" status --json | jq -e '.day.since_midnight | not' > /dev/null || fail "the day is whole"
halt "$PID"

say "without a journal nothing is written"
SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], journal: false }'
none=$(SERVER=$SERVER rules none <<< 'otherwise: { greeting: "Hi." }')
serve "$none" --state "$WORK/none"
answered ten
halt "$PID"
expect "$(find "$WORK/none" -name 'calls*')" ""

say "the disk is full: calls are answered, and it goes on once there is room"
if unshare --user --map-root-user --mount true 2> /dev/null || [ "$(id -u)" = 0 ] && unshare --mount true 2> /dev/null; then
    mkdir "$WORK/small"
    export SWITCHBOARD RULES SMALL=$WORK/small
    how=(unshare --mount)
    [ "$(id -u)" = 0 ] || how=(unshare --user --map-root-user --mount)
    "${how[@]}" bash -c 'mount -t tmpfs -o size=2m,mode=700 tmpfs "$SMALL" && echo mounted > "$SMALL/../mounted" &&
        exec "$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" --state "$SMALL"' \
        > "$WORK/full.jsonl" 2> "$WORK/full.err" < /dev/null &
    PID=$! OUT=$WORK/full.jsonl ERR=$WORK/full.err
    finally "$PID"
    await test -s "$WORK/mounted" || fail "there is no small disk: $(cat "$ERR")"
    listening
    inside=/proc/$PID/root$SMALL
    head -c 4m /dev/zero > "$inside/fill" 2> /dev/null || true
    for id in $(seq 20); do answered "full-$id"; done
    # The socket is on the small disk too, where only a process with that view of the files finds it.
    await grep -q 'The journal cannot be written: no space is left' "$ERR"
    answered full-again
    rm "$inside/fill"
    await grep -q 'The journal is written again' "$ERR"
    answered full-after
    halt "$PID"
else
    echo "  (left out: this system lets nobody mount a small disk)"
fi

say "kill -9 under load: $KILLS times at $RATE calls a second"
python3 "$SCRIPTS/journal.py" "$SWITCHBOARD" "$RULES" "$WORK/killed" "$KILLS" "$RATE" "$BEHIND" > "$WORK/killed.txt" \
    || fail "$(cat "$WORK/killed.txt")"
read -r all due missing < "$WORK/killed.txt"
echo "  $all calls answered, $due of them due and there; $missing of the last $BEHIND s missing"
[ "$due" -gt $((KILLS * 10)) ] || fail "hardly a call was sent"
expect "$(find "$WORK/killed" -name 'calls.sqlite.damaged-*')" ""
