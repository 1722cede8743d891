#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the server counts, in all and by line, against what a client counted that played the calls.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], keep: { calls: 40 } }'
RULES=$(rules counts << 'END'
timezone: Europe/Amsterdam
lines:
  - { number: "+31850835037", name: Demo, hours: never }
  - { number: "+31201234567", name: Front desk, group: amsterdam }
  - { number: "+31201234568", name: Billing, group: amsterdam }
hours:
  never: { closed: closed, dates: { "2001-01-01": "09:00-10:00" } }
answers:
  closed: { reject: "We are closed." }
  hello: { greeting: "Hello." }
rules:
  - { name: blocked, when: { caller: "+31612345673" }, answer: closed }
otherwise: hello
END
)

say "the counts add up, whatever memory evicts"
desk_server "$RULES"
python3 "$SCRIPTS/counts.py" "$URL" "$SOCKET"

say "status says the same"
words=$("$SWITCHBOARD" status --socket "$SOCKET")
expect_match "$words" "since the start 480 calls: [0-9]+ live, [0-9]+ failed, [0-9]+ rejected \("
expect_match "$words" "missing signature"
