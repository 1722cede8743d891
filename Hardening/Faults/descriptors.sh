#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Few descriptors or none are left for the running server: who is connected is answered, the server does not spin, and it
# recovers.
source "$(dirname "$0")/../lib.bash"

RULES=$(greeting_rules desk "Hi.")
desk_server "$RULES"
expect "$(status "$(request before)")" 200
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$PID/stat"; }
# spending SECONDS: how many ticks a second the server needs.
spending() {
    local before
    before=$(ticks)
    sleep "$1"
    echo $((($(ticks) - before) / $1))
}
well() { [ "$(status "$(request "well-$RANDOM")")" = 200 ]; }

# With -2, fewer are allowed than are open, as when somebody lowers the limit: nothing can be accepted at all.
for left in 3 -2; do
    say "$left descriptors are left"
    load "connected$left" 25 50 "Hi."
    # All of its own descriptors are open, and those of the load.
    settled() { local now; now=$(descriptors); sleep 0.5; ((now >= 14 && now == $(descriptors))); }
    await settled
    # What the load alone costs is not held against it.
    usual=$(spending 3)
    prlimit --pid "$PID" --nofile=$(($(descriptors) + left)):
    python3 "$SCRIPTS/greedy.py" "$PORT" 200 < <(sleep 12) > "$WORK/crowd" 2> /dev/null &
    crowd=$!
    finally "$crowd"
    sleep 1
    spent=$(spending 5)
    ((spent < usual + $(getconf CLK_TCK) / 10)) || fail "without descriptors the server burns $spent ticks a second, $usual with them"
    good=0
    for number in 1 2 3 4 5; do [ "$(status "$(request "short$left-$number")" 2> /dev/null)" = 200 ] && good=$((good + 1)); done
    ((good >= 3 || left < 0)) || fail "only $good of 5 new connections were answered"
    echo "  $good of 5 new connections answered, $spent ticks a second, $usual before"
    prlimit --pid "$PID" --nofile="$(ulimit -Hn):"
    await well || fail "no answer after descriptors are there again"
    for number in 1 2 3; do expect "$(status "$(request "again$left-$number")")" 200; done
    expect "$(api GET /healthz)" '{"status":"ok"}'
    kill "$LOAD" 2> /dev/null || true
    # Where nothing can be accepted, connections that were good give way too; their calls wait, and may be late.
    loaded "connected$left"
    expect "$(jq .lost "$WORK/connected$left.load")" 0 "lost calls: $(jq -c .examples "$WORK/connected$left.load")"
    [ "$(jq "$left < 0 or .wrong == 0" "$WORK/connected$left.load")" = true ] || fail "wrong: $(jq -c . "$WORK/connected$left.load")"
    await gone "$crowd"
done
halt "$PID"
