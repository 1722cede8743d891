#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The disk of the state folder is full: calls are answered, an order says why it is not kept, and orders are
# kept again as soon as there is room. Then the folder is deleted, and is made again.
source "$(dirname "$0")/../lib.bash"
source "$SCRIPTS/tmux.bash"

[ "$(id -u)" = 0 ] || skip "only root can mount a small disk"
mkdir "$WORK/disk"
mount -t tmpfs -o size=8m tmpfs "$WORK/disk" 2> /dev/null || skip "a small disk cannot be mounted"
trap 'code=$?; umount -l "$WORK/disk" 2> /dev/null || true; finish "$code"' EXIT
STATE=$WORK/disk/state AUDIT=$WORK/disk/state/audit.jsonl
RULES=$(greeting_rules desk "Hi.")
desk_server "$RULES"
done_by close --all --yes --reason drill --say "Shut." --for 1h > /dev/null
ORDERED="Shut.|Again.|Kept." load disk 60 200 "Hi."

# unkept WORDS: an order is refused, with the reason on stderr, and changes nothing.
unkept() {
    local code=0
    desk close --all --yes --reason drill --say "Lost." --for 1h > "$WORK/said" 2>&1 || code=$?
    [ $code != 0 ] || fail "an order was confirmed that cannot be kept: $(cat "$WORK/said")"
    expect_match "$(cat "$WORK/said")" "$1"
    expect "$(answer "unkept-$RANDOM")" '{"error":"Shut."}'
}

say "full"
dd if=/dev/zero of="$WORK/disk/filler" bs=64k count=1000 2> /dev/null || true
unkept 'No space left'
# What cannot be written is named, and is not the journal that is only read.
code=0
said=$("$SWITCHBOARD" journal backup --journal "$STATE/calls.sqlite" "$WORK/disk/copy.sqlite" 2>&1) || code=$?
expect "$code $said" "1 no space is left on the disk of $WORK/disk/copy.sqlite"
code=0
said=$(desk export --output "$WORK/disk/calls.jsonl" 2>&1) || code=$?
expect "$code $said" "1 cannot write $WORK/disk/calls.jsonl: No space left on device"
watching
keys c Tab
types close
keys Enter
sees 'No space left'
keys Escape
rm "$WORK/disk/filler"
kept_again() { desk close --all --yes --reason drill --say "Again." --for 1h; }
await kept_again || fail "orders are not kept although there is room"
expect "$(answer again)" '{"error":"Again."}'
done_by undo --yes > /dev/null
expect "$(kept '[.[].n] == [range(1; length + 1)]')" true "the numbers of the audit"

say "the folder is deleted: it is made again, with the overrides in force"
rm -rf "$STATE"
made_again() { [ -s "$STATE/state.json" ]; }
WITHIN=10 await made_again || fail "the state folder is not made again"
expect "$(answer gone)" '{"error":"Shut."}'
done_by close --all --yes --reason drill --say "Kept." --for 1h > /dev/null
kill "$LOAD" 2> /dev/null || true
held disk

say "what was kept is there for the next server"
halt "$PID"
desk_server "$RULES"
expect "$(answer restarted)" '{"error":"Kept."}'
halt "$PID"
