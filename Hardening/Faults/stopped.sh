#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# SIGSTOP for a minute (STOPPED=SECONDS) at 200 calls a second: all are answered afterwards, none twice, and the counts add up.
source "$(dirname "$0")/../lib.bash"

STOPPED=${STOPPED:-60}
RULES=$(greeting_rules desk "Hi.")
desk_server "$RULES"
TIMEOUT=$((STOPPED + 30)) load stopped $((STOPPED + 10)) 200
sleep 3
kill -STOP "$PID"
sleep "$STOPPED"
kill -CONT "$PID"
loaded stopped
expect "$(jq .lost "$WORK/stopped.load")" 0 "lost calls: $(jq -c .examples "$WORK/stopped.load")"
expect "$(status "$(request after)")" 200
add_up
late=$(counts .late)
echo "  $late late answers after $STOPPED s"
halt "$PID"
