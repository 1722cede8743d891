#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Files as they are mounted, linked, piped and full: changes are noticed, pipes read, odd files named, and nothing is cut off.
source "$(dirname "$0")/lib.sh"

# greeting WORDS [FILE]: rules with this greeting.
greeting() {
    cat > "${2:-$WORK/desk.yaml}" << EOR
version: 1
server: { secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }
tag_answers: false
lines: [{ number: "+31850835037", name: Demo }]
otherwise: { greeting: "$1" }
EOR
}
calls=0
# hears WORDS: whether a new call gets this greeting.
hears() {
    calls=$((calls + 1))
    [ "$(post "$(request "call-$calls")" | jq -r .assistant.first_message)" = "$1" ]
}

say "row 9: a release is turned, twice, and the file of the new one is edited"
for release in 1 2 3; do mkdir -p "$WORK/releases/$release" && greeting "Release $release" "$WORK/releases/$release/desk.yaml"; done
ln -s releases/1 "$WORK/current"
ln -s current/desk.yaml "$WORK/linked.yaml"
serve "$WORK/linked.yaml"
hears "Release 1" || fail "another greeting"
for release in 2 3; do
    ln -sfn "releases/$release" "$WORK/next" && mv -T "$WORK/next" "$WORK/current"
    await hears "Release $release"
done
greeting "Release 3, edited" "$WORK/releases/3/desk.yaml"
await hears "Release 3, edited"
halt "$PID"

say "row 10: removed and a second later back as a link; saved unreadable, then made readable"
greeting Stow "$WORK/store.yaml"
greeting Hello
serve "$WORK/desk.yaml"
rm "$WORK/desk.yaml"
await grep -q 'no such file' "$ERR"
ln -s store.yaml "$WORK/desk.yaml"
await hears Stow
halt "$PID"
rm "$WORK/desk.yaml"
greeting Hello
if [ "$(id -u)" = 0 ]; then
    # Root reads everything, so another user runs the server.
    chmod 755 "$WORK"
    install -d -m 700 -o nobody "$WORK/nobody"
    chown nobody "$WORK/desk.yaml"
    OUT=$WORK/nobody.jsonl ERR=$WORK/nobody.err
    HOME=$WORK/nobody setpriv --reuid=65534 --clear-groups "$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 \
        --config "$WORK/desk.yaml" > "$OUT" 2> "$ERR" < /dev/null &
    PID=$!
    finally "$PID"
    if listening 2> /dev/null; then
        greeting Unreadable "$WORK/next.yaml"
        chown nobody "$WORK/next.yaml"
        chmod 000 "$WORK/next.yaml"
        mv "$WORK/next.yaml" "$WORK/desk.yaml"
        await grep -q 'permission denied' "$ERR"
        chmod 644 "$WORK/desk.yaml"
        await hears Unreadable
        halt "$PID"
    else
        echo "  skipped: nobody cannot run $SWITCHBOARD"
    fi
    chown root "$WORK/desk.yaml"
fi

say "row 8: one file is mounted, and written in place where it comes from"
if unshare --mount true 2> /dev/null; then
    greeting Host "$WORK/host.yaml"
    mkdir -p "$WORK/container"
    : > "$WORK/container/desk.yaml"
    OUT=$WORK/mounted.jsonl ERR=$WORK/mounted.err
    unshare --mount sh -c 'mount --bind "$1" "$2" && shift 2 && exec "$@"' sh "$WORK/host.yaml" "$WORK/container/desk.yaml" \
        "$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$WORK/container/desk.yaml" > "$OUT" 2> "$ERR" < /dev/null &
    PID=$!
    finally "$PID"
    listening
    hears Host || fail "another greeting"
    greeting "Host, edited" "$WORK/host.yaml"
    await hears "Host, edited"
    halt "$PID"
else
    echo "  skipped: this machine lets nobody mount"
fi

