// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Reads dates, or spans of them such as `2026-12-24..2026-12-31`, both ends included.
    mutating func readDateSpans(_ node: YAMLNode) -> [DateSpan]? {
        guard let spans = readEach(node, of: "`date`", { $0.readDateSpan($1) }) else { return nil }
        checkOverlaps(zip(spans, node.oneOrMore.map(\.position)).map { (span: $0, position: $1) })
        return spans
    }

    /// Warns of dates that stand in two spans.
    private mutating func checkOverlaps(_ placed: [(span: DateSpan, position: SourcePosition)]) {
        var widest: (span: DateSpan, position: SourcePosition)?
        for next in placed.sorted(by: { $0.span.first < $1.span.first }) {
            if let open = widest, next.span.first <= open.span.last {
                let (first, second) = open.position < next.position ? (open, next) : (next, open)
                findings.warning(
                    "`\(second.span)` overlaps `\(first.span)`; write them as one span, or move an end",
                    at: second.position)
            }
            if next.span.last > widest?.span.last ?? next.span.first || widest == nil { widest = next }
        }
    }

    private mutating func readDateSpan(_ node: YAMLNode) -> DateSpan? {
        guard let text = findings.text(node, of: "`date`") else { return nil }
        let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { CivilDate($0) }
        guard ends.count <= 2, let from = ends.first, let first = from, let to = ends.last, let last = to else {
            findings.error(
                """
                `\(text)` is no date of the calendar; write year, month and day, such as "2026-12-25", or \
                "2026-12-24..2026-12-31"
                """, at: node.position)
            return nil
        }
        guard first <= last else {
            findings.error("`\(text)` ends before it begins", at: node.position)
            return nil
        }
        return DateSpan(first: first, last: last)
    }
}
