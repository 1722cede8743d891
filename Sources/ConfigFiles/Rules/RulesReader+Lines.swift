// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// A line, while it is read.
    struct LineDraft {
        fileprivate var number: PhoneNumber?
        fileprivate var numberPosition = SourcePosition.start
        fileprivate var name: String?
        fileprivate var group: String?
        fileprivate var hours: Int?
        fileprivate var zone: Zone?
        fileprivate var assistantID: String?
        fileprivate var language: String?
        fileprivate var region: String?
        fileprivate var facts: [String: String] = [:]
    }

    static let lineKeys = KeyTable<LineDraft>([
        "number": { reader, entry, line in
            line.number = reader.readExistingNumber(entry.value)
            line.numberPosition = entry.value.position
        },
        "name": { reader, entry, line in line.name = reader.readFixedText(entry.value, of: "`name`") },
        "group": { reader, entry, line in line.group = reader.findings.text(entry.value, of: "`group`") },
        "hours": { reader, entry, line in line.hours = reader.readLineHours(entry.value) },
        "timezone": { reader, entry, line in line.zone = reader.readZone(entry.value) },
        "language": { reader, entry, line in
            line.language = reader.readLineLanguage(entry.value)
            line.region = entry.value.scalarText.flatMap(LanguageText.region)
        },
        "facts": { reader, entry, line in line.facts = reader.readFacts(entry.value) },
        "assistant_id": { reader, entry, line in
            line.assistantID = reader.readFixedText(entry.value, of: "`assistant_id`")
        },
    ])

    /// Reads `lines`.
    mutating func readLines(_ node: YAMLNode, zone: Zone) {
        guard let items = node.items else {
            findings.error(
                .wrongType, "`lines` must be a list of mappings with `number`, found \(node.kindInWords)",
                at: node.position)
            return
        }
        for item in items { readLine(item, zone: zone) }
    }

    private mutating func readLine(_ node: YAMLNode, zone: Zone) {
        var line = LineDraft()
        guard let fields = read(node, of: "a line", Self.lineKeys, into: &line) else { return }
        require("number", in: fields, of: "a line")
        guard let number = line.number else { return }
        if let known = linesByNumber[number] {
            findings.error(
                .duplicateLine, "\(number) is already the line `\(lines[known].name)`", at: line.numberPosition)
        }
        linesByNumber[number] = lines.count
        if let group = line.group { groups.insert(group) }
        let origin = plan.origin(of: number)
        lines.append(
            PhoneLine(
                number: number, name: line.name ?? number.description, group: line.group, hours: line.hours,
                zone: line.zone ?? zone, assistantID: line.assistantID, country: origin?.country,
                language: line.language ?? origin?.language, region: line.region, facts: line.facts))
    }

    /// Reads a language; a wrong one is a warning, since earlier versions took any value.
    private mutating func readLineLanguage(_ node: YAMLNode) -> String? {
        guard let text = node.scalarText, let language = LanguageText.read(text) else {
            let problem =
                node.scalarText.map(LanguageText.problem)
                ?? "`language` must be two letters such as nl, found \(node.kindInWords)"
            findings.warning(.invalidCode, problem, at: node.position)
            return nil
        }
        return languageCode(language, at: node.position)
    }

    /// Reads what the file says of a line; the names of placeholders that every file has are taken.
    private mutating func readFacts(_ node: YAMLNode) -> [String: String] {
        var facts: [String: String] = [:]
        for entry in findings.mapping(node, of: "`facts`") ?? [] {
            let name = entry.key.lowercased()
            if Placeholder(name: "line.\(name)") != nil || name == "group" {
                findings.error(
                    .reservedName,
                    "`\(entry.key)` cannot be the name of a fact: `{{line.\(name)}}` has a meaning already",
                    at: entry.keyPosition)
            }
            if facts[name] != nil {
                findings.error(.duplicateName, "the line has the fact `\(name)` already", at: entry.keyPosition)
            }
            facts[name] = readFact(entry)
        }
        return facts
    }

    private mutating func readFact(_ entry: YAMLNode.Entry) -> String? {
        if case .bool(let flag) = YAMLScalar(entry.value) { return String(flag) }
        return readFixedText(entry.value, of: "`\(entry.key)`")
    }

    private mutating func readLineHours(_ node: YAMLNode) -> Int? {
        guard let index = readHoursName(node) else { return nil }
        if hours[index].closing == nil {
            findings.error(
                .noClosedAnswer,
                "the hours `\(hours[index].name)` have no `closed` answer, which a line needs; add one",
                at: node.position)
        }
        return index
    }
}
