// SPDX-License-Identifier: Apache-2.0

import Calls
import Filters
import TestSupport
import Testing

/// docs/filters.md has what the tables have.
@Suite struct FilterDocumentationTests {
    private static let page = Result { try Repository.read("docs/filters.md") }

    /// The rows of the table under a heading, without its head.
    private static func table(_ heading: String) throws -> [String] {
        let lines = try page.get().split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == heading })
        return lines[start...].drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2).map(String.init)
    }

    @Test func theTableOfKeysIsComplete() throws {
        let rows = FilterKey.all.map { key in
            let names = ([key.name] + key.aliases).map { "`\($0)`" }.joined(separator: ", ")
            return "| \(names) | \(key.values.rawValue) | \(key.help) | `\(key.example)` |"
        }
        #expect(try Self.table("## Keys") == rows)
    }

    @Test func theTablesOfWordsAreComplete() throws {
        #expect(try Self.table("### `is:`") == CallTrait.allCases.map { "| `\($0.rawValue)` | \($0.words) |" })
        #expect(try Self.table("### `has:`") == CallFeature.allCases.map { "| `\($0.rawValue)` | \($0.words) |" })
        let page = try Self.page.get()
        for state in CallStateWord.Known.allCases { #expect(page.contains("`\(state.rawValue)`")) }
        for kind in AnswerKind.allCases { #expect(page.contains("`\(kind.rawValue)`")) }
        for code in FilterError.Code.allCases { #expect(page.contains("`\(code.rawValue)`")) }
    }

    @Test func everyExampleIsRead() throws {
        for key in FilterKey.all { #expect(throws: Never.self) { try CallFilter(key.example, .sample) } }
        let examples = try Self.page.get().split(separator: "\n").filter { $0.hasPrefix("    ") }
        #expect(examples.count > 3)
        for example in examples {
            let filter = String(example.split(separator: "#")[0])
            #expect(throws: Never.self, "\(example)") { try CallFilter(filter, .sample) }
        }
    }
}
