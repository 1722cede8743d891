#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The calls of three servers of one desk: on every dashboard, in every count, and in the rules that count.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/replicas.bash"

command -v redis-server > /dev/null || { echo "SKIPPED: no redis-server"; exit 0; }

# replica NAME: starts a server whose rules count.
replica() {
    rules "$1" > /dev/null << END
shared: { redis: "unix://$ENGINE", name: main, replica: $1 }
lines:
  - { number: "+31850835037", name: Demo, group: demo }
  - { number: "+31201234567", name: Busy }
rules:
  - { name: often, when: { calls_from_caller: { more_than: 3, within: 10m } }, answer: { greeting: "Again." } }
  - { name: full, when: { line: "+31201234567", live_on_line: { more_than: 3 } }, answer: { greeting: "Full." } }
otherwise: { greeting: "Hello." }
END
    serve "$WORK/$1.yaml" --control "$WORK/$1.sock" --state "$WORK/state-$1"
    url[$1]=$URL pid[$1]=$PID
}
all=(eu-1 eu-2 eu-3)

# to NAME BODY: a webhook to a replica.
to() { TO=${url[$1]} post "$2"; }
# said NAME ID [FROM [TO]]: what the caller of a new call hears.
said() { to "$1" "$(request "${@:2}")" | jq -r .assistant.first_message; }
# calls NAME TERM...: the ids of the calls that a replica knows, in one line.
calls() { at "$1" calls "${@:2}" --json | jq -r 'map(.id) | sort | join(" ")'; }
# knows NAME IDS TERM...: whether these are the calls.
knows() { [ "$(calls "$1" "${@:3}")" = "$2" ]; }
# counts NAME: what the desk has counted, as a replica knows it.
counts() { of "$1" '.counts | [.calls, .answered, .live, .ended, .refused, .repeats]'; }
agree() { [ "$(counts eu-1)" = "$1" ] && [ "$(counts eu-2)" = "$1" ] && [ "$(counts eu-3)" = "$1" ]; }

engine
for name in "${all[@]}"; do replica "$name"; done
await is eu-1 '.shared.replicas | length' 3

