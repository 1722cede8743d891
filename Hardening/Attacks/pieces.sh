#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A body in chunks of a byte: four times as many cost about four times the processor time, not sixteen times, and good
# calls are answered meanwhile.
source "$(dirname "$0")/../lib.bash"

RULES=$(greeting_rules desk "Hi.")
serve "$RULES"
# used: the processor time of the server, in hundredths of a second.
used() { awk '{ print $14 + $15 }' "/proc/$PID/stat"; }
# costs COUNT: sends one body, and sets COST to its processor time.
costs() {
    local before
    before=$(used)
    expect "$(python3 "$HARDENING/pieces.py" "$PORT" "$1")" "HTTP/1.1 401 Unauthorized" "the reply to $1 chunks"
    COST=$(($(used) - before))
}
costs 1000
costs 100000
few=$COST
costs 400000
many=$COST
((many < 8 * (few + 2))) || fail "400 000 chunks cost $many hundredths of a second, 100 000 cost $few"
load beside 5 200 "Hi."
python3 "$HARDENING/pieces.py" "$PORT" 400000 > "$WORK/pieces"
held beside
echo "  100 000 chunks cost $few hundredths of a second of processor time, 400 000 cost $many"
