// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls

extension LineStatus {
    /// The line as outputs have it (design, section 2: `status --json`); `hears` explains where `says` is null.
    var document: JSONValue {
        let head: [JSONValue.Member] = [
            .init("number", .string(number.description)), .init("name", .string(name)), .text("group", group),
            .init("state", .string(state.rawValue)),
        ]
        let tail: [JSONValue.Member] = [
            .time("until", until), .init("until_offset", .integer(untilOffset)),
            .init("next", next.map { .object([.init("state", .string($0.state.rawValue))] + $0.by.members) } ?? .null),
            .time("next_change", nextChange),
        ]
        return .object(head + by.members + says.members + tail)
    }

    init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        let fields = try ObjectReader(value, at: place)
        guard let number = PhoneNumber(try fields.text("number")) else {
            throw fields.problem("number", "must be a number such as +31201234567")
        }
        let offset = try fields.integer("until_offset")
        guard Self.offsets.contains(offset) else { throw fields.problem("until_offset", "is no offset of a zone") }
        self.init(
            number: number, name: try fields.text("name"), group: try fields.optionalText("group"),
            state: try fields.choice("state"), by: try Decider(fields), says: try FirstMessage(fields),
            until: try fields.optionalInstant("until"), untilOffset: offset,
            next: try fields.optionalObject("next").map { fields throws(DocumentProblem) in
                Next(state: try fields.choice("state"), by: try Decider(fields))
            },
            nextChange: try fields.optionalInstant("next_change"))
    }

    /// No zone is further from UTC, in seconds.
    private static let offsets = -26 * 3600...26 * 3600
}

extension FirstMessage {
    /// The words, where they are known; in any case what is heard in words; and the other server that answers.
    fileprivate var members: [JSONValue.Member] {
        let known: [JSONValue.Member] = [.text("says", text), .init("hears", .string(description))]
        if case .otherServer(let name) = self { return known + [.init("other_server", .string(name))] }
        return known
    }

    fileprivate init(_ fields: ObjectReader) throws(DocumentProblem) {
        if let text = try fields.optionalText("says") {
            self = .text(text)
        } else if let name = try fields.optionalText("other_server") {
            self = .otherServer(name)
        } else {
            self = .assistant
        }
    }
}
