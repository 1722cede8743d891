#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# SIGSTOP for a minute (STOPPED=SECONDS) at 200 calls a second: all are answered afterwards, none twice, the counts add up, and
# an attached dashboard says that the server was away and how many answers were late.
source "$(dirname "$0")/../lib.bash"
source "$SCRIPTS/tmux.bash"

STOPPED=${STOPPED:-60}
AWAY='NO CONTACT'
RULES=$(greeting_rules desk "Hi.")
desk_server "$RULES"
watching
# Only calls: whether an answer was late is not asked of other webhooks.
REPORTS=1000000 TIMEOUT=$((STOPPED + 30)) load stopped $((STOPPED + 10)) 200
sleep 3
kill -STOP "$PID"
begun=$SECONDS
WITHIN=$STOPPED await matches "$AWAY" || lost "the screen does not say that the server is away"
sleep $((STOPPED - (SECONDS - begun)))
kill -CONT "$PID"
loaded stopped
expect "$(jq .lost "$WORK/stopped.load")" 0 "lost calls: $(jq -c .examples "$WORK/stopped.load")"
expect "$(status "$(request after)")" 200
add_up
loses "$AWAY"
late=$(counts .late)
finds "late $late "
echo "  $late late answers after $STOPPED s"
halt "$PID"
