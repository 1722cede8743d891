#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Five servers are one desk: what is closed at one is closed at all, with the engine and without it.
source "$(dirname "$0")/lib.sh"

command -v redis-server > /dev/null || { echo "SKIPPED: no redis-server"; exit 0; }
source "$SCRIPTS/replicas.bash"

all=(eu-1 eu-2 eu-3 eu-4 eu-5)
engine
for name in "${all[@]}"; do replica "$name"; done
await is eu-1 '.shared.replicas | length' 5
for name in "${all[@]}"; do await is_ready "$name" || fail "$name: $(ready "$name")"; done

say "all obey what one closes, and its result says so"
said=$(at eu-1 close --all --until-reopened --reason outage --yes)
expect_match "$said" '; 5 of 5 obey v[0-9]+ \([0-9]+ ms\)$'
for name in "${all[@]}"; do closed "$name" || fail "$name is open"; done
expect_match "$(at eu-3 status)" 'replica eu-3 of desk main: v[0-9]+, 5 of 5 replicas obey'
await obeyed eu-3 5
said=$(at eu-3 replicas)
expect_match "$said" $'\neu-2 +v[0-9]+ +obeys +'
expect_match "$said" 'eu-3 \(this one\)'
expect "$(at eu-3 replicas --json | jq -c '[.replicas[].name]')" '["eu-1","eu-2","eu-3","eu-4","eu-5"]'
has_lines() { [ "$(wc -l < "$WORK/state-$1/audit.jsonl")" = "$2" ]; }
await has_lines eu-4 1 || fail "another audit"

say "any replica opens it again"
at eu-5 open --all > /dev/null
for name in "${all[@]}"; do await opened "$name" || fail "$name is closed"; done

say "twenty changes, each within a second"
for change in {1..10}; do
    for command in "close --all --until-reopened --reason test --yes" "open --all"; do
        # shellcheck disable=SC2086
        reach=$(at "${all[change % 5]}" $command --json | jq -c '.reach')
        jq -e '.obeying == 5 and .of == 5 and .milliseconds < 1000' <<< "$reach" > /dev/null || fail "$reach"
        jq -r .milliseconds <<< "$reach" >> "$WORK/times"
    done
done
echo "  from the command to 5 of 5, in ms: $(sort -n "$WORK/times" | tr '\n' ' ')"

say "a frozen replica is named, and catches up"
kill -STOP "${pid[eu-2]}"
said=$(at eu-1 close --all --until-reopened --reason test --yes 2>&1)
expect_match "$said" '4 of 5 obey v[0-9]+ after [0-9]+ ms; not: eu-2'
kill -CONT "${pid[eu-2]}"
await closed eu-2
at eu-1 open --all > /dev/null

say "without the engine lines are closed here, and everywhere once it is back"
await opened eu-2
halt "$REDIS" KILL
said=$(at eu-1 close --all --until-reopened --reason test --yes 2>&1)
expect_match "$said" 'here only, 4 replicas do not know'
closed eu-1 || fail "eu-1 is open"
opened eu-2 || fail "eu-2 is closed"
await is eu-2 '.shared.engine' '"stale"'
expect "$(of eu-1 .shared.here_only)" true
engine
for name in "${all[@]}"; do await closed "$name" || fail "$name is open"; done
expect "$(of eu-1 .shared.here_only)" false
expect "$(of eu-1 .shared.conflict)" null

say "an emptied engine gets everything back"
redis flushall > /dev/null
await is eu-3 '.shared.problem' null
held() { [ "$(redis hget "{sb:main}:desk" id)" != "" ]; }
await held || fail "the engine stays empty"
closed eu-4 || fail "eu-4 is open"

say "what differs is joined, the most restrictive holds, and whoever opens decides"
at eu-1 open --all > /dev/null
for name in "${all[@]}"; do await opened "$name"; done
halt "$REDIS" KILL
at eu-1 close --group demo --until-reopened --reason test --yes > /dev/null 2>&1
at eu-2 greet --all "Hello." --until-reopened > /dev/null 2>&1
engine
for name in "${all[@]}"; do await closed "$name" || fail "$name is open"; done
await is eu-5 '.shared.conflict != null' true
at eu-4 open --group demo > /dev/null
for name in "${all[@]}"; do await is "$name" '.shared.conflict' null; done

say "a replica starts with its copy while the engine is away, and a new one is not ready"
at eu-1 close --all --until-reopened --reason test --yes > /dev/null
halt "${pid[eu-5]}"
halt "$REDIS" KILL
replica eu-5
closed eu-5 || fail "eu-5 forgot the closure"
is_ready eu-5 || fail "eu-5: $(ready eu-5)"
replica eu-6
expect_match "$(ready eu-6)" 'neither the engine of the desk nor a copy'
halt "${pid[eu-6]}"
replica eu-6 --start-open
is_ready eu-6 || fail "eu-6: $(ready eu-6)"
engine
await closed eu-6 || fail "eu-6 is open"

say "a password is never in the file"
printf 'version: 1\nshared: { redis: "redis://:hunter2@127.0.0.1", name: main }\n' > "$WORK/secret.yaml"
said=$("$SWITCHBOARD" check "$WORK/secret.yaml" 2>&1) && fail "a password in the file is not an error"
[[ $said != *hunter2* ]] || fail "the password is shown"
