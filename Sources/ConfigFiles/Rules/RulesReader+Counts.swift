// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// The longest time that calls are counted over.
    private static let longest = 366 * 86_400
    /// The most calls that are counted.
    private static let most = 1000

    /// Reads `{ more_than: 5, within: 10m }`.
    mutating func readLimit(_ entry: YAMLNode.Entry) -> CallLimit? {
        let what = "`\(entry.key)`"
        guard let fields = findings.fields(entry.value, of: what, known: ["more_than", "within"]) else { return nil }
        let count = fields.required("more_than", of: what, &findings)
            .flatMap { findings.whole($0, of: "`more_than`", in: 1...Self.most) }
        let seconds = fields.required("within", of: what, &findings).flatMap { readSpan($0) }
        guard let count, let seconds else { return nil }
        return CallLimit(moreThan: count, withinSeconds: seconds)
    }

    /// Reads `{ within: 30d }`.
    mutating func readSeenBefore(_ entry: YAMLNode.Entry) -> Condition? {
        guard let fields = findings.fields(entry.value, of: "`seen_before`", known: ["within"]) else { return nil }
        return fields.required("within", of: "`seen_before`", &findings).flatMap { readSpan($0) }
            .map { .test(.seenBefore(SeenBefore(withinSeconds: $0))) }
    }

    private mutating func readSpan(_ node: YAMLNode) -> Int? {
        if let text = node.scalarText, let seconds = SpanText.seconds(text), (1...Self.longest).contains(seconds) {
            return seconds
        }
        findings.error(
            "`within` must be a time such as 30s, 10m, 2h or 30d, a year at most, but \(node.described) stands here",
            at: node.position)
        return nil
    }
}
