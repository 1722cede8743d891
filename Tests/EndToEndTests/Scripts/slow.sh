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
