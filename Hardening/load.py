#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# load.py PORT SECONDS RATE [GREETING...]: plays the platform with RATE signed webhooks a second over 4 connections, and
# prints one JSON object when the time is over or on TERM: what was sent, what came back, how long it took.
#
# Some calls also send their status and their report; MIXED=1 adds what a server must refuse. A reply is wrong if its
# status is another than expected, or if an answer neither has one of the greetings nor is one that an operator ordered
# (ORDERED: a list of texts separated by bars). Secret: SWITCHBOARD_WEBHOOK_SECRET; without it nothing is signed.
# REPORTS: every how many calls send status and report (10). CALLERS: after how many callers of a connection the first calls
# again (10 000 000). SOURCE: the address that calls come from.
# TIMEOUT: seconds to wait for a reply (20). CLOCK: seconds by which the timestamps are ahead, or a file that holds them.

import hashlib
import hmac
import json
import os
import random
import signal
import socket
import sys
import threading
import time

port, seconds, rate = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
greetings = set(sys.argv[4:])
ordered = set(filter(None, os.environ.get("ORDERED", "").split("|")))
secret = os.environ.get("SWITCHBOARD_WEBHOOK_SECRET", "").encode()
mixed = os.environ.get("MIXED") == "1"
patience = float(os.environ.get("TIMEOUT", "20"))
clock = os.environ.get("CLOCK", "0")
reports = int(os.environ.get("REPORTS", "10"))
callers = int(os.environ.get("CALLERS", "10000000"))
source = os.environ.get("SOURCE")
CONNECTIONS = 4

stopping = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stopping.set())
lock = threading.Lock()
totals = {"sent": 0, "answered": 0, "refused": 0, "calls": 0, "wrong": 0, "lost": 0}
waits = []
samples = []


def ahead():
    if clock.lstrip("+-").isdigit():
        return int(clock)
    with open(clock) as file:
        return int(file.read() or 0)


def count(**changes):
    with lock:
        for key, change in changes.items():
            totals[key] += change


def message(kind, number, worker, **more):
    return {"message": {
        "type": kind, "timestamp": "2026-07-01T10:00:00.000Z",
        "call": {"id": f"load-{os.getpid()}-{worker}-{number}", "type": "inbound_phone_call", "status": "ringing"},
        "phone_number": {"number": "+31850835037", "name": "Demo"},
        "customer": {"number": f"+316{(worker * 10_000_000 + number % callers) % 100_000_000:08}"}, **more}}


# What is sent for a call: (body, how to damage the request, the expected status, whether it is a new call).
def requests(worker, random_):
    number = 0
    while True:
        number += 1
        yield json.dumps(message("assistant-request", number, worker)).encode(), None, 200, True
        if number % reports == 0:
            update = message("status-update", number, worker)
            update["message"]["call"]["status"] = "in-progress"
            yield json.dumps(update).encode(), None, 200, False
            yield json.dumps(message("end-of-call-report", number, worker, duration_seconds=42,
                                     summary="Asked for \u001b[31mopening hours\u0007.", end_reason="hangup")).encode(), None, 200, False
        if mixed and number % 25 == 0:
            yield b'{"message":{"type":"assist', None, 400, False
            yield b"\xff\xfe\x00", None, 400, False
            yield b"{}", "path", 404, False
            if secret:
                yield json.dumps(message("assistant-request", number, worker)).encode(), "signature", 401, False
                yield json.dumps(message("assistant-request", number, worker)).encode(), "age", 401, False


def head(body, damage):
    lines = [f"POST {'/elsewhere' if damage == 'path' else '/webhook'} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    if secret:
        stamp = str(int(time.time()) + ahead() - (400 if damage == "age" else 0))
        digest = hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        if damage == "signature":
            digest = digest[::-1]
        lines += [f"X-Webhook-Timestamp: {stamp}", f"X-Webhook-Signature: sha256={digest}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def read_reply(connection, rest):
    while b"\r\n\r\n" not in rest:
        piece = connection.recv(1 << 16)
        if not piece:
            raise ConnectionError("closed")
        rest += piece
    start, _, rest = rest.partition(b"\r\n\r\n")
    lines = start.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    length = int(headers.get("content-length", "0"))
    while len(rest) < length:
        piece = connection.recv(1 << 16)
        if not piece:
            raise ConnectionError("closed in a body")
        rest += piece
    return int(lines[0].split()[1]), rest[:length], rest[length:], headers.get("connection") == "close"


def is_wrong(status, body, expected, is_call):
    if status != expected:
        return f"{status} for {expected}"
    if not is_call or not greetings:
        return None
    answer = json.loads(body)
    said = (answer.get("assistant") or {}).get("first_message") or answer.get("error")
    return None if said in greetings or said in ordered else f"says {said!r}"


def connect():
    return socket.create_connection(("127.0.0.1", port), timeout=patience, source_address=(source, 0) if source else None)


def work(worker):
    random_ = random.Random(worker)
    begun = time.monotonic()
    connection, rest, done = None, b"", 0
    for body, damage, expected, is_call in requests(worker, random_):
        due = begun + done * CONNECTIONS / rate
        done += 1
        pause = due - time.monotonic()
        # After a stop of the server the calls that were due come at once.
        if pause > 0 and stopping.wait(pause) or stopping.is_set() or time.monotonic() - begun > seconds:
            break
        sent = time.monotonic()
        for attempt in (1, 2):
            try:
                if connection is None:
                    connection, rest = connect(), b""
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.sendall(head(body, damage) + body)
                status, reply, rest, is_last = read_reply(connection, rest)
                break
            except OSError as error:
                if connection is not None:
                    connection.close()
                # An idle connection may have been closed before the request came: as HTTP clients do, once more.
                fresh = connection is None
                connection = None
                if attempt == 2 or fresh or isinstance(error, socket.timeout):
                    count(sent=1, lost=1)
                    with lock:
                        if len(samples) < 5:
                            samples.append(f"lost: {error!r}")
                    status = None
                    break
        if status is None:
            continue
        waits.append(time.monotonic() - sent)
        problem = is_wrong(status, reply, expected, is_call)
        count(sent=1, answered=status == 200, refused=status != 200, calls=is_call, wrong=problem is not None)
        if problem:
            with lock:
                if len(samples) < 5:
                    samples.append(problem)
        if is_last:
            connection.close()
            connection = None


workers = [threading.Thread(target=work, args=(number,)) for number in range(CONNECTIONS)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
waits.sort()
for name, share in (("p50_ms", 0.5), ("p99_ms", 0.99), ("max_ms", 1)):
    totals[name] = round(waits[min(len(waits) - 1, int(share * len(waits)))] * 1000, 2) if waits else None
print(json.dumps(totals | {"examples": samples}))