say "row 3: without inotify the files are looked at"
greeting Hello
if unshare --user --map-root-user sh -c 'echo 0 > /proc/sys/user/max_inotify_instances' 2> /dev/null; then
    OUT=$WORK/polled.jsonl ERR=$WORK/polled.err
    unshare --user --map-root-user sh -c 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"' sh \
        "$SWITCHBOARD" serve --headless --listen 127.0.0.1:0 --config "$WORK/desk.yaml" > "$OUT" 2> "$ERR" < /dev/null &
    PID=$!
    finally "$PID"
    listening
    await grep -q 'checked every 2 s: no inotify instance' "$ERR"
    ! grep -q SIGHUP "$ERR" || fail "SIGHUP would end a dashboard: $(cat "$ERR")"
    greeting Polled
    await hears Polled
    halt "$PID"
else
    echo "  skipped: this machine has no user namespaces"
fi

say "row 11: pipes and the standard input are read"
expect "$("$SWITCHBOARD" check <(cat "$WORK/desk.yaml") 2>&1 | tail -1 | sed 's/.*: //')" "no findings"
expect "$("$SWITCHBOARD" check - < "$WORK/desk.yaml" 2>&1)" "-: no findings"
expect "$(cat "$WORK/desk.yaml" | "$SWITCHBOARD" check - 2>&1)" "-: no findings"
expect "$(cat "$WORK/desk.yaml" | "$SWITCHBOARD" check /dev/stdin 2>&1)" "/dev/stdin: no findings"
mkfifo "$WORK/fifo"
cat "$WORK/desk.yaml" > "$WORK/fifo" &
expect "$(timeout 10 "$SWITCHBOARD" check "$WORK/fifo" 2>&1)" "$WORK/fifo: no findings"
expect_match "$(echo 'nonsense: 1' | "$SWITCHBOARD" check - 2>&1 || true)" '^<stdin>:1:1: error'

say "row 11: a server whose rules came through a pipe says that they cannot be read again"
serve <(cat "$WORK/desk.yaml")
hears Polled || hears Hello || fail "another greeting"
kill -HUP "$PID"
await grep -q 'came through a pipe' "$ERR"
expect "$(status "$(request piped)")" 200
halt "$PID"

say "row 11: folders and devices are named; row 12: nothing endless or huge is read"
for row in "$WORK:it is a folder" "/dev/null:it is a device" "/dev/zero:it is a device" "$WORK/none:no such file"; do
    code=0
    words=$(timeout 10 "$SWITCHBOARD" check "${row%%:*}" 2>&1) || code=$?
    expect "$code $words" "1 cannot read ${row%%:*}: ${row#*:}"
