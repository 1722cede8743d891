// SPDX-License-Identifier: Apache-2.0

import Calls

/// The calls that the list shows, by row from the top: the newest first, unless they are sorted by something else.
struct ListedCalls {
    /// All calls of a log, or those of them that a filter selects, ascending.
    private enum Calls {
        case all(Range<UInt64>)
        case some([UInt64])
        /// In another order, from the top.
        case sorted(SortedCalls)
    }

    private let calls: Calls
    /// Whether every call was looked at; until then older ones may follow.
    let isComplete: Bool

    /// Every call of a log.
    init(all sequences: Range<UInt64>) {
        calls = .all(sequences)
        isComplete = true
    }

    /// Some of them, ascending.
    init(some sequences: [UInt64], isComplete: Bool) {
        calls = .some(sequences)
        self.isComplete = isComplete
    }

    /// Calls in another order than that of time.
    init(_ sorted: SortedCalls, isComplete: Bool) {
        calls = .sorted(sorted)
        self.isComplete = isComplete
    }

    /// Whether the newest call is first.
    var isByTime: Bool { if case .sorted = calls { false } else { true } }

    var count: Int {
        switch calls {
        case .all(let sequences): sequences.count
        case .some(let sequences): sequences.count
        case .sorted(let sorted): sorted.sequences.count
        }
    }

    var isEmpty: Bool { count == 0 }

    /// The call in a row; `nil` below the last one.
    subscript(row: Int) -> UInt64? {
        guard (0..<count).contains(row) else { return nil }
        return switch calls {
        case .all(let sequences): sequences.upperBound - 1 - UInt64(row)
        case .some(let sequences): sequences[sequences.count - 1 - row]
        case .sorted(let sorted): sorted.sequences[row]
        }
    }

    /// The row of a call; `nil` if it is not listed.
    func row(of sequence: UInt64) -> Int? {
        let row = row(nearest: sequence)
        return self[row] == sequence ? row : nil
    }

    /// The row of a call, or else of the next older one, or else the last row.
    func row(nearest sequence: UInt64) -> Int {
        switch calls {
        case .all(let sequences):
            guard let newest = sequences.last else { return 0 }
            return Int(newest - min(max(sequence, sequences.lowerBound), newest))
        case .some(let sequences):
            let newer = sequences.count - sequences.partitioningIndex { $0 > sequence }
            return max(0, min(newer, sequences.count - 1))
        case .sorted(let sorted): return sorted.rows[sequence] ?? 0
        }
    }
}
