// SPDX-License-Identifier: Apache-2.0

// The webhook of Benchmarks/peers on Node's own `http`.
"use strict";
const http = require("node:http");
const webhook = require("./webhook");

const server = http.createServer((request, response) => {
  const pieces = [];
  let size = 0;
  request.on("data", (piece) => {
    size += piece.length;
    if (size > webhook.bodyLimit) return request.destroy();
    pieces.push(piece);
  });
  request.on("end", () => {
    const body = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
    const [status, answer] = webhook.answer(request.headers, body);
    const text = JSON.stringify(answer);
    response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
    response.end(text);
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
