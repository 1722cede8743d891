#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# documents.py PORT COUNT: signs and sends COUNT damaged webhooks. What Python reads as JSON must not be refused as JSON, and
# the other way round; every reply is 200 with an object, or 400 with a reason. Prints how many were taken and refused.

import hashlib
import hmac
import json
import os
import random
import socket
import sys
import time

port, count = int(sys.argv[1]), int(sys.argv[2])
secret = os.environ["SWITCHBOARD_WEBHOOK_SECRET"].encode()
random_ = random.Random(int(os.environ.get("SEED", "14")))
GOOD = [json.dumps({"message": message}, ensure_ascii=number % 2 == 0).encode() for number, message in enumerate([
    {"type": "assistant-request", "call": {"id": "d-1", "type": "inbound_phone_call", "status": "ringing"},
     "phone_number": {"number": "+31850835037", "name": "Démo 📞"}, "customer": {"number": "+31612345678"}},
    {"type": "assistant-request", "call": {"id": "d-2"}, "phoneNumber": {"number": "+31850835037"}, "customer": None},
    {"type": "status-update", "call": {"id": "d-1", "status": "in-progress"},
     "assistant": {"metadata": {"switchboard": {"decision": "d-1"}}}, "analysis": [True, False, None, 1.5e-7]},
    {"type": "end-of-call-report", "call": {"id": "d-1"}, "duration_seconds": 252.5, "summary": "uren\n📞 \"x\""},
    {"type": "tool-calls", "call": {"id": "d-1"}, "tool_call_list": [{"function": {"name": "book", "arguments": {}}}]},
])]
BITS = [b'"', b"\\", b"{", b"}", b"[", b"]", b":", b",", b"0", b"-", b"1e999", b".", b"\\u", b"\\ud800", b"\0", b"\x7f",
        b"\xff", b"\xc3", b"null", b"NaN", b"Infinity", b" ", b"\n", b"\xef\xbb\xbf", b'{"message":', b"[" * 70, b"0" * 30,
        b'"message":null,', b'"type":"assistant-request",', b"\xe2\x80\xae", b"\x1b[31m"]


def damaged():
    text = bytearray(random_.choice(GOOD))
    for _ in range(random_.choice((0, 1, 1, 2, 5, 20))):
        at = random_.randrange(len(text) + 1)
        match random_.randrange(5):
            case 0: text[at:at + 1] = bytes([random_.randrange(256)])
            case 1: del text[at:at + random_.randrange(1, 20)]
            case 2: text[at:at] = random_.choice(BITS)
            case 3: text[at:at] = text[random_.randrange(len(text) + 1):][:40]
            case 4: text[at:] = b""
    return bytes(text)


def refuse(constant):
    raise ValueError(constant)


# Whether the text is JSON, as RFC 8259 has it: in UTF-8 without a byte order mark, without NaN. None: nested too deeply
# for one of the two.
def is_json(text):
    if text.count(b"[") + text.count(b"{") > 60:
        return None
    try:
        # Limits of Python on long numbers are not those of JSON.
        json.loads(text.decode(), parse_constant=refuse, parse_int=str, parse_float=str)
        return True
    except (ValueError, RecursionError):
        return False


def connect():
    client = socket.create_connection(("127.0.0.1", port), timeout=10)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client, client.makefile("rb")


client, replies = connect()
taken = refused = 0
for _ in range(count):
    body = damaged()
    stamp = str(int(time.time()))
    digest = hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    client.sendall(b"POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\nX-Webhook-Timestamp: %s\r\n"
                   b"X-Webhook-Signature: sha256=%s\r\n\r\n%s" % (len(body), stamp.encode(), digest.encode(), body))
    status = int(replies.readline().split()[1])
    length, last = 0, False
    while (line := replies.readline().strip().lower()) != b"":
        length = int(line.split(b":")[1]) if line.startswith(b"content-length") else length
        last |= line == b"connection: close"
    reply = json.loads(replies.read(length))
    if last:
        client, replies = connect()
    expected = is_json(body)
    if status not in (200, 400) or type(reply) is not dict or (status == 400) != ("error" in reply and len(reply) == 1 and status == 400):
        sys.exit(f"{status} {reply} to {body!r}")
    if status == 200 and expected is False:
        sys.exit(f"taken, though it is not JSON: {body!r}")
    if status == 400 and expected and "type" not in reply["error"]:
        sys.exit(f"refused, though it is JSON: {reply} to {body!r}")
    taken += status == 200
    refused += status == 400
print(taken, refused)
