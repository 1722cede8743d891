#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Colleagues: the members of a group use the control socket from their own accounts, and nobody else does.

source "$(dirname "$0")/lib.sh"

if [ "$(id -u)" != 0 ] || ! command -v setpriv > /dev/null || ! id nobody > /dev/null; then
    echo "skipped: only root can act for other users"
    exit 0
fi
GROUP=$(getent group | awk -F: '$3 > 0 && $1 != "nogroup" { print $1; exit }')

# as GROUPS COMMAND...: runs a command as nobody, with supplementary groups.
as() {
    local groups=(--clear-groups)
    [ -z "$1" ] || groups=(--groups "$1")
    shift
    setpriv --reuid nobody --regid nogroup "${groups[@]}" env -u SUDO_USER USER=anna HOME=/nonexistent "$@"
}

SERVER="{ control: { group: $GROUP } }"
RULES=$(rules desk << 'END'
lines: [{ number: "+31850835037", name: Front desk }]
answers: { closed: { reject: "We are closed." } }
otherwise: default
END
)
chmod 711 "$WORK"
mkdir -m 711 "$WORK/run"
SOCKET=$WORK/run/control.sock

say "members attach from their own accounts, and the audit says which"
serve "$RULES" --control "$SOCKET" --state "$WORK/state"
expect "$(stat -c '%a %G' "$SOCKET")" "660 $GROUP"
as "$GROUP" "$SWITCHBOARD" status --socket "$SOCKET" > "$WORK/status" || fail "a member is refused: $(cat "$WORK/status")"
as "$GROUP" "$SWITCHBOARD" close --all --reason drill --until-reopened --yes --socket "$SOCKET" > /dev/null
expect_json "$(tail -1 "$WORK/state/audit.jsonl" | jq -c '[.who.user, .who.uid, .who.account]')" \
    "[\"anna\", $(id -u nobody), \"nobody\"]"
expect_match "$("$SWITCHBOARD" status --socket "$SOCKET")" 'anna .*account nobody'
as "" "$SWITCHBOARD" status --socket "$SOCKET" > "$WORK/refused" 2>&1 && fail "who is not a member is served"
expect_match "$(cat "$WORK/refused")" 'Permission denied'

say "a file that is opened to all does not let others in"
chmod 666 "$SOCKET"
expect "$(as "" curl -sS --max-time 5 --unix-socket "$SOCKET" http://x/v1/status | jq -r .error.code)" forbidden
halt "$PID"

say "a group that does not exist is a warning, and the socket is its owner's"
SERVER='{ control: { group: nobody-here } }'
RULES=$(rules nobody <<< 'otherwise: default')
serve "$RULES" --control "$SOCKET" --state "$WORK/state2"
expect_match "$(cat "$ERR")" 'no group nobody-here'
expect "$(stat -c %a "$SOCKET")" 600
halt "$PID"

say "a folder that the group cannot enter is named"
SERVER="{ control: { group: $GROUP } }"
RULES=$(rules closed <<< 'otherwise: default')
mkdir -m 700 "$WORK/shut"
serve "$RULES" --control "$WORK/shut/control.sock" --state "$WORK/state3"
expect_match "$(cat "$ERR")" "cannot enter $WORK/shut,"
halt "$PID"
