# SPDX-License-Identifier: Apache-2.0
#
# What attacks, faults and the soak share; sourced first. It brings lib.sh and desk.bash of the end-to-end scripts.

HARDENING=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$HARDENING/../Tests/EndToEndTests/Scripts/lib.sh"
source "$SCRIPTS/desk.bash"

# skip WORDS: ends the script where this machine does not allow it.
skip() {
    echo "SKIPPED: $*"
    exit 0
}

# greeting_rules NAME TEXT [MORE]: a rules file for one line, on which everybody hears a text.
greeting_rules() {
    rules "$1" << END
lines: [{ number: "+31850835037", name: Demo, group: demo }]
otherwise: { greeting: "$2" }
tag_answers: false
${3-}
END
}

# load NAME SECONDS RATE [GREETING...]: has load.py call the server in the background; sets LOAD to its process.
load() {
    python3 "$HARDENING/load.py" "$PORT" "${@:2}" > "$WORK/$1.load" 2> "$WORK/$1.load.err" &
    LOAD=$!
    finally "$LOAD"
}

# loaded NAME: waits for a load and prints its numbers in a line.
loaded() {
    wait "$LOAD" || fail "the load broke: $(cat "$WORK/$1.load.err")"
    jq -r '"  \(.sent) sent, \(.answered) answered, \(.refused) refused, \(.lost) lost, \(.wrong) wrong; " +
        "p50 \(.p50_ms), p99 \(.p99_ms), max \(.max_ms) ms"' "$WORK/$1.load"
}

# held NAME: no call of a load was lost or answered wrongly.
held() {
    loaded "$1"
    expect "$(jq -c '[.lost, .wrong]' "$WORK/$1.load")" '[0,0]' "lost and wrong: $(jq -c .examples "$WORK/$1.load")"
    [ "$(jq .answered "$WORK/$1.load")" -gt 0 ] || fail "nothing was sent"
}

# resident: the memory of the server in KiB; descriptors: how many files it has open.
resident() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB$/\1/p' "/proc/$PID/status"; }
descriptors() { find "/proc/$PID/fd" -mindepth 1 2> /dev/null | wc -l; }

# counts FILTER: numbers of the status document.
counts() { api GET /v1/status | jq -c ".counts | $1"; }

# add_up: what was received was answered or refused, and every call is kept or evicted.
add_up() {
    local sums kept
    sums=$(counts '[.received, .answered + .refused]')
    [ "$(jq '.[0] == .[1]' <<< "$sums")" = true ] || fail "received and answered + refused: $sums"
    kept=$(kept_calls)
    expect "$(counts '.calls - .evicted')" "$kept" "calls less evicted ones, and those that are kept"
    echo "  $(counts '"\(.received) received = \(.answered) answered + \(.refused) refused; \(.calls) calls = '"$kept"' kept + \(.evicted) evicted"' | jq -r .)"
}

# kept_calls: how many calls the server has, counted page by page.
kept_calls() {
    local page all=0 next=
    while :; do
        page=$(api GET "/v1/calls?limit=500${next:+&before=$next}" | jq -c '[(.calls | length), .next]')
        all=$((all + $(jq '.[0]' <<< "$page")))
        next=$(jq -r '.[1] // empty' <<< "$page")
        [ -n "$next" ] || break
    done
    echo "$all"
}

# watching: an operator attaches a dashboard in a terminal; needs tmux.bash.
watching() {
    TERMINAL_ENV=(USER=tester)
    terminal screen 130 40
    runs "clear; $(printf '%q ' "$SWITCHBOARD" attach --socket "$SOCKET"); echo code=\$?"
    finds 'signed'
}
