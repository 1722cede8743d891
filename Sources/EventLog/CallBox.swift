// SPDX-License-Identifier: Apache-2.0

import Calls

/// A call behind one reference, so that chunks copy fast.
final class CallBox: Sendable {
    let record: CallRecord
    /// Worked out once; it is asked for again when the call is changed or let go.
    let weight: Int

    init(_ record: CallRecord) {
        self.record = record
        weight = record.weight
    }

    var id: CallID { record.id }
    var sequence: UInt64 { record.sequence }
}
