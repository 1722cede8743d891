// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

extension [AuditEntry] {
    /// The lines after a number, up to another one, with a note in the place of those that are missing.
    ///
    /// An engine drops its oldest lines only. So nothing is missing before the first of these if the line with the number
    /// `last` is among them, even where numbers are left out: two histories that were joined leave some out.
    package func following(_ last: Int, upTo end: Int, at now: Instant) -> [AuditEntry] {
        let new = filter { $0.number > last && $0.number <= end }
        let isWhole = last == 0 ? first?.number == 1 : contains { $0.number == last }
        var lines: [AuditEntry] = []
        if !isWhole, let first = new.first, first.number > last + 1 {
            lines.append(.missing(from: last + 1, through: first.number - 1, at: now))
        }
        lines += new
        let reached = Swift.max(lines.last?.number ?? last, last)
        if reached < end { lines.append(.missing(from: reached + 1, through: end, at: now)) }
        return lines
    }
}

extension AuditEntry {
    /// Stands for lines that another replica wrote and that this one could not get; it has the number of the last of them.
    fileprivate static func missing(from first: Int, through last: Int, at now: Instant) -> AuditEntry {
        let lines = first == last ? "line \(last) is" : "lines \(first) to \(last) are"
        return AuditEntry(
            number: last, at: now.inWholeMilliseconds, who: nil,
            content: .note("\(lines) missing here: the engine did not give them"))
    }
}
