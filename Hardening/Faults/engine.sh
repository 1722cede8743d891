#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The Redis of a desk freezes and is restored from an old dump, and the clock of a replica is wrong: calls are answered, lines
# are closed and opened, what holds is what was done last, and the replicas say what is wrong.
source "$(dirname "$0")/../lib.bash"

command -v redis-server > /dev/null || skip "no redis-server"
source "$SCRIPTS/replicas.bash"

compiler=$(command -v clang || command -v cc) || skip "there is no C compiler"
"$compiler" -shared -fPIC -O1 -o "$WORK/clock.so" "$HARDENING/clock.c" -ldl
all=(eu-1 eu-2 eu-3)
engine
echo 0 > "$WORK/ahead"
replica eu-1
replica eu-2
CLOCK_AHEAD=$WORK/ahead LD_PRELOAD=$WORK/clock.so replica eu-3
await obeyed eu-1 3 || fail "the replicas do not meet: $(at eu-1 replicas)"

for seconds in 1 10; do
    say "the engine freezes for $seconds s: calls are answered, lines are closed here, and at all when it is back"
    PORT=${port[eu-2]} ORDERED="Shut." load frozen $((seconds + 2)) 100
    kill -STOP "$REDIS"
    begun=$EPOCHREALTIME
    said=$(shut eu-1 --say "Shut." 2>&1) || fail "closing was refused: $said"
    took=$(((${EPOCHREALTIME/./} - ${begun/./}) / 1000))
    echo "  closing took $took ms"
    expect_match "$said" 'here for sure, 2 replicas may not know'
    closed eu-1 || fail "eu-1 is open"
    await is eu-2 '.shared.engine' '"stale"' || [ "$seconds" = 1 ] || fail "eu-2 does not say that the engine is silent"
    now=$EPOCHREALTIME
    rest=$((seconds * 1000 - (${now/./} - ${begun/./}) / 1000))
    [ $rest -le 0 ] || sleep "$((rest / 1000)).$(printf %03d $((rest % 1000)))"
    kill -CONT "$REDIS"
    back=$EPOCHREALTIME
    every closed
    now=$EPOCHREALTIME
    echo "  all are closed $(((${now/./} - ${back/./}) / 1000)) ms after the engine is back"
    held frozen
    await obeyed eu-1 3
    expect "$(of eu-1 .shared.here_only)" false
    expect "$(of eu-1 .shared.conflict)" null
    at eu-2 open --all > /dev/null
    every opened
done

say "an old dump is restored: what was done since holds, and the engine has it again"
redis save > /dev/null
cp "$WORK/dump.rdb" "$WORK/old.rdb"
shut eu-3 > /dev/null
every closed
version=$(of eu-1 .shared.version)
halt "$REDIS" KILL
rm -rf "$WORK/appendonlydir"
cp "$WORK/old.rdb" "$WORK/dump.rdb"
engine --appendonly no
[ "$(redis hget '{sb:main}:desk' version)" -le "$version" ] || fail "the dump is not old"
restored() { [ "$(redis hget '{sb:main}:desk' version)" = "$version" ]; }
await restored || fail "the engine has v$(redis hget '{sb:main}:desk' version), not v$version"
every closed
await obeyed eu-1 3
expect "$(of eu-2 .shared.conflict)" null
at eu-1 open --all > /dev/null
every opened

say "a clock that is wrong is named, and a closure ends everywhere, once"
echo 5 > "$WORK/ahead"
wrong() { [ "$(of "$1" '.shared.replicas[] | select(.name == "eu-3") | .clock_offset_ms | . > 4500 and . < 5500')" = true ]; }
for name in eu-1 eu-2; do await wrong "$name" || fail "the clock of eu-3: $(at "$name" replicas)"; done
expect_match "$(at eu-2 replicas)" 'WARNING: clocks differ from the engine.s: eu-3 by [45][0-9]+ ms'
ends=$(jq -s '[.[] | select(.event == "expired")] | length' "$WORK/state-eu-1/audit.jsonl")
at eu-1 close --all --for 8s --reason drill --yes > /dev/null
every closed
WITHIN=20 every opened
once() { [ "$(jq -s '[.[] | select(.event == "expired")] | length' "$WORK/state-$1/audit.jsonl")" = $((ends + 1)) ]; }
for name in "${all[@]}"; do await once "$name" || fail "the end of the closure in the audit of $name"; done
echo 0 > "$WORK/ahead"

say "a replica that was away gets the lines that the engine has, and says which it has not"
last() { tail -1 "$WORK/state-$1/audit.jsonl" | jq .n; }
before=$(last eu-2)
halt "${pid[eu-2]}"
for number in 1 2 3 4; do at eu-1 note "note $number" > /dev/null; done
redis zremrangebyscore '{sb:main}:audit' -inf $((before + 2)) > /dev/null
replica eu-2
caught_up() { [ "$(last eu-2)" = $((before + 4)) ]; }
await caught_up || fail "the audit of eu-2 ends with line $(last eu-2)"
expect "$(tail -3 "$WORK/state-eu-2/audit.jsonl" | jq -c '.n - '"$before" | tr '\n' ' ')" '2 3 4 '
expect_match "$(tail -3 "$WORK/state-eu-2/audit.jsonl" | head -1)" "lines $((before + 1)) to $((before + 2)) are missing here"

say "no line of an audit is there twice"
for name in "${all[@]}"; do
    numbers=$(jq -cs '[.[].n] | . == unique' "$WORK/state-$name/audit.jsonl")
    expect "$numbers" true "the numbers in the audit of $name"
done
