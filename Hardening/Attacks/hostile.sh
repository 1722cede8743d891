#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Texts that drive terminals, from callers, from the rules file and from operators, on every surface: no escape gets through.
source "$(dirname "$0")/../lib.bash"
source "$SCRIPTS/tmux.bash"

# Sets the title, clears the screen, reports the cursor; BEL, CSI in one byte, an override of direction, a bell in UTF-8.
MARK=evil
HOSTILE=$'\e]0;'$MARK$'\a\e[2J\e[6n\xc2\x9b31m\xe2\x80\xae'$MARK$'\r\n\b\x7f'

# harmless FILE WORDS: no control byte but line breaks and tabs, and no character that turns the direction.
harmless() {
    ! LC_ALL=C grep -aPn '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$1" \
        > "$WORK/harm" || fail "$2 has control characters: $(head -3 "$WORK/harm" | cat -v)"
}

# said NAME COMMAND...: runs a command, which must say something, and checks all of it; `desk` is that of desk.bash.
said() {
    local name=$1 code=0
    shift
    # A function is nothing that `timeout` can run.
    [ "$1" != desk ] || set -- "$SWITCHBOARD" "$2" --socket "$SOCKET" "${@:3}"
    timeout 20 "$@" > "$WORK/said-$name" 2>&1 < /dev/null || code=$?
    ((code < 124)) || fail "\`$name\` ends with $code: $(head -3 "$WORK/said-$name" | cat -v)"
    [ -s "$WORK/said-$name" ] || fail "\`$name\` says nothing"
    harmless "$WORK/said-$name" "what \`$name\` prints"
}

# As YAML has it, which takes no control character as it is.
text=$(jq -na --arg text "$HOSTILE" '$text' | sed 's/\x7f/\\u007f/')
RULES=$(rules desk << END
lines: [{ number: "+31850835037", name: $text, group: $text }]
answers: { $text: { greeting: $text } }
rules: [{ name: $text, when: { caller: "+31612345678" }, answer: $text }]
otherwise: { greeting: $text }
tests: [{ name: $text, call: { from: "+31612345678", to: "+31850835037", at: "2026-07-01 10:00" }, expect: { by: otherwise } }]
END
)
"$SWITCHBOARD" check "$RULES" > "$WORK/checked" 2>&1 || {
    # What such a file may not hold is left out, so that the rest reaches the server.
    harmless "$WORK/checked" "check"
    RULES=$(rules desk << END
lines: [{ number: "+31850835037", name: "Demo" }]
rules: [{ name: "rule", when: { caller: "+31612345678" }, answer: { greeting: $text } }]
otherwise: { greeting: $text }
tests: [{ name: "case", call: { from: "+31612345678", to: "+31850835037", at: "2026-07-01 10:00" }, expect: { by: otherwise } }]
END
)
}
said check "$SWITCHBOARD" check "$RULES"
said test "$SWITCHBOARD" test "$RULES"
said explain "$SWITCHBOARD" explain --from +31612345678 --to +31850835037 --config "$RULES"
desk_server "$RULES"
follows "$WORK/stream"

for number in 1 2 3; do
    post "$(jq -nc --arg text "$HOSTILE" --arg id "id-$number $HOSTILE" '{message: {type: "assistant-request",
        call: {id: $id, type: $text, status: $text}, phone_number: {number: "+31850835037", name: $text},
        customer: {number: $text}}}')" -o /dev/null
    post "$(jq -nc --arg text "$HOSTILE" --arg id "id-$number $HOSTILE" '{message: {type: "end-of-call-report",
        call: {id: $id}, duration_seconds: 1, summary: $text, end_reason: $text}}')" -o /dev/null
    post "$(jq -nc --arg text "$HOSTILE" --arg id "id-$number $HOSTILE" '{message: {type: $text, call: {id: $id}}}')" -o /dev/null
done
post "$(request plain)" -o /dev/null
post "$HOSTILE" -o /dev/null
TO=${URL}$'\x01' post x -o /dev/null 2> /dev/null || true
printf 'POST /%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n' $'\xc2\x9b31m\xe2\x80\xae' x > "/dev/tcp/127.0.0.1/$PORT" || true
api POST /v1/overrides "$(jq -nc --arg text "$HOSTILE" '{act: "begin", kind: "closed", text: $text, reason: $text,
    scopes: ["all"], for_seconds: 600, who: {user: $text, terminal: $text, host: $text}}')" > "$WORK/reply"
harmless "$WORK/reply" "the reply to an order"
api POST /v1/overrides "$(jq -nc --arg text "$HOSTILE" '{act: "note", text: $text, who: {user: $text}}')" > /dev/null
USER=$HOSTILE said note-by desk note "$HOSTILE"
said status desk status
said status-json desk status --json
said undo desk undo --yes
said greet desk greet --all "$HOSTILE" --for 1h --yes
said block desk block +31612345678 --say "$HOSTILE" --reason "$HOSTILE" --yes
said mark desk mark --call plain --text "$HOSTILE"
said calls desk calls
said calls-wrong desk calls "from:$HOSTILE" "$HOSTILE"
said audit desk audit
said report desk report --since 1h
said report-masked desk report --since 1h --mask
for format in md jsonl; do said "export-$format" desk export --format $format; done
# Lines of CSV end with a carriage return and a line feed.
said export-csv bash -c '"$0" export --socket "$1" --format csv | sed "s/\r\$//"' "$SWITCHBOARD" "$SOCKET"
said replicas desk replicas
said replay desk replay --config "$RULES"
said call "$SWITCHBOARD" call --url "$URL" --from +31612345679 --to +31850835037
said call-wrong "$SWITCHBOARD" call --url "$URL" --from "$HOSTILE" --to "$HOSTILE"
said doctor desk doctor --config "$RULES" --state "$STATE"
said journal "$SWITCHBOARD" journal info --journal "$STATE/calls.sqlite"
said forget "$SWITCHBOARD" journal forget "$HOSTILE" --socket "$SOCKET" --yes
said themes "$SWITCHBOARD" themes show "$HOSTILE"
said option desk status "--$HOSTILE"
said no-rules "$SWITCHBOARD" check "$WORK/$HOSTILE.yaml"
for path in status calls overrides; do
    api GET "/v1/$path" > "$WORK/api-$path"
    harmless "$WORK/api-$path" "/v1/$path"
done
api GET /metrics > "$WORK/metrics"
harmless "$WORK/metrics" "/metrics"
sed -i 's/otherwise: { greeting: /otherwise: { first_message: /; s/name: "case"/name: "cases"/' "$RULES"
said reload desk reload

say "the screen"
TERMINAL_ENV=()
terminal attached 130 40
for command in attach view; do
    runs "clear; $(printf '%q ' "$SWITCHBOARD" $command --socket "$SOCKET")"
    finds "$MARK"
    for key in Down Enter Tab Tab Escape a Escape l Escape '?' Escape; do keys "$key"; sleep 0.2; done
    types "/$MARK"
    keys Enter
    sleep 0.5
    kill "$(pgrep -P "$SHELL_PID")"
    sees 'ready>'
done
# The program's own escapes are many; those of the texts would set the title, ask for the cursor, or ring.
! LC_ALL=C grep -aPq '\x1b\]0;'$MARK'|\x1b\[6n|\x9b31m.*'$MARK'|\xe2\x80\xae' "$WORK/attached.bytes" \
    || fail "an escape got through to the terminal"
halt "$PID"
harmless "$OUT" "the JSON lines"
harmless "$ERR" "stderr"
harmless "$WORK/stream" "the stream of events"
harmless "$AUDIT" "the audit"
