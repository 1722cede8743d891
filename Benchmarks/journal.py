#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# journal.py TEMPLATE OUTPUT CALLS [DAYS]: makes a journal of many calls out of one that a server wrote with a few: each call is a copy
# of one of those, with a number, an id and a caller of its own, spread evenly over the last days (30).

import datetime
import re
import sqlite3
import sys
import time

template, output, calls = sys.argv[1], sys.argv[2], int(sys.argv[3])
days = float(sys.argv[4]) if len(sys.argv) > 4 else 30

source = sqlite3.connect(template)
source.execute("VACUUM INTO ?", (output,))
source.close()
journal = sqlite3.connect(output, isolation_level=None)
journal.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
columns = [row[1] for row in journal.execute("PRAGMA table_info(call)")]
rows = [dict(zip(columns, row)) for row in journal.execute("SELECT * FROM call ORDER BY number")]
answers = {row[0]: row for row in journal.execute("SELECT call, document, reply FROM answer")}
entries = {}
for call, place, document, body in journal.execute("SELECT call, place, document, body FROM entry ORDER BY call, place"):
    entries.setdefault(call, []).append((place, document, body))
if not rows:
    sys.exit("the template has no calls")

indices = [row[0] for row in journal.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'call' AND sql IS NOT NULL")]
for (name,) in journal.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'call' AND sql IS NOT NULL").fetchall():
    journal.execute(f"DROP INDEX {name}")
for table in ("entry", "answer", "call"):
    journal.execute(f"DELETE FROM {table}")

TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z")
seconds = {}


def iso(microseconds):
    """As the program writes an instant."""
    second, rest = divmod(microseconds, 1_000_000)
    text = seconds.get(second)
    if text is None:
        seconds.clear()
        text = seconds[second] = time.strftime("%Y-%m-%dT%H:%M:%S.", time.gmtime(second)).encode()
    return text + (b"%03d" % (rest // 1000) if rest % 1000 == 0 else b"%06d" % rest) + b"Z"


def since_1970(text):
    moment = datetime.datetime.fromisoformat(text.decode().replace("Z", "+00:00"))
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def template_of(blob, row):
    """The blob cut at what differs from copy to copy: an id, a caller, or a time in microseconds after the call began."""
    parts = [blob]
    for old, kind in ((row["id"], "id"), (row["caller"], "caller")):
        if not old:
            continue
        cut = []
        for part in parts:
            if isinstance(part, bytes):
                pieces = part.split(old.encode())
                for index, piece in enumerate(pieces):
                    cut += [kind] if index else []
                    cut.append(piece)
            else:
                cut.append(part)
        parts = cut
    timed = []
    for part in parts:
        if not isinstance(part, bytes):
            timed.append(part)
            continue
        start = 0
        for found in TIME.finditer(part):
            timed += [part[start:found.start()], since_1970(found.group()) - row["heard_at"]]
            start = found.end()
        timed.append(part[start:])
    return timed


def filled(parts, at, id_, caller):
    return b"".join(
        part if isinstance(part, bytes) else id_ if part == "id" else caller if part == "caller" else iso(at + part)
        for part in parts)


for row in rows:
    row["parts"] = template_of(row["document"], row)
    answer = answers.get(row["number"])
    row["answer"] = [template_of(blob, row) for blob in answer[1:]] if answer else None
    row["entries"] = [(place, template_of(document, row), template_of(body, row)) for place, document, body in entries.get(row["number"], [])]

now = int(time.time() * 1_000_000)
step = int(days * 86_400_000_000 / calls)
insert = f"INSERT INTO call ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
journal.execute("BEGIN")
for number in range(calls):
    row = rows[number % len(rows)]
    at = now - (calls - number) * step
    caller = f"+316{10_000_000 + (number * 7919) % 200_000:08}"
    id_ = f"bench-{number:07}"
    fill = (at, id_.encode(), caller.encode())
    values = dict(row, number=number, id=id_, caller=caller if row["caller"] else None, heard_at=at,
                  last_heard_at=at + row["last_heard_at"] - row["heard_at"], document=filled(row["parts"], *fill))
    if row["news_deadline"]:
        values["news_deadline"] = row["news_deadline"] - row["heard_at"] + at
    journal.execute(insert, [values[column] for column in columns])
    if row["answer"]:
        journal.execute("INSERT INTO answer VALUES (?, ?, ?)", (number, *(filled(blob, *fill) for blob in row["answer"])))
    for place, document, body in row["entries"]:
        journal.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (number, place, filled(document, *fill), filled(body, *fill)))
journal.execute("COMMIT")
for sql in indices:
    journal.execute(sql)
journal.execute("UPDATE session SET started_at = ?, ended_at = ?", (now - calls * step, now))
journal.execute("PRAGMA optimize")
journal.close()
