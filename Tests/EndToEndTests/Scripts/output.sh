#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Where output goes and what is asked: a stdout that is full, a reader that leaves, texts that a terminal would obey,
# confirmations with stderr elsewhere, paths with a tilde, completion of files.

source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"

mkdir -p "$WORK/run"
chmod 700 "$WORK/run"
export XDG_RUNTIME_DIR=$WORK/run
file=$(rules desk << 'END'
lines: [{ number: "+31850835037", name: Demo line }]
answers:
  closed: { reject: "We are closed." }
rules: [{ name: vip, when: { caller: "+31612345678" }, answer: default }]
otherwise: default
tests:
  - { name: "good", call: { from: "+31612345678", to: "+31850835037", at: "2026-07-01T10:00" }, expect: { by: rule vip } }
END
)
# A case that fails, with texts that a terminal obeys.
cat > "$WORK/evil.yaml" << 'END'
version: 1
server: { secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }
lines: [{ number: "+31850835037", name: "Demo\u202Eline" }]
otherwise: { greeting: "Hello\e[31m\a." }
tests:
  - { name: "a\u202Ecase", call: { from: "+31612345678", to: "+31850835037", at: "2026-07-01T10:00" }, expect: { answer_has: { assistant: { first_message: "Bye\e[1m\a." } } } }
END
serve "$file"

say "row 13: a full stdout is an error in every command"
full() {
    local code=0
    timeout 20 "$SWITCHBOARD" "$@" > /dev/full 2> "$WORK/full.err" < /dev/null || code=$?
    expect "$code" 1 "the exit code of: $* > /dev/full"
    expect_match "$(< "$WORK/full.err")" 'cannot write to stdout: No space left on device' "the words of: $*"
}
full schema
full --help
full --version
full help serve
full --generate-completion-script bash
full check "$file" --json
full check "$WORK/evil.yaml" --json
full test "$WORK/evil.yaml"
full explain --from +31612345678 --to +31850835037
full explain --config "$file" --from +31612345678 --to +31850835037 --json
full init "$WORK/full"
full status
full status --json
full close --all --reason x --for 1h --dry-run
full close --all --reason x --for 1h
full close --all --reason x --for 1h --json
full undo
full note hello
full reload
full open --all --json
full probe --url "$URL"
full probe --url "$URL" --json --every 1s
full call --from +31612345678 --to +31850835037 --url "$URL"

say "a reader that leaves is an error too, where the shell ignores SIGPIPE"
code=0
gone_reader() { [ -e "$WORK/left" ]; }
(trap '' PIPE; await gone_reader; "$SWITCHBOARD" schema 2> "$WORK/pipe.err" || echo "$?" > "$WORK/pipe.code") \
    | { exec 0<&-; touch "$WORK/left"; }
await test -s "$WORK/pipe.code"
expect "$(< "$WORK/pipe.code")" 1
expect "$(< "$WORK/pipe.err")" '' "it wants no more, which needs no words"

say "a stdout that is closed is an error too"
code=0
"$SWITCHBOARD" status >&- 2> "$WORK/closed.err" < /dev/null || code=$?
expect "$code" 1
expect_match "$(< "$WORK/closed.err")" 'cannot write to stdout: Bad file descriptor'

say "row 20: a demo ends when nobody reads, a server does not"
code=0
timeout 20 "$SWITCHBOARD" demo --headless --rate 6000 2> "$WORK/demo.err" < /dev/null | head -3 > "$WORK/demo.head" || code=$?
expect "$(wc -l < "$WORK/demo.head")" 3
[ "$code" != 124 ] || fail "the demo goes on without a reader"
mkfifo "$WORK/events"
"$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$file" --state "$WORK/other" --control "$WORK/other.sock" \
    > "$WORK/events" 2> "$WORK/other.err" < /dev/null &
PID=$!
finally "$PID"
URL=$(head -1 "$WORK/events" | jq -r .url)
for ((number = 1; number <= 3; number++)); do expect "$(post "$(request "unread-$number")")" '{}'; done
halt "$PID"

