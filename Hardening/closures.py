#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# closures.py CHANGES RATE NAME=PORT=SOCKET...: closes and opens all lines of a desk, each time at another replica, while
# RATE calls a second go to all replicas in turn, and prints one JSON object.
#
# Once the result of a change says that all obey, every call that begins before the next change must get that answer, at
# every replica. Secret: SWITCHBOARD_WEBHOOK_SECRET. LIMIT: seconds after which no new change is made (240).

import hashlib
import hmac
import http.client
import itertools
import json
import os
import socket
import sys
import threading
import time

changes, rate = int(sys.argv[1]), float(sys.argv[2])
replicas = [argument.split("=") for argument in sys.argv[3:]]
secret = os.environ["SWITCHBOARD_WEBHOOK_SECRET"].encode()
limit = float(os.environ.get("LIMIT", "240"))
TEXT = "Shut by a test."
CALLERS = 2 * len(replicas)

stopping = threading.Event()
lock = threading.Lock()
# Of each call: when it began, whether it was rejected by our text (None: another answer), where, how long it took.
calls = []
lost = []


class Socket(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("desk", timeout=20)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def is_shut(body):
    answer = json.loads(body)
    if answer.get("error") == TEXT:
        return True
    return None if answer.get("error") else False


def call(worker):
    name, port, _ = replicas[worker % len(replicas)]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    begun = time.monotonic()
    for number in itertools.count():
        due = begun + number * CALLERS / rate
        pause = due - time.monotonic()
        if pause > 0 and stopping.wait(pause) or stopping.is_set():
            return
        body = json.dumps({"message": {
            "type": "assistant-request", "timestamp": "2026-07-01T10:00:00.000Z",
            "call": {"id": f"closures-{os.getpid()}-{worker}-{number}", "type": "inbound_phone_call", "status": "ringing"},
            "phone_number": {"number": "+31850835037"},
            "customer": {"number": f"+316{(worker * 1_000_000 + number) % 100_000_000:08}"}}}).encode()
        stamp = str(int(time.time()))
        signature = hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        start = time.monotonic()
        try:
            connection.request("POST", "/webhook", body, {
                "X-Webhook-Timestamp": stamp, "X-Webhook-Signature": f"sha256={signature}"})
            reply = connection.getresponse()
            answer = is_shut(reply.read())
            with lock:
                calls.append((start, answer, name, time.monotonic() - start))
        except (OSError, http.client.HTTPException, ValueError) as error:
            connection.close()
            with lock:
                lost.append(f"{name}: {error!r}")


def order(path, document):
    connection = Socket(path)
    connection.request("POST", "/v1/overrides", json.dumps(document | {"who": {"user": "closures"}}))
    result = json.loads(connection.getresponse().read())
    connection.close()
    return result


def share(values, part):
    values = sorted(values)
    return round(values[min(len(values) - 1, int(part * len(values)))], 2) if values else None


callers = [threading.Thread(target=call, args=(number,)) for number in range(CALLERS)]
for caller in callers:
    caller.start()

# The times in which only one answer is right: from, to, whether it is shut.
spans = []
incomplete, refused, reached, waited = [], [], [], []
shut = False
known_since = None
begun = time.monotonic()
for number in range(changes):
    if time.monotonic() - begun > limit:
        break
    document = (
        {"act": "begin", "kind": "closed", "text": TEXT, "scopes": ["all"], "until": "reopened"}
        if not shut else {"act": "open", "scopes": ["all"]})
    asked = time.monotonic()
    if known_since is not None:
        spans.append((known_since, asked, shut))
        known_since = None
    result = order(replicas[number % len(replicas)][2], document)
    done = time.monotonic()
    reach = result.get("reach")
    if not reach:
        refused.append(result)
        continue
    shut = not shut
    if reach["obeying"] == reach["of"] == len(replicas) and not reach["here_only"]:
        reached.append(reach["milliseconds"])
        waited.append((done - asked) * 1000)
        known_since = done
        # Calls have to come before the next change.
        time.sleep(0.1)
    else:
        incomplete.append(reach)
if known_since is not None:
    spans.append((known_since, time.monotonic(), shut))
stopping.set()
for caller in callers:
    caller.join()

wrong, checked = [], 0
for start, answer, name, _ in calls:
    for begin, end, expected in spans:
        if begin < start < end:
            checked += 1
            if answer is not expected:
                wrong.append(f"{name}: {answer} for {expected}, {round((start - begin) * 1000, 1)} ms after all obeyed")
            break
times = [took * 1000 for *_, took in calls]
print(json.dumps({
    "changes": len(reached) + len(incomplete), "complete": len(reached), "refused": len(refused),
    "reach_p50_ms": share(reached, 0.5), "reach_p99_ms": share(reached, 0.99), "reach_max_ms": share(reached, 1),
    "waited_p50_ms": share(waited, 0.5), "waited_max_ms": share(waited, 1),
    "calls": len(calls), "checked": checked, "wrong": len(wrong), "lost": len(lost),
    "call_p50_ms": share(times, 0.5), "call_p99_ms": share(times, 0.99), "call_max_ms": share(times, 1),
    "examples": (wrong + lost + refused + incomplete)[:5]}))
