#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Overrides on one caller: blocked before anything else, or allowed while lines are closed.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

RULES=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: Demo, group: demo }
answers:
  closed: { reject: "We are closed." }
rules:
  - { name: vip, when: { caller: "+31655501234" }, bypass_closures: true, answer: { greeting: "Hello, vip." } }
otherwise: { greeting: "Hello." }
END
)

PRANK=+31612345678
GUEST=+4930123456
greeted='{"assistant":{"first_message":"Hello."}}'
closed='{"error":"We are closed."}'

desk_server "$RULES"

say "a blocked caller is rejected, nobody else is"
desk block "06 12345678" --for 8h --reason prank --say "No." > /dev/null
expect_json "$(answer one $PRANK)" '{"error":"No."}'
expect_json "$(answer two $GUEST)" "$greeted"
expect "$(api GET /v1/overrides | jq -c '[.callers[] | .kind, .scope, .text, .reason]')" \
    '["blocked","caller +31612345678","No.","prank"]'
expect "$(api GET /v1/calls | jq -c '[.calls[] | select(.id == "one") | .by]')" '["block"]'
expect "$(desk status --json | jq -c '[.callers.blocked, .callers.allowed, .counts.rejected_by.block]')" '[1,0,1]'
expect_match "$(desk explain --from $PRANK --to Demo)" 'override caller \+31612345678: blocked by'

say "a block comes before a rule that bypasses closures"
desk block +31655501234 > /dev/null
expect_json "$(answer three +31655501234)" "$closed"
desk undo > /dev/null
expect_json "$(answer four +31655501234)" '{"assistant":{"first_message":"Hello, vip."}}'

say "an allowed caller gets in while the lines are closed"
desk close --all --reason drill --until-reopened --yes > /dev/null
expect_json "$(answer five $GUEST)" "$closed"
desk allow $GUEST --until-reopened --yes > /dev/null
expect_json "$(answer six $GUEST)" "$greeted"
expect_json "$(answer seven $PRANK)" '{"error":"No."}'

say "by the API, with the caller as the scope"
expect "$(api POST /v1/overrides '{"act":"begin","kind":"blocked","scopes":["caller:+33142685300"]}' \
    | jq -c '[.callers.begun[] | .scope, .text, (.until != null)]')" '["caller +33142685300","We are closed.",true]'
expect "$(api POST /v1/overrides '{"act":"begin","kind":"allowed","scopes":["line +31850835037"]}' | jq -r .error.code)" bad_document
expect "$(api POST /v1/overrides '{"act":"begin","kind":"allowed","scopes":["caller +33142685300"],"until":"next change"}' \
    | jq -r .error.code)" no_change_ahead
api POST /v1/overrides '{"act":"clear caller","scopes":["caller +33142685300"]}' > /dev/null
expect "$(refused allow +33142685300 --clear)" nothing_on_callers

say "they survive a restart; the words of the start have no number"
halt "$PID"
desk_server "$RULES"
expect_json "$(answer eight $GUEST)" "$greeted"
expect_json "$(answer nine $PRANK)" '{"error":"No."}'
expect_match "$(cat "$ERR")" '1 caller blocked, 1 allowed'
grep -qF "$PRANK" "$ERR" && fail "a number is in what the server says"

say "the audit has them, also for readers that know nothing of them"
expect "$(kept '[.[] | select(.scope == "caller +31612345678") | .event, .change, .kind, .says]')" \
    '["note","begun","blocked","No."]'

say "a forgotten number is forgotten here too"
halt "$PID"
"$SWITCHBOARD" journal forget $PRANK --state "$STATE" --yes > /dev/null
grep -qF "$PRANK" "$STATE/state.json" "$AUDIT" && fail "the number is still kept"
desk_server "$RULES"
expect "$(api GET /v1/overrides | jq -c '[.callers[].scope]')" "[\"caller $GUEST\"]"
expect_json "$(answer ten $PRANK)" "$closed"
