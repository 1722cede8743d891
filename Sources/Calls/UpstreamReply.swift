// SPDX-License-Identifier: Apache-2.0

/// What came of sending a webhook to another server.
package enum UpstreamReply: Hashable, Sendable {
    /// A JSON object with a status of 2xx, byte for byte.
    case answered([UInt8])
    case failed(UpstreamFailure)
}

/// Why another server's reply is not used.
package enum UpstreamFailure: Hashable, Sendable {
    case timedOut
    /// The words say why, for people.
    case unreachable(String)
    case status(Int)
    case notJSON
    /// The reply has more bytes than are read.
    case tooLarge(limit: Int)
    /// It failed several times in a row and is left alone for a while.
    case skipped
    /// All connections to it were in use, so it was not asked.
    case busy(connections: Int)
    /// The call has not happened, so nobody was asked.
    case notAsked
}

extension UpstreamFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .timedOut: "timed out"
        case .unreachable(let problem): "could not be reached: \(problem)"
        case .status(let status): "answered with status \(status)"
        case .notJSON: "answered with something else than a JSON object"
        case .tooLarge(let limit): "answered with more than \(limit) bytes"
        case .skipped: "was not asked: it failed several times in a row and rests for a while"
        case .busy(let connections): "was not asked: all \(connections) connections to it were in use"
        case .notAsked: "is not asked for a call that has not happened"
        }
    }
}