say "nothing that a terminal obeys gets out of a rules file"
escapes() { LC_ALL=C grep -qaE $'\e|\a|\xc2\x9b' "$@"; }
"$SWITCHBOARD" test "$WORK/evil.yaml" > "$WORK/test.out" 2>&1 < /dev/null || true
expect_match "$(< "$WORK/test.out")" 'a·case'
"$SWITCHBOARD" explain --config "$WORK/evil.yaml" --from +31612345678 --to +31850835037 > "$WORK/explain.out" 2>&1
"$SWITCHBOARD" check "$WORK/evil.yaml" > "$WORK/check.out" 2>&1 || true
cp "$WORK/evil.yaml" "$WORK/live.yaml"
serve "$WORK/live.yaml" --state "$WORK/live" --control "$WORK/live.sock"
sed -i 's/Hello/Goodbye/; s/Demo/Front/' "$WORK/live.yaml"
changed() { grep -qa 'Goodbye\|Front' "$ERR"; }
await changed || fail "the reload says nothing of its texts: $(cat "$ERR")"
desk() { "$SWITCHBOARD" "$@" --socket "$WORK/live.sock" 2>&1 < /dev/null; }
desk close --all --reason $'\e[2Jstorm\a' --say $'Shut\e[31m.\a' --for 1h > "$WORK/close.out"
desk status > "$WORK/status.out"
desk open --all > "$WORK/open.out"
printf 'otherwise: "\\e[31m' >> "$WORK/live.yaml"
desk reload > "$WORK/reload.out" || true
halt "$PID"
cp "$ERR" "$WORK/server.out"
for output in test explain check close status open reload server; do
    ! escapes "$WORK/$output.out" || fail "$output lets a control character through: $(cat -v "$WORK/$output.out")"
done

say "row 18: a tilde is the home folder where no shell has expanded it"
mkdir "$WORK/rules"
cp "$file" "$WORK/rules/x.yaml"
SWITCHBOARD_CONFIG='~/rules/x.yaml' "$SWITCHBOARD" check > "$WORK/check.out" 2>&1 || fail "$(cat "$WORK/check.out")"
"$SWITCHBOARD" check '~/rules/x.yaml' > "$WORK/check.out" 2>&1 || fail "$(cat "$WORK/check.out")"
"$SWITCHBOARD" status --socket '~/run/switchboard.sock' > "$WORK/status.out" || fail "no status: $(cat "$WORK/status.out")"
"$SWITCHBOARD" test "$file" --junit '~/report.xml' 2> "$WORK/test.out" && test -s "$WORK/report.xml"
terminal attached
runs "clear; '$SWITCHBOARD' attach --socket '$WORK/run/switchboard.sock'"
finds '^ (calls|today) [0-9]+ '
keys e
asks export
keys C-u
types '~/out.jsonl'
keys Enter
await test -e "$WORK/out.jsonl" || lost "nothing was written"
keys C-c

say "row 7: at a terminal the question comes wherever the output goes; scripts are not asked"
open_lines() { "$SWITCHBOARD" status --json | jq -e 'all(.lines[]; .state == "open")'; }
terminal asks
runs "export XDG_RUNTIME_DIR='$WORK/run'; clear"
for where in '2> /dev/null' '> close.out 2> close.err' '--json > close.out 2>&1'; do
    runs "clear; '$SWITCHBOARD' close --all --reason x --for 1h $where; echo code=\$?"
    sees 'Close the only line'
    open_lines > "$WORK/open" || lost "the lines were closed unasked with $where"
    keys n Enter
    finds 'code=1$'
    open_lines > "$WORK/open" || lost "the lines were closed after no with $where"
