# SPDX-License-Identifier: Apache-2.0
"""Plays random calls against a server and compares its counts with its own: counts.py WEBHOOK_URL SOCKET FILE."""

import collections, hashlib, hmac, http.client, json, os, random, socket, sys, threading, time, urllib.parse

URL, SOCKET = urllib.parse.urlparse(sys.argv[1]), sys.argv[2]
SECRET = os.environ["SWITCHBOARD_WEBHOOK_SECRET"].encode()
LINES = ["+31850835037", "+31201234567", "+31201234568", "+31701234569"]
# Which text says what rejected a call.
REJECTED_BY = {"Closed by hours.": "hours", "Closed by hand.": "operator", "Blocked.": "rule"}
KEYS = ["live", "ringing", "ended", "failed", "no_news", "rejected", "not_applied", "late"]


class Control(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(SOCKET)


def ask(path):
    connection = Control("desk")
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def post(connection, message, secret=SECRET, seconds=0):
    """Sends a webhook, and its last byte some time after the first."""
    body = json.dumps({"message": message}).encode()
    stamp = str(int(time.time()))
    headers = {"Content-Type": "application/json", "X-Webhook-Timestamp": stamp}
    if secret:
        headers["X-Webhook-Signature"] = "sha256=" + hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    connection.putrequest("POST", URL.path)
    for header in headers.items():
        connection.putheader(*header)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body[:-1])
    time.sleep(seconds)
    connection.send(body[-1:])
    reply = connection.getresponse()
    return reply.status, json.loads(reply.read() or b"{}")


lock = threading.Lock()
mine = collections.defaultdict(collections.Counter)
causes = collections.defaultdict(collections.Counter)
refused = collections.Counter()


def play(seed):
    rng = random.Random(seed)
    connection = http.client.HTTPConnection(URL.hostname, URL.port)
    for number in range(60):
        line = rng.choice(LINES + ["+4930123456"])
        call = {"id": f"{seed}-{number}-{'x' * rng.randrange(40)}", "type": "inbound_phone_call", "status": "ringing"}
        shared = {"call": call, "phone_number": {"number": line}, "customer": {"number": "+3161234567%d" % rng.randrange(10)}}
        late = rng.randrange(15) == 0
        status, answer = post(connection, {"type": "assistant-request", **shared}, seconds=0.4 if late else 0)
        assert not late or answer in ({}, {"error": "Closed by hand."}), answer
        assert status == 200, (status, answer)
        tag = answer.get("assistant", {}).get("metadata", {}).get("switchboard")
        events = []
        outcome, applied = ("rejected" if "error" in answer else "ringing"), True

        def status_update(word, **more):
            events.append({"type": "status-update", **shared, "call": {**call, "status": word}, **more})

        way = rng.randrange(6)
        if "error" in answer:
            if way == 0:  # The platform did not reject the call.
                status_update("in-progress")
                outcome, applied = "live", False
        elif way > 0:
            echo = {"assistant": {"metadata": {"switchboard": tag}}} if tag else {}
            if tag and rng.randrange(4) == 0:
                echo, applied = {"assistant": {"metadata": {}}}, False
            status_update("in-progress", **echo)
            outcome = "live"
            if way == 2:
                status_update("ringing")
            if way == 3:
                status_update("ended-with-error", error="TTS")
                outcome = "failed"
            if way >= 4:
                status_update("ended")
                events.append({"type": "end-of-call-report", **shared, "duration_seconds": 3, "summary": ""})
                outcome = "ended"
                if way == 5:
                    events.reverse() if not tag else None
                    status_update("in-progress")
        if rng.randrange(5) == 0:
            assert post(connection, {"type": "assistant-request", **shared})[1] == answer
        for event in events:
            assert post(connection, event)[0] == 200
        if rng.randrange(10) == 0:
            secret = rng.choice([None, b"wrong"])
            assert post(connection, {"type": "assistant-request", **shared}, secret)[0] == 401
            with lock:
                refused["missing_signature" if secret is None else "bad_signature"] += 1
        with lock:
            mine[line][outcome] += 1
            mine[line]["late"] += late
            if outcome == "rejected":
                causes[line][REJECTED_BY[answer["error"]]] += 1
            if not applied:
                mine[line]["not_applied"] += 1


threads = [threading.Thread(target=play, args=(seed,)) for seed in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]


def only(counts):
    return {key: counts[key] for key in KEYS}


status = json.loads(ask("/v1/status"))
total = collections.Counter()
for counter in mine.values():
    total.update(counter)
counts = status["counts"]
assert only(counts) == {key: total[key] for key in KEYS}, (only(counts), total)
assert counts["calls"] == 480 == sum(total[key] for key in KEYS[:6]), counts


def by_cause(counts):
    return {cause: count for cause, count in counts["rejected_by"].items() if count}


every_cause = sum(causes.values(), collections.Counter())
assert by_cause(counts) == dict(every_cause) and len(every_cause) == 3, (counts["rejected_by"], every_cause)
assert counts["rejected"] == sum(counts["rejected_by"].values())
for key in ["live", "ringing", "ended", "failed", "rejected", "not_applied", "late", "refused"]:
    assert counts[key] > 0, f"the traffic has nothing that is {key}"
assert counts["refused"] == sum(refused.values()) and counts["refused_by"] == dict(refused), (counts["refused_by"], refused)
assert counts["evicted"] > 400, "the server keeps few calls, so that eviction is tried"
by_line = {line["number"]: line["counts"] for line in status["lines"]}
for line in LINES:
    assert only(by_line[line]) == {key: mine[line][key] for key in KEYS}, (line, by_line[line], mine[line])
    assert by_cause(by_line[line]) == dict(causes[line]), (line, by_line[line], causes[line])
assert only(status["unknown_line"]["counts"]) == {key: mine["+4930123456"][key] for key in KEYS}
for key in KEYS + ["calls"]:
    assert counts[key] == sum(line[key] for line in by_line.values()) + status["unknown_line"]["counts"][key], key

metrics = collections.Counter()
for row in ask("/metrics").splitlines():
    if row.startswith("switchboard_calls_") and "line=" in row:
        name, value = row.rsplit(" ", 1)
        outcome = name.split('outcome="')[1].split('"')[0] if "outcome=" in name else ""
        metrics[name.split("{")[0] + " " + outcome] += int(value)
assert metrics["switchboard_calls_live "] == total["live"], metrics
assert metrics["switchboard_calls_ringing "] == total["ringing"], metrics
assert metrics["switchboard_calls_ended_total failed"] == total["failed"], metrics
assert metrics["switchboard_calls_ended_total ended"] == total["ended"], metrics
# Counters never shrink: calls that were rejected and live all the same stay in theirs.
assert metrics["switchboard_calls_ended_total rejected"] >= total["rejected"], metrics
samples = dict(row.rsplit(" ", 1) for row in ask("/metrics").splitlines() if row[:1] != "#")
late = [int(value) for name, value in samples.items() if name.startswith("switchboard_") and "late" in name and name.endswith("_total")]
assert late == [total["late"]], (late, total)
assert int(samples["switchboard_answers_not_applied_total"]) == total["not_applied"], total
assert 'switchboard_build_info{version="' in ask("/metrics")
# What the header, `status` and its JSON must show too.
json.dump(counts, open(sys.argv[3], "w"))
print(counts["calls"], "calls add up")
