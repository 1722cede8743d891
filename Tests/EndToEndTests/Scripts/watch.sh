#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Saving the rules file, or a file that it names, changes the very next answer; a file with errors changes nothing and
# says what is wrong, on stderr or on the screen.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"

# greeting WORDS: the rules with this greeting, and a block list and contacts beside them.
greeting() {
    rules desk > /dev/null << EOR
tag_answers: false
lines: [{ number: "+31850835037", name: Demo }]
contacts: [{ csv: people.csv }]
rules:
  - { name: blocked, when: { caller: { in: blocked.txt } }, answer: { reject: Goodbye. } }
otherwise: { greeting: "$1 {{contact.name|stranger}}" }
EOR
}
calls=0
# hears TEXT: whether a new call gets this greeting or rejection.
hears() {
    calls=$((calls + 1))
    [ "$(post "$(request "call-$calls")" | jq -r '.error // .assistant.first_message')" = "$1" ]
}
echo "+31699999999" > "$WORK/blocked.txt"
echo "number,name" > "$WORK/people.csv"
greeting Hello
serve "$WORK/desk.yaml"
hears "Hello stranger" || fail "the first greeting is another"

say "the file is written in place"
greeting Hoi
await hears "Hoi stranger"
await logged '.event == "desk" and (.words | test("Demo.*\"Hoi stranger\".*otherwise instead of.*\"Hello stranger\""))'
await grep -q '1 line' "$ERR"

say "the file is replaced, twice"
for words in Hallo Salut; do
    cp "$WORK/desk.yaml" "$WORK/next"
    sed "s/greeting: \"[A-Za-z]*/greeting: \"$words/" "$WORK/desk.yaml" > "$WORK/next"
    mv "$WORK/next" "$WORK/desk.yaml"
    await hears "$words stranger"
done

say "a list and contacts are watched too"
echo "number,name
0031612345678,Jan" > "$WORK/people.csv"
await hears "Salut Jan"
echo "+31612345678" > "$WORK/blocked.txt"
await hears "Goodbye."
echo "" > "$WORK/blocked.txt"
await hears "Salut Jan"

say "a file with errors leaves the old one in use and shows its findings"
cp "$WORK/desk.yaml" "$WORK/good.yaml"
sed -i 's/^otherwise: .*/otherwise: { gretting: Hi }/' "$WORK/desk.yaml"
await grep -q ': error: .*`greeting`' "$ERR"
hears "Salut Jan" || fail "the broken file is in use"
cp "$WORK/good.yaml" "$WORK/desk.yaml"
sed -i 's/Salut/Ciao/' "$WORK/desk.yaml"
await hears "Ciao Jan"
halt "$PID"

say "the dashboard says it, and :reload reads the file on demand"
dashboard desk "$WORK/desk.yaml"
sees "$NO_CALL"
greeting Hello
finds 'revision [0-9a-f]+ .*1 line'
hears "Hello Jan" || fail "the screen says more than holds"
sed -i 's/^otherwise: .*/otherwise: { gretting: Hi }/' "$WORK/desk.yaml"
loses 'revision'
keys '!'
sees '`greeting`'
keys Escape
greeting Hello
sees 'revision'
keys ':rel' Tab
sees ':reload'
keys Enter Escape '!'
messages() { (($(screen | grep -c 'revision [0-9a-f]') >= 3)); }
await messages || lost "the reload on demand is not on the page of messages"
keys Escape q
asks quit
keys y
