// SPDX-License-Identifier: Apache-2.0

import SimulatedPlatform
import Synchronization

/// A server in memory that answers every webhook alike and remembers what came.
final class FakeServer: WebhookSender {
    private let result: Result<PlatformReply, PlatformError>
    private let received = Mutex<[(event: String, body: [UInt8])]>([])

    init(_ result: Result<PlatformReply, PlatformError>) {
        self.result = result
    }

    convenience init(replying body: String, status: Int = 200) {
        self.init(.success(PlatformReply(status: status, body: Array(body.utf8), milliseconds: 1)))
    }

    var events: [String] { received.withLock { $0.map(\.event) } }
    var bodies: [[UInt8]] { received.withLock { $0.map(\.body) } }

    func post(_ body: [UInt8], event: String) async throws(PlatformError) -> PlatformReply {
        received.withLock { $0.append((event, body)) }
        return try result.get()
    }
}
