// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Foundation
import TestSupport
import Testing

/// The keys that README.md documents are those of the command table.
@Suite struct ReadmeTests {
    @Test(arguments: [Row("the screens", 0, false), Row("a dialog", 1, true)])
    func theKeysAreThoseOfTheCommandTable(row: Row<Int, Bool>) throws {
        let documented = Self.keys(inTable: row.input, of: try Repository.read("README.md"))
        let commands = Keymap.documentation.filter { ($0.group == "In a dialog") == row.expected }
        let expected = Set(commands.flatMap { $0.keys.split(separator: " ").map(String.init) })
        #expect(documented == expected)
    }

    /// The words in backticks in the first column of a table below the heading `Keys`.
    private static func keys(inTable wanted: Int, of readme: String) -> Set<String> {
        let lines = readme.components(separatedBy: "\n").drop { $0 != "## Keys" }.dropFirst().prefix {
            !$0.hasPrefix("## ")
        }
        let tables = lines.split { !$0.hasPrefix("|") }
        guard tables.indices.contains(wanted) else { return [] }
        let cells = tables[wanted].dropFirst(2).map { $0.split(separator: "|").first ?? "" }
        return Set(
            cells.flatMap { cell in
                cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                    .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            })
    }
}
