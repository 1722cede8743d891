#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The server is killed at 200 random moments while orders come in: each restart has the last order that was confirmed or
# the one that was on its way, whole, and the audit has every line once. KILLS replaces the number.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

KILLS=${KILLS:-200}
RULES=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: Demo }
END
)

python3 "$SCRIPTS/crash.py" "$SWITCHBOARD" "$RULES" "$SOCKET" "$STATE" "$KILLS" > "$WORK/crash" \
    || fail "$(cat "$WORK/crash")"
read -r orders between < "$WORK/crash"
say "$KILLS kills; $between of them after the disk and before the reply; $orders orders"
[ "$orders" -gt $((KILLS / 4)) ] || fail "hardly an order was sent"

desk_server "$RULES"
lines=$(wc -l < "$AUDIT")
expect "$(kept '[.[].n] == [range(1; length + 1)]')" true "the numbers of the audit"
expect "$(kept '[.[] | select(.event == "begun") | .new] | length == (unique | length)')" true "no order is there twice"
[ "$lines" -gt $((KILLS / 4)) ] || fail "the audit has $lines lines only"
expect "$(compgen -G "$STATE/state.json.damaged-*" || true)" "" "damaged states"
