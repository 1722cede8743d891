# SPDX-License-Identifier: Apache-2.0
#
# A server with a control socket, and the commands that talk to it; sourced behind lib.sh.

SOCKET=$WORK/desk.sock
STATE=$WORK/state
AUDIT=$STATE/audit.jsonl

# desk_server RULES [OPTION...]: starts a server on the socket and the state folder of the script.
desk_server() { serve "$1" --control "$SOCKET" --state "$STATE" "${@:2}"; }

# desk COMMAND [OPTION...]: asks the server by a command.
desk() { "$SWITCHBOARD" "$1" --socket "$SOCKET" "${@:2}" < /dev/null; }

# refused COMMAND [OPTION...]: a command that must exit 1; prints the code of the refusal.
refused() {
    local code=0 document
    document=$(desk "$@" --json 2> /dev/null) || code=$?
    expect "$code" 1 "exit code of: $*" >&2
    jq -r .error.code <<< "$document"
}

# done_by COMMAND [OPTION...]: a command that must be carried out; prints what has begun and ended, as `KIND SCOPE`.
done_by() {
    local document
    document=$(desk "$@" --json) || fail "refused: $* $document"
    jq -c '[.begun, .ended | [.[] | .kind + " " + .scope]]' <<< "$document"
}

# api METHOD TARGET [BODY]: asks the server by curl and prints the body.
api() { curl -sS --max-time 10 --unix-socket "$SOCKET" -X "$1" "http://desk$2" ${3:+--data-binary "$3"}; }

# api_status METHOD TARGET [BODY]: the status of the reply.
api_status() { api "$@" -o /dev/null; }

# answer ID [FROM] [TO]: the answer to a new call, without our tag.
answer() { post "$(request "$@")" | jq -c 'del(.assistant.metadata)'; }

# kept FILTER: the lines of the audit, as jq sees them in one list.
kept() { jq -cs "$1" "$AUDIT"; }

# follows FILE [QUERY]: writes the stream of events to a file for as long as the script runs.
follows() {
    curl -sSN --unix-socket "$SOCKET" "http://desk/v1/events${2-}" > "$1" 2> "$1.err" &
    finally $!
}

# streamed FILE EVENT...: whether a file that `follows` writes has each of these events.
streamed() {
    local event
    for event in "${@:2}"; do grep -q "\"event\":\"$event\"" "$1" || return; done
}
