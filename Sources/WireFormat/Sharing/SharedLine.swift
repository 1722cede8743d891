// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import JSON

/// One line of a batch of calls: what came to one replica, as the others get it.
package enum SharedLine: Sendable {
    /// A call as it is now.
    case call(CallRecord)
    /// Requests that were refused for one reason, with the newest of them.
    case refused(RefusedRequest, count: Int)
    /// A webhook without a call id.
    case unattributed(type: String, at: Instant)

    /// More than this is counted by nobody, and sums of it fit an integer.
    private static let most = 1 << 32

    /// The line without its break.
    package var bytes: [UInt8] {
        var object = ObjectWriter()
        switch self {
        case .call(let call): object.addObject("call") { CallDocument.write(call, into: &$0) }
        case .refused(let newest, let count):
            object.addObject("refused") { RefusalDocument.write(newest, into: &$0) }
            object.add("count", .integer(count))
        case .unattributed(let type, let at):
            object.addObject("stray") { object in
                object.add("at", at, isExact: true)
                object.add("type", type)
            }
        }
        return object.document.bytes
    }

    /// Reads a line; `nil` for one of a later version.
    package init?(_ bytes: [UInt8]) throws(DocumentProblem) {
        let object = try ObjectReader(bytes)
        if let call = try object.optionalObject("call") {
            let record = try CallDocument.read(call)
            guard record.droppedEntries <= Self.most else { throw call.problem("dropped_events", "is too large") }
            guard record.remarkChanges <= Self.most else { throw call.problem("remark_changes", "is too large") }
            self = .call(record)
        } else if let refused = try object.optionalObject("refused") {
            let count = try object.count("count", from: 1)
            guard count <= Self.most else { throw object.problem("count", "is too large") }
            self = .refused(try RefusalDocument.read(refused), count: count)
        } else if let stray = try object.optionalObject("stray") {
            self = .unattributed(type: try stray.text("type"), at: try stray.instant("at"))
        } else {
            return nil
        }
    }
}
