// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// Calls that wait to be sent to the other replicas: one line each, packed into batches, bounded in bytes.
///
/// Each line has a number, those that are dropped too, so that a reader can count what it did not get.
package struct CallPacker: Sendable {
    private enum Item: Sendable {
        case line([UInt8])
        /// Lines that never came here.
        case missing(UInt64)
    }

    private var items: Deque<Item> = []
    /// The number of the first line that waits.
    private var next: UInt64 = 0
    /// Lines that were dropped since the last batch.
    private var missed: UInt64 = 0
    private var bytes = 0
    private let replica: ReplicaName
    private let mostBytes: Int

    /// How many lines a batch has at most.
    package static let linesInBatch = 256
    /// How many bytes a batch has, unless one line is longer.
    package static let bytesInBatch = 32 << 10
    /// The longest line; a longer one is dropped, since others have to keep it.
    package static let longestLine = 1 << 20
    /// How much waits while the engine is away, in bytes; then the oldest go.
    package static let usualBytes = 64 << 20

    package init(replica: ReplicaName, mostBytes: Int = usualBytes) {
        self.replica = replica
        self.mostBytes = mostBytes
    }

    /// Whether nothing waits.
    package var isEmpty: Bool { items.isEmpty }

    /// Adds a line without its line break.
    package mutating func add(_ line: [UInt8]) {
        guard line.count <= Self.longestLine else { return noteMissing(1) }
        items.append(.line(line))
        bytes += line.count
        while bytes > mostBytes { drop() }
    }

    /// Counts lines that never came here.
    package mutating func noteMissing(_ count: UInt64) {
        guard count > 0 else { return }
        if case .missing(let before)? = items.last {
            items[items.count - 1] = .missing(before + count)
        } else {
            items.append(.missing(count))
        }
    }

    private mutating func drop() {
        switch items.removeFirst() {
        case .line(let line):
            bytes -= line.count
            skip(1)
        case .missing(let count): skip(count)
        }
    }

    private mutating func skip(_ count: UInt64) {
        next += count
        missed += count
    }

    /// Takes the oldest lines as a batch; `nil` if none waits.
    package mutating func take() -> CallBatch? {
        while case .missing(let count)? = items.first {
            items.removeFirst()
            skip(count)
        }
        var packed: [UInt8] = []
        var count = 0
        while count < Self.linesInBatch, case .line(let line)? = items.first,
            count == 0 || packed.count + line.count < Self.bytesInBatch
        {
            items.removeFirst()
            bytes -= line.count
            packed += line
            packed.append(UInt8(ascii: "\n"))
            count += 1
        }
        guard count > 0 else { return nil }
        defer {
            next += UInt64(count)
            missed = 0
        }
        return CallBatch(replica: replica, fromSequence: next, count: count, bytes: packed, missed: missed)
    }
}

extension CallBatch {
    /// The lines of the batch without their line breaks, no more than it says it has.
    package var lines: [ArraySlice<UInt8>] {
        Array(bytes.split(separator: UInt8(ascii: "\n")).prefix(count))
    }
}
