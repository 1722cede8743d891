// SPDX-License-Identifier: Apache-2.0

import Calls

/// A call behind one reference, so that chunks copy fast.
final class CallEntry: Sendable {
    let sequence: UInt64
    /// Worked out once; it is asked for again when the call is changed or let go.
    let weight: Int
    private let contents: Contents

    /// What the call is made of.
    private enum Contents {
        /// Answered, and no news since: everything else follows, so the answering path writes nothing else down.
        case answered(Answered)
        indirect case record(CallRecord)
    }

    init(_ record: CallRecord) {
        sequence = record.sequence
        weight = record.weight
        contents = .record(record)
    }

    /// A call of which an assistant-request was answered.
    init(_ answered: Answered, sequence: UInt64) {
        self.sequence = sequence
        weight = CallRecord.weight(
            answer: answered.reply.count + answered.decision.keptBytes, bodies: CollectionOfOne(answered.body.count))
        contents = .answered(answered)
    }

    var id: CallID {
        switch contents {
        case .answered(let answered): answered.request.callID
        case .record(let record): record.id
        }
    }

    var firstHeardAt: Instant {
        switch contents {
        case .answered(let answered): answered.receivedAt
        case .record(let record): record.firstHeardAt
        }
    }

    var record: CallRecord {
        switch contents {
        case .answered(let answered): .answered(answered, sequence: sequence)
        case .record(let record): record
        }
    }
}
