#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The files of the state folder, damaged in many ways: the server starts, answers, and says what it set aside.
source "$(dirname "$0")/../lib.bash"

RULES=$(greeting_rules desk "Hi.")
desk_server "$RULES"
for number in 1 2 3; do
    done_by close --all --yes --reason drill --say "Shut $number." --for 1h > /dev/null
    done_by note "Note $number." > /dev/null
done
halt "$PID"
cp -r "$STATE" "$WORK/good"
python3 "$HARDENING/damage.py" "$WORK/good" "$WORK/damaged" > "$WORK/damages"
[ "$(wc -l < "$WORK/damages")" -ge 38 ] || fail "only $(wc -l < "$WORK/damages") damages"
while IFS=$'\t' read -r name kind; do
    rm -rf "$STATE"
    cp -r "$WORK/damaged/$name" "$STATE"
    desk_server "$RULES"
    heard=$(answer "damage-$name")
    [[ $heard =~ ^\{\"(assistant|error)\": ]] || fail "$name: a call hears $heard"
    [ "$kind" = harmless ] || compgen -G "$STATE/*damaged-*" > /dev/null || [ "$heard" = '{"error":"Shut 3."}' ] \
        || fail "$name: the state is lost, and nothing is set aside: $(cat "$ERR")"
    desk open --all --yes > /dev/null 2>&1 || true
    expect "$(answer "after-$name")" '{"assistant":{"first_message":"Hi."}}' "$name: an answer after an order"
    halt "$PID"
done < "$WORK/damages"
echo "  $(wc -l < "$WORK/damages") damaged states"
