# SPDX-License-Identifier: Apache-2.0
"""A terminal that answers late what it is asked, at the end of a slow link: is anything of it typed into the shell?

    late.py DELAY QUIT PROGRAM [ARGUMENT...]

Each question (DSR) is answered after DELAY seconds; after QUIT seconds help is opened and closed, and `q` pressed. Prints how many answers were under way
then, how many seconds the program took to end, and how many bytes a shell would have read that took the terminal over."""

import array
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
import tty

QUESTION, ANSWER = b"\x1b[5n", b"\x1b[0n"
delay, quit_after, command = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]

master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(slave, number)
    os.close(master)
    os.environ["TERM"] = "xterm-256color"
    os.execv(command[0], command)

due, tail, pressed, ended, under_way = [], b"", None, None, 0
first = None
while ended is None or time.monotonic() < ended + delay + 0.3:
    now = time.monotonic()
    if select.select([master], [], [], 0.02)[0]:
        data = os.read(master, 65536)
        joined = tail + data
        due += [now + delay] * joined.count(QUESTION)
        under_way = max(under_way, len(due)) if pressed else 0
        tail = b"" if joined.endswith(QUESTION) else joined[-(len(QUESTION) - 1):]
        if first is None and b"127.0.0.1" in joined:
            first = now
    while due and due[0] <= now:
        os.write(master, ANSWER)
        due.pop(0)
    if first and pressed is None and now >= first + quit_after:
        for key in b"?", b"q", b"q":
            os.write(master, key)
            time.sleep(0.05)
        pressed = now
    if ended is None:
        if os.waitpid(child, os.WNOHANG)[0]:
            ended = now
        elif pressed and now > pressed + 10:
            os.kill(child, 9)
            sys.exit("the program does not end")
# A shell reads key by key.
tty.setraw(slave, termios.TCSANOW)
waiting = array.array("i", [0])
fcntl.ioctl(slave, termios.FIONREAD, waiting)
print(under_way, f"{ended - pressed:.1f}", waiting[0])
