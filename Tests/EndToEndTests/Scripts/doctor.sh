#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# `doctor`: each check is seen to succeed, and to fail on a fault that is planted.

source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"

export XDG_RUNTIME_DIR=$WORK/run USER=tester-of-desks LANG=C.UTF-8
mkdir -m 700 "$XDG_RUNTIME_DIR"
STATE=$WORK/.local/state/switchboard
file=$(rules desk << 'END'
lines: [{ number: "+31850835037", name: Demo }]
otherwise: default
END
)

# doctor ARGUMENT...: runs it and sets CODE and REPORT, by check: outcome, message and advice.
doctor() {
    CODE=0
    timeout 30 "$SWITCHBOARD" doctor --json "$@" > "$WORK/doctor.json" 2> "$WORK/doctor.err" < /dev/null || CODE=$?
    REPORT=$(cat "$WORK/doctor.json")
    jq -e .checks > /dev/null <<< "$REPORT" || fail "no report: $REPORT $(cat "$WORK/doctor.err")"
}

# finding CHECK OUTCOME CODE [PATTERN]: the report has this outcome of a check, with words that match, and advice.
finding() {
    local found
    found=$(jq -r --arg check "$1" --arg outcome "$2" \
        '.checks[] | select(.check == $check and .outcome == $outcome) | "\(.message) | \(.advice)"' <<< "$REPORT")
    [ -n "$found" ] || fail "$1 is not $2: $REPORT"
    [ "$2" = ok ] || [[ $found != *"| null" ]] || [ "$2" = skipped ] || fail "no advice: $found"
    expect_match "$found" "${4:-.}" "the words of $1"
    expect "$CODE" "$3" "the exit code: $REPORT"
}

say "no server, no rules file, no secret"
cd "$WORK/run"
doctor
finding rules failure 2 'switchboard init'
cd "$WORK"
doctor --config "$file"
finding server warning 1 'callers reach'
finding state ok 1 'serve creates it'
finding clock skipped 1 'unknown without a server'
(cd "$WORK/run" && unset HOME XDG_STATE_HOME && doctor && finding state failure 2 'set HOME')
(unset SWITCHBOARD_WEBHOOK_SECRET && doctor --config "$file" && finding secrets failure 2 'SWITCHBOARD_WEBHOOK_SECRET is not set')

say "all is well"
serve "$file"
export SWITCHBOARD_CONFIG=$file
doctor
finding clock skipped 0 'no signed webhook'
expect "$(status "$(request first)")" 200
doctor
for check in rules secrets disk state journal control clock signatures watch descriptors; do finding "$check" ok 0; done
finding terminal skipped 0
doctor --url "$URL"
for check in dns tls address signature body; do finding "$check" ok 0; done
(unset SWITCHBOARD_WEBHOOK_SECRET && doctor && finding secrets ok 0 'running server has its secrets')
"$SWITCHBOARD" doctor > "$WORK/doctor.text"
expect "$(grep -c '^ok ' "$WORK/doctor.text")" 10
expect "$(grep -cE '^(ok  |skip) [a-z]+ +[^ ]' "$WORK/doctor.text")" 11

say "finding 2: from anywhere, the rules file of the server that answers is looked at, and its descriptors"
(unset SWITCHBOARD_CONFIG && cd / && doctor && finding rules ok 0 'desk.yaml: no findings' && finding secrets ok 0)
(unset SWITCHBOARD_CONFIG && cd / && ulimit -n 200 && doctor && finding descriptors ok 0 'the server has')

say "nothing in a report says whose machine it is"
! grep -qF -e "$WORK" -e "$SECRET" -e tester-of-desks -e 127.0.0.1 -e "$(hostname)" "$WORK/doctor.text" "$WORK/doctor.json" \
    || fail "the report names someone: $(cat "$WORK/doctor.text" "$WORK/doctor.json")"

say "the rules file"
sed 's/otherwise: default/otherwise: defalt/' "$file" > "$WORK/bad.yaml"
doctor --config "$WORK/bad.yaml"
finding rules failure 2 'has 1 error, the first at line 4'
sed 's/^otherwise/answers: { unused: default }\notherwise/' "$file" > "$WORK/warned.yaml"
doctor --config "$WORK/warned.yaml"
finding rules warning 1 'has 1 warning'
doctor --config "$WORK/nowhere.yaml"
finding rules failure 2 'cannot read'
good=$(cat "$file")
echo 'otherwise: x' >> "$file"
stale() { "$SWITCHBOARD" status --json | jq -e '.rules.in_use != "file"'; }
await stale
echo "$good" > "$file.good"
doctor --config "$file.good"
finding rules warning 1 'the server does not use it'
echo "$good" > "$file"
fresh() { ! stale; }
await fresh

