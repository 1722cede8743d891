# SPDX-License-Identifier: Apache-2.0
#
# forward.py TARGET: prints a port of the loopback address, and passes each connection to it on. The target is a Unix
# socket, or a file with a port of this machine, which is read for each connection; without it, connections are closed.
import os
import socket
import stat
import sys
import threading


def connect(target):
    if stat.S_ISSOCK(os.stat(target).st_mode):
        server = socket.socket(socket.AF_UNIX)
        server.connect(target)
        return server
    with open(target) as file:
        return socket.create_connection(("127.0.0.1", int(file.read())))


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        for end in source, sink:
            end.close()


def forward(client):
    try:
        server = connect(sys.argv[1])
    except (OSError, ValueError):
        return client.close()
    for ends in (client, server), (server, client):
        threading.Thread(target=pump, args=ends, daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0), backlog=64)
print(listener.getsockname()[1], flush=True)
while True:
    forward(listener.accept()[0])
