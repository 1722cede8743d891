// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A place where the replicas of one desk meet, such as Redis.
///
/// It is never the only copy of anything, since each replica keeps its own, and never asked while a call is answered. What
/// lies in a document is not its business. Of a call that throws `unknown`, the outcome is found by reading.
package protocol Engine: Sendable {
    /// The newest state; `nil` if the engine has none.
    func read() async throws(EngineError) -> EngineState?

    /// Replaces the state whose id is expected, adds the lines to the audit, and nudges every replica, all or nothing.
    ///
    /// `expecting` is `nil` where the engine must be empty. A state that the engine has already, by its id, is accepted
    /// again and written once, so that a proposal with an unknown outcome can be repeated.
    func propose(
        _ state: EngineState, audit: [EngineLine], expecting: StateID?
    ) async throws(EngineError) -> Proposal

    /// Says that the state may have changed; for the first time as soon as the changes of others are noticed.
    ///
    /// A nudge can be lost and never carries the state, so versions are polled too.
    func nudges() -> AsyncStream<Void>

    /// Replaces what this replica says of itself, and returns the engine's clock.
    func report(_ report: EngineReport) async throws(EngineError) -> EngineTime

    /// What all replicas last said of themselves, with the age of each by the engine's clock.
    func replicas() async throws(EngineError) -> [EngineReport]

    /// Adds calls of this replica for the others; the oldest are dropped from a place that is full.
    func append(_ batch: CallBatch) async throws(EngineError)

    /// The batches after a cursor for each replica, or those that come within a time if there is none yet.
    ///
    /// A replica without batches is missing in the answer.
    func batches(
        after cursors: [ReplicaName: BatchCursor], waiting: Duration
    ) async throws(EngineError) -> [ReplicaName: BatchPage]

    /// The lines of the audit with a greater number, the oldest first; an engine may have dropped old ones.
    func audit(after line: Int) async throws(EngineError) -> [EngineLine]
}

/// A state as an engine keeps it; only replicas read the document.
package struct EngineState: Hashable, Sendable {
    /// The desk that it belongs to, which never changes while it lives.
    package let epoch: StateID
    /// Counted from 1 within an epoch.
    package let version: Int
    package let id: StateID
    package let document: [UInt8]

    package init(epoch: StateID, version: Int, id: StateID, document: [UInt8]) {
        self.epoch = epoch
        self.version = version
        self.id = id
        self.document = document
    }
}

/// What became of a proposed state.
package enum Proposal: Hashable, Sendable {
    /// The engine has it; `keptBy` is how many copies of the engine have it too, where it can say so.
    case accepted(keptBy: Int?)
    /// Something else than the expected state was there: this one.
    case stale(EngineState?)
}

/// Why an engine did not do what was asked; each has a sentence for the operator, without a password.
package enum EngineError: Error, Hashable, Sendable {
    /// It cannot be reached, or does not answer in time; nothing was written.
    case away(String)
    /// It did not answer, and may have written: read it to find out.
    case unknown(String)
    /// It answered that it will not, such as a copy that is read only, a full one, or one without a permission.
    case refused(String)

    /// What happened, in words.
    package var words: String {
        switch self {
        case .away(let words), .unknown(let words), .refused(let words): words
        }
    }
}

/// One line of the audit of a desk, as it is in `audit.jsonl`.
package struct EngineLine: Hashable, Sendable {
    package let number: Int
    package let bytes: [UInt8]

    package init(number: Int, bytes: [UInt8]) {
        self.number = number
        self.bytes = bytes
    }
}

/// What a replica says of itself.
package struct EngineReport: Hashable, Sendable {
    package let replica: ReplicaName
    package let document: [UInt8]
    /// How long ago it said so; `nil` in a report that is being sent.
    package let age: Duration?

    package init(replica: ReplicaName, document: [UInt8], age: Duration? = nil) {
        self.replica = replica
        self.document = document
        self.age = age
    }
}

/// The clock of an engine, as one answer gave it.
package struct EngineTime: Hashable, Sendable {
    package let now: Instant
    /// From the question to the answer; `now` was read somewhere in between.
    package let roundTrip: Duration

    package init(now: Instant, roundTrip: Duration) {
        self.now = now
        self.roundTrip = roundTrip
    }
}

/// Calls of one replica, packed.
package struct CallBatch: Hashable, Sendable {
    package let replica: ReplicaName
    /// The number of its first call; each replica counts its own from 0.
    package let fromSequence: UInt64
    package let count: Int
    package let bytes: [UInt8]
    /// How many calls before it were dropped by the replica.
    package let missed: UInt64

    package init(replica: ReplicaName, fromSequence: UInt64, count: Int, bytes: [UInt8], missed: UInt64 = 0) {
        self.replica = replica
        self.fromSequence = fromSequence
        self.count = count
        self.bytes = bytes
        self.missed = missed
    }
}

/// Where a reader of batches has got to; only the engine reads it.
package struct BatchCursor: Hashable, Sendable {
    package let text: String

    package init(text: String) {
        self.text = text
    }
}

/// Batches of one replica, in order.
package struct BatchPage: Hashable, Sendable {
    package let batches: [CallBatch]
    /// Goes on after the last one.
    package let cursor: BatchCursor
    /// How many calls between the former cursor and the first batch the engine no longer has.
    package let gap: UInt64

    package init(batches: [CallBatch], cursor: BatchCursor, gap: UInt64 = 0) {
        self.batches = batches
        self.cursor = cursor
        self.gap = gap
    }
}
