# SPDX-License-Identifier: Apache-2.0
#
# damage.py GOOD INTO: makes a folder for each way to damage the state folder GOOD, and prints its name, a tab, and whether
# the overrides in it are `lost` or the damage is `harmless`.

import os
import random
import shutil
import sys

good, into = sys.argv[1:3]
random_ = random.Random(14)
state = open(os.path.join(good, "state.json"), "rb").read()
audit = open(os.path.join(good, "audit.jsonl"), "rb").read()


def make(name, kind, state=state, audit=audit, more=None):
    folder = os.path.join(into, name)
    shutil.copytree(good, folder, ignore=shutil.ignore_patterns("*.sock"))
    for file, content in (("state.json", state), ("audit.jsonl", audit)):
        path = os.path.join(folder, file)
        if content is None:
            os.remove(path)
        else:
            with open(path, "wb") as out:
                out.write(content)
    if more:
        more(folder)
    print(f"{name}\t{kind}")


for share in range(8):
    make(f"cut-{share}", "lost", state=state[:len(state) * share // 8])
for number in range(10):
    bytes_ = bytearray(state)
    for _ in range(1 + number):
        bytes_[random_.randrange(len(bytes_))] ^= 1 << random_.randrange(8)
    make(f"flip-{number}", "harmless", state=bytes(bytes_))
for name, text in {
    "null": b"null", "list": b"[]", "empty-object": b"{}", "zeros": bytes(4096), "deep": b"[" * 100_000,
    "not-utf8": b'{"version":1,"overrides":"\xff"}', "version-2": state.replace(b'"version":1', b'"version":2'),
    "negative": state.replace(b'"next_id":', b'"next_id":-'), "huge-number": state.replace(b'"next_id":', b'"next_id":9999999999999999999'),
    "twice": state + state, "bom": b"\xef\xbb\xbf" + state, "long": b'{"version":1,"x":"' + b"x" * 5_000_000 + b'"}',
}.items():
    make(name, "lost", state=text)
make("no-state", "harmless", state=None)
make("no-audit", "harmless", audit=None)
make("audit-cut", "harmless", audit=audit[:-20])
make("audit-empty", "harmless", audit=b"")
make("audit-garbage", "harmless", audit=os.urandom(100_000))
make("audit-zeros", "harmless", audit=audit + bytes(8192))
make("audit-long-line", "harmless", audit=audit + b"x" * 3_000_000)
make("audit-twice", "harmless", audit=audit + audit)
make("left-over", "harmless", more=lambda folder: open(os.path.join(folder, "state.json.new"), "wb").write(b"{"))
make("rules-garbage", "harmless", more=lambda folder: open(os.path.join(folder, "last-good-rules"), "wb").write(os.urandom(5000)))
