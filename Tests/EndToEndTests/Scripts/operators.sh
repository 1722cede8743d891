#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Two operators on one server: what one of them does by a command is a message and a line of the audit for the other.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/desk.bash"

RULES=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: Demo, group: demo }
  - { number: "+31201234567", name: Front desk, group: amsterdam }
answers:
  closed: { reject: "We are closed." }
otherwise: { greeting: "Hello." }
END
)

# anna COMMAND [OPTION...]: what the other operator does, in a shell.
anna() { USER=anna desk "$@"; }

# attached NAME: maria's dashboard in a terminal.
attached() {
    TERMINAL_ENV=(USER=maria)
    terminal "$1" 120 40
    runs "clear; $(printf '%q ' "$SWITCHBOARD" attach --socket "$SOCKET"); echo code=\$?"
    finds 'signed'
}

# audit: opens the audit, or closes it.
audit() { keys a; }

desk_server "$RULES"
anna close --line +31850835037 --reason works --say "Works." --for 1h > /dev/null
attached one

say "row 18: what was done before is in the audit, and no message"
sees 'works'
lacks 'anna closed' || lost "that is no news"
audit
finds '[0-9:]{8} anna +closed line Demo until ([a-z]{3} )?[0-9:]{5}$'
sees '"Works."'
sees 'reason: works'
audit

say "row 18: a closure, an undo and a note of a colleague are messages with the name"
anna close --group amsterdam --reason drill --say "Drill." --until-reopened > /dev/null
sees 'anna closed group amsterdam until reopened'
anna undo > /dev/null
sees 'anna undid: closed group amsterdam'
anna note "Carrier confirmed the outage." > /dev/null
sees 'anna noted: Carrier confirmed the outage.'
audit
finds 'anna +noted: Carrier confirmed the outage\.$'
finds 'anna +closed group amsterdam: undone$'
finds 'anna +closed group amsterdam until reopened$'
audit

say "row 19: a note of one's own is in the audit with its author, and no message about a colleague"
types ':note Call Tom at 23:00.'
sees 'Enter: write it'
keys Enter
sees 'noted: Call Tom at 23:00.'
lacks 'maria noted' || lost "that was done here"
expect "$(kept '.[-1] | [.event, .who.user, .text]')" '["note","maria","Call Tom at 23:00."]'
audit
finds 'maria +noted: Call Tom at 23:00\.$'
audit
types ':note '
keys Enter
sees 'the note is empty'
code=0
words=$(anna note ' ' 2>&1 > /dev/null) || code=$?
expect "$code $words" '1 The note is empty.'
# An alert stays until a key is pressed.
keys Escape
loses 'the note is empty'

say "row 19: who reloaded, or why"
expect "$(anna reload --json | jq .taken)" true
sees 'anna reloaded: the rules of revision'
kill -HUP "$PID"
sees 'SIGHUP: the rules of revision'
sed 's/We are closed/We are gone/' "$RULES" > "$RULES.new"
mv "$RULES.new" "$RULES"
sees 'the file changed: the rules of revision'
audit
finds 'anna +reloaded: the rules of revision'
finds '– +SIGHUP: the rules of revision'
finds '– +the file changed: the rules of revision'
audit
echo 'wrong: [' >> "$RULES"
sees 'first: '
code=0
anna reload > "$WORK/said" 2> "$WORK/said.err" || code=$?
expect "$code $(wc -c < "$WORK/said")" '1 0' "a file with errors: $(cat "$WORK/said.err")"
expect_match "$(cat "$WORK/said.err")" 'has errors; still using the previous rules'
sed -i '$d' "$RULES"
sees 'are in use'

say "the same name at another terminal is somebody else"
attached two
keys c Tab
types close
keys Enter
sees 'closed all lines'
TERMINAL=one
finds 'maria \(pts/[0-9]+ on .*\) closed all lines'
audit
finds 'maria +closed all lines'
audit

say "row 18: what was done without contact is a message when there is contact again"
kill -KILL "$PID"
sees 'NO CONTACT since'
desk_server "$RULES"
anna undo --yes > /dev/null
finds 'anna undid: closed all lines|anna closed all lines: undone'
audit
finds 'anna +closed all lines: undone'
finds 'anna +closed line Demo until ([a-z]{3} )?[0-9:]{5}$'
expect "$(screen | grep -c 'Carrier confirmed')" 1
keys q q
finds 'code=0$'
