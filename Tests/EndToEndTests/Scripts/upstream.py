# SPDX-License-Identifier: Apache-2.0
#
# Another server that contacts, answers and forwarded webhooks are asked of; prints its port.
import http.server
import json
import time


class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, body, status=200):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def misbehave(self, mode):
        if mode == "slow":
            time.sleep(3)
        if mode in ("stall", "drip"):
            self.send_response(200)
            self.send_header("Content-Length", "200")
            self.end_headers()
            self.wfile.flush()
            for _ in range(60):
                time.sleep(1)
                if mode == "drip":
                    self.wfile.write(b" ")
                    self.wfile.flush()
            return
        if mode == "wrong":
            return self.reply(b"<html>hello</html>")
        if mode == "huge":
            return self.reply(b" " * (4 << 20))
        if mode == "broken":
            return self.reply(b"{}", 500)
        self.reply(b"{}")

    def do_GET(self):
        _, _, mode, number = self.path.split("/")
        if mode == "right":
            known = number == "%2B31612345678"
            return self.reply(json.dumps({"name": "Jan", "visits": 7}).encode() if known else b"", 200 if known else 404)
        self.misbehave(mode)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        _, kind, mode = self.path.split("/")
        with open("posts.jsonl", "a") as posts:
            sent = {k.lower(): v for k, v in self.headers.items() if k.lower().startswith("x-webhook-")}
            posts.write(json.dumps({"path": self.path, "headers": sent, "body": body.decode()}) + "\n")
        if mode == "right":
            answer = {"results": [{"tool_call_id": "t1", "result": 4}]} if kind == "tools" else {"error": "asked"}
            return self.reply(json.dumps(answer).encode())
        self.misbehave(mode)

    def log_message(self, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, address):
        pass


server = Server(("127.0.0.1", 0), Upstream)
print(server.server_port, flush=True)
server.serve_forever()