say "secrets"
secret() { # CONTENT MODE
    printf '%b' "$1" > "$WORK/secret"
    chmod "$2" "$WORK/secret"
    SERVER='{ secrets: [{ file: secret }] }' rules secret <<< 'otherwise: default' > "$WORK/path"
    doctor --config "$(< "$WORK/path")"
}
secret "$SECRET\n" 600
finding secrets ok 0 'has a secret'
secret "$SECRET\n" 640
finding secrets ok 0
secret "$SECRET\n" 644
finding secrets failure 2 '0644.*chmod 600'
secret "$SECRET\n" 660
finding secrets failure 2 'group'
secret "\xef\xbb\xbf$SECRET\n" 600
finding secrets warning 1 'byte order mark'
secret "$SECRET \n" 600
finding secrets warning 1 'white space'
secret "\n" 600
finding secrets failure 2 'is empty'
secret "short\n" 600
finding secrets warning 1 'only 5 bytes'
rm "$WORK/secret"

say "finding 3: what a secret is comes before its mode, and only that of a file is looked at"
as() { # PATTERN: the secret that is there, in place of a file
    doctor --config "$(< "$WORK/path")"
    finding secrets failure 2 "$1"
    ! grep -q chmod <<< "$REPORT" || fail "the mode of what is no file: $REPORT"
    rm -r "$WORK/secret"
}
for device in /dev/null /dev/zero; do
    ln -s "$device" "$WORK/secret"
    as 'it is a device'
done
mkdir -m 755 "$WORK/secret"
as 'it is a folder'
mkfifo -m 644 "$WORK/secret"
as 'nothing arrived from the pipe'
secret '' 644
finding secrets failure 2 'is empty.*server.secrets'
finding secrets failure 2 'chmod 600'
head -c 5000000 /dev/zero > "$WORK/secret"
doctor --config "$(< "$WORK/path")"
finding secrets failure 2 'larger than 64 KiB'
finding secrets failure 2 'chmod 600'
rm "$WORK/secret"
doctor --config "$(< "$WORK/path")"
finding secrets failure 2 '[Nn]o such file'
SERVER='{ listen: "127.0.0.1:0" }' rules unsigned <<< 'otherwise: default' > "$WORK/path"
doctor --config "$(< "$WORK/path")"
finding secrets warning 1 'not signed'

say "the state folder"
other=$WORK/other
mkdir -m 770 "$other"
doctor --state "$other"
finding state failure 2 'others can write.*chmod 700'
chmod 700 "$other"
for damage in '{"version":' '{}'; do
    echo "$damage" > "$other/state.json"
    doctor --state "$other"
    finding state failure 2 'is damaged'
done
truncate -s 65M "$other/state.json"
doctor --state "$other"
finding state failure 2 'larger than 64 MiB'
rm "$other/state.json"
touch "$other/state.json.damaged-20260701T120000Z"
doctor --state "$other"
finding state warning 1 'damaged copy'
doctor --state "$file"
finding state failure 2 'not a folder'

say "the journal"
rm "$other/state.json.damaged-20260701T120000Z"
doctor --state "$other"
finding journal ok 0 'does not exist yet'
"$SWITCHBOARD" journal backup "$other/calls.sqlite" > /dev/null
doctor --state "$other"
finding journal ok 0 'has [0-9]+ calls?$|has [0-9]+ calls? . null'
chmod 644 "$other/calls.sqlite"
doctor --state "$other"
finding journal failure 2 'other users can open .*mode 0644.*chmod 600'
chmod 600 "$other/calls.sqlite"
if [ "$(id -u)" != 0 ]; then
    chmod 400 "$other/calls.sqlite"
    doctor --state "$other"
    finding journal failure 2 'cannot be written'
    chmod 600 "$other/calls.sqlite"
fi
python3 - "$other/calls.sqlite" "INSERT INTO grdb_migrations VALUES ('of the future')" << 'END'
import sqlite3, sys

