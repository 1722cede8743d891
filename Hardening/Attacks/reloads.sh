#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The rules change again and again under load: every call hears the old greeting or the new one, and none is lost.
source "$(dirname "$0")/../lib.bash"

ROUNDS=${ROUNDS:-40}
RULES=$(greeting_rules desk "One.")
desk_server "$RULES"
load reloads 30 "${RATE:-1000}" "One." "Two."
for ((round = 1; round <= ROUNDS; round++)); do
    if ((round % 2)); then old=One new=Two; else old=Two new=One; fi
    sed "s/\"$old\\.\"/\"$new.\"/" "$RULES" > "$RULES.new" && mv "$RULES.new" "$RULES"
    if ((round % 4 == 0)); then kill -HUP "$PID"; fi
    # Once it answers in the new way, it never again does in the old one.
    hears() { [ "$(answer "round-$round-$RANDOM$RANDOM")" = '{"assistant":{"first_message":"'$new'."}}' ]; }
    await hears || fail "round $round: the new rules are not used"
    hears || fail "round $round: the old rules are back"
done
kill "$LOAD" 2> /dev/null || true
held reloads
add_up
