// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import EventLog

extension StreamLine {
    /// Reads a line strictly, but for the names of events that a later version may have.
    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let fields = try ObjectReader(bytes)
        switch try fields.text("event") {
        case "hello":
            self = .hello(
                instance: try fields.text("instance"), cursor: try fields.place("cursor"),
                version: try fields.text("version"))
        case "dropped": self = .dropped(count: try fields.place("count"), cursor: try fields.place("cursor"))
        case "status": self = .status(try ServerStatus(try fields.required("status"), at: "status"))
        case "totals": self = .totals(try Totals(try fields.required("totals"), at: "totals"))
        case let name:
            guard let event = try LoggedEvent(name, fields) else {
                self = .unknown(name)
                return
            }
            self = .event(event, cursor: try fields.place("cursor"))
        }
    }
}

extension LoggedEvent {
    /// Reads the event of a name; `nil` where nobody knows the name.
    fileprivate init?(_ name: String, _ fields: ObjectReader) throws(DocumentProblem) {
        switch name {
        case "call": self = .answered(try CallRecord(try fields.required("call"), at: "call"))
        case "news": self = .updated(try CallRecord(try fields.required("call"), at: "call"))
        case "refused": self = .refused(try RefusedRequest(fields))
        case "stray": self = .unattributed(type: try fields.text("type"), at: try fields.instant("at"))
        case "desk": self = .desk(try fields.text("words"), at: try fields.instant("at"))
        default: return nil
        }
    }
}
