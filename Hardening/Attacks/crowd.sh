#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# 5 000 idle connections: good calls are answered as fast as without them.
source "$(dirname "$0")/../lib.bash"

RULES=$(greeting_rules desk "Hi.")
serve "$RULES"
load alone 5 200 "Hi."
held alone
mkfifo "$WORK/crowd"
ulimit -n "$(ulimit -Hn)"
python3 "$SCRIPTS/greedy.py" "$PORT" 5000 < "$WORK/crowd" > "$WORK/crowded" 2> "$WORK/crowd.err" &
finally $!
exec {crowd}> "$WORK/crowd"
WITHIN=30 await grep -q 5000 "$WORK/crowded" || skip "5 000 connections cannot be opened: $(tail -1 "$WORK/crowd.err")"
# Good calls wait in the same queue to be accepted, which a debug build takes seconds to work off.
quick() { curl -sS --max-time 0.2 "${URL%webhook}healthz"; }
WITHIN=60 await quick
load crowded 5 200 "Hi."
held crowded
alone=$(jq .p50_ms "$WORK/alone.load") crowded=$(jq .p50_ms "$WORK/crowded.load")
[ "$(jq -n "$crowded < 3 * $alone + 2")" = true ] || fail "p50 is $crowded ms beside a crowd, $alone ms without"
exec {crowd}>&-
closed() { [ "$(descriptors)" -lt 60 ]; }
await closed || fail "$(descriptors) descriptors are open after the crowd left"
