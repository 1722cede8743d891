#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The clock of the machine jumps forward and back under load: good calls are answered, closures end by the new clock, the
# platform's own signatures are refused with words as long as the clocks differ, and all is well once they agree.
source "$(dirname "$0")/../lib.bash"
source "$SCRIPTS/tmux.bash"

compiler=$(command -v clang || command -v cc) || skip "there is no C compiler"
"$compiler" -shared -fPIC -O1 -o "$WORK/clock.so" "$HARDENING/clock.c" -ldl
RULES=$(greeting_rules desk "Hi.")
echo 0 > "$WORK/server"
echo 0 > "$WORK/platform"
CLOCK_AHEAD=$WORK/server LD_PRELOAD=$WORK/clock.so desk_server "$RULES"
# jump SECONDS: sets the clocks of the server and of the platform so far from that of this machine.
jump() {
    echo "$1" > "$WORK/new" && mv "$WORK/new" "$WORK/server"
    echo "$1" > "$WORK/new" && mv "$WORK/new" "$WORK/platform"
}
CLOCK=$WORK/platform ORDERED="Shut." load clock 60 200 "Hi."
at() { AGE=$((-$1)) post "$(request "$2")" -o /dev/null -w '%{http_code}'; }
for jump in 7200 -7200 86400 0 250 -250 0; do
    jump "$jump"
    await test "$(at "$jump" "jump$jump")" = 200 || fail "no answer after a jump to $jump s"
    expect "$(api GET /healthz)" '{"status":"ok"}'
    [ "$(counts .late)" = 0 ] || fail "calls are late by a jump to $jump s"
done

say "a closure ends when the clock that jumped says so"
done_by close --all --yes --reason drill --say Shut. --for 1h > /dev/null
expect "$(post "$(request shut)" | jq -r .error)" "Shut."
jump 3700
open() { [ "$(AGE=-3700 post "$(request "open$RANDOM")" | jq -r .assistant.first_message)" = "Hi." ]; }
await open || fail "the closure outlives its end"
kill "$LOAD" 2> /dev/null || true
loaded clock
# While a jump is on its way, up to a request of each connection may be signed by the other clock.
[ "$(jq .lost "$WORK/clock.load")" = 0 ] || fail "calls were lost: $(jq -c .examples "$WORK/clock.load")"
[ "$(jq '.wrong < 60' "$WORK/clock.load")" = true ] || fail "too many wrong replies: $(jq -c . "$WORK/clock.load")"

say "a clock that is wrong, while the platform's is right"
echo 0 > "$WORK/platform"
expect "$(status "$(request late)")" 401 "a call, signed an hour ago by the clock of the server"
await logged '.event == "refused" and .reason == "stale_signature"'
[ "$(counts .unsigned)" -gt 0 ] || fail "such a refusal is not counted"
watching
finds 'refused [0-9]+ .*stale signature'
jump 0
well() { [ "$(status "$(request well)")" = 200 ]; }
await well || fail "no answer after the clock was set right"
expect "$(kept '[.[].n] == [range(1; length + 1)]')" true "the numbers of the audit"
halt "$PID"
