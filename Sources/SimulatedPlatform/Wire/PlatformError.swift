// SPDX-License-Identifier: Apache-2.0

/// Why a webhook got no reply.
package enum PlatformError: Error, Equatable, Sendable {
    case cannotConnect(to: String, reason: String)
    case timedOut(after: Duration)
    /// The other end closed the connection before its reply was complete.
    case closed
    case notHTTP(reason: String)
    case replyTooLarge(limit: Int)
    case cancelled
}

extension PlatformError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotConnect(let target, let reason): "nothing answers at \(target): \(reason)"
        case .timedOut(let patience):
            "no reply within \(Int(patience / .milliseconds(1))) ms: the platform would take its default assistant"
        case .closed: "the connection was closed before the reply was complete"
        case .notHTTP(let reason): "the reply is not HTTP: \(reason)"
        case .replyTooLarge(let limit): "the reply is larger than \(limit) bytes"
        case .cancelled: "the call was broken off"
        }
    }
}
