# SPDX-License-Identifier: Apache-2.0
"""What the scripts here that compare servers share: starting one, loading it, and what that cost."""

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

# The rules and the secret that SwitchboardBenchmarks signs for; the journal would cost more than what is compared.
SECRET = "benchmark-secret"
RULES = """
version: 1
server: { journal: false, secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }] }
lines: [{ number: "+31850835037", name: HMS Sovereign Demo }]
rules: [{ name: jan, when: { caller: "+31612345678" }, answer: { greeting: "Hallo Jan, welkom bij {{line.name}}!" } }]
otherwise: default
"""
BENCH = os.environ.get("BENCH", ".build/release/SwitchboardBenchmarks")
SWITCHBOARD = os.environ.get("SWITCHBOARD", ".build/release/switchboard")


def spread(values, digits=2):
    """Median and range, in words."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}..{max(values):.{digits}f})"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Server:
    """A process that answers webhooks, in a folder of its own."""

    def __init__(self, command, stdout=subprocess.DEVNULL, port=None, **environment):
        self.folder = tempfile.TemporaryDirectory()
        environment = dict(os.environ, HOME=self.folder.name, SWITCHBOARD_WEBHOOK_SECRET=SECRET, **environment)
        environment.pop("XDG_RUNTIME_DIR", None)
        self.process = subprocess.Popen(
            command(self.folder.name), stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.DEVNULL,
            env=environment)
        self.port = port
        self.reader = None

    def pids(self):
        """The process and its children."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        with open(children, encoding="utf-8") as file:
            return [self.process.pid, *map(int, file.read().split())]

    def microseconds(self):
        """CPU time so far, of threads that have ended too, to the hundredth of a second."""
        ticks = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                fields = file.read().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks * 1e6 / os.sysconf("SC_CLK_TCK")

    def megabytes(self):
        """Memory that is resident now; children count only what they do not share."""
        kilobytes = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
                kilobytes += int(re.search(r"^Pss: +(\d+)", file.read(), re.M).group(1))
        return kilobytes / 1024

    def end(self):
        for pid in self.pids()[1:]:
            os.kill(pid, 9)
        self.process.kill()
        self.process.wait()
        if self.reader:
            self.reader.wait()
        self.folder.cleanup()


def headless(program, is_read=True, rules=RULES, files=None, wanted=None):
    """A headless server whose JSON lines `cat` reads, or whose stdout is closed once it listens.

    `files` are next to its rules file, by their names. Lines that have the text `wanted` can be read from
    `server.reader.stdout`.
    """

    def command(folder):
        path = os.path.join(folder, "rules.yaml")
        for name, text in {"rules.yaml": rules, **(files or {})}.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        return [program, "serve", "--headless", "--listen", "127.0.0.1:0", "--config", path,
                "--state", os.path.join(folder, "state"), "--control", os.path.join(folder, "control")]

    server = Server(command, stdout=subprocess.PIPE)
    server.port = json.loads(server.process.stdout.readline())["port"]
    if wanted:
        server.reader = subprocess.Popen(
            ["grep", "--line-buffered", "-F", wanted], stdin=server.process.stdout, stdout=subprocess.PIPE)
    elif is_read:
        server.reader = subprocess.Popen(["cat"], stdin=server.process.stdout, stdout=subprocess.DEVNULL)
    server.process.stdout.close()
    return server


def saying_its_port(*command, **environment):
    """The function that starts a program whose first line is the port on which it listens."""

    def start():
        server = Server(lambda folder: command, stdout=subprocess.PIPE, **environment)
        server.port = int(server.process.stdout.readline())
        return server

    return start


class Load:
    """What some seconds of signed webhooks by wrk cost a server; every request is a new call.

    `bench` is the SwitchboardBenchmarks that writes the requests.
    """

    def __init__(self, server, seconds, connections=64, bench=BENCH):
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            # Fresh ones: a signature is good for 300 s.
            subprocess.run([bench, "requests"], stdout=script, check=True)
            before = server.microseconds()
            said = subprocess.run(
                ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "-s", script.name,
                 f"http://127.0.0.1:{server.port}/webhook"], capture_output=True, text=True, check=True)
        # The last lines are printed.
        time.sleep(0.2)
        requests, took, bad, p50, p99 = map(
            int, re.search(r"^result (\d+) (\d+) (\d+) (\d+) (\d+)", said.stdout, re.M).groups())
        if bad:
            sys.exit(f"{bad} requests failed")
        self.rate = requests / took * 1e6
        self.cpu = (server.microseconds() - before) / requests
        self.p50, self.p99 = p50, p99
        self.memory = server.megabytes()
