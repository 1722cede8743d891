// SPDX-License-Identifier: Apache-2.0

import Calls
import Signatures
import Testing

/// A webhook as it arrives, named by what is peculiar about it; as the default, a good one.
struct Delivery: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var body = Array("{}".utf8)
    var signature: String? = "sha256=" + Vector.empty.code
    var timestamp: String? = "1782900000"
    /// Seconds between the stamp and the arrival.
    var age: Int64 = 0

    init(_ name: String, _ change: (inout Delivery) -> Void = { _ in }) {
        testDescription = name
        change(&self)
    }

    /// A delivery whose signature covers its own timestamp.
    init(_ name: String, stamped timestamp: String, body: [UInt8] = Array("{}".utf8)) {
        self.init(name)
        self.timestamp = timestamp
        self.body = body
        signature = WebhookSecret.test.signature(timestamp: timestamp, body: body)
    }

    /// What a verifier says of it: nothing when it accepts.
    func refusal(by secrets: [WebhookSecret] = [.test]) -> Refusal? {
        let verifier = SignatureVerifier(secrets: secrets)
        let now = Instant(seconds: 1_782_900_000 + age)
        return bytes(of: signature) { signature in
            bytes(of: timestamp) { timestamp in
                body.withUnsafeBytes { body in
                    do throws(Refusal) {
                        try verifier.verify(body, signature: signature, timestamp: timestamp, at: now)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
        }
    }

    private func bytes<Result>(of text: String?, _ use: (UnsafeRawBufferPointer?) -> Result) -> Result {
        guard let text else { return use(nil) }
        return Array(text.utf8).withUnsafeBytes { use($0) }
    }
}
