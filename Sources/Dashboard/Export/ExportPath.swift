// SPDX-License-Identifier: Apache-2.0

import Calls

/// The path that an export is offered: with the time at which it is offered, so that each has a file of its own, or as it
/// was typed for an earlier one.
package struct ExportPath: Hashable, Sendable {
    /// Where the time goes.
    package static let time = "{time}"

    /// The name of a file that nobody named.
    package static let usual = "switchboard-\(time).jsonl"

    private var text: String
    /// The time that was offered last, as it is in a path.
    private var offered: String?

    init(_ text: String) {
        self.text = text
    }

    /// The path at a time.
    mutating func offer(at time: LocalTime) -> String {
        let words = time.text.filter { $0 != ":" && $0 != "-" }
        offered = words
        return text.replacing(Self.time, with: words)
    }

    /// Takes a path that was exported to; the time in it stays that of an offer.
    mutating func take(_ path: String) {
        text = offered.map { path.replacing($0, with: Self.time) } ?? path
    }
}
