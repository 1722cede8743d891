#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The examples as their readers use them: each is checked, tested and served from a copy of its folder.
source "$(dirname "$0")/lib.sh"

cp -r "$ROOT/examples" "$WORK/examples"
cd "$WORK/examples/crm-sqlite"
python3 -c 'import sqlite3; sqlite3.connect("crm.sqlite").executescript(open("crm.sql").read())'

for folder in "$WORK"/examples/*/; do
    say "${folder#"$WORK/"}"
    cd "$folder"
    said=$("$SWITCHBOARD" check --strict 2>&1) || fail "check says: $said"
    said=$("$SWITCHBOARD" test --coverage 2> "$WORK/words") || fail "test says: $said $(cat "$WORK/words")"
    expect "$said" "" "rules that no case reaches"
    expect_match "$(cat "$WORK/words")" ' passed, 0 failed'
done

# greets FROM TO: the greeting or rejection of a call.
greets() { post "$(request "call-$RANDOM$RANDOM" "$1" "$2")" | jq -r '.error // .assistant.first_message'; }

say "the database is asked, and seen as it is written"
cd "$WORK/examples/crm-sqlite"
serve switchboard.yaml
expect "$(greets +31612345678 +31201234567)" "Hello Jan de Vries, good to hear you! What can I do for you?"
python3 -c 'import sqlite3; c = sqlite3.connect("crm.sqlite"); c.execute("UPDATE people SET name = ? WHERE number = ?", ("Johan", "+31612345678")); c.commit()'
expect "$(greets +31612345678 +31201234567)" "Hello Johan, good to hear you! What can I do for you?"
halt "$PID"

say "a list and a server that is slow: the list answers at once, everybody else within the source's time"
cd "$WORK/examples/crm-http"
cat > slow.py << 'EOP'
import http.server, time

class Slow(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(3)

    def log_message(self, *words):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
print(server.server_port, flush=True)
server.serve_forever()
EOP
python3 slow.py > slow.port 2> slow.err &
finally $!
await test -s slow.port
sed -i "s/127.0.0.1:9000/127.0.0.1:$(cat slow.port)/" switchboard.yaml
serve switchboard.yaml
expect "$(greets +31655501234 +31201234567)" "Hello Fatima, your contract is before me. What happened?"
start=${EPOCHREALTIME/./}
greets +31612345678 +31201234567 > slow.answer
took=$(((${EPOCHREALTIME/./} - start) / 1000))
[ "$took" -ge 450 ] && [ "$took" -lt 2900 ] || fail "the slow server was waited for $took ms"
await logged '.lookups and any(.lookups[]; .why | test("first-in-line.csv .*http://.*timed out"))'
halt "$PID"
