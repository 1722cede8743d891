// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// The log at one moment; taking one copies references, not calls.
package struct LogSnapshot: Sendable {
    let chunks: Deque<CallChunk>
    /// The sequence number of the first call in the first chunk, a multiple of the chunk size.
    let base: UInt64
    /// The sequence numbers of the calls that are kept, oldest first.
    package let sequences: Range<UInt64>
    package let totals: Totals
    /// The newest requests that were turned away, newest last.
    package let refusals: [RefusedRequest]

    /// An empty log.
    package static let empty = EventLog(keep: .init(calls: 1, bytes: 1)).snapshot()

    /// Returns a call, or `nil` when it was let go or is yet to come.
    package subscript(sequence: UInt64) -> CallRecord? {
        guard sequences.contains(sequence) else { return nil }
        return chunks[Int((sequence - base) / UInt64(CallChunk.size))][sequence]?.record
    }
}
