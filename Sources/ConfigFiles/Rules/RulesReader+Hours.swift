// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Reads `hours`.
    mutating func readHours(_ node: YAMLNode) {
        for entry in findings.block(node, of: "`hours`") ?? [] where hoursByName[entry.key] == nil {
            let keys = ["weekly", "dates", "closed", "timezone"]
            guard
                let table = readTable(
                    entry.value, name: entry.key, label: "`\(entry.key)`", at: entry.keyPosition, keys: keys)
            else { continue }
            hoursByName[entry.key] = hours.count
            hoursPlaces.append((hours.count, entry.keyPosition))
            hours.append(table)
        }
    }

    /// Reads the hours that a rule names or spells out.
    mutating func readDuring(_ node: YAMLNode, rule: String) -> Int? {
        if let text = node.scalarText, hoursByName[text] != nil || !WindowText.looksLikeWindow(text) {
            return readHoursName(node)
        }
        let name = "of rule \(rule)"
        let table: HoursTable?
        if node.entries != nil {
            table = readTable(
                node, name: name, label: name, at: node.position, keys: ["weekly", "dates", "timezone"])
        } else {
            let errorsBefore = findings.errorCount
            let daily = HoursTable(
                name: name, zone: nil, weekly: readDailyWindows(node), dates: [:], closedAnswer: nil)
            if findings.errorCount == errorsBefore { checkOpens(daily, label: name, at: node.position) }
            table = daily
        }
        guard let table else { return nil }
        hours.append(table)
        return hours.count - 1
    }

    /// Reads a table; `label` names it in findings, which point to `position` where they are about the whole of it.
    private mutating func readTable(
        _ node: YAMLNode, name: String, label: String, at position: SourcePosition, keys: [String]
    ) -> HoursTable? {
        let errorsBefore = findings.errorCount
        guard let fields = findings.fields(node, of: "the hours \(name)", known: keys) else { return nil }
        if fields["weekly"] == nil, fields["dates"] == nil {
            findings.error(
                "these hours need `weekly`, `dates` or both; without them they never open", at: fields.position)
        }
        let table = HoursTable(
            name: name, zone: fields["timezone"].flatMap { readZone($0) },
            weekly: fields["weekly"].map { readWeek($0) } ?? Array(repeating: [], count: 7),
            dates: fields["dates"].map { readDates($0) } ?? [:],
            closedAnswer: fields["closed"].flatMap { readAnswer($0) })
        if findings.errorCount == errorsBefore { checkOpens(table, label: label, at: position) }
        return table
    }

    private mutating func checkOpens(_ table: HoursTable, label: String, at position: SourcePosition) {
        guard !table.everOpens else { return }
        findings.warning(
            "the hours \(label) never open: no day and no date has a window; add one, such as mon-fri: "
                + "[\"09:00-17:00\"]", at: position)
    }

    /// Warns of hours that nothing follows.
    ///
    /// While a name of hours is misspelled this cannot be told.
    mutating func checkUnusedHours() {
        guard !hoursAreMisspelled else { return }
        for (index, position) in hoursPlaces where !usedHours.contains(index) {
            findings.warning(
                "no line has the hours `\(hours[index].name)` and no rule asks for them; name them at a line, or take "
                    + "them out", at: position)
        }
    }
}
