// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Filters

/// The calls that a filter selects, kept up to date call by call: a call is tested when it is new and when it changes.
struct FilteredCalls: Sendable {
    /// The selected calls, ascending.
    private(set) var sequences: [UInt64] = []
    /// The newest calls, as far as they were tested.
    private var tested: Range<UInt64> = 0..<0
    /// The log in which they were tested.
    private var log = LogSnapshot.empty
    /// Whether every call was tested.
    private(set) var isComplete = false

    /// How many calls are tested in one go, so that a key never waits long.
    private static let mostTests = 500

    /// Tests the calls that are new or changed, then older ones, and forgets those that were evicted.
    mutating func follow(_ newLog: LogSnapshot, _ isSelected: (CallRecord) -> Bool) {
        let kept = newLog.sequences
        if tested.upperBound > kept.upperBound || kept.upperBound - tested.upperBound > UInt64(Self.mostTests) {
            self = FilteredCalls()
        }
        if tested.isEmpty { tested = kept.upperBound..<kept.upperBound }
        let low = max(tested.lowerBound, kept.lowerBound)
        sequences.removeFirst(sequences.partitioningIndex { $0 >= low })
        for sequence in newLog.changes(since: log, among: tested.clamped(to: kept)) {
            retest(sequence, in: newLog, isSelected)
        }
        for sequence in tested.upperBound..<kept.upperBound where newLog[sequence].map(isSelected) ?? false {
            sequences.append(sequence)
        }
        let oldest = low - min(low - kept.lowerBound, UInt64(Self.mostTests))
        let older = (oldest..<low).filter { newLog[$0].map(isSelected) ?? false }
        if !older.isEmpty { sequences.insert(contentsOf: older, at: 0) }
        tested = oldest..<kept.upperBound
        isComplete = oldest == kept.lowerBound
        log = newLog
    }

    private mutating func retest(_ sequence: UInt64, in log: LogSnapshot, _ isSelected: (CallRecord) -> Bool) {
        let place = sequences.partitioningIndex { $0 >= sequence }
        let wasSelected = place < sequences.count && sequences[place] == sequence
        guard (log[sequence].map(isSelected) ?? false) != wasSelected else { return }
        if wasSelected { sequences.remove(at: place) } else { sequences.insert(sequence, at: place) }
    }
}
