#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# hostile.py PORT SOCKET SECONDS: what no good client does, again and again, on the public port and on the control socket:
# garbage, half requests, bytes one by one, bodies without end, resets, replies that nobody reads, connections that idle.

import os
import random
import socket
import struct
import sys
import time

port, path, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
random_ = random.Random(14)
end = time.monotonic() + seconds
idle = []
attempts = 0


def connect(public):
    if public:
        return socket.create_connection(("127.0.0.1", port), timeout=2)
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(2)
    client.connect(path)
    return client


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def attack(client, public):
    target = b"/webhook" if public else b"/v1/overrides"
    match random_.randrange(9):
        case 0:
            client.sendall(os.urandom(random_.randrange(1, 4000)))
        case 1:
            client.sendall(b"POST %s HTTP/1.1\r\nHost: a\r\nContent-Le" % target)
            idle.append(client)
            return
        case 2:
            for byte in b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n":
                client.sendall(bytes([byte]))
                time.sleep(0.001)
        case 3:
            client.sendall(b"POST %s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" % target)
            for _ in range(40):
                client.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        case 4:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" * 300)
            reset(client)
        case 5:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" * 300)
            idle.append(client)
            return
        case 6:
            idle.append(client)
            return
        case 7:
            client.sendall(b"POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{" % target)
            reset(client)
        case 8:
            client.sendall(b"POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % target)
            client.recv(1000)
    client.close()


while time.monotonic() < end:
    public = random_.randrange(4) > 0
    try:
        attack(connect(public), public)
    except OSError:
        pass
    attempts += 1
    while len(idle) > 60:
        idle.pop(0).close()
    time.sleep(0.02)
for client in idle:
    client.close()
print(f"{attempts} hostile clients")
