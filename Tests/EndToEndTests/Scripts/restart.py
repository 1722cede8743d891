# SPDX-License-Identifier: Apache-2.0
"""Plays a service manager with socket activation, and callers who call all the time while servers take turns.

restart.py RESTARTS SECONDS COMMAND...: prints a JSON object with what happened. KEEP=1: every other caller keeps its
connection. LISTEN=PORT is the port of the socket, and CALL=PORT another one that is called, of a proxy.
"""
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

restarts, seconds, command = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", int(os.environ.get("LISTEN", "0"))))
listener.listen(4096)
port = int(os.environ.get("CALL") or listener.getsockname()[1])


def start(number):
    """Starts a server on the socket, as systemd does, and waits until it reports that it is ready."""
    path = os.path.join(os.environ["WORK"], f"notify-{number}")
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(path)
    notify.settimeout(30)

    def prepare():
        os.dup2(listener.fileno(), 3)
        os.environ["LISTEN_PID"] = str(os.getpid())

    out = open(os.path.join(os.environ["WORK"], "restart.jsonl"), "ab")
    err = open(os.path.join(os.environ["WORK"], "restart.err"), "ab")
    # The shell keeps the process id, which LISTEN_PID has to name.
    process = subprocess.Popen(
        ["sh", "-c", 'LISTEN_PID=$$ exec "$@"', "sh"] + command, pass_fds=[3], stdin=subprocess.DEVNULL, stdout=out,
        stderr=err, env={**os.environ, "LISTEN_FDS": "1", "NOTIFY_SOCKET": path})
    while True:
        notice = notify.recv(4096).decode()
        if "READY=1" in notice:
            return process, notify


os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
body = json.dumps({"message": {"type": "assistant-request", "call": {"id": "%s", "type": "inbound_phone_call",
    "status": "ringing"}, "phone_number": {"number": "+31850835037"}, "customer": {"number": "+31612345678"}}})
answered, lost, slowest, stopping = [0], [], [0.0], threading.Event()
lock = threading.Lock()


def ask(connection, text, keep):
    """Sends a call; whether the reply was whole, and whether the connection stays open."""
    head = f"POST /webhook HTTP/1.1\r\nHost: here\r\nContent-Length: {len(text)}\r\n"
    head += "\r\n" if keep else "Connection: close\r\n\r\n"
    connection.sendall((head + text).encode())
    reply = b""
    while b"\r\n\r\n" not in reply:
        piece = connection.recv(65536)
        if not piece:
            raise OSError(f"closed after {len(reply)} bytes")
        reply += piece
    head, _, rest = reply.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:"))
    while len(rest) < length:
        piece = connection.recv(65536)
        if not piece:
            raise OSError("closed in the reply")
        rest += piece
    if not lines[0].startswith(b"http/1.1 200"):
        raise OSError(lines[0].decode())
    return keep and b"connection: close" not in lines


def caller(name, keep):
    number, connection = 0, None
    while not stopping.is_set():
        number += 1
        since = time.monotonic()
        try:
            if connection is None:
                connection = socket.create_connection(("127.0.0.1", port), timeout=20)
            if not ask(connection, body.replace("%s", f"{name}-{number}"), keep):
                connection.close()
                connection = None
            with lock:
                answered[0] += 1
                slowest[0] = max(slowest[0], time.monotonic() - since)
        except OSError as problem:
            with lock:
                lost.append(f"{'kept' if keep else 'new'}: {problem}")
            connection = None


server, notify = start(0)
callers = [threading.Thread(target=caller, args=(f"c{i}", i % 2 == 0 and os.environ.get("KEEP") == "1"), daemon=True)
    for i in range(16)]
begin = time.monotonic()
for thread in callers:
    thread.start()
codes = []
for number in range(1, restarts + 1):
    time.sleep(seconds / (restarts + 1))
    if os.environ.get("OVERLAP") == "1":
        # The next one starts before the first one has ended, and waits for its state.
        server.send_signal(signal.SIGTERM)
        old = server
        server, notify = start(number)
        codes.append(old.wait(timeout=30))
    else:
        server.send_signal(signal.SIGTERM)
        codes.append(server.wait(timeout=30))
        server, notify = start(number)
time.sleep(seconds / (restarts + 1))
stopping.set()
for thread in callers:
    thread.join(timeout=25)
took = time.monotonic() - begin
server.send_signal(signal.SIGTERM)
codes.append(server.wait(timeout=30))
print(json.dumps({"answered": answered[0], "lost": len(lost), "why": sorted(set(lost))[:5], "codes": sorted(set(codes)),
    "per_second": round(answered[0] / took), "slowest_ms": round(slowest[0] * 1000)}))
