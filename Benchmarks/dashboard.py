# SPDX-License-Identifier: Apache-2.0
"""A terminal with a dashboard in it, and somebody with a stopwatch: runs a program in a pseudoterminal and measures what
it is asked for on stdin, one line each; every answer is one line.

    dashboard.py COLUMNS ROWS PROGRAM [ARGUMENT...]

    wait TEXT         until the program has written a text: `yes` or `no`
    press KEYS        types keys, and waits until the screen rests: the CPU time of the thread `dashboard` in microseconds
    keys COUNT        opens and closes the help: the median, the 99th percentile and the longest time from a key to the
                      first byte of the frame that shows it, in microseconds
    bytes SECONDS     how many bytes a second the program writes
    idle SECONDS      how often the thread `dashboard` was woken, and the clock ticks of the whole process
    cpu               the CPU time of the thread `dashboard`, in microseconds

Without a thread of that name, such as in `cat`, `keys` waits for the echo: what is left is the noise of the measurement.
"""

import contextlib
import fcntl
import glob
import os
import pty
import random
import select
import struct
import sys
import termios
import time

QUESTION, ANSWER = b"\x1b[5n", b"\x1b[0n"
FRAME = b"\x1b[?2026h"
# Words that only the help has, and words that only the calls have, wherever a frame begins to differ.
HELP = [b"older call", b"newer call", b"oldest call", b"the next match"]
CALLS = [b"+316", b"ringing", b"unconfirmed"]
# How long nothing is written when the screen rests, in seconds.
REST = 0.08


class Terminal:
    def __init__(self, columns, rows, command):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for number in range(3):
                os.dup2(slave, number)
            os.closerange(3, 64)
            os.environ["TERM"] = "xterm-256color"
            os.execvp(command[0], command)
        os.close(slave)
        self.is_dashboard = os.path.basename(command[0]) != "cat"
        if not self.is_dashboard:
            settings = termios.tcgetattr(self.master)
            settings[3] &= ~(termios.ICANON | termios.ECHO)
            termios.tcsetattr(self.master, termios.TCSANOW, settings)
        self.count = 0
        # What was written since somebody began to look, and when its parts came.
        self.seen = b""
        self.parts = []
        self.tail = b""
        self.is_open = True

    def take(self):
        """Reads what there is, and answers the question how far the terminal is."""
        try:
            data = os.read(self.master, 65536)
        except OSError:
            data = b""
        if not data:
            self.is_open = False
            return
        self.count += len(data)
        self.parts.append((len(self.seen), time.monotonic_ns()))
        self.seen += data
        joined = self.tail + data
        for _ in range(joined.count(QUESTION)):
            os.write(self.master, ANSWER)
        self.tail = joined[-(len(QUESTION) - 1):] if not joined.endswith(QUESTION) else b""

    def look(self):
        self.seen, self.parts = b"", []

    def pump(self, seconds):
        """Reads for at most so long; returns whether anything came."""
        if self.is_open and select.select([self.master], [], [], max(0, seconds))[0]:
            self.take()
            return True
        return False

    def rest(self):
        end = time.monotonic() + 10
        while self.is_open and time.monotonic() < end and self.pump(REST):
            pass

    def when(self, words, within=5.0):
        """When the first byte of the frame came that has one of the words."""
        end = time.monotonic() + within
        while self.is_open and time.monotonic() < end:
            places = [place for place in map(self.seen.find, words) if place >= 0]
            if places:
                start = max(self.seen.rfind(FRAME, 0, min(places)), 0)
                return [at for place, at in self.parts if place <= start][-1]
            self.pump(end - time.monotonic())
        return None

    def thread(self):
        for name in glob.glob(f"/proc/{self.pid}/task/*/comm"):
            # Another thread may end meanwhile.
            with contextlib.suppress(FileNotFoundError), open(name) as file:
                if file.read().strip() == "dashboard":
                    return os.path.dirname(name)
        return None

    def cpu(self):
        """In microseconds."""
        folder = self.thread()
        if folder is None:
            return 0
        with open(f"{folder}/schedstat") as file:
            return int(file.read().split()[0]) // 1000

    def switches(self):
        with open(f"{self.thread()}/status") as file:
            return sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)

    def ticks(self):
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rsplit(") ", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def press(self, keys):
        os.write(self.master, keys)

    def keys(self, count):
        times = []
        pauses = random.Random(1)
        for number in range(count):
            # So that keys fall anywhere between two frames.
            end = time.monotonic() + pauses.uniform(0.05, 0.12)
            while time.monotonic() < end:
                self.pump(end - time.monotonic())
            self.look()
            begun = time.monotonic_ns()
            if self.is_dashboard:
                self.press(b"?" if number % 2 == 0 else b"q")
                at = self.when(HELP if number % 2 == 0 else CALLS)
            else:
                self.press(b"x")
                at = self.when([b"x"])
            if at is None:
                return "never"
            times.append((at - begun) // 1000)
        times.sort()
        return f"{times[len(times) // 2]} {times[min(len(times) - 1, len(times) * 99 // 100)]} {times[-1]}"


def answer(terminal, line):
    word, _, rest = line.partition(" ")
    if word == "wait":
        return "yes" if terminal.when([rest.encode()], within=60) else "no"
    if word == "press":
        terminal.rest()
        before = terminal.cpu()
        terminal.press(rest.encode().decode("unicode_escape").encode())
        terminal.rest()
        return str(terminal.cpu() - before)
    if word == "keys":
        return terminal.keys(int(rest))
    if word == "bytes":
        before, end = terminal.count, time.monotonic() + float(rest)
        while time.monotonic() < end:
            terminal.pump(end - time.monotonic())
        return str(int((terminal.count - before) / float(rest)))
    if word == "idle":
        terminal.rest()
        before, ticks = terminal.switches(), terminal.ticks()
        end = time.monotonic() + float(rest)
        while time.monotonic() < end:
            terminal.pump(end - time.monotonic())
        return f"{terminal.switches() - before} {terminal.ticks() - ticks}"
    if word == "cpu":
        return str(terminal.cpu())
    return "unknown"


def main():
    terminal = Terminal(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
    print(terminal.pid, flush=True)
    pending = b""
    while terminal.is_open:
        ready = select.select([terminal.master, 0], [], [])[0]
        if terminal.master in ready:
            terminal.take()
            # Only the newest is looked at.
            if len(terminal.seen) > 1 << 20:
                terminal.look()
        if 0 in ready:
            data = os.read(0, 4096)
            if not data:
                break
            pending += data
            while b"\n" in pending:
                line, _, pending = pending.partition(b"\n")
                print(answer(terminal, line.decode()), flush=True)
    os.close(terminal.master)


main()
