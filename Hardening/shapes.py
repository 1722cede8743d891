#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# shapes.py PORT: sends requests in strange shapes, each in one piece, in two, byte by byte, and after a good request on the
# same connection. Prints `NAME: STATUS...` for each, as seen in one piece, and a line that begins with DIFFERS where another
# way was read differently. The server must not ask for signatures.
# shapes.py --write FOLDER: writes each shape to a file, as an input for the fuzzer.

import os
import socket
import sys
import threading
import time

BODY = b'{"message":{"type":"assistant-request","call":{"id":"shape"}}}'
N = len(BODY)
HELLO = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"


def post(*lines, start=b"POST /webhook HTTP/1.1", body=BODY, length=True, end=b"\r\n"):
    headers = [b"Host: a", *lines] + ([b"Content-Length: %d" % N] if length else [])
    return end.join([start, *headers]) + end + end + body


def chunked(body, *lines, coding=b"Transfer-Encoding: chunked"):
    return post(coding, *lines, body=body, length=False)


CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (N, BODY)
SMUGGLED = b"POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s" % (N, BODY)

SHAPES = {
    "plain": post(),
    "two-requests": post() + post(),
    "three-requests": post() + HELLO + post(),
    "length-zero": post(b"Content-Length: 0", body=b"", length=False),
    "no-length": post(length=False, body=b""),
    "no-length-but-body": post(length=False),
    "length-twice": post(b"Content-Length: %d" % N),
    "length-twice-different": post(b"Content-Length: 1"),
    "length-list": post(b"Content-Length: %d, %d" % (N, N), length=False),
    "length-list-different": post(b"Content-Length: 1, %d" % N, length=False),
    "length-plus": post(b"Content-Length: +%d" % N, length=False),
    "length-minus": post(b"Content-Length: -1", length=False),
    "length-hex": post(b"Content-Length: 0x%x" % N, length=False),
    "length-blank-inside": post(b"Content-Length: 6 3", length=False),
    "length-leading-zeros": post(b"Content-Length: 0000%d" % N, length=False),
    "length-empty": post(b"Content-Length:", length=False),
    "length-tab": post(b"Content-Length:\t%d" % N, length=False),
    "length-trailing-blank": post(b"Content-Length: %d " % N, length=False),
    "length-2-63": post(b"Content-Length: 9223372036854775808", length=False),
    "length-2-64": post(b"Content-Length: 18446744073709551616", length=False),
    "length-2-64-plus": post(b"Content-Length: %d" % (2 ** 64 + N), length=False),
    "length-too-large": post(b"Content-Length: 1048577", length=False, body=b""),
    "length-underscore": post(b"Content_Length: 1"),
    "length-blank-before-colon": post(b"Content-Length : %d" % N, length=False),
    "length-tab-before-colon": post(b"Content-Length\t: %d" % N, length=False),
    "length-nul": post(b"Content-Length: %d\0" % N, length=False),
    "length-upper": post(b"CONTENT-LENGTH: %d" % N, length=False),
    "length-folded": post(b"Content-Length:\r\n %d" % N, length=False),
    "length-full-width": post("Content-Length: ６３".encode(), length=False),
    "chunked": chunked(CHUNKS),
    "chunked-upper": chunked(CHUNKS, coding=b"Transfer-Encoding: CHUNKED"),
    "chunked-two": chunked(b"1\r\n{\r\n%x\r\n%s\r\n0\r\n\r\n" % (N - 1, BODY[1:])),
    "chunked-extension": chunked(b"%x;a=b\r\n%s\r\n0\r\n\r\n" % (N, BODY)),
    "chunked-quoted-extension": chunked(b"%x;a=\"\r\n\"\r\n%s\r\n0\r\n\r\n" % (N, BODY)),
    "chunked-trailer": chunked(b"%x\r\n%s\r\n0\r\nX-Webhook-Signature: a\r\n\r\n" % (N, BODY)),
    "chunked-leading-zeros": chunked(b"0000%x\r\n%s\r\n0\r\n\r\n" % (N, BODY)),
    "chunked-size-plus": chunked(b"+%x\r\n%s\r\n0\r\n\r\n" % (N, BODY)),
    "chunked-size-0x": chunked(b"0x%x\r\n%s\r\n0\r\n\r\n" % (N, BODY)),
    "chunked-size-minus": chunked(b"-1\r\n%s\r\n0\r\n\r\n" % BODY),
    "chunked-size-blank": chunked(b"%x \r\n%s\r\n0\r\n\r\n" % (N, BODY)),
    "chunked-size-huge": chunked(b"fffffffffffffffff\r\n%s\r\n0\r\n\r\n" % BODY),
    "chunked-size-2-64": chunked(b"10000000000000000\r\n%s\r\n0\r\n\r\n" % BODY),
    "chunked-size-empty": chunked(b"\r\n%s\r\n0\r\n\r\n" % BODY),
    "chunked-lf": chunked(b"%x\n%s\n0\n\n" % (N, BODY)),
    "chunked-cr": chunked(b"%x\r%s\r0\r\r" % (N, BODY)),
    "chunked-no-end-of-chunk": chunked(b"%x\r\n%s0\r\n\r\n" % (N, BODY)),
    "chunked-too-long": chunked(b"%x\r\n%s\r\n0\r\n\r\n" % (N - 1, BODY)),
    "chunked-then-smuggled": chunked(b"0\r\n\r\n" + SMUGGLED),
    "both-te-last": post(b"Content-Length: %d" % N, b"Transfer-Encoding: chunked", body=CHUNKS, length=False),
    "both-te-first": post(b"Transfer-Encoding: chunked", body=CHUNKS),
    "both-cl-te": post(b"Transfer-Encoding: chunked", b"Content-Length: 5", body=b"0\r\n\r\n" + SMUGGLED, length=False),
    "both-te-cl": post(b"Content-Length: 4", b"Transfer-Encoding: chunked", body=b"%x\r\n%s\r\n0\r\n\r\n" % (len(SMUGGLED), SMUGGLED), length=False),
    "te-identity": post(b"Transfer-Encoding: identity"),
    "te-identity-chunked": chunked(CHUNKS, coding=b"Transfer-Encoding: identity, chunked"),
    "te-chunked-identity": chunked(CHUNKS, coding=b"Transfer-Encoding: chunked, identity"),
    "te-gzip-chunked": chunked(CHUNKS, coding=b"Transfer-Encoding: gzip, chunked"),
    "te-chunked-twice": chunked(CHUNKS, b"Transfer-Encoding: chunked"),
    "te-xchunked": chunked(CHUNKS, coding=b"Transfer-Encoding: xchunked"),
    "te-blank-before-colon": chunked(CHUNKS, coding=b"Transfer-Encoding : chunked"),
    "te-tab": chunked(CHUNKS, coding=b"Transfer-Encoding:\tchunked"),
    "te-vertical-tab": chunked(CHUNKS, coding=b"Transfer-Encoding: \x0bchunked"),
    "te-quoted": chunked(CHUNKS, coding=b'Transfer-Encoding: "chunked"'),
    "te-folded": chunked(CHUNKS, coding=b"Transfer-Encoding:\r\n chunked"),
    "te-cr": chunked(CHUNKS, coding=b"X: y\rTransfer-Encoding: chunked"),
    "te-lf": chunked(CHUNKS, coding=b"X: y\nTransfer-Encoding: chunked"),
    "te-semicolon": chunked(CHUNKS, coding=b"Transfer-Encoding: chunked;a=b"),
    "te-1.0": post(b"Transfer-Encoding: chunked", start=b"POST /webhook HTTP/1.0", body=CHUNKS, length=False),
    "lf-only": post(end=b"\n"),
    "cr-only": post(end=b"\r"),
    "lf-in-head": b"POST /webhook HTTP/1.1\nHost: a\r\nContent-Length: %d\r\n\r\n%s" % (N, BODY),
    "nul-in-name": post(b"A\0: b"),
    "nul-in-value": post(b"A: b\0c"),
    "cr-in-value": post(b"A: b\rc"),
    "no-colon": post(b"nonsense"),
    "empty-name": post(b": nonsense"),
    "name-with-blank": post(b"A b: c"),
    "name-not-ascii": post("Ä: c".encode()),
    "value-not-ascii": post("A: Ä".encode()),
    "folded": post(b"A: b\r\n c"),
    "folded-first": post(start=b"POST /webhook HTTP/1.1\r\n A: b"),
    "http-1.0": post(start=b"POST /webhook HTTP/1.0"),
    "http-1.0-keep-alive": post(b"Connection: keep-alive", start=b"POST /webhook HTTP/1.0") + post(b"Connection: close"),
    "http-0.9": b"GET /webhook\r\n",
    "http-1.2": post(start=b"POST /webhook HTTP/1.2"),
    "http-2": post(start=b"POST /webhook HTTP/2.0"),
    "http-2-preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "http-lower": post(start=b"POST /webhook http/1.1"),
    "http-11": post(start=b"POST /webhook HTTP/11"),
    "method-lower": post(start=b"post /webhook HTTP/1.1"),
    "method-unknown": post(start=b"FROB /webhook HTTP/1.1"),
    "method-connect": post(start=b"CONNECT /webhook HTTP/1.1", length=False, body=b""),
    "two-blanks": post(start=b"POST  /webhook HTTP/1.1"),
    "tab-for-blank": post(start=b"POST\t/webhook HTTP/1.1"),
    "leading-blank": b" " + post(),
    "leading-crlf": b"\r\n\r\n" + post(),
    "leading-lf": b"\n\n" + post(),
    "blank-after-version": post(start=b"POST /webhook HTTP/1.1 "),
    "absolute": post(start=b"POST http://a/webhook HTTP/1.1"),
    "absolute-other-scheme": post(start=b"POST ftp://a/webhook HTTP/1.1"),
    "asterisk": post(start=b"POST * HTTP/1.1"),
    "query": post(start=b"POST /webhook?a=b HTTP/1.1"),
    "fragment": post(start=b"POST /webhook#a HTTP/1.1"),
    "slash-at-end": post(start=b"POST /webhook/ HTTP/1.1"),
    "two-slashes": post(start=b"POST //webhook HTTP/1.1"),
    "dots": post(start=b"POST /a/../webhook HTTP/1.1"),
    "percent": post(start=b"POST /%77ebhook HTTP/1.1"),
    "nul-in-path": post(start=b"POST /webhook\0 HTTP/1.1"),
    "no-host": b"POST /webhook HTTP/1.1\r\nContent-Length: %d\r\n\r\n%s" % (N, BODY),
    "two-hosts": post(b"Host: b"),
    "expect": post(b"Expect: 100-continue"),
    "expect-other": post(b"Expect: tea"),
    "upgrade": post(b"Connection: upgrade", b"Upgrade: websocket"),
    "upgrade-h2c": post(b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAAQAAP__"),
    "connection-lists-length": post(b"Connection: Content-Length"),
    "trailing-bytes": post() + b"garbage",
    "long-header": post(b"A: " + b"b" * 200_000),
    "long-path": post(start=b"POST /" + b"a" * 200_000 + b" HTTP/1.1"),
    "many-headers": post(*[b"A%d: b" % number for number in range(5000)]),
    "tls": b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + bytes(160),
    "binary": bytes(range(256)),
}


# Not a whole request: whether its end is announced by 400 or by closing depends on when its bytes come.
INCOMPLETE = {"http-0.9"}


def send(port, pieces):
    """The statuses of the replies, and whether the server closed; a close of ours ends the sending."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reply = b""
        try:
            for piece in pieces:
                client.sendall(piece)
                # So that pieces come one by one: the next one only after the server had time to read this one.
                if len(pieces) > 1:
                    time.sleep(0.0002)
            client.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        try:
            while piece := client.recv(1 << 16):
                reply += piece
        except socket.timeout:
            reply += b"\r\nHTTP/1.1 HANGS "
        except OSError:
            pass
    return [part.split(b" ")[0].decode("latin-1") for part in reply.split(b"HTTP/1.1 ")[1:] if not part.startswith(b"100 ")]


def ways(shape):
    half = len(shape) // 2
    yield "in two pieces", [shape[:half], shape[half:]], 0
    if len(shape) < 1000:
        yield "byte by byte", [shape[at:at + 1] for at in range(len(shape))], 0
    yield "after a good request", [post() + shape], 1
    yield "after a good request, in two pieces", [post(), shape], 1


def attempt(port, name, shape, lines):
    whole = send(port, [shape])
    lines.append(f"{name}: {' '.join(whole) or '-'}")
    for words, pieces, before in ways(shape) if name not in INCOMPLETE else ():
        seen = send(port, pieces)
        if seen != ["200"] * before + whole:
            lines.append(f"DIFFERS {name} {words}: {' '.join(seen) or '-'}, in one piece {' '.join(whole) or '-'}")


if sys.argv[1] == "--write":
    os.makedirs(sys.argv[2], exist_ok=True)
    for name, shape in SHAPES.items():
        if len(shape) < 4000:
            with open(os.path.join(sys.argv[2], name), "wb") as file:
                file.write(shape)
    sys.exit()
results = {name: [] for name in SHAPES}
for name, shape in SHAPES.items():
    attempt(int(sys.argv[1]), name, shape, results[name])
for lines in results.values():
    print("\n".join(lines))
