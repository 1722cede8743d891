#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The server for names is dead: calls that need another server get the answer without it, in time; others wait for nothing.
source "$(dirname "$0")/../lib.bash"

[ "$(id -u)" = 0 ] || skip "only root can give a process its own resolv.conf"
python3 -c 'import socket, time; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.153", 53)); time.sleep(120)' \
    2> "$WORK/names.err" &
finally $!
sleep 0.5
! gone $! || skip "nothing can listen on 127.0.0.153:53: $(tail -1 "$WORK/names.err")"
echo "nameserver 127.0.0.153" > "$WORK/resolv.conf"
RULES=$(rules desk << 'END'
lines: [{ number: "+31850835037", name: Demo }]
rules:
  - name: asks
    when: { caller: { prefix: "+49" } }
    answer: { ask: { url: "http://crm.example.com/hms", timeout: 1s, otherwise: { greeting: "Without." } } }
otherwise: { greeting: "Hi." }
tag_answers: false
END
)
program=$SWITCHBOARD
cat > "$WORK/without-names" << END
#!/bin/bash
mount --bind "$WORK/resolv.conf" /etc/resolv.conf && exec "$program" "\$@"
END
chmod +x "$WORK/without-names"
cat > "$WORK/nameless" << END
#!/bin/bash
exec unshare -m "$WORK/without-names" "\$@"
END
chmod +x "$WORK/nameless"
unshare -m mount --bind "$WORK/resolv.conf" /etc/resolv.conf 2> /dev/null || skip "resolv.conf cannot be replaced"
SWITCHBOARD=$WORK/nameless desk_server "$RULES"
load plain 15 200 "Hi."
for number in 1 2 3 4 5 6 7 8; do
    begun=${EPOCHREALTIME/./}
    expect "$(answer "asks-$number" +4930123456)" '{"assistant":{"first_message":"Without."}}'
    took=$(((${EPOCHREALTIME/./} - begun) / 1000))
    ((took < 2500)) || fail "the answer took $took ms"
done
held plain
[ "$(jq '.max_ms < 1500' "$WORK/plain.load")" = true ] || fail "plain calls waited for names"
since=${EPOCHREALTIME/./}
halt "$PID"
echo "  stopped after $(((${EPOCHREALTIME/./} - since) / 1000)) ms"
