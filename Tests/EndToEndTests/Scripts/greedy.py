#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# greedy.py PORT: asks without end and reads no reply until the server reads no more; then reads, and prints how many
# requests were sent, how many replies came, and whether the server stopped reading.
# greedy.py PORT COUNT: opens so many connections, prints a line, and keeps them silent until stdin ends.
# greedy.py PORT COUNT RATE SECONDS: then opens RATE more per second for so long, and prints how many it opened.

import collections
import resource
import select
import socket
import sys
import time

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: desk\r\n\r\n"
HEALTHY = b'{"status":"ok"}'
MOST = 64 << 20


def ask(port):
    client = socket.socket()
    # Small buffers of ours, so that little is on its way.
    for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
        client.setsockopt(socket.SOL_SOCKET, option, 16 << 10)
    client.connect(("127.0.0.1", port))
    client.setblocking(False)
    sent = 0
    batch = REQUEST * 1000
    while sent < MOST and select.select([], [client], [], 2)[1]:
        sent += client.send(batch[sent % len(REQUEST):])
    rest = REQUEST[sent % len(REQUEST):] if sent % len(REQUEST) else b""
    last = b""
    count = 0
    while select.select([client], [], [], 20)[0] and (piece := client.recv(1 << 16)):
        # A reply may come in two pieces.
        count += (last + piece).count(HEALTHY) - last.count(HEALTHY)
        last = (last + piece)[-len(HEALTHY):]
        if rest is not None and select.select([], [client], [], 0)[1]:
            rest = rest[client.send(rest):] or None
            if rest is None:
                client.shutdown(socket.SHUT_WR)
    print((sent + len(REQUEST) - 1) // len(REQUEST), count, sent < MOST)


def hold(port, count):
    crowd = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
    print(len(crowd), flush=True)
    sys.stdin.read()


def press(port, count, rate, seconds):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    crowd = collections.deque(socket.create_connection(("127.0.0.1", port)) for _ in range(count))
    print(len(crowd), flush=True)
    begun = time.monotonic()
    opened = 0
    while (now := time.monotonic() - begun) < seconds:
        while opened < now * rate:
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", port))
            crowd.append(client)
            crowd.popleft().close()
            opened += 1
        time.sleep(0.001)
    print(opened, flush=True)


if len(sys.argv) > 4:
    press(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
elif len(sys.argv) > 2:
    hold(int(sys.argv[1]), int(sys.argv[2]))
else:
    ask(int(sys.argv[1]))
