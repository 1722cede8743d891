#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What an operator sees of a failed call, of a reload that matters later today, and of a start on a broken file.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/desk.bash"

# A zone in which it is noon, so that "later today" is in business hours.
offset=$((10#$(date -u +%H) - 12))
ZONE=Etc/GMT$( ((offset < 0)) && echo "$offset" || echo "+$offset")
RULES=$(rules desk << END
timezone: $ZONE
lines:
  - { number: "+31850835037", name: Demo }
  - { number: "+31201234567", name: Front desk, hours: office }
hours: { office: { weekly: { mon-sun: ["09:00-17:30"] }, closed: { reject: "We are closed." } } }
otherwise: { greeting: "Hello." }
END
)

SIZE='160 40' dashboard desk "$RULES" --control "$SOCKET" --state "$STATE"

say "a failed call: in the header, its row, the lines, status and the metrics"
post "$(request c-1)" > /dev/null
post "$(update c-1 in-progress)" > /dev/null
finds '^ (calls|today) 1 .*live 1  failed 0'
post "$(update c-1 ended-with-error)" > /dev/null
finds '^ (calls|today) 1 .*live 0  failed 1'
finds '\+31612345678 .*Demo .*failed$'
keys Tab
# In progress, all, rejected, failed.
finds ' Demo .* 0 +1 +0 +1 '
keys Tab
expect_match "$(desk status)" '(  |today )1 call: 0 live, 1 failed'
expect "$(api GET /metrics | grep '^switchboard_calls_ended_total{outcome="failed",line="+31850835037"}')" \
    'switchboard_calls_ended_total{outcome="failed",line="+31850835037"} 1'

say "a reload that changes nothing now, and closes a line earlier today"
sed -i 's/09:00-17:30/09:00-16:00/' "$RULES"
finds '1 line answers differently within 7 days'
keys '!'
sees 'Front desk: today closes 16:00 instead of 17:30'
keys Escape
sees 'ALL 2 OPEN · first closes 16:00 (Front desk)'
await test -s "$STATE/last-good-rules"

say "a file with errors is marked, and a start on it too, until it is mended"
sed -i 's/^otherwise/otherwize/' "$RULES"
finds '^ desk\.yaml:[0-9]+: 1 error since [0-9:]+; still using the previous rules, as a restart would; first: unknown key'
keys q
asks quit
keys y
left 0
tm kill-session -t desk
SIZE='160 40' dashboard again "$RULES" --control "$SOCKET" --state "$STATE"
finds '^ desk\.yaml:[0-9]+: 1 error since .*; using the last good rules, of [0-9:]+, as a restart would; first: unknown key'
expect "$(answer c-2)" '{"assistant":{"first_message":"Hello."}}'
keys Tab
sees '; using the last good rules, of'
sed -i 's/^otherwize/otherwise/' "$RULES"
loses 'using the last good rules'
keys Tab
sees following
keys q
asks quit
keys y
left 0
