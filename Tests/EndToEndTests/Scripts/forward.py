# SPDX-License-Identifier: Apache-2.0
#
# forward.py SOCKET: prints a port of the loopback address, and passes each connection to it on to a Unix socket.
import socket
import sys
import threading


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        for end in source, sink:
            end.close()


listener = socket.create_server(("127.0.0.1", 0), backlog=64)
print(listener.getsockname()[1], flush=True)
while True:
    client, _ = listener.accept()
    server = socket.socket(socket.AF_UNIX)
    server.connect(sys.argv[1])
    for ends in (client, server), (server, client):
        threading.Thread(target=pump, args=ends, daemon=True).start()
