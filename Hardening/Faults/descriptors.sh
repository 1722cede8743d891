#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# No descriptor is left for the running server: who is connected is answered, the server does not spin, and it recovers.
source "$(dirname "$0")/../lib.bash"

RULES=$(greeting_rules desk "Hi.")
desk_server "$RULES"
expect "$(status "$(request before)")" 200
load connected 25 50 "Hi."
await test "$(descriptors)" -ge 14
used=$(descriptors)
# What the load alone costs is not held against it.
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$PID/stat"; }
sleep 1
before=$(ticks)
sleep 3
usual=$((($(ticks) - before) / 3))
prlimit --pid "$PID" --nofile=$((used + 3)):
python3 "$SCRIPTS/greedy.py" "$PORT" 200 < <(sleep 12) > "$WORK/crowd" 2> /dev/null &
finally $!
sleep 1
before=$(ticks)
sleep 5
spent=$((($(ticks) - before) / 5))
((spent < usual + $(getconf CLK_TCK) / 3)) || fail "without descriptors the server burns $spent ticks a second, $usual with them"
good=0
for number in 1 2 3 4 5; do [ "$(status "$(request "short-$number")" 2> /dev/null)" = 200 ] && good=$((good + 1)); done
((good >= 3)) || fail "only $good of 5 new connections were answered"
echo "  $good of 5 new connections answered with 3 descriptors left, $spent ticks a second, $usual before"
prlimit --pid "$PID" --nofile="$(ulimit -Hn):"
well() { [ "$(status "$(request "well-$RANDOM")")" = 200 ]; }
await well || fail "no answer after descriptors are there again"
for number in 1 2 3; do expect "$(status "$(request "again-$number")")" 200; done
expect "$(api GET /healthz)" '{"status":"ok"}'
kill "$LOAD" 2> /dev/null || true
held connected
halt "$PID"
