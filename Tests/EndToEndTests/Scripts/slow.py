# SPDX-License-Identifier: Apache-2.0
"""A dashboard at the end of a slow link: the terminal takes 960 bytes a second (9 600 baud), and answers what it is asked
when it gets there. Prints how long each key took to reach the screen, in seconds."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

RATE = 960
QUESTION, ANSWER = b"\x1b[5n", b"\x1b[0n"
# When a key is pressed, and what the screen shows then.
PLAN = [(8, b"?", b"older call"), (12, b"q", b"answer"), (16, b"!", b"essages"), (20, b"q", b"answer")]

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
    os.execv(sys.argv[1], sys.argv[1:])
os.close(slave)

start = time.monotonic()
taken, seen, answered, pressed = 0, b"", 0, None
while PLAN or pressed:
    now = time.monotonic() - start
    if now > 45:
        print("never", pressed)
        break
    if PLAN and pressed is None and now >= PLAN[0][0]:
        _, key, words = PLAN.pop(0)
        os.write(master, key)
        pressed = (now, key, words, len(seen))
    time.sleep(0.02)
    room = int(RATE * now) - taken
    if room <= 0:
        continue
    if not select.select([master], [], [], 0)[0]:
        # An idle link saves nothing up.
        taken += room
        continue
    data = os.read(master, min(room, 4096))
    taken += len(data)
    seen += data
    while seen.count(QUESTION) > answered:
        os.write(master, ANSWER)
        answered += 1
    if pressed and pressed[2] in seen[pressed[3]:]:
        print(f"{now - pressed[0]:.1f}")
        pressed = None
os.kill(child, 15)
end = time.monotonic() + 5
while time.monotonic() < end and os.waitpid(child, os.WNOHANG)[0] == 0:
    if select.select([master], [], [], 0.1)[0]:
        try:
            os.read(master, 4096)
        except OSError:
            break
