// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import CallAnswering
import Rules
import Signatures
import WebhookJSON

/// Times each stage of the answering path on one thread, in many short batches, and prints medians.
enum Stages {
    private static let batches = 200
    private static let perBatch = 200

    static func measure() {
        let bodies = (0..<batches * perBatch).map { Sample.body(call: Sample.callID($0)) }
        let clock = WallClock.system
        let now = clock.now()
        let timestamp = String(now.seconds)
        let secret = Sample.secret
        let signatures = bodies.map { Array(secret.signature(timestamp: timestamp, body: $0).utf8) }
        let stamp = Array(timestamp.utf8)
        let verifier = SignatureVerifier(secrets: [secret])
        let policy = CallPolicy(rules: Sample.ruleBook)
        let explainer = Explainer(policy)
        let log = EventLog(keep: Retention(calls: 10_000, bytes: 64 << 20))

        print(
            "stage                    median µs   p90 µs   (\(batches) batches of \(perBatch), body of \(bodies[0].count) bytes)"
        )
        time("verify") { index in
            bodies[index].withUnsafeBytes { body in
                signatures[index].withUnsafeBytes { signature in
                    stamp.withUnsafeBytes { stamp in
                        (try? verifier.verify(body, signature: signature, timestamp: stamp, at: now)) != nil
                    }
                }
            }
        }
        let key = Array("a secret of the benchmark".utf8)
        time("the library's HMAC") { index in LibraryHMAC.code(of: bodies[index], key: key) != nil }
        time("decode") { index in
            bodies[index].withUnsafeBytes { (try? WebhookDecoder.decode($0)) != nil }
        }
        let requests = bodies.compactMap { body in body.withUnsafeBytes { try? WebhookDecoder.decode($0).call } }
        time("decide and fill") { index in
            (try? policy.answer(requests[index], id: "d-0-1", at: now, explainer: explainer)) != nil
        }
        guard let (decision, reply) = try? policy.answer(requests[0], id: "d-0-1", at: now, explainer: explainer) else {
            preconditionFailure("the benchmark's own rules ask for facts")
        }
        time("record") { index in
            let answered = Answered(
                request: requests[index], body: bodies[index], decision: decision, reply: reply, receivedAt: now,
                microseconds: 10)
            return !log.record(answered).reply.isEmpty
        }
        let exchange = Sample.exchange(log: EventLog(keep: Retention(calls: 10_000, bytes: 64 << 20)))
        time("all of it") { index in
            let response = bodies[index].withUnsafeBytes { body in
                signatures[index].withUnsafeBytes { signature in
                    stamp.withUnsafeBytes { stamp in
                        exchange.answer(
                            InboundWebhook(
                                body: body, signature: signature, timestamp: stamp, peer: "127.0.0.1",
                                startedAt: exchange.ticks))
                    }
                }
            }
            guard case .ready(let reply) = response else { return false }
            return reply.status == .ok
        }
    }

    private static func time(_ name: String, _ work: (Int) -> Bool) {
        let clock = WallClock.system
        var times: [Double] = []
        for batch in 0..<batches {
            let start = clock.ticks()
            for index in batch * perBatch..<(batch + 1) * perBatch {
                precondition(work(index), "the benchmark measures a failure")
            }
            times.append(Double(clock.ticks() - start) / Double(perBatch) / 1000)
        }
        times.sort()
        let label = name + String(repeating: " ", count: max(0, 24 - name.count))
        print("\(label) \(text(times[batches / 2]))   \(text(times[batches * 9 / 10]))")
    }

    /// Writes a figure with two decimals, nine characters wide.
    static func text(_ microseconds: Double) -> String {
        let hundredths = Int((microseconds * 100).rounded())
        let digits = String(hundredths % 100)
        let text = "\(hundredths / 100)." + (digits.count == 1 ? "0" : "") + digits
        return String(repeating: " ", count: max(0, 9 - text.count)) + text
    }
}
