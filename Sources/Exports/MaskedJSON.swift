// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON
import WireFormat

/// Lines of JSON in which numbers are hidden.
package enum MaskedJSON {
    /// Values that hold no number of a person.
    private static let plain: Set<String> = ["received_at", "at", "latency_ms", "seconds", "state", "applied", "type"]

    /// The line of an event; one that is nested more deeply than can be read is left out.
    package static func line(ofEvent bytes: [UInt8]) -> [UInt8]? {
        JSONReader.read(bytes).map { masked($0, inAnswer: false).bytes }
    }

    static func line(_ call: CallRecord) -> [UInt8] {
        // An answer that is nested more deeply than can be read is left out.
        let value = JSONReader.read(SessionExport.line(call)) ?? JSONReader.read(SessionExport.line(call.withoutReply))
        return masked(value ?? .null, inAnswer: false).bytes
    }

    private static func masked(_ value: JSONValue, inAnswer: Bool) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .string(let text): .string(NumberMask.masked(text))
        case .number(let digits): inAnswer ? number(digits) : value
        case .array(let items): .array(items.map { masked($0, inAnswer: inAnswer) })
        case .object(let members):
            .object(
                members.map { member in
                    guard inAnswer else {
                        return plain.contains(member.key)
                            ? member : .init(member.key, masked(member.value, inAnswer: member.key == "answer"))
                    }
                    return .init(NumberMask.masked(member.key), masked(member.value, inAnswer: true))
                })
        }
    }

    /// A telephone number may be sent as a number; then it becomes a text.
    private static func number(_ digits: String) -> JSONValue {
        guard digits.utf8.count >= 9, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return .number(digits)
        }
        return .string(NumberMask.masked(digits))
    }
}
