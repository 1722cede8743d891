#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The control socket and its abuse: other users, wrong requests, half ones, hundreds of idle ones; nothing is held up.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

RULES=$(rules desk << 'END'
lines:
  - { number: "+31850835037", name: Demo }
END
)

# code METHOD TARGET [BODY]: the error code of a reply and its status.
code() {
    curl -sS --max-time 10 --unix-socket "$SOCKET" -X "$1" "http://desk$2" ${3:+--data-binary "$3"} \
        -w '\n%{http_code}' | { read -r body; read -r status; echo "$status $(jq -r .error.code <<< "$body")"; }
}

say "a stale socket file is replaced, a live one is not, and no other file ever"
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$SOCKET"
desk_server "$RULES"
expect "$(api GET /healthz)" '{"status":"ok"}'
words=$("$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" --control "$SOCKET" --state "$WORK/second" \
    2>&1 > /dev/null < /dev/null) && fail "two servers on one socket"
expect_match "$words" "$SOCKET"
expect "$(api GET /healthz)" '{"status":"ok"}'
echo precious > "$WORK/file"
words=$("$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" --control "$WORK/file" --state "$WORK/third" \
    2>&1 > /dev/null < /dev/null) && fail "a server on a file that is no socket"
expect_match "$words" "$WORK/file"
expect "$(cat "$WORK/file")" precious

say "wrong requests get clear errors"
expect "$(code GET /v1/nothing)" "404 not_found"
expect "$(code PUT /v1/status)" "405 method_not_allowed"
expect "$(code POST /v1/overrides 'no json')" "400 bad_document"
expect "$(code POST /v1/overrides '{"act":"begin","kind":"closed","scopes":["everything"]}')" "400 bad_document"
expect "$(code POST /v1/overrides '{"act":"undo","quickly":true}')" "400 bad_document"
expect "$(code DELETE /v1/overrides/77)" "404 no_override"
expect "$(code GET '/v1/calls?limit=0')" "400 bad_query"
head -c 300000 /dev/zero | tr '\0' 'x' > "$WORK/huge"
expect "$(code POST /v1/overrides "@$WORK/huge")" "413 too_large"

say "another user is refused, by the file's mode and by the server"
if [ "$(id -u)" = 0 ]; then
    chmod 711 "$WORK"
    as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups curl -sS --max-time 5 --unix-socket "$SOCKET" "$@"; }
    as_nobody http://desk/healthz > /dev/null 2>&1 && fail "the file's mode lets another user in"
    chmod 666 "$SOCKET"
    # The server may say why or hang up before the request is sent; it must not answer it.
    reply=$(as_nobody http://desk/v1/status 2> /dev/null || true)
    [[ $reply != *listening* ]] || fail "another user was answered: $reply"
    chmod 600 "$SOCKET"
fi

say "half a request and 500 idle connections hold nobody up"
python3 - "$SOCKET" "$WORK/ready" << 'END' &
import socket, sys, time

held = []
for number in range(500):
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(5)
    try:
        connection.connect(sys.argv[1])
        if number % 2:
            connection.send(b"POST /v1/overrides HTTP/1.1\r\nHost: desk\r\nContent-Length: 10\r\n\r\n{")
        held.append(connection)
    except OSError:
        # Refusing is one way not to be held up.
        connection.close()
open(sys.argv[2], "w").write(str(len(held)))
time.sleep(60)
END
finally $!
await test -s "$WORK/ready"
for number in 1 2 3 4 5; do
    since=${EPOCHREALTIME/./}
    expect "$(status "$(request "while-idle-$number")")" 200
    took=$(((${EPOCHREALTIME/./} - since) / 1000))
    ((took < 1000)) || fail "a call was answered after $took ms"
done
WITHIN=20 await api GET /healthz
expect "$(api GET /healthz)" '{"status":"ok"}'
expect "$(done_by close --all --yes --reason crowd --say Busy. --until-reopened)" '[["closed all"],[]]'

say "a slow reader of events holds nobody up"
curl -sS --unix-socket "$SOCKET" "http://desk/v1/events" > /dev/null &
curl -sS --unix-socket "$SOCKET" "http://desk/v1/events?with=desk" --limit-rate 1 > /dev/null &
slow=$!
finally $slow
kill -STOP $slow
for number in $(seq 200); do echo "$(request "burst-$number")"; done > /dev/null
expect "$(status "$(request after-burst)")" 200
since=${EPOCHREALTIME/./}
halt "$PID"
took=$(((${EPOCHREALTIME/./} - since) / 1000))
((took < 7000)) || fail "stopping took $took ms"
kill -CONT $slow 2> /dev/null || true
