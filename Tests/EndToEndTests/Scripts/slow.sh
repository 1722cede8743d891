#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A link of 9 600 baud, on which a hundred calls a second would fill the screen thirty times: frames are skipped, and never
# keys. Without that a key waits for all frames that were written before it, ten seconds and more.
source "$(dirname "$0")/lib.sh"

python3 "$SCRIPTS/slow.py" "$SWITCHBOARD" demo --rate 6000 > "$WORK/times" || fail "$(cat "$WORK/times")"
say "at 9 600 baud four keys took $(paste -sd ' ' "$WORK/times") seconds"
expect "$(wc -l < "$WORK/times")" 4
while read -r seconds; do
    awk -v seconds="$seconds" 'BEGIN { exit !(seconds < 5) }' || fail "a key took $seconds seconds"
done < "$WORK/times"

file=$(rules desk << 'END'
lines: [{ number: "+31850835037", name: Demo }]
otherwise: default
END
)
# quits DELAY QUIT: nothing of what a terminal answers so late reaches the shell.
quits() {
    local under_way seconds left
    python3 "$SCRIPTS/late.py" "$1" "$2" "$SWITCHBOARD" serve --listen 127.0.0.1:0 --config "$file" \
        --state "$WORK/state-$1" > "$WORK/late" || fail "$(cat "$WORK/late")"
    read -r under_way seconds left < "$WORK/late"
    say "answers after $1 s, q after $2 s: $under_way under way, ended after $seconds s, $left bytes for the shell"
    ((under_way > 0)) || fail "no answer was under way, so nothing was tried"
    expect "$left" 0 "bytes that reach the shell"
    awk -v seconds="$seconds" 'BEGIN { exit !(seconds < 5) }' || fail "the end took $seconds s"
}
quits 1.4 4.1
quits 0.2 0
