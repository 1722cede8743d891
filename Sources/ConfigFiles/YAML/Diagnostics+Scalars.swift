// SPDX-License-Identifier: Apache-2.0

extension Diagnostics {
    /// Reads a text that says something.
    mutating func text(_ node: YAMLNode, of what: String) -> String? {
        switch YAMLScalar(node) {
        case .string(let text) where text.contains(where: { !$0.isWhitespace }):
            checkOldReading(node)
            return text
        case .string:
            error("\(what) is empty; write a text", at: node.position)
        case .number:
            // A house number or a name of digits is meant as it is written.
            return node.scalarText
        case .null:
            error(
                "\(what) is empty; write a text, in quotes if it begins with # or is a word such as null",
                at: node.position)
        case .bool, .notFinite:
            error("\(what) must be a text; put \(node.scalarText ?? "") in quotes", at: node.position)
        case nil:
            error("\(what) must be a text, but \(node.kindInWords) stands here", at: node.position)
        }
        return nil
    }

    /// Warns of a text without quotes that older YAML reads as something else.
    private mutating func checkOldReading(_ node: YAMLNode) {
        guard let reading = YAMLScalar.oldReading(node) else { return }
        warnOfOldReading(
            "`\(node.scalarText ?? "")` is a text here, but older YAML reads it as \(reading); put it in quotes",
            at: node.position)
    }

    /// Reads `true` or `false`.
    mutating func flag(_ node: YAMLNode, of what: String) -> Bool? {
        if case .bool(let flag) = YAMLScalar(node) { return flag }
        error("\(what) must be true or false, but \(node.described) stands here", at: node.position)
        return nil
    }

    /// Reads a whole number within bounds.
    mutating func whole(_ node: YAMLNode, of what: String, in range: ClosedRange<Int>) -> Int? {
        if case .number(let text) = YAMLScalar(node), let number = Int(text), range.contains(number) { return number }
        let bounds =
            range.upperBound == Int.max
            ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        error("\(what) must be a whole number \(bounds), but \(node.described) stands here", at: node.position)
        return nil
    }

    /// Checks a number against the bounds that the platform names.
    mutating func checkNumber(_ node: YAMLNode, of what: String, in range: ClosedRange<Double>) {
        if case .number(let text) = YAMLScalar(node), let number = Double(text), range.contains(number) { return }
        let bounds = "from \(range.lowerBound.short) to \(range.upperBound.short)"
        error("\(what) must be a number \(bounds), but \(node.described) stands here", at: node.position)
    }
}

extension YAMLNode {
    /// The value as it is written, or its kind in words.
    var described: String {
        switch content {
        case .scalar(let text, let isPlain):
            isNull ? "nothing" : isPlain ? "`\(text.prefix(40))`" : "the text \"\(text.prefix(40))\""
        case .sequence, .mapping: kindInWords
        }
    }

    /// The items of a list, or the one thing that stands where a list may.
    var oneOrMore: [YAMLNode] { items ?? [self] }
}

extension Double {
    fileprivate var short: String { rounded() == self ? String(Int(self)) : String(self) }
}
