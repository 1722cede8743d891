// SPDX-License-Identifier: Apache-2.0

// What the two servers on Node share: verify, decode, decide.
"use strict";
const { createHmac, timingSafeEqual } = require("node:crypto");

// How old or how far ahead a timestamp may be, in seconds (docs/platform.md, Signatures).
const tolerance = 300;
const secret = process.env.SWITCHBOARD_WEBHOOK_SECRET;
const lines = new Map([["+31850835037", "HMS Sovereign Demo"]]);
const callers = new Map([["+31612345678", "Jan"]]);
let decisions = 0;

function isSigned(headers, body) {
  const timestamp = headers["x-webhook-timestamp"] ?? "";
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Math.floor(Date.now() / 1000) - Number(timestamp)) > tolerance) return false;
  const claimed = /^(?:sha256=)?([0-9a-f]{64})$/.exec(headers["x-webhook-signature"] ?? "");
  if (!claimed) return false;
  const expected = createHmac("sha256", secret).update(timestamp + ".").update(body).digest();
  return timingSafeEqual(expected, Buffer.from(claimed[1], "hex"));
}

// Returns the status and the JSON of the reply to the bytes of a webhook.
exports.answer = function (headers, body) {
  if (!isSigned(headers, body)) return [401, { error: "the signature is wrong" }];
  let message;
  try {
    ({ message } = JSON.parse(body));
  } catch {
    return [400, { error: "the body is not JSON" }];
  }
  const line = lines.get(message?.phone_number?.number);
  const caller = callers.get(message?.customer?.number);
  if (message?.type !== "assistant-request" || !line || !caller) return [200, {}];
  decisions += 1;
  const tag = { decision: `d-${decisions}`, by: "rule jan", revision: "e5bb27e2" };
  return [200, { assistant: { first_message: `Hallo ${caller}, welkom bij ${line}!`, metadata: { switchboard: tag } } }];
};
exports.bodyLimit = 1 << 20;
