#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# 20 processes give orders at once, under load: each is confirmed once, is in the audit once, and undo knows all of them.
source "$(dirname "$0")/../lib.bash"

PROCESSES=${PROCESSES:-20} EACH=${EACH:-25}
RULES=$(greeting_rules desk "Hi.")
desk_server "$RULES"
load orders 120 300
order() {
    local number
    for ((number = 1; number <= EACH; number++)); do
        # The disk of a busy machine may stall for seconds; an order waits for it, a call does not.
        curl -sS --max-time 60 --unix-socket "$SOCKET" http://desk/v1/overrides --data-binary '{"act":"begin","kind":"closed","text":"'"$1-$number"'","scopes":["all"],"for_seconds":600,
            "who":{"user":"clerk'"$1"'"}}' | jq -e '.begun | length == 1' > /dev/null || echo "$1-$number" >> "$WORK/refused"
    done
}
pids=()
for ((process = 1; process <= PROCESSES; process++)); do
    order "$process" &
    pids+=($!)
done
wait "${pids[@]}"
kill "$LOAD" 2> /dev/null || true
held orders
expect "$(cat "$WORK/refused" 2> /dev/null | wc -l)" 0 "orders that were not confirmed"
all=$((PROCESSES * EACH))
written() { [ "$(kept '[.[] | select(.event == "begun") | .new] | unique | length')" = $all ]; }
await written || fail "the audit has $(kept '[.[] | select(.event == "begun")] | length') of $all orders"
expect "$(kept '[.[].n] == [range(1; length + 1)]')" true "the numbers of the audit"
expect "$(api GET /v1/overrides | jq '.overrides | length')" 1 "closures in force"
echo "  $all orders of $PROCESSES processes, all in the audit"
