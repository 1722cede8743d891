#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The server probes its own public address: through a tunnel that works, breaks, and leads to another server.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/desk.bash"

# The tunnel leads to the port in the file; without the file it closes connections.
python3 "$SCRIPTS/forward.py" "$WORK/leads-to" > "$WORK/port" &
finally $!
await test -s "$WORK/port"
PUBLIC=http://127.0.0.1:$(cat "$WORK/port")/webhook
LINES='lines: [{ number: "+31850835037", name: Demo }]'

# probed FILTER: whether the newest probe satisfies a jq condition.
probed() { api GET /v1/status | jq -e ".probe | $1" > /dev/null; }

RULES=$(SERVER="{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], probe: { url: '$PUBLIC', every: 10s } }" rules probed <<< "$LINES")

say "check warns of an address that does not leave the machine, and nothing else"
expect "$("$SWITCHBOARD" check --json "$RULES" 2> /dev/null | jq -c '[.findings[] | [.severity, .code]]')" '[["warning","no-effect"]]'

say "a broken tunnel"
desk_server "$RULES"
WITHIN=20 await probed '.newest.code == "unanswered" and .failing_since != null'
expect_match "$(desk status)" "WARNING: the probe of $PUBLIC has failed since .*callers may reach the platform's default"
expect "$(api GET /metrics | grep '^switchboard_probe_success')" 'switchboard_probe_success 0'
await logged '.event == "desk" and (.words | test("^the probe of .* fails: "))' || fail "no event: $(cat "$OUT")"

say "an attached dashboard shows it, and that the tunnel works again"
terminal attached 160 40
runs "clear; $(printf '%q ' "$SWITCHBOARD" attach --socket "$SOCKET"); echo code=\$?"
sees 'PROBE FAILS'
sees "the probe of $PUBLIC has failed since"
echo "$PORT" > "$WORK/leads-to"
WITHIN=25 finds 'probe ok [0-9]+ s ago'
loses 'has failed since'
await logged '.event == "desk" and (.words | test("^the probe of .* succeeds again after "))'
probed '.newest.ok and .newest.code == "answered" and .newest.milliseconds >= 0 and .failing_since == null'
expect "$(api GET /metrics | grep '^switchboard_probe_success')" 'switchboard_probe_success 1'
expect_match "$(desk status)" "the probe of $PUBLIC succeeded at .*, in [0-9]+ ms"

say "nothing of it is counted"
expect "$(api GET /v1/status | jq -c '.counts | [.received, .answered, .calls, .refused]')" '[0,0,0,0]'

say "another server with the same secret answers"
FIRST=$PID
serve "$(rules other <<< "$LINES")" --control "$WORK/other.sock" --state "$WORK/other-state"
echo "$PORT" > "$WORK/leads-to"
WITHIN=25 await probed '.newest.code == "another_server"'
sees 'another server with the same secret answered'
halt "$PID"

say "the server stops at once, probe or not"
keys q
finds 'code=0$'
halt "$FIRST"
expect "$CODE" 0