done
truncate -s 30M "$WORK/huge.yaml"
code=0
words=$(timeout 10 "$SWITCHBOARD" check --json "$WORK/huge.yaml" 2> /dev/null) || code=$?
expect "$code $(jq -r .findings[0].code <<< "$words")" "1 file-too-large"
((${#words} < 1000)) || fail "${#words} bytes about a file that is too large"
code=0
(ulimit -v 1500000; timeout 10 "$SWITCHBOARD" check - < /dev/zero > "$WORK/zero" 2>&1) || code=$?
expect "$code" 1
python3 -c 'print("version: 1\notherwise: { greeting: Hi, odd: \"" + "x" * 200000 + "\" }")' > "$WORK/long.yaml"
words=$("$SWITCHBOARD" check "$WORK/long.yaml" 2>&1 || true)
((${#words} < 3000)) || fail "${#words} bytes about a long line"

say "row 14: a non-blocking stdout is waited for, and nothing is cut off"
python3 - "$SWITCHBOARD" > "$WORK/nonblocking" << 'END'
import fcntl, os, subprocess, sys, time
reading, writing = os.pipe()
fcntl.fcntl(writing, fcntl.F_SETFL, os.O_NONBLOCK)
fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
program = subprocess.Popen([sys.argv[1], "schema"], stdout=writing)
os.close(writing)
size = 0
while piece := os.read(reading, 1000):
    size += len(piece)
    time.sleep(0.001)
print(size, program.wait())
END
expect "$(cat "$WORK/nonblocking")" "$("$SWITCHBOARD" schema | wc -c) 0"

say "row 15: the disk of the log is full, then has room"
if mkdir "$WORK/disk" && mount -t tmpfs -o size=64k tmpfs "$WORK/disk" 2> /dev/null; then
    unsigned=$(SERVER='{ keep: { calls: 100000 } }' rules unsigned <<< 'otherwise: { greeting: "Hi." }')
    serve "$unsigned" --log-file "$WORK/disk/log"
    expect "$(flood 1000)" 1000
    await grep -q 'No space left on device; trying again every 5 s' "$ERR"
    expect "$(flood 6000 2001)" 6000
    expect "$(grep -c 'No space left' "$ERR")" 1
    mount -o remount,size=64m "$WORK/disk"
    await grep -q 'Events are written to .* again; [0-9]* were missed' "$ERR"
    post "$(request roomy)" -o /dev/null
    await grep -q roomy "$WORK/disk/log"
    missed=$(sed -n 's/.* again; \([0-9]*\) were missed.*/\1/p' "$ERR")
    # Torn lines are lost, and written again whole.
    lines=$(jq -cR 'fromjson? | select(.event == "call")' "$WORK/disk/log" | wc -l)
    torn=$(jq -cR 'fromjson? // "torn" | select(. == "torn")' "$WORK/disk/log" | wc -l)
    ((torn <= 1)) || fail "$torn torn lines"
    echo "  $lines calls written, $missed events missed, $torn torn line"
    expect "$(jq -cR 'fromjson? | select(.event == "dropped") | .count // .dropped' "$WORK/disk/log" | paste -sd+ | bc)" "$missed"
    halt "$PID"
    expect "$CODE" 0
    umount "$WORK/disk"
else
    echo "  skipped: this machine lets nobody mount"
fi

say "secrets are read again on a reload, and odd ones are warned of"
printf '%s\n' "$SECRET" > "$WORK/secret"
chmod 644 "$WORK/secret"
chmod 755 "$WORK"
SERVER="{ secrets: [{ file: $WORK/secret }] }" rules rotated > /dev/null <<< 'otherwise: { greeting: "Hi." }'
serve "$WORK/rotated.yaml"
expect "$(status "$(request signed)")" 200
chmod 600 "$WORK/secret"
printf 'another\r\n' > "$WORK/secret"
rotated() { [ "$(SIGN_WITH=another status "$(request "rotated-$RANDOM")")" = 200 ]; }
await rotated
expect "$(status "$(request old)")" 401
rm "$WORK/secret"
kill -HUP "$PID"
await grep -q 'cannot read the secret file' "$ERR"
rotated || fail "a secret that is gone is not used any more"
halt "$PID"
for row in 'secret \n:white space' '\xef\xbb\xbfsecret:byte order mark' 'sec\xffret:not UTF-8'; do
    printf "${row%%:*}" > "$WORK/secret"
    words=$("$SWITCHBOARD" check --strict "$WORK/rotated.yaml" 2>&1) && fail "no warning: $row"
    expect_match "$words" "${row#*:}.*odd-secret"
    ! grep -qE 'sec.?ret \\|another' <<< "$words" || fail "a secret is shown"
done
mkdir "$WORK/credentials"
printf '%s' "$SECRET" > "$WORK/credentials/hms"
SERVER="{ secrets: [{ credential: hms }] }" rules credential > /dev/null <<< 'otherwise: { greeting: "Hi." }'
CREDENTIALS_DIRECTORY=$WORK/credentials serve "$WORK/credential.yaml"
expect "$(status "$(request credential)")" 200
halt "$PID"
