// SPDX-License-Identifier: Apache-2.0

package import Overrides
import JSON
import Calls
package import EventLog

/// One line of `GET /v1/events`.
package enum StreamLine: Sendable {
    /// The first line of a stream: which run of the server speaks, and from where on the events follow.
    case hello(instance: String, cursor: UInt64, version: String)
    /// Something happened; the cursor is the one behind it, with which a later stream goes on.
    case event(LoggedEvent, cursor: UInt64)
    /// So many events were gone before they could be told.
    case dropped(count: UInt64, cursor: UInt64)
    case status(ServerStatus)
    case totals(Totals)
    /// A line of a later version, by its name; it is for those who know it.
    case unknown(String)

    /// The lines of a batch: what was lost first, then each event with its cursor.
    package static func lines(of batch: EventBatch) -> [StreamLine] {
        let first = batch.next - UInt64(batch.events.count)
        let lost: [StreamLine] = batch.dropped > 0 ? [.dropped(count: batch.dropped, cursor: first)] : []
        return lost + zip(batch.events, first...).map { .event($0, cursor: $1 + 1) }
    }

    /// The line without its break.
    package var bytes: [UInt8] { JSONValue.object(members).bytes }

    private var members: [JSONValue.Member] {
        switch self {
        case .hello(let instance, let cursor, let version):
            [.name("hello"), .text("instance", instance), .cursor(cursor), .text("version", version)]
        case .event(let event, let cursor): [.cursor(cursor)] + event.members
        case .dropped(let count, let cursor): [.name("dropped"), .init("count", .integer(count)), .cursor(cursor)]
        case .status(let status): [.name("status"), .init("status", status.document())]
        case .totals(let totals): [.name("totals"), .init("totals", totals.document)]
        case .unknown(let name): [.name(name)]
        }
    }
}

extension LoggedEvent {
    fileprivate var members: [JSONValue.Member] {
        switch self {
        case .answered(let call): [.name("call"), .init("call", call.document)]
        case .updated(let call): [.name("news"), .init("call", call.document)]
        case .refused(let request): [.name("refused")] + request.members
        case .unattributed(let type, let at): [.name("stray"), .time("at", at), .text("type", type)]
        case .desk(let words, let at): [.name("desk"), .time("at", at), .text("words", words)]
        }
    }
}

extension JSONValue.Member {
    fileprivate static func name(_ name: String) -> JSONValue.Member { .text("event", name) }

    fileprivate static func cursor(_ cursor: UInt64) -> JSONValue.Member { .init("cursor", .integer(cursor)) }
}
