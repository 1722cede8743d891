# SPDX-License-Identifier: Apache-2.0
#
# journal.py PROGRAM RULES STATE KILLS RATE BEHIND: starts a server that many times, sends so many calls a second and kills it
# at a random moment. Then the journal must be whole, and have each call that was answered more than BEHIND seconds before its
# server was killed: once, with its answer byte for byte; and what is missing must be the last that each client was answered.
# Prints how many calls were answered, how many were due, and how many others are missing; or what was wrong, with exit code 1.
import hashlib
import hmac
import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

program, rules, state = sys.argv[1:4]
kills, rate = int(sys.argv[4]), float(sys.argv[5])
secret = os.environ["SWITCHBOARD_WEBHOOK_SECRET"].encode()
# The journal is at most so far behind: 0.1 s on a machine that has nothing else to do.
BEHIND = float(sys.argv[6])
CLIENTS = 4


def fail(words):
    print(words)
    sys.exit(1)


def start(errors):
    server = subprocess.Popen(
        [program, "serve", "--headless", "--listen", "127.0.0.1:0", "--config", rules, "--state", state],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
    alarm = threading.Timer(30, server.kill)
    alarm.start()
    line = server.stdout.readline()
    alarm.cancel()
    if b'"listening"' not in line:
        fail(f"the server does not start: {open(errors.name).read()}")
    # Its lines must be read, or it waits for its reader.
    threading.Thread(target=lambda: server.stdout.read(), daemon=True).start()
    return server, json.loads(line)["port"]


def body(run, client, number):
    return json.dumps({"message": {
        "type": "assistant-request", "timestamp": "2026-07-01T10:00:00.000Z",
        "call": {"id": f"k{run}-{client}-{number}", "type": "inbound_phone_call", "status": "ringing"},
        "phone_number": {"number": "+31850835037"}, "customer": {"number": f"+316{random.randrange(10**8):08}"}}})


def send(port, run, client, until, answered):
    """Sends calls at an even pace; notes each reply with the moment at which it was there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    number, due = 0, time.monotonic()
    try:
        while not until.is_set():
            text = body(run, client, number).encode()
            stamp = str(int(time.time()))
            sign = hmac.new(secret, stamp.encode() + b"." + text, hashlib.sha256).hexdigest()
            connection.request("POST", "/webhook", text, {
                "Content-Type": "application/json", "X-Webhook-Timestamp": stamp,
                "X-Webhook-Signature": f"sha256={sign}"})
            reply = connection.getresponse().read()
            answered.append((f"k{run}-{client}-{number}", reply, time.monotonic()))
            number += 1
            due += CLIENTS / rate
            time.sleep(max(0, due - time.monotonic()))
    except (OSError, http.client.HTTPException):
        pass


def run(index, errors):
    server, port = start(errors)
    until, answered = threading.Event(), []
    clients = [threading.Thread(target=send, args=(port, index, client, until, answered)) for client in range(CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(BEHIND + random.uniform(0.05, 0.5))
    killed = time.monotonic()
    server.send_signal(signal.SIGKILL)
    server.wait()
    until.set()
    for client in clients:
        client.join()
    return [(call, reply, killed - at > BEHIND) for call, reply, at in answered]


with open(os.path.join(state + ".errors"), "w") as errors:
    seen = [call for index in range(kills) for call in run(index, errors)]
journal = sqlite3.connect(os.path.join(state, "calls.sqlite"))
whole = journal.execute("PRAGMA integrity_check").fetchall()
if whole != [("ok",)]:
    fail(f"integrity_check: {whole}")
kept = {}
for call, reply in journal.execute("SELECT call.id, answer.reply FROM call JOIN answer ON answer.call = call.number"):
    if call in kept:
        fail(f"{call} is there twice")
    kept[call] = bytes(reply)
if journal.execute("SELECT count(*) FROM call").fetchone()[0] != len(kept):
    fail("calls without an answer")
orphans = journal.execute("SELECT count(*) FROM entry WHERE call NOT IN (SELECT number FROM call)").fetchone()[0]
if orphans:
    fail(f"{orphans} webhooks belong to no call")
missing = 0
ended = set()
for call, reply, due in seen:
    client = call.rsplit("-", 1)[0]
    if call not in kept:
        if due:
            fail(f"{call} was answered more than {BEHIND} s before the kill and is missing")
        ended.add(client)
        missing += 1
    elif client in ended:
        fail(f"{call} is there, and a call that was answered before it is missing")
    elif kept[call] != reply:
        fail(f"{call}: the client got {reply}, the journal has {kept[call]}")
print(len(seen), sum(due for _, _, due in seen), missing)
