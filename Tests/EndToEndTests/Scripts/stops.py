# SPDX-License-Identifier: Apache-2.0
#
# stops.py PORT PID CLIENTS: keep-alive clients that call as fast as they can; after a second, PID gets a TERM. Prints how
# many calls were answered, how many of those after the signal, and how many were lost: a call is lost if its connection
# ends without its reply, unless the reply before has announced the end. A client goes away once no connection is made.
import json
import os
import signal
import socket
import sys
import threading
import time

port, pid, clients = map(int, sys.argv[1:4])
answered = [0] * clients
after = [0] * clients
lost = [0] * clients
stopped = threading.Event()


def call(number, count):
    body = json.dumps({"message": {
        "type": "assistant-request", "call": {"id": f"stop-{number}-{count}"},
        "phone_number": {"number": "+31850835037"}, "customer": {"number": "+31612345678"}}})
    return (f"POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode()


def read(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    size = int(next(line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")))
    while len(body) < size:
        piece = connection.recv(65536)
        if not piece:
            return None
        body += piece
    return head


def client(number):
    count = 0
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), 5)
        except OSError:
            return
        while True:
            count += 1
            late = stopped.is_set()
            try:
                connection.sendall(call(number, count))
                head = read(connection)
            except OSError:
                head = None
            if head is None:
                lost[number] += 1
                break
            answered[number] += 1
            after[number] += late
            if b"connection: close" in head:
                break
            # Some clients are idle when the stop comes.
            time.sleep(0.001 * (number % 8) ** 2)
        connection.close()


threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
for thread in threads:
    thread.start()
time.sleep(1)
stopped.set()
os.kill(pid, signal.SIGTERM)
for thread in threads:
    thread.join()
print(sum(answered), sum(after), sum(lost))
