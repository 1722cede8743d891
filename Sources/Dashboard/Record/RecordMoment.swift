// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
package import Overrides

/// A moment of a record that the dashboard shows in place of a running server.
package struct RecordMoment: Hashable, Sendable {
    /// The name of the file.
    package let file: String
    /// What is shown is as of then.
    package let at: Instant
    /// When the record begins and ends.
    package let extent: ClosedRange<Instant>
    /// The revision of the rules in use then; `nil` where the record does not know it.
    package let revision: String?
    /// Which calls the counts are of.
    package let counted: Counted
    /// Whether the phone lines of then are known.
    package let knowsLines: Bool
    /// What is unknown of the moment, a sentence each.
    package let remarks: [String]

    package enum Counted: Hashable, Sendable {
        /// Those since a server started.
        case since(Instant)
        /// All of the record until then.
        case all
        /// The newest ones until then.
        case newest(Int)
    }

    package init(
        file: String, at: Instant, extent: ClosedRange<Instant>, revision: String?, counted: Counted, knowsLines: Bool,
        remarks: [String] = []
    ) {
        self.file = file
        self.at = at
        self.extent = extent
        self.revision = revision
        self.counted = counted
        self.knowsLines = knowsLines
        self.remarks = remarks
    }
}

/// The desk as it was at a moment.
package struct RecordFrame: Sendable {
    package let moment: RecordMoment
    package let log: LogSnapshot
    /// `nil` where neither lines nor overrides are known.
    package let status: ServerStatus?
    /// What happened at the moment, where the operator went to a change.
    package private(set) var words: String?

    package init(moment: RecordMoment, log: LogSnapshot, status: ServerStatus?) {
        self.moment = moment
        self.log = log
        self.status = status
    }

    /// The same with what happened then.
    package func saying(_ words: String?) -> RecordFrame {
        var frame = self
        frame.words = words
        return frame
    }
}

/// Where to go in a record.
package enum RecordTravel: Hashable, Sendable {
    case to(Instant)
    /// To the next or the previous change of the rules, the overrides or the server.
    case change(isForward: Bool)
    /// To the next or the previous webhook of a call.
    case call(isForward: Bool)
}