database = sqlite3.connect(sys.argv[1])
database.execute(sys.argv[2])
database.commit()
END
doctor --state "$other"
finding journal failure 2 'later version of switchboard'
echo "this is no database, only text that is long enough" > "$other/calls.sqlite"
doctor --state "$other"
finding journal failure 2 'damaged'
rm -f "$other"/calls.sqlite*
touch "$other/calls.sqlite.damaged-20260701T120000Z"
"$SWITCHBOARD" journal backup "$other/calls.sqlite" > /dev/null
doctor --state "$other"
finding journal warning 1 'damaged journal set aside'
rm -r "$other/"calls.sqlite*
mkdir "$other/calls.sqlite"
doctor --state "$other"
finding journal failure 2 'not a regular file'
rmdir "$other/calls.sqlite"
journal=$("$SWITCHBOARD" status --json | jq -r .journal.file)
mv "$journal" "$journal.away" && mkdir "$journal"
post "$(request while-away)" > /dev/null
failing() { doctor; [ "$CODE" = 2 ] && jq -e '.checks[] | select(.check == "journal" and .outcome == "failure")' <<< "$REPORT"; }
await failing
rmdir "$journal" && mv "$journal.away" "$journal"
recovered() { doctor; jq -e '.checks[] | select(.check == "journal" and .outcome == "ok")' <<< "$REPORT"; }
await recovered
if mkdir "$WORK/small" && unshare -rm true 2> /dev/null; then
    unshare -rm bash -c "mount -t tmpfs -o size=4m,mode=700 none '$WORK/small' && exec timeout 30 '$SWITCHBOARD' doctor --json --state '$WORK/small'" \
        > "$WORK/small.json" 2> /dev/null < /dev/null && CODE=0 || CODE=$?
    REPORT=$(cat "$WORK/small.json")
    finding disk failure 2 'MiB free'
else
    echo "  skipped: no mounts of one's own here"
fi

say "the folder of the server that answers is looked at, wherever it is"
(XDG_STATE_HOME=$WORK/elsewhere doctor && finding state ok 0 '/.local/state/switchboard$|~/.local/state/switchboard')

say "finding 9: also with a folder that only the server was started with, and its disk"
main=("$PID" "$PORT" "$URL" "$OUT" "$ERR")
back() { PID=${main[0]} PORT=${main[1]} URL=${main[2]} OUT=${main[3]} ERR=${main[4]}; }
if mkdir "$WORK/small-run" && mount -t tmpfs -o size=4m,mode=700 none "$WORK/small-run" 2> /dev/null; then
    serve "$file" --state "$WORK/small-run/state" --control "$WORK/small.sock"
    doctor --socket "$WORK/small.sock"
    finding disk failure 2 'MiB free for ~/small-run/state'
    finding state ok 2 'small-run/state'
    halt "$PID"
    umount "$WORK/small-run"
    back
else
    echo "  skipped: no mounts of one's own here"
fi

say "finding 12: what the server warns of"
mkdir -m 700 -p "$WORK/warned/state/calls.sqlite"
serve "$file" --state "$WORK/warned/state" --control "$WORK/warned.sock" --log-file /dev/full
expect "$(status "$(request full)")" 200
warns() { "$SWITCHBOARD" status --socket "$WORK/warned.sock" | grep "^WARNING: $1"; }
await warns 'events are not written to /dev/full: No space left on device'
await warns 'the journal has not been written'
doctor --socket "$WORK/warned.sock"
finding server warning "$CODE" 'events are not written to /dev/full: No space left on device'
finding server warning "$CODE" 'the journal has not been written'
((CODE > 0)) || fail "a server that warns is no finding: $REPORT"
halt "$PID"
back

say "finding 4: a control socket that accepts and does not answer"
for mode in silent garbage; do
    python3 - "$WORK/hung.sock" "$mode" << 'END' &
import os, socket, sys, time
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen(5)
kept = []
while True:
    connection = listener.accept()[0]
    kept.append(connection)
    if sys.argv[2] == "garbage":
        try:
            connection.sendall(b"220 ready\r\n")
        except BrokenPipeError:
            pass
        connection.close()
END
    hung=$!
    finally "$hung"
    await test -S "$WORK/hung.sock"
    doctor --socket "$WORK/hung.sock" --state "$WORK/elsewhere/none"
    case $mode in
        silent) finding control failure 2 "process $hung accepts connections .*hung.sock and does not answer [|] see whether" ;;
        garbage) finding control failure 2 "no server of this version answers.*process $hung" ;;
    esac
    ! grep -qF '.:' "$WORK/doctor.json" || fail "$REPORT"
    kill "$hung"
    await gone "$hung"
    rm "$WORK/hung.sock"
done

say "the control socket"
doctor --socket "$XDG_RUNTIME_DIR/elsewhere.sock"
finding control failure 2 "process $PID holds the state folder"
chmod 666 "$XDG_RUNTIME_DIR/switchboard.sock"
doctor
finding control failure 2 'every user.*chmod 600'
chmod 600 "$XDG_RUNTIME_DIR/switchboard.sock"

say "clock and signatures"
expect "$(AGE=600 status "$(request old)")" 401
doctor
# Anybody can send an old timestamp: the clock is judged by what was signed.
finding clock warning 1 '1 webhook refused'
for age in 30 31 40 200; do expect "$(AGE=$age status "$(request "aged-$age")")" 200; done
doctor
finding clock warning 1 '3[01] s after they are signed.*timedatectl'
for age in 200 201 210 220; do expect "$(AGE=-$age status "$(request "early-$age")")" 200; done
doctor
finding clock failure 2 '(199|200) s before they are signed.*timedatectl'
expect "$(SIGN_WITH=other status "$(request wrong)")" 401
doctor
finding signatures warning 2 '1 webhook refused'

