#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The commands: exit codes, what goes to stdout and what to stderr, and words that say what to do.

source "$(dirname "$0")/lib.sh"

mkdir "$WORK/empty"
cd "$WORK/empty"

# run ARGUMENT...: runs the program and sets CODE, SAID (its stdout) and WORDS (its stderr).
run() {
    CODE=0
    timeout 20 "$SWITCHBOARD" "$@" > "$WORK/said" 2> "$WORK/words" < /dev/null || CODE=$?
    SAID=$(cat "$WORK/said")
    WORDS=$(cat "$WORK/words")
}

# expect_run CODE PATTERN ARGUMENT...: the program exits so, and its words for people match; no trace of a crash.
expect_run() {
    local code=$1 pattern=$2
    shift 2
    run "$@"
    expect "$CODE" "$code" "the exit code of: $* ($WORDS)"
    expect_match "$WORDS" "$pattern" "the words of: $*"
    [[ ! $WORDS =~ (Fatal error|ERROR:|Swift/) ]] || fail "this is no message for people: $WORDS"
}

say "version and help"
expect_run 0 '^$' --version
expect_match "$SAID" '^[0-9]+\.[0-9]+\.[0-9]+'
for command in '' serve demo check call init schema; do
    # shellcheck disable=SC2086
    expect_run 0 '^$' $command --help
    expect_match "$SAID" 'USAGE: switchboard'
done

say "wrong use"
expect_run 2 'lissten' serve --lissten 127.0.0.1:0
expect_run 2 'dance' dance
expect_run 2 '--ui.*--headless|--headless.*--ui' serve --ui --headless
expect_run 2 'rate' demo --rate 0
expect_run 2 '--from' call --to +31850835037
for command in serve demo check init schema; do
    expect_run 2 'nonsense' "$command" --nonsense
    expect "$SAID" ""
done

say "no rules file"
expect_run 1 'switchboard init' serve
expect "$SAID" ""
expect_run 1 'switchboard init' check
expect_run 1 'nowhere.yaml' serve --config nowhere.yaml
expect_run 1 'nowhere.yaml' check nowhere.yaml

say "init"
expect_run 0 'switchboard serve' init fresh/folder
expect "$(realpath "$SAID")" "$(realpath fresh/folder/switchboard.yaml)"
expect "$(stat -c %a fresh/folder/switchboard.yaml)" 600
expect "$(ls -A fresh/folder | paste -sd ' ')" "switchboard.schema.json switchboard.yaml"
expect "$(head -1 fresh/folder/switchboard.yaml)" '# yaml-language-server: $schema=switchboard.schema.json'
expect_run 0 '^$' schema
expect "$SAID" "$(cat fresh/folder/switchboard.schema.json)" "the schema beside the starter"
jq -e '.properties.version' fresh/folder/switchboard.schema.json > /dev/null
echo '# my own' >> fresh/folder/switchboard.yaml
sum=$(md5sum fresh/folder/switchboard.yaml)
expect_run 1 'switchboard.yaml' init fresh/folder
expect "$(md5sum fresh/folder/switchboard.yaml)" "$sum" "init does not touch a file"
expect "$(ls -A fresh/folder | wc -l)" 2 "init leaves nothing behind"
expect_run 0 'switchboard.yaml' check --strict fresh/folder/switchboard.yaml
expect "$SAID" ""
(cd fresh/folder && expect_run 0 'switchboard.yaml' check)
expect_run 0 '[1-9][0-9]* passed, 0 failed' test --coverage fresh/folder/switchboard.yaml
expect "$SAID" "" "every rule of the starter is reached"
mkdir other
echo '{}' > other/switchboard.schema.json
expect_run 0 'switchboard.schema.json' init other
expect "$(cat other/switchboard.schema.json)" '{}'
touch a-file
expect_run 1 'a-file' init a-file
expect_run 0 'switchboard serve --config named.yaml' init named.yaml
expect "$(head -1 named.yaml)" '# yaml-language-server: $schema=switchboard.schema.json'
expect_run 0 '^named.yaml: no findings' check --strict named.yaml
expect_run 1 'named.yaml already exists' init named.yaml
mkdir folder.yaml && expect_run 0 'switchboard check`' init folder.yaml && [ -f folder.yaml/switchboard.yaml ]
rm -r named.yaml folder.yaml switchboard.schema.json

