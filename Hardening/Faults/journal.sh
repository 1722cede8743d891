#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What happens to the journal costs no call: another process locks it for 10 s, its disk is slow, its folder is read-only, then
# gone, or its disk is full. Calls go on meanwhile, screen and status say what is wrong, and it is written again by itself, with
# nothing twice. The times of answers before each fault and during it are printed.
source "$(dirname "$0")/../lib.bash"
source "$SCRIPTS/tmux.bash"

RATE=${RATE:-200} SECONDS_EACH=${SECONDS_EACH:-12}
command -v cc > /dev/null || skip "there is no C compiler for a slow disk"
cc -shared -fPIC -O1 -o "$WORK/slowdisk.so" "$HARDENING/slowdisk.c" -ldl
export SLOW_DISK=$WORK/slow
STATE=$WORK/state JOURNAL=$WORK/state/calls.sqlite
RULES=$(greeting_rules desk "Hi.")
LD_PRELOAD=$WORK/slowdisk.so desk_server "$RULES"
watching

# journal FILTER: what the status says of the journal.
journal() { api GET /v1/status | jq -c ".journal | $1"; }
writing() { [ "$(journal '.state == "writing" and .queued_bytes == 0')" = true ]; }
# failing PATTERN: why it is not written.
failing() { [[ $(journal '[.state, .error] | join(" ")') =~ $1 ]]; }
# behind: it is more than a second behind.
behind() { [ "$(journal '.behind_ms > 1000')" = true ]; }
# whole: the journal is sound and has every call of the server once.
whole() {
    WITHIN=60 await writing || fail "the journal is not written again: $(journal .)"
    expect "$("$SWITCHBOARD" journal check --journal "$JOURNAL" > "$WORK/check" && echo ok)" ok "$(cat "$WORK/check")"
    expect "$("$SWITCHBOARD" journal info --json --journal "$JOURNAL" | jq .calls)" "$(counts .calls)" "calls in the journal"
}
# times NAME: the slowest answers of a load, in a line.
times() { jq -r '"p99 \(.p99_ms) ms, max \(.max_ms) ms"' "$WORK/$1.load"; }
# calm: how it is while nothing is wrong.
calm() { load calm 5 "$RATE" "Hi."; held calm > /dev/null; }

calm
say "another process keeps it locked for 10 s"
load locked "$SECONDS_EACH" "$RATE" "Hi."
python3 "$SCRIPTS/lock.py" "$JOURNAL" 10 > "$WORK/lock" &
finally $!
await grep -q locked "$WORK/lock"
WITHIN=8 await failing 'retrying .*locked' || fail "the status does not say it: $(journal .)"
finds 'locked'
held locked
echo "  before: $(times calm); while it was locked: $(times locked)"
whole
expect "$(journal .dropped)" 0
loses 'locked'

say "its disk takes half a second for each write"
load slow "$SECONDS_EACH" "$RATE" "Hi."
touch "$SLOW_DISK"
WITHIN=10 await behind || fail "the status does not say that it is behind: $(journal .)"
held slow
rm "$SLOW_DISK"
echo "  before: $(times calm); while the disk was slow: $(times slow)"
whole
expect "$(journal .dropped)" 0

# readonly / writable: makes the folder read-only for whoever opens a file in it, and undoes that.
if [ "$(id -u)" = 0 ]; then
    readonly_folder() { mount --bind "$STATE" "$STATE" && mount -o remount,bind,ro "$STATE"; }
    writable_folder() { umount -l "$STATE"; }
    trap 'code=$?; umount -l "$STATE" 2> /dev/null || true; finish "$code"' EXIT
else
    readonly_folder() { chmod 500 "$STATE"; }
    writable_folder() { chmod 700 "$STATE"; }
fi
say "it is removed, and its folder is read-only"
load readonly "$SECONDS_EACH" "$RATE" "Hi."
rm -f "$JOURNAL" "$JOURNAL-wal" "$JOURNAL-shm"
if readonly_folder 2> "$WORK/mount"; then
    WITHIN=8 await failing 'retrying' || fail "the status does not say it: $(journal .)"
    held readonly
    writable_folder
    echo "  before: $(times calm); while it was read-only: $(times readonly)"
else
    held readonly
    echo "  (left out: this system lets nobody mount: $(cat "$WORK/mount"))"
fi
WITHIN=60 await writing || fail "the journal is not written again: $(journal .)"

say "its folder is removed"
load removed "$SECONDS_EACH" "$RATE" "Hi."
sleep 1
rm -rf "$STATE"
sleep 1
finds 'journal|state folder'
held removed
echo "  before: $(times calm); while the folder was gone: $(times removed)"
WITHIN=60 await writing || fail "the journal is not written again: $(journal .)"
expect "$("$SWITCHBOARD" journal check --journal "$JOURNAL" > "$WORK/check" && echo ok)" ok "$(cat "$WORK/check")"
halt "$PID"

say "its disk is full"
mkdir "$WORK/small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=32m,mode=700 tmpfs "$WORK/small" 2> "$WORK/mount"; then
    trap 'code=$?; umount -l "$WORK/small" 2> /dev/null || true; finish "$code"' EXIT
    STATE=$WORK/small JOURNAL=$WORK/small/calls.sqlite
    desk_server "$RULES"
    calm
    load full "$SECONDS_EACH" "$RATE" "Hi."
    head -c 64m /dev/zero > "$STATE/filler" 2> /dev/null || true
    WITHIN=8 await failing 'retrying .*space' || fail "the status does not say it: $(journal .)"
    expect_match "$(desk status)" 'WARNING: the journal has not been written since'
    held full
    rm "$STATE/filler"
    echo "  before: $(times calm); while it was full: $(times full)"
    whole
    expect "$(journal .dropped)" 0
    halt "$PID"
else
    echo "  (left out: this system lets nobody mount a small disk: $(cat "$WORK/mount" 2> /dev/null || true))"
fi
