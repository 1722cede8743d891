// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The answer of one source about a caller.
package enum ContactAnswer: Equatable, Sendable {
    case found(Contact)
    case unknown
    /// The answer did not come in time.
    case timedOut
    /// It failed several times in a row and was not asked.
    case skipped
    /// All connections to it were in use, so it was not asked.
    case busy(connections: Int)
    /// This machine could not open one more connection, so it was not asked; the words say why, for people.
    case exhausted(String)
    /// What went wrong, for people.
    case failed(String)
}

extension ContactAnswer {
    /// The same for the *why* of a call.
    var outcome: ContactLookup.Outcome {
        switch self {
        case .found: .found
        case .unknown: .unknown
        case .timedOut: .timedOut
        case .skipped: .skipped
        case .busy(let connections): .failed("all \(connections) connections to it were in use")
        case .exhausted(let problem): .failed("no connection could be opened here: \(problem)")
        case .failed(let problem): .failed(problem)
        }
    }
}
