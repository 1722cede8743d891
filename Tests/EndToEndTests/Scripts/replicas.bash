# SPDX-License-Identifier: Apache-2.0
#
# Servers that are one desk, and the Redis where they meet; sourced behind lib.sh. Needs redis-server.

ENGINE=$WORK/redis.sock

# engine [OPTION...]: starts the engine, with what it kept before; sets REDIS to its process.
engine() {
    redis-server --port 0 --unixsocket "$ENGINE" --dir "$WORK" --appendonly yes --daemonize no "$@" \
        > "$WORK/redis.log" 2>&1 &
    REDIS=$!
    finally "$REDIS"
    await redis ping || fail "the engine does not start: $(tail -3 "$WORK/redis.log")"
}
redis() { redis-cli -s "$ENGINE" "$@" 2> /dev/null; }

# replica NAME [OPTION...]: starts a server that is a replica; sets url[NAME], pid[NAME], port[NAME].
#
# REACHES replaces the URL of the engine, RUN what the program is started by.
declare -A url pid port
replica() {
    rules "$1" > /dev/null << END
shared: { redis: "${REACHES:-unix://$ENGINE}", name: main, replica: $1, when_cut_off: not-ready }
lines: [{ number: "+31850835037", name: Demo, group: demo }]
tag_answers: false
END
    serve "$WORK/$1.yaml" --control "$WORK/$1.sock" --state "$WORK/state-$1" "${@:2}"
    url[$1]=$URL pid[$1]=$PID port[$1]=$PORT
}

# at NAME COMMAND...: asks a replica.
at() { "$SWITCHBOARD" "$2" --socket "$WORK/$1.sock" "${@:3}" < /dev/null; }
# of NAME FILTER: its status, as jq sees it.
of() { at "$1" status --json | jq -c "$2"; }
is() { [ "$(of "$1" "$2" 2> /dev/null)" = "$3" ]; }
ready() { curl -sS --max-time 5 "${url[$1]%webhook}readyz"; }
is_ready() { [[ $(ready "$1") == *'"ready"'* ]]; }
closed() { [ "$(of "$1" '[.lines[].state] | unique')" = '["closed"]' ]; }
opened() { [ "$(of "$1" '[.lines[].state] | unique')" = '["open"]' ]; }
shut() { at "$1" close --all --until-reopened --reason test --yes "${@:2}"; }
# obeyed NAME COUNT: whether a replica counts that many, and all of them obey.
obeyed() { is "$1" '.shared.replicas | [length, all(.obeys)]' "[$2,true]"; }
# every CHECK: waits until a check holds for all of the names in `all`.
every() {
    local name
    for name in "${all[@]}"; do await "$1" "$name" || fail "$name is not $1: $(at "$name" replicas)"; done
}
