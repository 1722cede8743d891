#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# An attached dashboard whose server cannot be reached: killed, hung, or with its socket removed.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/desk.bash"

RULES=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: Demo }
  - { number: "+31201234567", name: Front desk }
answers:
  closed: { reject: "We are closed." }
otherwise: { greeting: "Hello." }
END
)

# attached: a dashboard in a terminal.
attached() {
    terminal "$1" 120 40
    runs "clear; $(printf '%q ' "$SWITCHBOARD" attach --socket "$SOCKET"); echo code=\$?"
    finds 'signed'
}

# lost_within MILLISECONDS: the dashboard says within that time that there is no contact.
lost_within() {
    local since=${EPOCHREALTIME/./}
    WITHIN=$(($1 / 1000)) finds '^ NO CONTACT since [0-9:]{8} '
    say "seen after $(((${EPOCHREALTIME/./} - since) / 1000)) ms"
    sees 'not reachable from here; if the server is down'
    for key in c o g u; do
        keys "$key"
        sees 'nothing can be changed from here'
        lacks 'Cancel' || lost "a dialog is open"
    done
}

desk_server "$RULES"
attached one

say "row 1: a hung server"
keys c
asks close
keys r
types 'storm, '
kill -STOP "$PID"
WITHIN=3 sees 'no contact with the server: not possible now'
# The rest is text, and none of it a command.
types 'quarter closed'
sees 'storm, quarter closed'
keys Escape
loses 'storm, quarter'
lost_within 3000
kill -CONT "$PID"
sees 'in contact with the server again after'
loses 'NO CONTACT'

say "row 1: a server that was killed, and one that comes in its place"
desk close --all --yes --reason outage --say "Outage." --until-reopened > /dev/null
sees outage
kill -KILL "$PID"
lost_within 3000
sees outage
desk_server "$RULES"
sees 'the server was restarted'
loses 'NO CONTACT'
sees outage

say "row 1: a socket that was removed under a server that lives is made again"
rm "$SOCKET"
await test -S "$SOCKET"
expect "$(status "$(request still-answered)")" 200
sees '+31612345678'
loses 'NO CONTACT'
halt "$PID"
lost_within 3000
desk_server "$RULES"
sees 'in contact with the server again after'
keys c
asks close
keys Escape
keys q
finds 'code=0$'
halt "$PID"

say "row 4: an attached dashboard follows a socket that moves to the state folder, and back"
mkdir -m 700 "$WORK/runtime"
export XDG_RUNTIME_DIR=$WORK/runtime
serve "$RULES"
TERMINAL_ENV=("XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR")
terminal moved 120 40
runs "clear; $(printf '%q ' "$SWITCHBOARD" attach); echo code=\$?"
finds 'signed'
mv "$WORK/runtime" "$WORK/gone"
await test -S "$WORK/.local/state/switchboard/switchboard.sock"
await_contact() { matches '^ switchboard ' && ! shows 'NO CONTACT'; }
expect "$(status "$(request after-the-move)")" 200
sees '+31612345678'
await await_contact || lost "it does not follow the socket"
# A dialog that was opened while the socket moved is closed with a message.
for _ in 1 2 3; do
    keys c
    WITHIN=4 await shows "${ASKS[close]}" && break
done
asks close
keys Escape
halt "$PID"
lost_within 3000
mkdir -m 700 "$WORK/runtime"
serve "$RULES"
await await_contact || lost "it does not find the next server of the same state folder"
keys q
finds 'code=0$'
