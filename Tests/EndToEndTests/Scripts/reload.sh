#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# 10 000 calls while the rules file flips between two versions every 50 ms: each answer is wholly of one of them, and
# none is lost.

source "$(dirname "$0")/lib.sh"

CONNECTIONS=2
EACH=5000

# version LETTER: a rules file whose rule, greeting and contact bear the letter.
version() {
    printf 'number,name\n+31612345678,%s\n' "$1" > "$WORK/$1.csv"
    SERVER='{ keep: { calls: 1000 } }' rules "$1" << EOR
lines: [{ number: "+31850835037", name: Demo }]
contacts: [{ csv: $1.csv }]
rules: [{ name: of $1, answer: { greeting: "Hello from $1, {{contact.name|stranger}}." } }]
EOR
}
version a > "$WORK/path"
version b > "$WORK/path"

# use LETTER: puts a version in the place of the other one, in one step.
use() {
    cp "$WORK/$1.yaml" "$WORK/next"
    mv "$WORK/next" "$WORK/desk.yaml"
}

# flip: changes the version every 50 ms for as long as a file stands there.
flip() {
    while [ -e "$WORK/flipping" ]; do
        for letter in b a; do
            use "$letter"
            kill -HUP "$PID"
            sleep 0.05
        done
    done
}

use a
serve "$WORK/desk.yaml"

say "$((CONNECTIONS * EACH)) calls while the rules flip"
touch "$WORK/flipping"
flip &
flipping=$!
finally "$flipping"
pouring=()
for ((connection = 1; connection <= CONNECTIONS; connection++)); do
    REPLIES=$WORK/replies-$connection flood "$EACH" "$(((connection - 1) * EACH + 1))" > "$WORK/count-$connection" &
    pouring+=($!)
done
for pid in "${pouring[@]}"; do wait "$pid" || fail "a connection broke"; done
rm "$WORK/flipping"
wait "$flipping"
expect "$(cat "$WORK"/count-* | awk '{ sum += $1 } END { print sum }')" $((CONNECTIONS * EACH)) "answers with status 200"

reloads=$(grep -c 'revision [0-9a-f]' "$ERR")
echo "  $reloads reloads"
((reloads > 10)) || fail "only $reloads reloads: this proves nothing"
! grep -q 'error:' "$ERR" || fail "a reload failed: $(cat "$ERR")"

say "each answer is wholly of one version"
cat "$WORK"/replies-* \
    | grep -aoE '\{"assistant":\{"first_message":"[^"]*","metadata":\{"switchboard":\{"decision":"[^"]*","by":"[^"]*","revision":"[^"]*"\}\}\}\}' \
    | sed -E 's/"decision":"[^"]*",//' | sort | uniq -c > "$WORK/kinds"
cat "$WORK/kinds"
expect "$(awk '{ sum += $1 } END { print sum }' "$WORK/kinds")" $((CONNECTIONS * EACH)) "answers of a version"
expect "$(wc -l < "$WORK/kinds")" 2 "kinds of answers"
for letter in a b; do
    expect "$(grep -c "Hello from $letter, stranger.*\"rule of $letter\"" "$WORK/kinds")" 1 "answers of $letter"
done
expect "$(grep -o '"revision":"[^"]*"' "$WORK/kinds" | sort -u | wc -l)" 2 "revisions"

say "none is lost in the count"
halt "$PID"
expect_match "$(cat "$ERR")" "stopped after .*: $((CONNECTIONS * EACH)) calls, 0 rejected"
