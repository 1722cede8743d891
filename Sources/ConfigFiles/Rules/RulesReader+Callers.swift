// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    private static let keys = ["number", "prefix", "in", "country", "language"]

    /// Reads who calls: a number, a prefix, the word `withheld`, or a list of these of which one must hold.
    mutating func readCallers(_ node: YAMLNode) -> Condition? {
        guard let items = node.items else { return readCaller(node) }
        guard hasItems(node, of: "`caller`") else { return nil }
        let conditions = items.compactMap { readCaller($0) }
        guard conditions.count == items.count else { return nil }
        return joined(conditions)
    }

    private mutating func readCaller(_ node: YAMLNode) -> Condition? {
        if node.scalarText == "withheld" { return .member(Caller(), .withheld) }
        guard node.entries != nil else { return readExistingNumber(node).map { .member(Caller(), .numbers([$0])) } }
        guard let fields = findings.fields(node, of: "`caller`", known: Self.keys) else { return nil }
        guard let entry = fields.entries.first(where: { Self.keys.contains($0.key) }) else {
            if fields.entries.isEmpty {
                findings.error("`caller` needs one of \(Self.keys.joined(separator: ", "))", at: node.position)
            }
            return nil
        }
        guard fields.entries.count == 1 else {
            let names = fields.entries.map { "`\($0.key)`" }.joined(separator: " and ")
            findings.error(
                "\(names) cannot stand together; write a list, of which one must hold", at: node.position)
            return nil
        }
        return switch entry.key {
        case "number": readNumbers(entry.value)
        case "prefix": readPrefixes(entry.value)
        case "in": readListFile(entry.value)
        case "country": readCodes(entry, like: "NL", uppercase: true).map { .member(CallerCountry(), $0) }
        default: readCodes(entry, like: "nl", uppercase: false).map { .member(CallerLanguage(), $0) }
        }
    }

    /// Reads codes of two letters: countries of ISO 3166-1 or languages of ISO 639-1.
    private mutating func readCodes(_ entry: YAMLNode.Entry, like sample: String, uppercase: Bool) -> Set<String>? {
        readEach(entry.value, of: "`\(entry.key)`") { $0.readCode($1, of: entry.key, like: sample) }
            .map { codes in Set(codes.map { uppercase ? $0.uppercased() : $0.lowercased() }) }
    }

    /// Reads one code of two letters.
    mutating func readCode(_ node: YAMLNode, of key: String, like sample: String) -> String? {
        guard let code = findings.text(node, of: "`\(key)`") else { return nil }
        if code.utf8.count == 2, code.allSatisfy({ $0.isASCII && $0.isLetter }) { return code }
        findings.error("`\(code)` is no \(key) code; write two letters such as \(sample)", at: node.position)
        return nil
    }

    private mutating func readNumbers(_ node: YAMLNode) -> Condition? {
        readEach(node, of: "`number`") { $0.readExistingNumber($1) }.map { .member(Caller(), .numbers(Set($0))) }
    }

    private mutating func readPrefixes(_ node: YAMLNode) -> Condition? {
        readEach(node, of: "`prefix`") { $0.readPrefix($1) }.map { .member(Caller(), .prefixes($0)) }
    }

    /// Joins single numbers into one set, so that a long list is one look-up.
    private func joined(_ conditions: [Condition]) -> Condition {
        var numbers: Set<PhoneNumber> = []
        var others: [Condition] = []
        for condition in conditions {
            if case .test(.caller(let member)) = condition, case .numbers(let more) = member.values {
                numbers.formUnion(more)
            } else {
                others.append(condition)
            }
        }
        let all = (numbers.isEmpty ? [] : [Condition.member(Caller(), .numbers(numbers))]) + others
        return all.count == 1 ? all[0] : .any(all)
    }
}
