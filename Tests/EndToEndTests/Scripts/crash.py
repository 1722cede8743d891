# SPDX-License-Identifier: Apache-2.0
#
# crash.py PROGRAM RULES SOCKET STATE KILLS: starts a server that many times, closes all lines again and again with a number
# as the text, and kills the server at a random moment of it. Prints how many orders were sent, and how many kills were
# after the disk and before the reply; or what was wrong, with exit code 1. LOADED=1 sends unsigned webhooks meanwhile.
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading

program, rules, path, state, kills = sys.argv[1:6]


class Desk(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(path)


def ask(desk, method, target, body=None):
    desk.request(method, target, json.dumps(body) if body else None)
    reply = desk.getresponse()
    return reply.status, json.load(reply)


def fail(words):
    print(words)
    sys.exit(1)


def start(errors):
    server = subprocess.Popen(
        [program, "serve", "--headless", "--listen", "127.0.0.1:0", "--config", rules, "--control", path, "--state", state],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
    # A server that never says that it listens must not be waited for.
    alarm = threading.Timer(20, server.kill)
    alarm.start()
    ready = server.stdout.readline()
    alarm.cancel()
    if b'"listening"' in ready and os.environ.get("LOADED"):
        threading.Thread(target=flood, args=(ready,), daemon=True).start()
    return server, b'"listening"' in ready


def flood(ready):
    """Sends webhooks without waiting for replies until the server is gone."""
    body = b'{"message":{"type":"assistant-request","call":{"id":"crash"},"customer":{"number":"+31612345678"}}}'
    webhook = b"POST /webhook HTTP/1.1\r\nHost: desk\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    try:
        with socket.create_connection(("127.0.0.1", json.loads(ready)["port"]), timeout=2) as client:
            while True:
                client.sendall(webhook * 50)
                client.recv(1 << 16)
    except OSError:
        pass


sent = confirmed = between = 0
for number in range(1, int(kills) + 1):
    with open(f"{state}.err", "w+") as errors:
        server, listens = start(errors)
        try:
            errors.seek(0)
            words = errors.read()
            if not listens:
                fail(f"round {number}: the server does not start: {words}")
            desk = Desk("desk")
            texts = [each["text"] for each in ask(desk, "GET", "/v1/overrides")[1]["overrides"]]
            standing = int(texts[0]) if texts else 0
            if len(texts) > 1 or standing not in (confirmed, sent):
                fail(f"round {number}: in force is {texts}, confirmed was {confirmed}, sent was {sent}")
            if standing and "all lines" not in words:
                fail(f"round {number}: the start does not say what is in force: {words}")
            between += standing != confirmed
            confirmed = standing
            threading.Timer(random.uniform(0, 0.12), os.kill, (server.pid, signal.SIGKILL)).start()
            try:
                while True:
                    sent += 1
                    status, reply = ask(desk, "POST", "/v1/overrides", {
                        "act": "begin", "kind": "closed", "text": str(sent), "scopes": ["all"], "until": "reopened"})
                    if status != 200:
                        fail(f"round {number}: an order was refused: {reply}")
                    confirmed = sent
            except (OSError, http.client.HTTPException, ValueError):
                pass
        finally:
            server.kill()
            server.wait()
            server.stdout.close()
print(sent, between)
