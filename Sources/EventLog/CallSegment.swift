// SPDX-License-Identifier: Apache-2.0

/// A run of calls that snapshots share: changing one call copies at most this many references.
struct CallSegment: Sendable {
    static let size = 256

    private var boxes: [CallEntry?] = []

    /// A chunk in which the first places stay empty, or are filled later.
    init(empty places: Int = 0) {
        boxes.reserveCapacity(Self.size)
        boxes.append(contentsOf: repeatElement(nil, count: places))
    }

    var isFull: Bool { boxes.count == Self.size }

    subscript(sequence: UInt64) -> CallEntry? {
        get { boxes[slot(sequence)] }
        set { boxes[slot(sequence)] = newValue }
    }

    mutating func append(_ box: CallEntry) {
        boxes.append(box)
    }

    private func slot(_ sequence: UInt64) -> Int {
        Int(sequence % UInt64(Self.size))
    }
}
