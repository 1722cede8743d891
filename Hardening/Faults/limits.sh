#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A limit for memory: a server that fits keeps to it under load with large webhooks; one that does not says so and ends.
source "$(dirname "$0")/../lib.bash"

say "too little to start with"
size=$(($(stat -Lc %s "$SWITCHBOARD") >> 10))
for limit in 60000 100000 150000 200000 250000 400000 600000; do
    code=0
    (ulimit -v $limit && exec timeout 10 "$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --state "$WORK/small" \
        --config "$(greeting_rules small "Hi.")") > "$WORK/small.out" 2> "$WORK/small.err" < /dev/null || code=$?
    # It runs until it is ended, or says in some words why it does not; the kernel ends (139) what is
    # larger than the limit before it begins.
    if [ $code = 139 ] && ((limit < size)); then
        echo "killed by the system before it began" > "$WORK/small.err"
    elif [ $code = 124 ]; then
        [ -s "$WORK/small.out" ] || fail "with $limit KiB of addresses it neither listens nor ends"
    else
        [ -s "$WORK/small.err" ] || fail "with $limit KiB of addresses it ends with $code and says nothing"
    fi
    echo "  $limit KiB of addresses: exit code $code, $(head -c 100 "$WORK/small.err" | head -1)"
done

say "100 MB of memory, and 400 MB of webhooks"
group=/sys/fs/cgroup/memory/switchboard-$$
[ "$(id -u)" = 0 ] && mkdir "$group" 2> /dev/null || skip "there is no control group for memory"
trap 'code=$?; finish_group; finish "$code"' EXIT
finish_group() {
    kill "$PID" 2> /dev/null || true
    await rmdir "$group" 2> /dev/null || true
}
echo $((100 << 20)) > "$group/memory.limit_in_bytes" 2> /dev/null || skip "a control group takes no limit"
SERVER='{ keep: { calls: 10000, bytes: 8MiB } }'
RULES=$(rules desk <<< 'otherwise: { greeting: "Hi." }')
program=$SWITCHBOARD
printf '#!/bin/bash\necho $$ > %q/cgroup.procs && exec %q "$@"\n' "$group" "$program" > "$WORK/limited"
chmod +x "$WORK/limited"
SWITCHBOARD=$WORK/limited desk_server "$RULES"
expect "$(PAD=200000 flood 2000)" 2000 "answers"
expect "$(answer after)" '{"assistant":{"first_message":"Hi."}}'
echo "  $(resident) KiB after 400 MB, at most $(($(cat "$group/memory.max_usage_in_bytes") >> 10)) KiB"
halt "$PID"
