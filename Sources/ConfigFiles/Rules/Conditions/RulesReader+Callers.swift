// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// The one key of a caller, as a condition.
    static let callerKeys = KeyTable<Condition?>([
        "number": { reader, entry, condition in
            condition = reader.readEach(entry) { $0.readCallerText($1) }.map { reader.joined($0) }
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
        guard node.entries != nil else { return readCallerText(node) }
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

    /// Reads a number, `+4930*`, `+31201234500-99` or `withheld`.
    private mutating func readCallerText(_ node: YAMLNode) -> Condition? {
        guard let text = numberText(node, of: "a caller", example: "+31612345678") else { return nil }
        switch plan.callers(text, country: country) {
        case .number(let number, let remark):
            check(number, remark, at: node.position, advice: number.adviceForPrefix(writtenAs: text))
            return .member(Caller(), .numbers([number]))
        case .prefix(let prefix): return .member(Caller(), .prefixes([prefix]))
        case .range(let range): return .member(Caller(), .ranges([range]))
        case .withheld where text == "withheld": return .member(Caller(), .withheld)
        case .withheld:
            findings.error(.notANumber, "`\(text)` is not a caller; did you mean `withheld`?", at: node.position)
        case .unreadable(.letters):
            findings.error(
                .notANumber,
                "`\(text)` is not a caller; expected a number, a prefix such as \"+4930*\" or `withheld`",
                at: node.position)
        case .unreadable(let problem): report(problem, text, at: node.position)
        }
        return nil
    }

    /// Joins single numbers, and single prefixes, into one set, so that a long list is one look-up.
    private func joined(_ conditions: [Condition]) -> Condition {
        var numbers: Set<PhoneNumber> = []
        var prefixes: [PhonePrefix] = []
        var others: [Condition] = []
        for condition in conditions {
            if case .test(.caller(let member)) = condition, case .numbers(let more) = member.values {
                numbers.formUnion(more)
            } else if case .test(.caller(let member)) = condition, case .prefixes(let more) = member.values {
                prefixes += more
            } else {
                others.append(condition)
            }
        }
        let all: [Condition] =
            (numbers.isEmpty ? [] : [.member(Caller(), .numbers(numbers))]) + others
            + (prefixes.isEmpty ? [] : [.member(Caller(), .prefixes(prefixes))])
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

    /// How many lines of a file are named one by one.
    private static let mostNamed = 10

    /// Reads `in: blocklist.txt`, a file with one caller a line.
    ///
    /// Lines that cannot be read are warnings: the others block and let in as before.
    private mutating func readListFile(_ node: YAMLNode) -> Condition? {
        guard let path = findings.text(node, of: "`in`") else { return nil }
        switch files(path) {
        case .unreadable(let problem):
            findings.error(.unreadableFile, "cannot read `\(path)`: \(problem)", at: node.position)
            return nil
        case .bytes(let bytes):
            let list = CallerListFile(bytes, country: country, plan: plan)
            if let kind = list.foreign {
                let message =
                    "cannot read `\(path)`: it is \(kind.words); save it as a text in UTF-8, one caller a line"
                guard kind != .utf16 else {
                    findings.error(.unreadableFile, message, at: node.position)
                    return nil
                }
                // Such a file was accepted once, and must not keep a server from starting.
                findings.warning(.unreadableFile, message, at: node.position)
            }
            report(list.problems, in: path, at: node.position)
            return .member(Caller(), .list(CallerList(file: path, list.entries)))
        }
    }

    /// Reports the lines of a list one by one, and how many more there are of each kind.
    private mutating func report(_ problems: [CallerListFile.Problem], in path: String, at position: SourcePosition) {
        for problem in problems.prefix(Self.mostNamed) {
            findings.warning(problem.code, "`\(path)`, line \(problem.line): \(problem.message)", at: position)
        }
        var more: [Diagnostic.Code: Int] = [:]
        for problem in problems.dropFirst(Self.mostNamed) { more[problem.code, default: 0] += 1 }
        for (code, count) in more.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            findings.warning(
                code, "`\(path)`: \(count) more \(count == 1 ? "line" : "lines") like these", at: position)
        }
    }
}
