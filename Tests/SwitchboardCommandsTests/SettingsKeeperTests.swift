// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Dashboard
import TestSupport
import Testing

@testable import SwitchboardCommands

@Suite struct SettingsKeeperTests {
    /// Filters with the line and column of what is wrong with them.
    @Test(arguments: [
        Row("one that can be read", "from:+316 since:14:30 is:late", nil),
        Row("an unknown key", "colour:red", "2:9"), Row("an unknown word", "is:lte", "2:9"),
        Row("an open quotation mark", "line:\"front", "2:9"),
    ])
    func aFilterIsReadBeforeItIsNeeded(row: Row<String, String?>) {
        let text = "filters:\n  late: \(row.input.contains("\"") ? "'\(row.input)'" : row.input)\n"
        let (file, findings) = SettingsFile.read(
            Array(text.utf8), path: "dashboard.yaml", alarms: [], columns: DashboardSettings.columnNames)
        #expect(findings == [])
        let (settings, slips) = DashboardSettings.of(file)
        #expect(slips.map(\.code) == (row.expected == nil ? [] : [.badFilter]))
        #expect(slips.first.map { "\($0.position.line):\($0.position.column)" } == row.expected)
        // It stays in the list, where it can be mended.
        #expect(settings.filters.map(\.text) == [row.input])
    }
}
