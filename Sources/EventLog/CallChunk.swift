// SPDX-License-Identifier: Apache-2.0

/// A run of calls that snapshots share: changing one call copies at most this many references.
struct CallChunk: Sendable {
    static let size = 256

    private var boxes: [Box?] = []

    /// A call behind one reference, so that chunks copy fast.
    private final class Box: Sendable {
        let record: CallRecord

        init(_ record: CallRecord) {
            self.record = record
        }
    }

    init() {
        boxes.reserveCapacity(Self.size)
    }

    var isFull: Bool { boxes.count == Self.size }

    subscript(sequence: UInt64) -> CallRecord? {
        get { boxes[slot(sequence)]?.record }
        set { boxes[slot(sequence)] = newValue.map(Box.init) }
    }

    mutating func append(_ record: CallRecord) {
        boxes.append(Box(record))
    }

    private func slot(_ sequence: UInt64) -> Int {
        Int(sequence % UInt64(Self.size))
    }
}
