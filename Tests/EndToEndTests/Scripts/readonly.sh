#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# `--readonly`, key by key and command by command: each key of the table in each view, and what would confirm it, changes neither
# the server nor its state, its audit or its journal.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/desk.bash"

file=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: Demo, group: demo }
  - { number: "+31201234567", name: Front desk, group: amsterdam }
answers:
  closed: { reject: "We are closed." }
otherwise: { greeting: "Hello." }
END
)

# remains: everything that an operator could change.
remains() {
    api GET /v1/overrides
    api GET '/v1/calls?limit=100' | jq -c '[.calls[] | {id, mark, notes}]'
    api GET /v1/status | jq -c '[.counts.calls, .rules, .undo]'
    api GET /v1/audit
    cat "$AUDIT"
    python3 - "$STATE/calls.sqlite" << 'END'
import sqlite3, sys
journal = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
print(journal.execute("SELECT number, hex(document) FROM call ORDER BY number").fetchall())
print(journal.execute("SELECT count(*) FROM desk").fetchall(), journal.execute("SELECT count(*) FROM entry").fetchall())
END
}

# The keys of the table by the names that tmux has for them, but for those that end or suspend.
tables=$("$SWITCHBOARD" help keys --json)
mapfile -t pressed < <(jq -r '[.[] | select(.views != [] and .group != "In a dialog") | .keys[]] | unique[]' <<< "$tables" \
    | grep -vxE ':[a-z-]+|\^Z|\^C|q|Esc' \
    | sed -E 's/^\^(.)$/C-\L\1/; s/^PgDn$/NPage/; s/^PgUp$/PPage/; s/^S-Tab$/BTab/; s/^;$/\\;/')
mapfile -t words < <(jq -r '.[] | select(.word != null) | .word' <<< "$tables" | grep -vxE 'quit|export')
((${#pressed[@]} > 40 && ${#words[@]} > 15)) || fail "the table has ${#pressed[@]} keys and ${#words[@]} words"

# tries_all: presses every key in every view of the dashboard on the screen, and types every command.
tries_all() {
    local way key word
    for way in Home Enter Tab i C; do
        for key in "${pressed[@]}"; do
            keys Escape Escape Escape
            loses "$IN_HELP"
            keys "$way" "$key" y Enter
            keys x Enter
            keys Escape Escape
            keys Escape Escape
            sees READ-ONLY
        done
    done
    for word in "${words[@]}"; do
        keys Escape Escape Escape
        sees READ-ONLY
        keys :
        types "$word"
        keys Enter y Enter
        keys Escape Escape
        keys :
        types "$word x"
        keys Enter
        keys Escape Escape
    done
    keys Escape Escape Escape Home
}

SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], journal: true }' rules journal < <(tail -n +3 "$file") > /dev/null
desk_server "$WORK/journal.yaml"
for number in 1 2 3; do expect "$(status "$(request "call-$number" "+3161234560$number")")" 200; done
desk close --group amsterdam --for 1h --reason storm --say "Closed." > /dev/null
desk mark --call call-1 > /dev/null
desk note --call call-1 "Call back." > /dev/null
written() { [ "$(api GET /v1/status | jq '.journal.queued_bytes == 0')" = true ]; }
await written
remains > "$WORK/before"

say "attached: nothing changes"
terminal attached
runs "set +m; clear; stty -a > attached.before; $(printf '%q ' "$SWITCHBOARD" attach --socket "$SOCKET" --readonly); echo code=\$?"
sees READ-ONLY
tries_all
remains > "$WORK/after"
diff "$WORK/before" "$WORK/after" >&2 || fail "a read-only dashboard changed something"

say "and the others work: details, filter, help, a look at the lines"
keys Enter
sees '[1 Timeline]'
keys Escape
keys f
types from:+31612345602
keys Enter
finds '1 of 3 shown'
keys Escape Tab
sees 'Front desk'
keys '?'
sees 'Read-only'
lacks "$IN_HELP" || lost "the help has what is withheld"
keys Escape Escape Escape q
left 0
halt "$PID"

say "in the server's own terminal: nothing changes"
dashboard own "$WORK/journal.yaml" --readonly --state "$STATE" --control "$SOCKET"
sees READ-ONLY
remains > "$WORK/before"
tries_all
remains > "$WORK/after"
diff "$WORK/before" "$WORK/after" >&2 || fail "a read-only dashboard changed something"
interrupts
left 130
