// SPDX-License-Identifier: Apache-2.0

extension SessionExport {
    /// Microseconds as milliseconds with three decimals.
    package static func milliseconds(_ microseconds: UInt64) -> String {
        let decimals = String(microseconds % 1000)
        return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - decimals.count) + decimals
    }

    /// The answer as it went out, on one line, or `nil` when it cannot stand in a JSON line.
    ///
    /// Answers are JSON when they are compiled. A line break within it is white space between tokens, since strings
    /// hold none.
    static func oneLine(_ reply: [UInt8]) -> [UInt8]? {
        guard String(validating: reply, as: UTF8.self) != nil, reply.first == UInt8(ascii: "{"),
            reply.last == UInt8(ascii: "}")
        else { return nil }
        return reply.map { $0 < 0x20 ? 0x20 : $0 }
    }
}
