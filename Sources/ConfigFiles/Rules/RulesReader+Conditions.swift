// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    private static let keys = [
        "caller", "contact", "line", "group", "during", "date", "calls_from_caller", "calls_to_line", "seen_before",
        "call_type", "all", "any", "not",
    ]

    /// Reads a `when`; several keys in it must all hold.
    mutating func readCondition(_ node: YAMLNode, rule: String) -> Condition? {
        guard let fields = findings.fields(node, of: "`when`", known: Self.keys) else { return nil }
        if fields.entries.isEmpty {
            findings.error("this condition is empty; leave `when` out for a rule that always holds", at: node.position)
            return nil
        }
        var parts: [Condition] = []
        for entry in fields.entries {
            if let part = readPart(entry, rule: rule) { parts.append(part) }
        }
        guard parts.count == fields.entries.count else { return nil }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func readPart(_ entry: YAMLNode.Entry, rule: String) -> Condition? {
        switch entry.key {
        case "caller": readCallers(entry.value)
        case "line": readLineNumbers(entry.value).map { .member(Line(), $0) }
        case "group": readGroups(entry.value).map { .member(LineGroup(), $0) }
        case "contact": readContact(entry.value)
        case "date": readDateSpans(entry.value).map { .member(Today(), $0) }
        case "calls_from_caller": readLimit(entry).map { .test(.calls(CallCount(.caller, $0))) }
        case "calls_to_line": readLimit(entry).map { .test(.calls(CallCount(.line, $0))) }
        case "seen_before": readSeenBefore(entry)
        case "call_type": readCallTypes(entry.value)
        case "during": readDuring(entry.value, rule: rule).map { .test(.during(OpenHours($0))) }
        case "all": readConditions(entry, rule: rule).map(Condition.all)
        case "any": readConditions(entry, rule: rule).map(Condition.any)
        case "not": readCondition(entry.value, rule: rule).map(Condition.not)
        default: nil
        }
    }

    private mutating func readConditions(_ entry: YAMLNode.Entry, rule: String) -> [Condition]? {
        guard let items = entry.value.items, !items.isEmpty else {
            findings.error("`\(entry.key)` must be a list of conditions", at: entry.value.position)
            return nil
        }
        let conditions = items.compactMap { readCondition($0, rule: rule) }
        return conditions.count == items.count ? conditions : nil
    }

    private mutating func readLineNumbers(_ node: YAMLNode) -> Set<PhoneNumber>? {
        readEach(node, of: "`line`") { $0.readLineNumber($1) }.map { Set($0) }
    }

    private mutating func readLineNumber(_ node: YAMLNode) -> PhoneNumber? {
        if let text = node.scalarText, PhoneNumber(text) == nil, let line = lines.first(where: { $0.name == text }) {
            findings.error("write the number of the line, \"\(line.number)\", instead of its name", at: node.position)
            return nil
        }
        guard let number = readNumber(node) else { return nil }
        if linesByNumber[number] != nil { return number }
        let hint = Suggestion.hint(for: number.description, among: lines.map(\.number.description))
        findings.error("\(number) is not one of the `lines`\(hint)", at: node.position)
        return nil
    }

    private mutating func readGroups(_ node: YAMLNode) -> Set<String>? {
        readEach(node, of: "`group`") { $0.readGroup($1) }.map { Set($0) }
    }

    private mutating func readCallTypes(_ node: YAMLNode) -> Condition? {
        readEach(node, of: "`call_type`") { $0.findings.text($1, of: "`call_type`") }.map {
            .member(CallType(), Set($0))
        }
    }

    private mutating func readGroup(_ node: YAMLNode) -> String? {
        guard let name = findings.text(node, of: "`group`") else { return nil }
        if groups.contains(name) { return name }
        findings.error("no line is in a group `\(name)`\(Suggestion.hint(for: name, among: groups))", at: node.position)
        return nil
    }

    /// Reads one value or a list of them; `nil` when any is wrong or there is none.
    mutating func readEach<Value>(
        _ node: YAMLNode, of what: String, _ read: (inout RulesReader, YAMLNode) -> Value?
    ) -> [Value]? {
        let values = node.oneOrMore.compactMap { read(&self, $0) }
        return values.count == node.oneOrMore.count && hasItems(node, of: what) ? values : nil
    }

    /// Reports an empty list, for which no call could ever match.
    mutating func hasItems(_ node: YAMLNode, of what: String) -> Bool {
        guard node.oneOrMore.isEmpty else { return true }
        findings.error("\(what) is an empty list, so no call would match", at: node.position)
        return false
    }
}