say "a moment that the clocks skip, or show twice"
zoned=$WORK/zoned.yaml
printf 'version: 1\ntimezone: Europe/Amsterdam\nlines: [{ number: "+31850835037", name: Demo }]\notherwise: default\n' > "$zoned"
ask() { expect_run 0 "$2" explain --config "$zoned" --from +31612345678 --to Demo --at "$1"; }
ask '2026-03-29 02:30' 'Note: --at: the clocks skip 02:30 on 2026-03-29; 03:30 is meant'
ask '2026-10-25 02:30' 'show 02:30 twice on 2026-10-25'
ask '2026-03-29 03:30' '^$'

say "check"
good=$(rules good <<< 'otherwise: default')
expect_run 0 'good.yaml' check "$good"
expect "$SAID" ""
expect_run 0 'good.yaml' check --json "$good"
expect_json "$SAID" '{"findings":[],"files":[]}'
bad=$(rules bad << 'EOR'
rules:
  - { name: "é", when: { caller: 31612345678 }, answer: nobody }
  - { name: b, when: { moon: full }, answer: { reject: "" } }
otherwise: default
EOR
)
expect_run 1 'bad.yaml: [0-9]+ errors?, 0 warnings' check "$bad"
expect_match "$SAID" "$bad:4:[0-9]+: error: .*nobody"
together=$("$SWITCHBOARD" check "$bad" 2>&1 || true)
expect_match "$(tail -1 <<< "$together")" 'bad.yaml: .*errors?, 0 warnings' "the summary behind the findings, in one log"
expect_match "$SAID" "$bad:5:[0-9]+: error: .*moon"
expect "$(grep -A2 "error: .*moon" <<< "$SAID" | sed -n 3p | tr -d ' ')" '^' "a caret under the place"
expect_run 1 'bad.yaml' check --json "$bad"
expect "$(jq -r '[.findings[] | .file == "'"$bad"'" and .line > 3 and .column > 0 and .severity == "error"
    and (.message | length > 10)] | all' <<< "$SAID")" true
expect "$(jq '.findings | length >= 3' <<< "$SAID")" true "all findings at once"
warned=$(rules warned << 'EOR'
otherwise: { llm: { provider: a-new-one, model: gpt-4o } }
EOR
)
expect_run 0 '0 errors, 1 warning' check "$warned"
expect_run 1 '0 errors, 1 warning' check --strict "$warned"
careless=$(rules careless << 'EOR'
lines: [{ number: "+3185083503" }]
answers:
  a:
    settings: { api_key: hush-hush-hush }
    greeting: Press # to go on
rules:
  - { name: all, when: { caller: { prefix: "+31" } }, answer: a }
  - { name: one, when: { caller: "+31612345678" }, answer: a }
EOR
)
expect_run 0 '0 errors, 5 warnings' check "$careless"
places=$(grep -oE "^$careless:[0-9]+:[0-9]+: warning: " <<< "$SAID" | cut -d: -f2-3 | tr '\n' ' ')
expect "$places" '3:19 6:17 6:26 7:21 10:5 ' "a number that does not exist, a key of nobody, a secret, a comment, a rule that is never reached"
expect "$(grep -c hush <<< "$SAID")" 0 "a secret is not shown"
expect "$(grep -A2 "$careless:3:19:" <<< "$SAID" | tail -1 | tr -d ' ')" '^' "a caret under a warning"
expect_run 1 '0 errors, 5 warnings' check --strict --json "$careless"
expect "$(jq '[.findings[].severity == "warning"] | length' <<< "$SAID")" 5
printf '\xff\xfe: [' > broken.yaml
expect_run 1 'broken.yaml: 1 error' check broken.yaml
expect_match "$SAID" '^broken.yaml:1:1: error'
: > empty.yaml
expect_run 1 'empty.yaml: ' check empty.yaml

say "serve refuses what it cannot keep"
expect_run 1 'bad.yaml' serve --headless --listen 127.0.0.1:0 --config "$bad"
expect_match "$WORDS" "$bad:5:[0-9]+: error"
expect "$SAID" "" "nothing listens"
for address in junk 127.0.0.1:99999 '127.0.0.1:' ':' 127.0.0.1:-1 127.0.0.1:80x ''; do
    expect_run 2 '--listen.*HOST:PORT' serve --headless --config "$good" --listen "$address"
