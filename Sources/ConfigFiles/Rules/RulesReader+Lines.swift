// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    private static let keys = ["number", "name", "group", "hours", "timezone", "language", "assistant_id"]

    /// Reads `lines`.
    mutating func readLines(_ node: YAMLNode, zone: Zone) {
        guard let items = node.items else {
            findings.error("`lines` must be a list, each line with a dash and a `number`", at: node.position)
            return
        }
        for item in items { readLine(item, zone: zone) }
    }

    private mutating func readLine(_ node: YAMLNode, zone: Zone) {
        guard let fields = findings.fields(node, of: "a line", known: Self.keys) else { return }
        let name = fields["name"].flatMap { findings.text($0, of: "`name`") }
        let group = fields["group"].flatMap { findings.text($0, of: "`group`") }
        let own = fields["timezone"].flatMap { readZone($0) }
        let assistant = fields["assistant_id"].flatMap { findings.text($0, of: "`assistant_id`") }
        let hours = fields["hours"].flatMap { readLineHours($0) }
        if let entry = fields.entry("language") {
            findings.warning("`language` has no effect yet", at: entry.keyPosition)
        }
        guard let node = fields.required("number", of: "a line", &findings), let number = readExistingNumber(node)
        else {
            return
        }
        if let known = linesByNumber[number] {
            let name = lines[known].name
            findings.error("\(number) is already the line `\(name)`; each number stands once", at: node.position)
        }
        linesByNumber[number] = lines.count
        if let group { groups.insert(group) }
        lines.append(
            PhoneLine(
                number: number, name: name ?? number.description, group: group, hours: hours, zone: own ?? zone,
                assistantID: assistant))
    }

    private mutating func readLineHours(_ node: YAMLNode) -> Int? {
        guard let index = readHoursName(node) else { return nil }
        if hours[index].closedAnswer == nil {
            findings.error(
                "the hours `\(hours[index].name)` have no `closed`, the answer outside them; a line needs one",
                at: node.position)
        }
        return index
    }

    /// Returns the hours table of a name.
    mutating func readHoursName(_ node: YAMLNode) -> Int? {
        guard let name = findings.text(node, of: "`hours`") else { return nil }
        if let index = hoursByName[name] {
            usedHours.insert(index)
            return index
        }
        hoursAreMisspelled = true
        let hint = Suggestion.hint(for: name, among: hoursByName.keys)
        findings.error("there are no hours named `\(name)`\(hint)", at: node.position)
        return nil
    }
}