say "calls at each of three servers are seen at all of them, and counted exactly"
for number in {1..10}; do
    for name in "${all[@]}"; do to "$name" "$(request "$name-$number" "+3161$number${name#eu-}00000")" > /dev/null; done
done
await agree '[30,30,0,0,0,0]' || fail "$(for name in "${all[@]}"; do counts "$name"; done)"
expect "$(calls eu-3 replica:eu-2)" "$(printf 'eu-2-%s\n' {1..10} | sort | paste -sd' ')"
expect "$(calls eu-1 'not:replica:eu-2' | wc -w)" 20
expect "$(at eu-2 calls eu-1-7 --json | jq -r '.[0] | .replica + " " + .by')" "eu-1 otherwise"

say "what each server answered is counted apart for monitors"
own() { curl -sS --max-time 5 --unix-socket "$WORK/$1.sock" http://desk/metrics | grep '^switchboard_calls_total '; }
for name in "${all[@]}"; do expect "$(own "$name")" "switchboard_calls_total 10"; done

say "webhooks of one call at three servers are one row"
answer=$(to eu-1 "$(request roaming +31611111111)")
to eu-2 "$(update roaming in-progress "$(jq .assistant <<< "$answer")")" > /dev/null
await agree '[31,32,1,0,0,0]' || fail "$(for name in "${all[@]}"; do counts "$name"; done)"
to eu-3 "$(update roaming ended)" > /dev/null
to eu-3 "$(request roaming +31611111111)" > /dev/null
expect "$(status "$(request forged)" -H 'X-Webhook-Signature: sha256=00')" 401
await agree '[31,34,0,1,1,0]' || fail "$(for name in "${all[@]}"; do counts "$name"; done)"
expect "$(at eu-3 calls roaming --json | jq -c '.[0] | [.replica, .state, (.events | length)]')" '["eu-1","ended",4]'

say "a mark is made where the call is kept, and seen everywhere"
refusal=$(at eu-1 mark --call eu-2-3 2>&1) && fail "it was marked"
expect_match "$refusal" 'kept by replica eu-2'
at eu-2 mark --call eu-2-3 > /dev/null
await knows eu-1 eu-2-3 is:marked

say "rules count the calls of all servers"
for name in "${all[@]}"; do expect "$(said "$name" "often-$name" +31622222222)" "Hello."; done
await knows eu-2 "often-eu-1 often-eu-2 often-eu-3" often-
expect "$(said eu-2 often-4 +31622222222)" "Again."
for name in "${all[@]}"; do expect "$(said "$name" "busy-$name" "+3163333333${name#eu-}" +31201234567)" "Hello."; done
await knows eu-3 "busy-eu-1 busy-eu-2 busy-eu-3" busy-
expect "$(said eu-3 busy-4 +31633333334 +31201234567)" "Full."
to eu-1 "$(update busy-eu-2 ended)" > /dev/null
to eu-1 "$(update busy-4 ended)" > /dev/null
await knows eu-3 "busy-4 busy-eu-2" busy- is:ended
expect "$(said eu-3 busy-5 +31633333335 +31201234567)" "Hello."

say "one dashboard has them all, with a column and a filter"
terminal desk 140 40
runs "$(printf '%q ' "$SWITCHBOARD" attach --socket "$WORK/eu-3.sock"); echo code=\$?"
finds 'replica'
finds '\+31633333331 .* eu-1 '
finds '\+31633333332 .* eu-2 '
said eu-1 late +31644444444 > /dev/null
finds '\+31644444444 .* eu-1 '
keys f
types 'replica:eu-2'
keys Enter
loses '+31644444444'
sees '+31633333332'
keys C-c
finds 'code=130$'

say "while the engine is frozen calls are answered at once, and shared later"
before=$(of eu-1 .counts.calls)
kill -STOP "$REDIS"
for number in {1..5}; do expect "$(said eu-2 "frozen-$number" "+3165555555$number")" "Hello."; done
kill -CONT "$REDIS"
shared() { for name in "${all[@]}"; do is "$name" .counts.calls $((before + 5)) || return 1; done; }
await shared || fail "$(for name in "${all[@]}"; do counts "$name"; done)"

say "a server that was started again has the calls of before, its own and those of the others"
halt "${pid[eu-3]}"
replica eu-3
await knows eu-3 "$(calls eu-2 replica:eu-1)" replica:eu-1
await knows eu-3 "$(calls eu-2 replica:eu-3)" replica:eu-3

say "what a server could not read in time is counted, and said"
kill -STOP "${pid[eu-1]}"
for number in {1..12}; do said eu-2 "missed-$number" "+316666666$number" > /dev/null; done
await knows eu-3 "$(printf 'missed-%s\n' {1..12} | sort | paste -sd' ')" missed-
redis xtrim "{sb:main}:calls:eu-2" MAXLEN 1 > /dev/null
kill -CONT "${pid[eu-1]}"
await is eu-1 '.shared.missed | length' 1
expect "$(of eu-1 '.shared.missed[0] | .replica, .recent')" $'"eu-2"\ntrue'
missed=$(of eu-1 '.shared.missed[0].changes')
expect "$(of eu-1 .counts.calls)" "$(($(of eu-2 .counts.calls) - missed))" "missed $missed"
expect_match "$(at eu-1 status)" "$missed changes of calls at replica eu-2 did not come here"
expect "$(of eu-3 .shared.missed)" "[]"

say "commands ask for the calls of all, also where the journal of the replica has more than its memory"
SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], keep: { calls: 10 } }' replica eu-4
for number in {1..12}; do said eu-4 "few-$number" "+3167777777$number" > /dev/null; done
await is eu-4 '.journal | .state == "writing" and .queued_bytes == 0' true
await knows eu-4 "$(printf 'few-%s\n' {3..12} | sort | paste -sd' ')" replica:eu-4
