// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// The one key of a caller, as a condition.
    static let callerKeys = KeyTable<Condition?>([
        "number": { reader, entry, condition in
            let numbers = reader.readEach(entry) { $0.readExistingNumber($1) }
            condition = numbers.map { .member(Caller(), .numbers(Set($0))) }
        },
        "prefix": { reader, entry, condition in
            condition = reader.readEach(entry) { $0.readPrefix($1) }.map { .member(Caller(), .prefixes($0)) }
        },
        "in": { reader, entry, condition in condition = reader.readListFile(entry.value) },
        "country": { reader, entry, condition in
            let codes = reader.readEach(entry) { $0.readCountry($1) }
            condition = codes.map { .member(CallerCountry(), Set($0)) }
        },
        "language": { reader, entry, condition in
            let codes = reader.readEach(entry) { $0.readCallerLanguage($1) }
            condition = codes.map { .member(CallerLanguage(), Set($0)) }
        },
    ])

    /// Reads a number, a prefix, the word `withheld`, or a list of these of which one must match.
    mutating func readCallers(_ node: YAMLNode) -> Condition? {
        guard let items = node.items else { return readCaller(node) }
        guard hasItems(node, of: "caller") else { return nil }
        let conditions = items.compactMap { readCaller($0) }
        guard conditions.count == items.count else { return nil }
        return joined(conditions)
    }

    private mutating func readCaller(_ node: YAMLNode) -> Condition? {
        if node.scalarText == "withheld" { return .member(Caller(), .withheld) }
        guard node.entries != nil else {
            return readExistingNumber(node).map { .member(Caller(), .numbers([$0])) }
        }
        guard let fields = fields(node, of: "`caller`", Self.callerKeys) else { return nil }
        guard let entry = fields.entries.first else {
            findings.error(
                .missingKey, "`caller` needs one of \(Self.callerKeys.names.joined(separator: ", "))", at: node.position
            )
            return nil
        }
        guard fields.entries.count == 1 else {
            let names = fields.entries.map { "`\($0.key)`" }.joined(separator: " and ")
            findings.error(
                .conflictingKeys, "\(names) cannot be combined; write a list of callers instead", at: node.position)
            return nil
        }
        var condition: Condition?
        read(entry, Self.callerKeys, into: &condition)
        return condition
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

    /// Reads a code of two letters.
    mutating func readCode(_ node: YAMLNode, of key: String, like sample: String) -> String? {
        guard let code = findings.text(node, of: "`\(key)`") else { return nil }
        if code.utf8.count == 2, code.allSatisfy({ $0.isASCII && $0.isLetter }) { return code }
        findings.error(
            .invalidCode, "invalid \(key) code `\(code)`; expected two letters such as \(sample)", at: node.position)
        return nil
    }

    /// Reads `in: blocklist.txt`, a file with one number a line; a # starts a comment.
    private mutating func readListFile(_ node: YAMLNode) -> Condition? {
        guard let path = findings.text(node, of: "`in`") else { return nil }
        switch files(path) {
        case .unreadable(let problem):
            findings.error(.unreadableFile, "cannot read `\(path)`: \(problem)", at: node.position)
            return nil
        case .bytes(let bytes): return .member(Caller(), .list(file: path, readList(bytes, path, at: node.position)))
        }
    }

    private mutating func readList(_ bytes: [UInt8], _ path: String, at position: SourcePosition) -> Set<PhoneNumber> {
        var numbers: Set<PhoneNumber> = []
        let lines = String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let spelling = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
            guard !spelling.isEmpty else { continue }
            if let number = plan.number(spelled: spelling, country: country) {
                numbers.insert(number)
            } else {
                let advice = country == nil ? "add its country code, or set `country`" : "add its country code"
                findings.error(
                    .notANumber,
                    "`\(path)`, line \(index + 1): cannot read \"\(spelling.prefix(40))\" as a phone number; \(advice)",
                    at: position)
            }
        }
        return numbers
    }
}

// Phone numbers, wherever they occur.
extension RulesReader {
    /// Reads a number in E.164 form.
    mutating func readNumber(_ node: YAMLNode) -> PhoneNumber? {
        guard let text = phoneText(node, of: "a phone number", example: "+31201234567") else { return nil }
        if let number = PhoneNumber(text) { return number }
        findings.error(
            .notANumber, "`\(text)` is not a number in international form\(advice(for: text))", at: node.position)
        return nil
    }

    /// Reads a number and warns when no country has it.
    mutating func readExistingNumber(_ node: YAMLNode) -> PhoneNumber? {
        guard let number = readNumber(node) else { return nil }
        if !plan.isValid(number) {
            let place = plan.origin(of: number).map { " in \($0.country)" } ?? ""
            findings.warning(.noSuchNumber, "\(number) does not exist\(place)\(typo(in: number))", at: node.position)
        }
        return number
    }

    /// Suggests the typo that would explain a number that does not exist.
    private func typo(in number: PhoneNumber) -> String {
        let digits = Array(number.description)
        let longer = (0...9).compactMap { PhoneNumber(String(digits) + "\($0)") }
        if longer.contains(where: plan.isValid) { return "; is a digit missing?" }
        let shorter = digits.indices.dropFirst().compactMap { place in
            PhoneNumber(String(digits[..<place] + digits[(place + 1)...]))
        }
        return shorter.contains(where: plan.isValid) ? "; is there a digit too many?" : ""
    }

    private mutating func readPrefix(_ node: YAMLNode) -> PhonePrefix? {
        guard let text = phoneText(node, of: "a prefix", example: "+49") else { return nil }
        if let prefix = PhonePrefix(text) { return prefix }
        findings.error(.notAPrefix, "`\(text)` is not a prefix of a number\(advice(for: text))", at: node.position)
        return nil
    }

    /// Returns the text of a number; YAML reads `+31...` without quotes as an integer and drops the plus sign.
    private mutating func phoneText(_ node: YAMLNode, of what: String, example: String) -> String? {
        guard let text = node.scalarText, !node.isNull else {
            findings.error(
                .wrongType, "\(what) must be a string such as \"\(example)\", found \(node.kindInWords)",
                at: node.position)
            return nil
        }
        if case .scalar(_, isPlain: true) = node.content, text.hasPrefix("+") {
            findings.warning(
                .unquotedNumber, "quote the number, \"\(text)\": YAML reads it as an integer", at: node.position)
        }
        return text
    }

    private func advice(for text: String) -> String {
        let digits = text.filter { $0.isASCII && $0.isWholeNumber }
        let candidate = text.hasPrefix("00") ? "+" + digits.dropFirst(2) : "+" + digits
        if text.hasPrefix("0"), !text.hasPrefix("00") {
            return "; replace the leading 0 by the country code, such as \"+31201234567\""
        }
        guard PhonePrefix(candidate) != nil, candidate != text else {
            return "; expected a plus sign and at most 15 digits, such as \"+31201234567\""
        }
        return "; write \"\(candidate)\""
    }
}
