#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# proxied.py PORT SOURCE KIND COUNT SECONDS: one client of a reverse proxy, at the address SOURCE, that floods it in one way
# until the time is over or on TERM; prints "ready" once all is under way, and at the end what came of it.
#
# idle: COUNT connections that send nothing. slow: COUNT requests whose bodies come byte by byte, begun again whenever the
# server ends them. spoofed: the same, each with another X-Forwarded-For. forged: webhooks with a wrong signature, as fast
# as they are refused. reset: connections that are reset in the middle of a body.
#
# At most RATE (500) connections are begun a second after the first COUNT, so that it is the server that is tried and not
# how many connections a machine makes.

import collections
import os
import random
import selectors
import signal
import socket
import struct
import sys
import time

port, source, kind, count, seconds = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5])
random_ = random.Random(14)
rate = float(os.environ.get("RATE", "500"))
BODY = b'{"message":{"type":"assistant-request"}}' + b" " * 400
statuses = collections.Counter()
stopping = False


def stop(*_):
    global stopping
    stopping = True


signal.signal(signal.SIGTERM, stop)


def connect():
    client = socket.socket()
    client.bind((source, 0))
    client.setblocking(False)
    client.connect_ex(("127.0.0.1", port))
    return client


def head():
    lines = ["POST /webhook HTTP/1.1", "Host: desk", f"Content-Length: {len(BODY)}",
             f"X-Webhook-Timestamp: {int(time.time())}", "X-Webhook-Signature: sha256=" + "0" * 64]
    if kind == "spoofed":
        lines.append("X-Forwarded-For: " + ".".join(str(random_.randrange(1, 255)) for _ in range(4)))
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


class Client:
    """A connection, and what is still to be sent of its request."""

    def __init__(self, selector):
        self.selector = selector
        self.begin()

    def begin(self):
        self.is_over = False
        self.socket = connect()
        self.request = head() + BODY
        self.sent = 0
        self.selector.register(self.socket, selectors.EVENT_READ, self)

    def again(self):
        """Ends the connection; another one is begun when its turn comes."""
        self.selector.unregister(self.socket)
        self.socket.close()
        self.is_over = True

    def send(self, most):
        try:
            self.sent += self.socket.send(self.request[self.sent:self.sent + most])
        except BlockingIOError:
            pass
        except OSError:
            statuses["closed"] += 1
            self.again()

    def read(self):
        try:
            reply = self.socket.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            reply = b""
        for line in reply.split(b"HTTP/1.1 ")[1:]:
            statuses[line[:3].decode()] += 1
        if not reply:
            statuses["closed"] += 1
            self.again()
        elif kind == "forged" and b"connection: close" not in reply.lower():
            self.sent = 0
            self.send(len(self.request))
        elif kind == "forged":
            self.again()

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        statuses["reset"] += 1
        self.again()


def run():
    selector = selectors.DefaultSelector()
    # A refused webhook costs its client as much as the server; more of them at once would only wait.
    clients = [Client(selector) for _ in range(min(count, 64) if kind == "forged" else count)]
    begun, ready, turn, allowed = time.monotonic(), False, 0, 0.0
    last = begun
    while not stopping and time.monotonic() - begun < seconds:
        for key, _ in selector.select(0.01):
            key.data.read()
        now = time.monotonic()
        allowed, last = min(allowed + (now - last) * rate, rate), now
        # In each turn a share of them goes on, so that the work is spread over time.
        for client in clients[turn % 50::50]:
            if client.is_over:
                if allowed >= 1:
                    allowed -= 1
                    client.begin()
            elif kind in ("slow", "spoofed"):
                client.send(len(client.request) - len(BODY) if client.sent == 0 else 1)
            elif kind == "forged" and client.sent == 0:
                client.send(len(client.request))
            elif kind == "reset":
                client.reset() if client.sent else client.send(len(client.request) - 100)
        turn += 1
        if turn == 100 and not ready:
            print("ready", flush=True)
            ready = True


run()
print(f"{kind} from {count} connections: " + ", ".join(f"{number} x {what}" for what, number in sorted(statuses.items())), flush=True)
os._exit(0)
