#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Five replicas under load, closed and opened again and again, each time at another one: a call that begins once all obey
# gets that answer at every replica. CHANGES: how many (200).
source "$(dirname "$0")/../lib.bash"

command -v redis-server > /dev/null || skip "no redis-server"
source "$SCRIPTS/replicas.bash"

all=(eu-1 eu-2 eu-3 eu-4 eu-5)
engine
places=()
for name in "${all[@]}"; do
    replica "$name"
    places+=("$name=${port[$name]}=$WORK/$name.sock")
done
await obeyed eu-1 5 || fail "the replicas do not meet: $(at eu-1 replicas)"

say "closures and openings under load"
LIMIT=200 python3 "$HARDENING/closures.py" "${CHANGES:-200}" 200 "${places[@]}" > "$WORK/result" 2> "$WORK/error" \
    || fail "the load broke: $(cat "$WORK/error")"
jq -r '"  \(.complete) of \(.changes) changes reached 5 of 5: p50 \(.reach_p50_ms), p99 \(.reach_p99_ms), max \(.reach_max_ms) ms",
    "  \(.checked) of \(.calls) calls began once all obeyed, \(.wrong) got the other answer, \(.lost) were lost; " +
        "p50 \(.call_p50_ms), p99 \(.call_p99_ms), max \(.call_max_ms) ms"' "$WORK/result"
expect "$(jq -c '[.wrong, .lost, .refused, .changes - .complete]' "$WORK/result")" '[0,0,0,0]' \
    "wrong, lost, refused, incomplete: $(jq -c .examples "$WORK/result")"
expect "$(jq -c ".changes == ${CHANGES:-200} and .checked > .changes" "$WORK/result")" true "$(cat "$WORK/result")"

say "every audit has every change once, in order"
for name in "${all[@]}"; do
    whole() { [ "$(jq -cs '[length, [.[].n] == [range(1; length + 1)]]' "$WORK/state-$1/audit.jsonl")" = "[${CHANGES:-200},true]" ]; }
    await whole "$name" || fail "$name: $(wc -l < "$WORK/state-$name/audit.jsonl") lines"
done
