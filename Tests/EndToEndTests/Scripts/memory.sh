#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The memory is bounded: once the ring of calls is full, more calls do not make it grow, nor do overrides and reloads with
# calls between them, each of which knows how it was decided.
#
# Unsigned, because signing 60 000 calls with openssl would take long. CALLS, OVERRIDES, RELOADS and NUMBERS (of a list
# that is reloaded) replace the counts.

source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

CALLS=${CALLS:-60000}
OVERRIDES=${OVERRIDES:-60}
RELOADS=${RELOADS:-12}
NUMBERS=${NUMBERS:-20000}

# resident: the memory of the server in KiB.
resident() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB$/\1/p' "/proc/$PID/status"; }

# flat FROM TO WORDS: the memory has hardly grown.
flat() {
    echo "  $1 KiB, then $2 KiB $3"
    (($2 * 100 < $1 * 115)) || fail "the memory grew from $1 to $2 KiB"
}

# Without the journal: what waits for the disk after such a burst has a bound of its own.
say "keep.calls: $CALLS calls through a ring of 10 000"
serve "$(SERVER='{ journal: false, keep: { calls: 10000 } }' rules calls <<< 'otherwise: { greeting: "Hi." }')"
expect "$(flood 30000)" 30000
full=$(resident)
expect "$(flood $((CALLS - 30000)) 30001)" $((CALLS - 30000))
flat "$full" "$(resident)" "after $CALLS calls"
halt "$PID"
expect_match "$(cat "$ERR")" ": $CALLS calls,"

say "keep.bytes: 200 MB of webhooks through a ring of 4 MiB"
serve "$(SERVER='{ journal: false, keep: { calls: 10000, bytes: 4MiB } }' rules bytes <<< 'otherwise: { greeting: "Hi." }')"
expect "$(PAD=100000 flood 500)" 500
full=$(resident)
expect "$(PAD=100000 flood 1500 501)" 1500
end=$(resident)
flat "$full" "$end" "after 200 MB"
((end < 120000)) || fail "$end KiB for 4 MiB of calls"
halt "$PID"

# after N FUNCTION: calls it N times, with a call after each; sets FULL to the memory after a quarter of them.
after() {
    local number
    for ((number = 1; number <= $1; number++)); do
        "$2" "$number"
        expect "$(flood 1 "$number")" 1
        ((number != $1 / 4)) || FULL=$(resident)
    done
}

say "$OVERRIDES overrides with 3 000 rules, and a call after each"
WITHIN=60 desk_server "$(SERVER='{}' rules overrides < <(
    echo 'lines: [{ number: "+31850835037", name: Demo }]'
    echo 'rules:'
    for ((number = 1; number <= 3000; number++)); do
        echo "  - { name: r$number, when: { caller: \"+4930$((1000000 + number))\" }, answer: { greeting: \"Hi $number.\" } }"
    done
))"
override() {
    local order='{"act":"begin","kind":"greeting","text":"'$1'","scopes":["all"],"for_seconds":3600}'
    expect "$(api POST /v1/overrides "$order" | jq '.begun | length')" 1
}
after "$OVERRIDES" override
flat "$FULL" "$(resident)" "after $OVERRIDES overrides"
halt "$PID"

say "$RELOADS reloads of a list of $NUMBERS numbers, and a call after each"
seq -f '+4930%08.0f' "$NUMBERS" > "$WORK/list.txt"
WITHIN=60 desk_server "$(SERVER='{}' rules list << 'END'
rules: [{ name: listed, when: { caller: { in: list.txt } }, answer: { reject: Goodbye. } }]
END
)"
reload() {
    echo "+4931$((10000000 + $1))" >> "$WORK/list.txt"
    expect "$(api POST /v1/reload | jq .taken)" true
}
after "$RELOADS" reload
flat "$FULL" "$(resident)" "after $RELOADS reloads"