done
runs "clear; '$SWITCHBOARD' close --all --reason x --for 1h 2> /dev/null; echo code=\$?"
sees 'Close the only line'
keys C-d
finds 'code=1$'
open_lines > "$WORK/open" || lost "the end of input closed the lines"
runs "clear; '$SWITCHBOARD' close --all --reason x --for 1h 2> /dev/null; echo code=\$?"
sees 'Close the only line'
keys y Enter
finds 'code=0$'
! open_lines > "$WORK/open" || lost "the lines are open after yes"
runs "clear; '$SWITCHBOARD' open --all < /dev/null; echo code=\$?"
finds 'code=0$'
open_lines > "$WORK/open" || lost "a script was asked"
# With no controlling terminal, stdin may still be one.
runs "clear; setsid -w '$SWITCHBOARD' close --all --reason x --for 1h 2> /dev/null; echo code=\$?"
sees 'Close the only line'
keys n Enter
finds 'code=1$'

say "row 19: bash completes files"
"$SWITCHBOARD" --generate-completion-script bash > "$WORK/completion.bash"
touch "$WORK/complete-me.yaml"
completes() {
    (
        cd "${COMPLETES_IN:-$WORK}"
        # shellcheck disable=SC1091
        source "$WORK/completion.bash"
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_TYPE=9 COMPREPLY=()
        "_${1##*/}" "$1" "${@: -1}" "${*: -2:1}" 2> /dev/null || true
        printf '%s\n' "${COMPREPLY[@]}"
    )
}
for words in 'check' 'test' 'serve --config' 'explain --config' 'serve --theme' 'serve --control'; do
    # shellcheck disable=SC2086
    expect_match "$(completes "$SWITCHBOARD" $words complete-)" 'complete-me.yaml' "the completion of: $words"
done
expect_match "$(completes switchboard serve --color tr)" 'truecolor'

say "row 19: bash completes lines, groups and themes, of the file here, then of the running server"
own=$WORK/none/.config/switchboard/themes
mkdir -p "$WORK/desk/themes" "$own" && touch "$WORK/desk/themes/ours.yaml" "$WORK/desk/mine.yaml" "$own/ours.yaml"
cat > "$WORK/desk/switchboard.yaml" << 'END'
version: 1
lines:
  - { number: "+31850835037", name: Front desk, group: hotel }
  - { number: "+31850835038", name: Bar, group: hotel }
  - { number: "+31850835039", name: Bar }
  - { number: "+31850835040", name: "$(touch hit)`touch hit`", group: "$(touch hit)" }
otherwise: default
END
at_desk() { (COMPLETES_IN=$WORK/desk completes "$SWITCHBOARD" "$@"); }
completes_at_desk() { (export HOME=$WORK/none XDG_RUNTIME_DIR=$WORK/none && at_desk "$@"); }
expect "$(completes_at_desk close --line Fr)" 'Front desk'
expect "$(completes_at_desk close --line '' | sort | paste -sd '|')" \
    '+31850835038|+31850835039|+31850835040|Front desk' "a name that leads to no single line is a number"
expect "$(completes_at_desk explain --to +318508350 | wc -l)" 4
expect "$(completes_at_desk greet --group '')" hotel "each group once, and none that bash would expand"
expect "$(completes_at_desk close --group h --line F)" 'Front desk'
[ ! -e "$WORK/desk/hit" ] || fail "the completion ran a command of a name"
expect "$(completes_at_desk serve --theme ou)" ours
expect "$(completes_at_desk serve --theme ni)" night "the program carries its themes"
expect "$(completes_at_desk serve --theme mi)" mine.yaml
expect "$(completes_at_desk serve --theme themes/)" themes/ours.yaml
expect "$(export HOME=$WORK/none XDG_RUNTIME_DIR=$WORK/none && cd "$WORK/run" && "$SWITCHBOARD" ---completion close -- --line 3 0 switchboard close --line '' 2>&1)" '' \
    "without server and file there is nothing, and no error"
expect "$(at_desk close --line '')" 'Demo line'
expect "$(at_desk explain --config switchboard.yaml --to Fr)" 'Front desk' "a file that is named"
expect_match "$(completes switchboard serve --on-hangup he)" 'headless'
