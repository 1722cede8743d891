#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# pieces.py PORT COUNT: sends a webhook whose body is COUNT chunks of a byte, and prints the first line of the reply.

import socket
import sys

port, count = int(sys.argv[1]), int(sys.argv[2])
client = socket.create_connection(("127.0.0.1", port), timeout=120)
client.sendall(b"POST /webhook HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
client.sendall(b"1\r\nx\r\n" * count + b"0\r\n\r\n")
print(client.recv(1000).split(b"\r\n")[0].decode())
