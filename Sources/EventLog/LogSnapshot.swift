// SPDX-License-Identifier: Apache-2.0

/// The log at one moment; taking one copies references, not calls.
package struct LogSnapshot: Sendable {
    private let shelf: CallStore
    package let totals: Totals
    /// The newest requests that were turned away, newest last.
    package let refusals: [RefusedRequest]

    init(shelf: CallStore, totals: Totals, refusals: [RefusedRequest]) {
        self.shelf = shelf
        self.totals = totals
        self.refusals = refusals
    }

    /// An empty log.
    package static let empty = EventLog(keep: .init(calls: 1, bytes: 1)).snapshot()

    /// The sequence numbers of the calls that are kept, oldest first.
    package var sequences: Range<UInt64> { shelf.sequences }

    /// Returns a call, or `nil` when it was let go or is yet to come.
    package subscript(sequence: UInt64) -> CallRecord? { shelf[sequence]?.record }
}
