#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The dashboard on a running server: several at once, frozen ones, a server that is killed and comes back, ^Z.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/desk.bash"

RULES=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: Demo, group: demo }
  - { number: "+31201234567", name: Front desk, group: amsterdam }
answers:
  closed: { reject: "We are closed." }
otherwise: { greeting: "Hello." }
END
)

# attached NAME [OPTION...]: opens a terminal and attaches a dashboard in it.
#
# Without JOBS=yes the shell minds no stopped jobs: it would take the terminal from one that is frozen from outside.
attached() {
    terminal "$1" 120 40
    [ "${JOBS:-}" = yes ] || runs 'set +m'
    runs "clear; stty -a > $1.before; $(printf '%q ' "$SWITCHBOARD" attach --socket "$SOCKET" "${@:2}"); echo code=\$?"
    finds 'signed'
}

say "nothing listens: exit 1, and the socket is named"
terminal early
runs "$(printf '%q ' "$SWITCHBOARD" attach --socket "$SOCKET"); echo code=\$?"
sees "${SOCKET##*/}"
finds 'code=1$'

desk_server "$RULES"
for number in 1 2 3; do expect "$(status "$(request "before-$number" "+3161234560$number")")" 200; done

say "two dashboards see the calls of before, and new ones"
attached one
sees '+31612345603'
sees '+31612345601'
attached two
sees '+31612345602'
expect "$(status "$(request later +31612345609)")" 200
for TERMINAL in one two; do sees '+31612345609'; done
finds '✓ greeting "Hello\."'

say "an export right after attaching has every call"
for export in 1 2 3 4 5; do
    attached "export$export"
    keys e
    asks export
    keys C-u
    types "$export.jsonl"
    sees "$export.jsonl"
    keys Enter
    await test -s "$WORK/$export.jsonl" || lost "nothing was written"
    expect "$(wc -l < "$WORK/$export.jsonl")" 4
    keys C-c
    finds 'code=130$'
done
TERMINAL=one

say "why and the answer come over the socket too"
TERMINAL=one
keys Home Enter
sees '[1 Timeline]'
keys 3
sees '"first_message": "Hello."'
keys 4
sees '[4 Why]'
sees 'otherwise'
keys q
loses '[4 Why]'

say "a command is seen on both within 200 ms, the quickest of ten at most"
best=9999999
for ((round = 1; round <= 10 && (round <= 2 || best >= 200); round++)); do
    desk close --group amsterdam --for 1h --reason "drill $round" --say "Drill $round." > /dev/null
    since=${EPOCHREALTIME/./}
    for TERMINAL in one two; do sees "drill $round"; done
    took=$(((${EPOCHREALTIME/./} - since) / 1000))
    ((took < best)) && best=$took
done
say "seen after $best ms"
((best < 200)) || fail "the quickest of $((round - 1)) changes was seen after $best ms"

say "what one dashboard does, the other and the next caller see"
TERMINAL=one
keys u
asks undo
keys y
TERMINAL=two
loses "drill $((round - 1))"
sees "drill $((round - 2))"
desk open --group amsterdam > /dev/null
for TERMINAL in one two; do loses 'drill'; done

say "a dashboard that is stopped delays no answer, and catches up"
pid_two=$(pgrep -nf "attach --socket $SOCKET")
kill -STOP "$pid_two"
for number in $(seq 1 300); do request "while-stopped-$number"; done > "$WORK/requests"
slowest=0
for number in 1 2 3 4 5 6 7 8; do
    since=${EPOCHREALTIME/./}
    expect "$(status "$(request "stopped-$number")")" 200
    took=$(((${EPOCHREALTIME/./} - since) / 1000))
    ((took > slowest)) && slowest=$took
done
((slowest < 1000)) || fail "a call was answered after $slowest ms"
desk close --all --yes --reason frozen --for 1h > /dev/null
TERMINAL=one sees frozen
kill -CONT "$pid_two"
for TERMINAL in one two; do sees 'frozen'; done
desk open --all > /dev/null

say "^Z suspends the dashboard and nothing else"
JOBS=yes attached four
keys C-z
sees 'Stopped'
restored
expect "$(status "$(request suspended +31612345610)")" 200
for TERMINAL in one two; do sees '+31612345610'; done
TERMINAL=four
runs 'clear; fg; echo code=$?'
sees '+31612345610'
keys q
left 0

say "--readonly has no switches"
attached three --readonly
sees 'READ-ONLY'
keys c
sees 'read-only'

say "the server is killed: the dashboards say so, and go on when it is back"
desk close --all --yes --reason outage --say "Outage." --until-reopened > /dev/null
kill -KILL "$PID"
for TERMINAL in one two three; do sees 'NO CONTACT since'; done
desk_server "$RULES"
expect "$(status "$(request back +31612345611)")" 200
for TERMINAL in one two three; do
    sees '+31612345611'
    sees 'outage'
done

say "quitting a dashboard stops no server"
for TERMINAL in one two three; do
    keys q
    left 0
done
expect "$(status "$(request still-there)")" 200