done
expect_run 1 '203\.0\.113\.7' serve --headless --config "$good" --listen 203.0.113.7:8787
SWITCHBOARD_WEBHOOK_SECRET='' expect_run 1 'SWITCHBOARD_WEBHOOK_SECRET' serve --headless --config "$good" --listen 127.0.0.1:0
expect "$SAID" ""
(
    unset SWITCHBOARD_WEBHOOK_SECRET
    expect_run 1 'SWITCHBOARD_WEBHOOK_SECRET' serve --headless --config "$good" --listen 127.0.0.1:0
)
nofile=$(SERVER='{ secrets: [{ file: no-such-secret }] }' rules nofile <<< 'otherwise: default')
expect_run 1 'no-such-secret' serve --headless --config "$nofile" --listen 127.0.0.1:0
unsigned=$(SERVER='{}' rules unsigned <<< 'otherwise: default')
expect_run 2 'secret' serve --headless --config "$unsigned" --listen 0.0.0.0:0
public=$(SERVER='{ listen: "0.0.0.0:8787" }' rules public <<< 'otherwise: default')
expect_run 1 'public.yaml:[0-9]+:[0-9]+: error: .*secret' serve --headless --config "$public"

say "a secret file beside the rules, and a rules file by the environment"
printf '%s\n' "$SECRET" > "$WORK/secret"
SERVER='{ secrets: [{ file: secret }] }' rules filed <<< 'otherwise: default' > "$WORK/path"
serve "$(cat "$WORK/path")"
expect "$(status "$SAMPLE")" 200
halt "$PID"
SWITCHBOARD_CONFIG=$bad expect_run 1 'bad.yaml' serve --headless

say "call"
serve "$(rules called <<< 'otherwise: { greeting: "Hello {{caller.number|stranger}}." }')"
expect_run 0 'assistant-request: 200 in [0-9.]+ ms' call --from +31612345678 --to +31850835037 --url "$URL"
expect "$(jq -r .assistant.first_message <<< "$SAID")" "Hello +31612345678."
expect_run 0 '200' call --from withheld --to +31850835037 --url "$URL"
expect "$(jq -r .assistant.first_message <<< "$SAID")" "Hello stranger."
OTHER=wrong expect_run 1 '401.*--secret-env' \
    call --from +31612345678 --to +31850835037 --url "$URL" --secret-env OTHER
expect_run 2 'NO_SUCH' call --from +31612345678 --to +31850835037 --url "$URL" --secret-env NO_SUCH
expect_run 1 '404' call --from +31612345678 --to +31850835037 --url "${URL}s"
expect_run 2 '--url' call --from +31612345678 --to +31850835037 --url nonsense
[[ ! "$SAID$WORDS" =~ $SECRET ]] || fail "the secret is shown"

say "call --whole: ringing, live, ended with a report"
expect_run 0 'end-of-call-report: 200' call --from +31655501234 --to +31850835037 --url "$URL" --whole
expect "$(wc -l < "$WORK/said")" 1 "one answer on stdout"
jq -e .assistant < "$WORK/said" > /dev/null
await logged '.from == "+31655501234" and .event == "report" and .state == "ended" and (.summary | length > 0)'
expect "$(jq -rn '[inputs | select(.from == "+31655501234") | "\(.event) \(.state) \(.applied)"] | unique_by(.) | length' "$OUT")" \
    "$(jq -rn '[inputs | select(.from == "+31655501234")] | length' "$OUT")" "every line says something new"
states=$(jq -rn '[inputs | select(.from == "+31655501234") | .state] | reduce .[] as $s ([]; if .[-1] == $s then . else . + [$s] end) | join(" ")' "$OUT")
expect "$states" "ringing live ended"
await logged '.from == "+31655501234" and .event == "status" and .state == "live" and .applied == "applied"'
halt "$PID"

say "call, when nothing listens"
expect_run 1 'assistant-request: ' call --from +31612345678 --to +31850835037 --url "$URL"
expect "$SAID" ""

say "demo"
OUT=$WORK/demo.jsonl ERR=$WORK/demo.err
"$SWITCHBOARD" demo --headless --rate 600 --seed 7 > "$OUT" 2> "$ERR" < /dev/null &
PID=$!
finally "$PID"
listening
expect "$(head -1 "$OUT" | jq .signed)" true
various() {
    jq -ne '[inputs] | ([.[] | select(.event == "call") | .by] | unique | length) >= 3 and any(.[]; .state == "live")
        and any(.[]; .applied == "applied")' "$OUT"
}
WITHIN=20 await various
expect "$("$SWITCHBOARD" call --from +31612345678 --to +31850835037 --url "$URL" 2>&1 > /dev/null | grep -c 401)" 1 \
    "its secret is its own"
halt "$PID" INT
expect "$CODE" 130
expect "$(jq -rn '[inputs | select(.event == "refused" and .reason != "bad_signature")] | length' "$OUT")" 0
expect_match "$(head -1 "$ERR")" '[0-9]+ s: [0-9]+ calls'
