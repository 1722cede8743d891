// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

extension RandomValues {
    /// The document with a few of its values lost or replaced.
    mutating func damage(_ value: JSONValue) -> JSONValue {
        if chance(25) { return junk() }
        switch value {
        case .object(let members):
            return .object(
                members.compactMap { member in
                    chance(40) ? nil : .init(chance(80) ? text() : member.key, damage(member.value))
                })
        case .array(let items): return .array(items.map { damage($0) })
        case .null, .bool, .number, .string: return value
        }
    }

    private mutating func junk() -> JSONValue {
        one(of: [
            .null, .bool(chance()), .string(text()), .array([.null]), .object([]), .object([.init(text(), .null)]),
            .number(
                one(of: [
                    "-1", "0", "1.5", "1e400", "9223372036854775807", "-9223372036854775808", "18446744073709551616",
                ])),
            .string(
                one(of: [
                    "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z", "+1", "rule", "rule ", "override group ",
                    "====", "A===", "live", "failed", "status-update", "tool-calls", "end-of-call-report",
                ])),
        ])
    }
}
