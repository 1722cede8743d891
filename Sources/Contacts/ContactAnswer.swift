// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What one source says of a caller.
package enum ContactAnswer: Equatable, Sendable {
    case found(Contact)
    case unknown
    /// The answer did not come in time.
    case timedOut
    /// It failed several times in a row and was not asked.
    case skipped
    /// The words say what went wrong, for people.
    case failed(String)
}

extension ContactAnswer {
    /// What *why* says of it.
    var outcome: ContactLookup.Outcome {
        switch self {
        case .found: .found
        case .unknown: .unknown
        case .timedOut: .timedOut
        case .skipped: .skipped
        case .failed(let problem): .failed(problem)
        }
    }
}
