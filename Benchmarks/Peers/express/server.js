// SPDX-License-Identifier: Apache-2.0

// The webhook of Benchmarks/peers on Express, which Debian's node-express has.
"use strict";
const express = require("express");
const webhook = require("../node/webhook");

const application = express();
// The signature covers the raw bytes.
application.post("/webhook", express.raw({ type: "*/*", limit: webhook.bodyLimit }), (request, response) => {
  const [status, answer] = webhook.answer(request.headers, request.body);
  response.status(status).json(answer);
});
const server = application.listen(0, "127.0.0.1", () => console.log(server.address().port));
