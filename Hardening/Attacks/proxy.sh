#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A flood through nginx, which all callers come through: a client that floods costs the others nothing, whatever it writes
# into X-Forwarded-For, and a restart behind nginx loses no call.
source "$(dirname "$0")/../lib.bash"

# Where Debian has it, which is not in the path of every user.
PATH=$PATH:/usr/sbin
command -v nginx > /dev/null || skip "nginx is not installed; .ci/prepare attack installs it"
CROWD=${CROWD:-3000} EACH=${EACH:-8}
ulimit -n "$(ulimit -Hn)"
(($(ulimit -n) >= 4 * CROWD)) || skip "$((4 * CROWD)) descriptors are needed, and $(ulimit -n) are allowed"

# free: a port that nobody listens on.
free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# proxy PORT OPTION...: starts nginx in front of a port of this machine, and sets FRONT to its own port and NGINX to its
# process. It passes bodies on as they arrive, so that a slow client is slow for the server too.
proxy() {
    local to=$1 folder
    shift
    FRONT=$(free)
    folder=$(mktemp -d "$WORK/nginx.XXXXXX")
    # A worker of root's gives its rights up; it has to reach its folder all the same.
    chmod 711 "$WORK" "$folder"
    cat > "$folder/nginx.conf" << CONF
worker_processes 2;
worker_rlimit_nofile $(ulimit -n);
pid $folder/pid;
error_log $folder/error.log;
events { worker_connections $((3 * CROWD)); }
http {
    access_log off;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    upstream switchboard { server 127.0.0.1:$to; keepalive 64; }
    server {
        listen 127.0.0.1:$FRONT backlog=8192;
        location / {
            proxy_pass http://switchboard;
            proxy_http_version 1.1;
            proxy_set_header Host \$host;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
            proxy_request_buffering off;
            $*
        }
    }
}
CONF
    nginx -e "$folder/error.log" -p "$folder" -c "$folder/nginx.conf" -g 'daemon off;' > "$folder/words" 2>&1 < /dev/null &
    NGINX=$!
    finally "$NGINX"
    await curl -sS --interface 127.0.0.8 --max-time 1 -o /dev/null "http://127.0.0.1:$FRONT/" || fail "nginx does not start: $(cat "$folder"/{words,error.log})"
}

RULES=$(SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], trusted_proxies: [127.0.0.1] }' greeting_rules desk "Hi.")
desk_server "$RULES"
proxy "$PORT"

# good NAME: the platform calls through the proxy, from an address of its own.
#
# Others call the server itself meanwhile, which says what of the time is the server's. The platform waits for 5 s.
good() {
    local direct
    load "$1-direct" "$EACH" 100 "Hi."
    direct=$LOAD
    PORT=$FRONT SOURCE=127.0.0.7 load "$1" "$EACH" 200 "Hi."
    held "$1"
    LOAD=$direct held "$1-direct"
    within "$1" 5000
    within "$1-direct" 2500
}
# within NAME MS: 99 of a hundred calls of a load took less. The slowest one says more of a machine that has much to do.
within() { [ "$(jq ".p99_ms < $2" "$WORK/$1.load")" = true ] || fail "$1: calls took up to $(jq .p99_ms "$WORK/$1.load") ms"; }
good alone

# Each attack comes from one address, in as many connections as it likes.
for attack in idle slow spoofed forged reset; do
    say "$attack"
    python3 "$HARDENING/proxied.py" "$FRONT" 127.0.0.66 "$attack" "$CROWD" $((EACH + 60)) > "$WORK/$attack" 2> "$WORK/$attack.err" &
    attacker=$!
    finally "$attacker"
    WITHIN=60 await grep -q ready "$WORK/$attack" || fail "the attack does not begin: $(cat "$WORK/$attack.err")"
    good "$attack"
    open=$(descriptors)
    ((open < 4096 + 100)) || fail "the server has $open descriptors"
    kill "$attacker"
    await gone "$attacker"
    echo "  $attack: $(tail -1 "$WORK/$attack"), $open descriptors of the server"
done
say "what was refused is put down to the client, not to the proxy"
await logged '.event == "refused" and .reason == "bad_signature" and .peer == "127.0.0.66"'
! logged '.event == "refused" and .peer == "127.0.0.1"' || fail "the proxy is blamed"
add_up
left() { [ "$(descriptors)" -lt 200 ]; }
WITHIN=30 await left || fail "$(descriptors) descriptors are open after the clients left"
halt "$PID"
kill "$NGINX"

say "a restart behind nginx"
inherited=$(free)
proxy "$inherited"
RULES=$(SERVER='{ trusted_proxies: [127.0.0.1] }' greeting_rules restart "Hi.")
export WORK
result=$(LISTEN=$inherited CALL=$FRONT KEEP=1 timeout 120 python3 "$SCRIPTS/restart.py" 3 8 "$SWITCHBOARD" serve --headless \
    --config "$RULES" --state "$WORK/restarts" 2>&1) || fail "$result $(cat "$WORK/restart.err")"
echo "  $result"
expect "$(jq -c '[.lost, .codes]' <<< "$result")" '[0,[0]]' "a restart behind nginx loses calls"
