#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The memory is bounded: once the ring of calls is full, more calls do not make it grow.
#
# Unsigned, because signing 200 000 calls with openssl would take an hour. CALLS replaces the number of calls.

source "$(dirname "$0")/lib.sh"

CALLS=${CALLS:-200000}

# resident: the memory of the server in KiB.
resident() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB$/\1/p' "/proc/$PID/status"; }

say "keep.calls: $CALLS calls through a ring of 10 000"
serve "$(SERVER='{ keep: { calls: 10000 } }' rules calls <<< 'otherwise: { greeting: "Hi." }')"
expect "$(flood 30000)" 30000
full=$(resident)
expect "$(flood $((CALLS - 30000)) 30001)" $((CALLS - 30000))
end=$(resident)
echo "  $full KiB after 30000 calls, $end KiB after $CALLS"
((end * 100 < full * 115)) || fail "the memory grew from $full to $end KiB"
halt "$PID"
expect_match "$(cat "$ERR")" ": $CALLS calls,"

say "keep.bytes: 200 MB of webhooks through a ring of 4 MiB"
serve "$(SERVER='{ keep: { calls: 10000, bytes: 4MiB } }' rules bytes <<< 'otherwise: { greeting: "Hi." }')"
expect "$(PAD=100000 flood 500)" 500
full=$(resident)
expect "$(PAD=100000 flood 1500 501)" 1500
end=$(resident)
echo "  $full KiB after 50 MB, $end KiB after 200 MB"
((end * 100 < full * 115)) || fail "the memory grew from $full to $end KiB"
((end < 120000)) || fail "$end KiB for 4 MiB of calls"
