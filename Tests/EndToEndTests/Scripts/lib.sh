# SPDX-License-Identifier: Apache-2.0
#
# What the end-to-end scripts share; each begins with:  source "$(dirname "$0")/lib.sh"
#
# A script plays the platform with curl and signs with openssl, so that nothing of ours checks itself. It passes when
# it exits 0. `SWITCHBOARD` names the program; without it, the debug build of this tree is used.

set -euo pipefail
export LC_ALL=C.UTF-8 no_proxy='*'

# What started the script may have thousands of files open; the programs that it starts are not to inherit them. bash
# itself reads the script through one of its own.
for file in "/proc/$$/fd/"*; do
    number=${file##*/}
    if ((number > 2)) && ! [ "$file" -ef "$0" ]; then exec {number}>&-; fi
done

# The folder of the scripts, and that of the repository.
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$SCRIPTS/../../.." && pwd)
SWITCHBOARD=${SWITCHBOARD:-$ROOT/.build/debug/switchboard}
[ -x "$SWITCHBOARD" ] || { echo "there is no program at $SWITCHBOARD" >&2; exit 1; }

# A folder of the script's own; it is the home folder too, so that nobody's settings are used.
WORK=$(mktemp -d)
export HOME=$WORK
unset SWITCHBOARD_CONFIG SWITCHBOARD_THEME XDG_CONFIG_HOME XDG_RUNTIME_DIR XDG_STATE_HOME NO_COLOR

# The secret of the platform; rules files name it by its variable.
SECRET=$(openssl rand -hex 24)
export SWITCHBOARD_WEBHOOK_SECRET=$SECRET

# The request of the documentation: a call from +31612345678 to +31850835037.
SAMPLE='{"message":{"type":"assistant-request","timestamp":"2025-12-13T12:00:00.000Z","call":{"id":"5c4d030f-43e3-4e65-899e-8148521e660f","type":"inbound_phone_call","status":"ringing"},"phone_number":{"number":"+31850835037","name":"HMS Sovereign Demo"},"customer":{"number":"+31612345678"}}}'

# What the script started: `PID:START`, since the system gives the id of a process that has ended to another in time.
started=()

# life PID: the id of a process and when it began, in ticks since the system did.
life() {
    local fields
    # The name in brackets may hold blanks; the start is the 20th field behind it.
    fields=$(cat "/proc/$1/stat" 2> /dev/null) || return 0
    read -ra fields <<< "${fields##*) }"
    echo "$1:${fields[19]}"
}

# Ends what the script started, by process id, and removes its folder.
finish() {
    local code=${1:-$?} life pid ending=()
    trap - EXIT
    for life in "${started[@]}"; do
        pid=${life%:*}
        [ "$(life "$pid")" = "$life" ] && kill "$pid" 2> /dev/null && ending+=("$pid")
    done
    for pid in "${ending[@]}"; do
        WITHIN=7 await gone "$pid" 2> /dev/null || kill -KILL "$pid" 2> /dev/null || true
    done
    WITHIN=5 await rm -rf "$WORK" || true
    exit "$code"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

# say WORDS: the heading of what is tried next; the last one before a failure tells where it was.
say() { echo "- $*"; }

# place: the line of the script that is being run, from within any function.
place() {
    local frame=1
    while [ $frame -lt $((${#BASH_SOURCE[@]} - 1)) ] && [ "${BASH_SOURCE[frame]}" != "$0" ]; do frame=$((frame + 1)); done
    echo "${0##*/}:${BASH_LINENO[frame - 1]}"
}

# fail WORDS: ends the script.
fail() {
    echo "FAILED at $(place): $*" >&2
    exit 1
}

# finally PID: has a process ended when the script ends.
finally() { started+=("$(life "${1:?}")"); }

# gone PID: whether a process has ended; a zombie has.
gone() { [[ $(ps -o stat= -p "$1" 2> /dev/null) =~ ^(Z|$) ]]; }

# await COMMAND...: tries a command until it succeeds, for at most $WITHIN seconds (10).
await() {
    local deadline=$((${EPOCHREALTIME/./} + ${WITHIN:-10} * 1000000))
    until "$@" > /dev/null 2>&1; do
        if ((${EPOCHREALTIME/./} > deadline)); then
            echo "FAILED: waited ${WITHIN:-10} s in vain for: $*" >&2
            return 1
        fi
        sleep 0.05
    done
}

# expect ACTUAL EXPECTED [WHAT]: two texts are the same.
expect() {
    [ "$1" = "$2" ] && return
    fail "${3:-the texts differ}"$'\n     got: '"$1"$'\nexpected: '"$2"
}

# expect_json ACTUAL EXPECTED [WHAT]: two JSON documents are equal.
expect_json() {
    local actual expected
    actual=$(jq -S . <<< "$1") || fail "${3:-the answer} is not JSON: $1"
    expected=$(jq -S . <<< "$2") || fail "the expected document is not JSON: $2"
    [ "$actual" = "$expected" ] && return
    diff <(echo "$actual") <(echo "$expected") >&2 || true
    fail "${3:-the documents differ}: $1"
}

# expect_match ACTUAL PATTERN [WHAT]: a text holds an extended regular expression.
expect_match() {
    [[ $1 =~ $2 ]] && return
    fail "${3:-the text does not match}"$'\n   got: '"$1"$'\nwanted: '"$2"
}

# rules NAME: writes stdin to a rules file with a secret and prints its path; SERVER replaces the server block.
rules() {
    {
        printf 'version: 1\nserver: %s\n' "${SERVER:-"{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }"}"
        cat
    } > "$WORK/$1.yaml"
    echo "$WORK/$1.yaml"
}

# serve RULES [OPTION...]: starts a headless server on a free port of this machine and waits until it listens.
#
# Sets PID, PORT, URL, OUT (the file of its JSON lines) and ERR (the file of its words).
servers=0
serve() {
    servers=$((servers + 1))
    OUT=$WORK/server-$servers.jsonl ERR=$WORK/server-$servers.err
    "$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$@" > "$OUT" 2> "$ERR" < /dev/null &
    PID=$!
    finally "$PID"
    listening
}

# listening: waits for the readiness line in OUT and sets PORT and URL from it.
listening() {
    await answered_or_gone || fail "the server does not say that it listens: $(cat "$ERR")"
    [ -s "$OUT" ] || fail "the server ended: $(cat "$ERR")"
    PORT=$(head -1 "$OUT" | jq -re 'select(.event == "listening") | .port') || fail "no readiness: $(head -1 "$OUT")"
    URL=$(head -1 "$OUT" | jq -re .url)
}
answered_or_gone() { [ "$(wc -l < "$OUT")" -gt 0 ] || gone "$PID"; }

# upstream: starts another server, which contacts, answers and forwarded webhooks are asked of, and sets OTHER to its URL.
#
# What was posted to it is in $WORK/posts.jsonl.
upstream() {
    (cd "$WORK" && exec python3 "$SCRIPTS/upstream.py" > other.port 2> other.err) &
    finally $!
    await test -s "$WORK/other.port" || fail "the other server does not start: $(cat "$WORK/other.err")"
    OTHER=http://127.0.0.1:$(cat "$WORK/other.port")
}

# halt PID [SIGNAL]: ends a process of the script orderly and sets CODE to its exit code.
halt() {
    kill -"${2:-TERM}" "$1" || fail "process $1 was gone already: $(cat "$ERR")"
    await gone "$1" || fail "process $1 does not end on ${2:-TERM}"
    CODE=0
    wait "$1" 2> /dev/null || CODE=$?
}

# signature TIMESTAMP FILE: what the platform puts into X-Webhook-Signature; SIGN_WITH replaces the secret.
signature() {
    local out
    out=$({ printf '%s.' "$1"; cat "$2"; } | openssl dgst -sha256 -hmac "${SIGN_WITH:-$SECRET}")
    echo "sha256=${out##* }"
}

# post BODY|@FILE [CURL OPTION...]: sends a signed webhook and prints the body of the reply.
#
# AGE=SECONDS dates it back, SIGN_WITH=SECRET signs with another secret, TO=URL sends it elsewhere.
post() {
    local body=$1 file timestamp
    shift
    if [[ $body == @* ]]; then
        file=${body#@}
    else
        file=$(mktemp "$WORK/body.XXXXXX")
        printf '%s' "$body" > "$file"
    fi
    timestamp=$(($(date +%s) - ${AGE:-0}))
    curl -sS --max-time 10 -H 'Content-Type: application/json' -H "X-Webhook-Timestamp: $timestamp" \
        -H "X-Webhook-Signature: $(signature "$timestamp" "$file")" --data-binary "@$file" "$@" "${TO:-$URL}"
}

# head_of FILE [HEADER...]: the head of a signed request whose body is the file.
head_of() {
    local file=$1 timestamp
    timestamp=$(date +%s)
    shift
    printf 'POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: %s\r\n' "$(wc -c < "$file")"
    printf 'X-Webhook-Timestamp: %s\r\nX-Webhook-Signature: %s\r\n' "$timestamp" "$(signature "$timestamp" "$file")"
    for header in "$@"; do printf '%s\r\n' "$header"; done
    printf '\r\n'
}

# deaf: whether nobody answers at the server's port any more.
deaf() { ! curl -sS --max-time 1 "${URL%webhook}healthz"; }

# status BODY [CURL OPTION...]: sends a signed webhook and prints the status of the reply.
status() { post "$@" -o /dev/null -w '%{http_code}'; }

# request ID [FROM] [TO]: the assistant-request of a call.
request() {
    jq -nc --arg id "$1" --arg from "${2-+31612345678}" --arg to "${3-+31850835037}" '{message: {
        type: "assistant-request", timestamp: "2026-07-01T10:00:00.000Z",
        call: {id: $id, type: "inbound_phone_call", status: "ringing"},
        phone_number: {number: $to}, customer: {number: $from}}}'
}

# update ID STATUS [ASSISTANT]: a status-update of a call, with the assistant that the platform echoes.
update() {
    jq -nc --arg id "$1" --arg status "$2" --argjson assistant "${3:-null}" '{message: ({
        type: "status-update", timestamp: "2026-07-01T10:00:05.000Z",
        call: {id: $id, type: "inbound_phone_call", status: $status}}
        + if $assistant then {assistant: $assistant} else {} end)}'
}

# logged FILTER: whether a JSON line of the server satisfies a jq condition.
logged() { jq -ne "any(inputs; $1)" "$OUT" > /dev/null 2>&1; }

# flood COUNT [FIRST]: sends that many unsigned calls down one connection and prints how many were answered 200.
#
# The calls are numbered from FIRST (1), so that two floods send different ones; PAD=BYTES makes each of them larger,
# and REPLIES=FILE keeps what comes back.
flood() {
    local to writer
    exec {to}<> "/dev/tcp/127.0.0.1/$PORT"
    awk -v count="$1" -v first="${2:-1}" -v pad="${PAD:-0}" 'BEGIN {
        ORS = ""
        while (length(spaces) < pad) spaces = spaces "          "
        for (i = 0; i < count; i++) {
            body = sprintf("{\"message\":{\"type\":\"assistant-request\",\"call\":{\"id\":\"flood-%07d\"," \
                "\"type\":\"inbound_phone_call\",\"status\":\"ringing\"},\"phone_number\":{\"number\":\"+31850835037\"}," \
                "\"customer\":{\"number\":\"+316%08d\"}}}", first + i, first + i)
            printf "POST /webhook HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n%s", \
                i + 1 == count ? "Connection: close\r\n" : "", length(body) + length(spaces), body
            print spaces
        }
    }' >&"$to" &
    writer=$!
    timeout 100 tee "${REPLIES:-/dev/null}" <&"$to" | grep -ac 'HTTP/1.1 200' || true
    wait "$writer" || true
    exec {to}>&-
}