say "watches, descriptors, terminal"
python3 - "$SWITCHBOARD" > "$WORK/doctor.json" 2> "$WORK/watch.err" << 'END' || CODE=$?
import ctypes, os, subprocess, sys
libc = ctypes.CDLL(None)
taken = []
while len(taken) < 5000:
    number = libc.inotify_init1(os.O_CLOEXEC)
    if number < 0: break
    taken.append(number)
sys.exit(subprocess.run([sys.argv[1], "doctor", "--json"], stdin=subprocess.DEVNULL).returncode)
END
REPORT=$(cat "$WORK/doctor.json")
if grep -q 'no inotify instance' <<< "$REPORT"; then
    finding watch warning 2 'max_user_instances'
else
    echo "  skipped: inotify instances do not run out here"
fi
halt "$PID"
(ulimit -n 200 && doctor && finding descriptors warning 1 'this shell allows 200')
(ulimit -n 50 && doctor && finding descriptors failure 2 'LimitNOFILE')
for settings in TERM=no-such-terminal TERM=dumb TERM=xterm-kitty-unknown LC_ALL=C; do
    TERMINAL_ENV=("$settings" "SWITCHBOARD_CONFIG=$file")
    terminal "${settings//[=.]/-}"
    runs "clear; '$SWITCHBOARD' doctor --json > terminal.json; echo code=\$?"
    finds 'code=[12]$'
    REPORT=$(cat "$WORK/terminal.json") CODE=-
    case $settings in
        TERM=no* | TERM=dumb) finding terminal failure - 'TERM|cursor' ;;
        TERM=xterm*) finding terminal warning - 'xterm-256color' ;;
        *) finding terminal warning - 'UTF-8' ;;
    esac
done
TERMINAL_ENV=("SWITCHBOARD_CONFIG=$file" LC_ALL=C.UTF-8)
terminal narrow 40 8
runs "clear; '$SWITCHBOARD' doctor --json > terminal.json; echo code=\$?"
finds 'code=[12]$'
REPORT=$(cat "$WORK/terminal.json") CODE=-
finding terminal warning - '40x8 is too small'

say "the public address"
serve "$file"
doctor --url http://no-such-host.invalid/webhook
finding dns failure 2 'has no address'
doctor --url "http://127.0.0.1:1/webhook"
finding address failure 2 'refused|connect'
doctor --url "${URL%webhook}elsewhere"
finding address failure 2 'nothing is served at this path . check the path of the address$'
(SWITCHBOARD_WEBHOOK_SECRET=other doctor --url "$URL" && finding signature failure 2 'compare the secrets')
doctor --url "https://127.0.0.1:$PORT/webhook?token=s3cretToken"
finding tls failure 2 'https://HOST:[0-9]*/webhook: this port does not speak TLS . use http://'
for unwanted in s3cretToken BoringSSL .build; do
    ! grep -qF "$unwanted" "$WORK/doctor.json" || fail "$unwanted is in the report: $REPORT"
done
doctor --url "$URL?token=s3cretToken"
! grep -qF s3cretToken "$WORK/doctor.json" || fail "the query is in the report: $REPORT"
# A proxy that does to bodies what the mode says.
cat > "$WORK/proxy.py" << 'END'
import http.server, json, sys, urllib.request
mode, target = sys.argv[1:]
class Proxy(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if mode == "limit" and len(body) > 100_000:
            self.send_response(413); self.send_header("Content-Length", "0"); self.end_headers(); return
        if mode == "rewrite": body = json.dumps(json.loads(body), separators=(",", ":")).encode()
        headers = {name: value for name, value in self.headers.items() if name.lower().startswith("x-webhook")}
        try:
            reply = urllib.request.urlopen(urllib.request.Request(target, body, headers))
        except urllib.error.HTTPError as error:
            reply = error
        text = reply.read()
        self.send_response(reply.status); self.send_header("Content-Length", str(len(text))); self.end_headers()
        self.wfile.write(text)
    def log_message(self, *arguments): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Proxy)
print(server.server_port, flush=True)
server.serve_forever()
END
for mode in none rewrite limit; do
    python3 "$WORK/proxy.py" "$mode" "$URL" > "$WORK/proxy-$mode.port" 2> "$WORK/proxy-$mode.err" &
    finally $!
    await test -s "$WORK/proxy-$mode.port"
    doctor --url "http://127.0.0.1:$(< "$WORK/proxy-$mode.port")/"
    case $mode in
        none) finding body ok 1 ;;
        rewrite) finding body failure 2 'changes bodies' ;;
        limit) finding body failure 2 'client_max_body_size' ;;
    esac
done
