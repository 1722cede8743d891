# SPDX-License-Identifier: Apache-2.0
"""A dashboard whose terminal goes away while calls keep its screen busy, as when a connection of SSH breaks.

    hangup.py HOW PROGRAM [ARGUMENT...]

`close` closes the other end of the terminal, `hup` signals the session, `stuck` does so while nobody reads the terminal.
Prints the process, the port, how many seconds the thread `dashboard` was still there, and what became of the process
within eight seconds: its exit code, or `running`."""

import fcntl
import glob
import http.client
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import threading
import time

how, command = sys.argv[1], sys.argv[2:]
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(slave, number)
    os.closerange(3, 64)
    os.environ["TERM"] = "xterm-256color"
    os.execv(command[0], command)
os.close(slave)


def read_for(seconds, until=None):
    """What the terminal got, for so long or until a pattern is in it."""
    seen, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and not (until and re.search(until, seen)):
        if select.select([master], [], [], left)[0]:
            try:
                seen += os.read(master, 65536)
            except OSError:
                # The program has closed its end.
                break
    return seen


found = re.search(rb"127\.0\.0\.1:(\d+)", read_for(10, rb"127\.0\.0\.1:\d+\D"))
if not found:
    sys.exit("the dashboard shows no address")
port = int(found[1])
stop = threading.Event()


def calls():
    """Hundreds of calls a second; who has no server any more stops."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    number = 0
    while not stop.is_set():
        number += 1
        body = json.dumps({"message": {
            "type": "assistant-request",
            "call": {"id": f"hangup-{os.getpid()}-{number}", "type": "inbound_phone_call", "status": "ringing"},
            "phone_number": {"number": "+31850835037"}, "customer": {"number": f"+316{number:08d}"}}})
        try:
            connection.request("POST", "/webhook", body, {"Content-Type": "application/json"})
            connection.getresponse().read()
        except OSError:
            return
        time.sleep(0.003)


def has_dashboard():
    for name in glob.glob(f"/proc/{child}/task/*/comm"):
        try:
            with open(name) as file:
                if file.read().strip() == "dashboard":
                    return True
        except OSError:
            pass
    return False


caller = threading.Thread(target=calls, daemon=True)
caller.start()
frames = read_for(1.5).count(b"\x1b[?2026h")
if frames < 10:
    sys.exit(f"only {frames} frames were written")
if how == "stuck":
    time.sleep(1)
begun = time.monotonic()
if how == "close":
    os.close(master)
else:
    os.kill(child, signal.SIGHUP)
while has_dashboard() and time.monotonic() - begun < 8:
    if how == "hup":
        read_for(0.02)
    else:
        time.sleep(0.02)
gone = time.monotonic() - begun
stop.set()
fate = "running"
while fate == "running" and time.monotonic() - begun < 8:
    if how == "hup":
        read_for(0.05)
    time.sleep(0.02)
    process, status = os.waitpid(child, os.WNOHANG)
    if process:
        fate = str(os.waitstatus_to_exitcode(status))
print(child, port, f"{gone:.2f}", fate)
