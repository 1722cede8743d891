#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The webhook's address by HTTPS: its certificate is checked, renewed while it runs, and costs no call when it is wrong.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

# certify NAME [OPTION...]: makes a key and a certificate for localhost, NAME.key and NAME.pem.
certify() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$WORK/$1.key" -out "$WORK/$1.pem" \
        -subj "/CN=$1" -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" "${@:2}" 2> /dev/null
    chmod 600 "$WORK/$1.key"
}
certify first -days 30
certify second -days 90
certify soon -days 3
install_pair() { cp "$WORK/$1.key" "$WORK/desk.key" && cp "$WORK/$1.pem" "$WORK/desk.pem"; }
install_pair first
SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], tls: { certificate: desk.pem, key: desk.key } }'
LINES='lines: [{ number: "+31850835037", name: Demo }]'
RULES=$(rules tls <<< "$LINES")
codes() { "$SWITCHBOARD" check --json "$RULES" 2> /dev/null | jq -c '[.findings[] | [.severity, .code]]'; }
# shown: the name in the certificate that new connections get.
shown() {
    openssl s_client -connect "127.0.0.1:$PORT" < /dev/null 2> /dev/null | openssl x509 -noout -subject | sed 's/.*CN *= *//'
}

say "calls are answered by HTTPS, and by nothing else"
desk_server "$RULES"
expect_match "$URL" '^https://127\.0\.0\.1:[0-9]+/webhook$'
expect "$(status "$(request one)" --cacert "$WORK/first.pem")" 200
expect "$(status "$(request two)" --cacert "$WORK/first.pem" --tls-max 1.2)" 200
expect "$(status "$(request three)" --cacert "$WORK/first.pem" --http1.0)" 200
! status "$(request four)" --cacert "$WORK/first.pem" --tls-max 1.1 2> /dev/null || fail "TLS 1.1 is spoken"
! status "$(request four)" --cacert "$WORK/second.pem" 2> /dev/null || fail "another certificate is accepted"
! TO=${URL/https/http} status "$(request five)" 2> /dev/null || fail "plain HTTP is answered"
expect "$(api GET /v1/status | jq -c '[.webhook_url, .counts.calls]')" "[\"$URL\",3]"
expect "$(curl -sS --cacert "$WORK/first.pem" "${URL%webhook}healthz")" '{"status":"ok"}'
{
    printf '{"message":{"type":"status-update","status":"in-progress","call":{"id":"one"},"pad":"'
    head -c 500000 /dev/zero | tr '\0' x
    printf '"}}'
} > "$WORK/big"
expect "$(status "@$WORK/big" --cacert "$WORK/first.pem")" 200 "a large body"

say "a client that half-closes, pipelines or goes away without a word is treated as without TLS"
printf '%s' "$(request six)" > "$WORK/six"
head_of "$WORK/six" > "$WORK/request" && cat "$WORK/six" >> "$WORK/request"
printf '%s' "$(request seven)" > "$WORK/seven"
head_of "$WORK/seven" 'Connection: close' >> "$WORK/request" && cat "$WORK/seven" >> "$WORK/request"
replies=$(openssl s_client -quiet -connect "127.0.0.1:$PORT" < "$WORK/request" 2> /dev/null | grep -o 'HTTP/1.1 200' | wc -l)
expect "$replies" 2 "replies"

say "it is renewed while calls come in"
cp "$WORK/second.pem" "$WORK/desk.pem"
await grep -q 'the key belongs to another certificate' "$ERR"
expect "$(shown)" first "half of a pair is not used"
cp "$WORK/second.key" "$WORK/desk.key"
renewed() { [ "$(shown)" = second ]; }
await renewed
expect "$(status "$(request eight)" --cacert "$WORK/second.pem")" 200
expect "$(codes)" '[]'

say "an open connection keeps its certificate and goes on"
mkfifo "$WORK/to"
openssl s_client -quiet -connect "127.0.0.1:$PORT" < "$WORK/to" > "$WORK/from" 2> /dev/null &
finally $!
exec 7> "$WORK/to"
printf 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n' >&7
healthy() { [ "$(grep -c '"status":"ok"' "$WORK/from")" = "$1" ]; }
await healthy 1
install_pair soon
soon() { [ "$(shown)" = soon ]; }
await soon
printf 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n' >&7
await healthy 2

say "the end of a certificate is said"
expect "$(codes)" '[["warning","tls-file"]]'
api GET /v1/status | jq -e '.warnings | any(test("^the certificate expires on "))' > /dev/null || fail "no warning in status"
expect_match "$(api GET /metrics)" 'switchboard_certificate_expiry_timestamp_seconds [0-9]+'

say "files that cannot be used are said where they are named, and nothing is lost"
install_pair second
await renewed
echo nonsense > "$WORK/desk.pem"
await grep -q 'desk.pem: no certificate in PEM' "$ERR"
expect "$(codes)" '[["error","tls-file"]]'
rm "$WORK/desk.key"
expect "$(codes)" '[["warning","tls-file"]]' "files may be elsewhere"
expect "$(status "$(request nine)" --cacert "$WORK/second.pem")" 200
install_pair second
chmod 644 "$WORK/desk.key"
chmod 755 "$WORK"
expect_match "$("$SWITCHBOARD" check "$RULES" 2>&1)" 'desk.key.*\(mode 644\); run .chmod o-r.|no findings'
chmod 600 "$WORK/desk.key"

say "connections that never finish their handshake are closed, and keep nobody out"
for _ in {1..50}; do
    exec {one}<> "/dev/tcp/127.0.0.1/$PORT"
    printf '\x16\x03\x01\x02\x00' >&"$one"
done
expect "$(status "$(request ten)" --cacert "$WORK/second.pem")" 200
# The server ends the last of them after 10 seconds.
(read -t 15 -r -u "$one") || [ $? -le 128 ] || fail "a handshake that never ends stays open"

say "it stops in order, and does not start without a certificate that it can use"
exec 7>&-
halt "$PID"
expect "$CODE" 0
echo nonsense > "$WORK/desk.pem"
code=0
words=$("$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$RULES" --state "$STATE" 2>&1) || code=$?
expect "$code" 1
expect_match "$words" 'TLS cannot be served: .*desk.pem: no certificate in PEM'
