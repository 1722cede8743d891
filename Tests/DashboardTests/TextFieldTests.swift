// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Screen
import Testing
import TestSupport

/// The text field, as it is used in the greeting's dialog.
@Suite struct TextFieldTests {
    @Test(arguments: [
        ("hallo", "hallo"), ("hallo<left><left>X", "halXlo"), ("hallo<home>X", "Xhallo"),
        ("hallo<^a>X<^e>Y", "XhalloY"),
        ("hallo<bs><bs>", "hal"), ("hallo<home><del>", "allo"), ("een twee drie<^w>vier", "een twee vier"),
        ("een twee  <^w>x", "een x"), ("een<left><^k>", "ee"), ("een<left><^u>", "n"), ("東京<left>X", "東X京"),
        ("e\u{301}<bs>a", "a"), ("abc<right><right>d", "abcd"), ("<bs><left><del>a", "a"), ("a<up>b", "ab"),
    ])
    func keysEdit(keys: String, text: String) {
        var state = DashboardState.sample()
        state.type("g")
        #expect(state.type("\(keys)<enter>ygreet<enter>") == [.greet(text)])
    }

    @Test func aMarkThatIsTypedByItselfJoinsItsLetter() {
        var state = DashboardState.sample()
        state.type("ge")
        state.receive(.key(.character("\u{301}")))
        #expect(state.type("<bs>x<enter>ygreet<enter>") == [.greet("x")])
    }

    @Test(arguments: [
        ("plain text", "plain text"), ("two\nlines\r\nand\ttab", "two lines and tab"),
        ("\u{1B}[31mred\u{07}\u{9B}", "[31mred"), ("\u{202E}back\u{2066}", "back"), ("y\ny\n", "y y"),
    ])
    func aPasteGoesIntoTheFieldWithoutItsControls(paste: String, text: String) {
        var state = DashboardState.sample()
        state.type("g")
        state.receive(.paste(paste))
        #expect(state.type("<enter>ygreet<enter>") == [.greet(text)])
    }

    @Test(arguments: ["", "c", "?", "<enter>", "q", "<^z>"])
    func aPasteGoesNowhereElse(keys: String) {
        var state = DashboardState.sample(calls: .varied)
        state.type(keys)
        let before = state.screen.dropLast(2)
        #expect(state.update(with: .paste("cy\nqy\n")) == [])
        // Only the last rows may change: without a dialog one says that the paste was ignored.
        #expect(state.screen.dropLast(2) == before)
    }

    @Test func aHugePasteIsCutToTheLongestText() {
        var state = DashboardState.sample()
        state.type("g")
        state.receive(.paste(String(repeating: "x", count: 1_000_000)))
        #expect(state.type("<enter>ygreet<enter>") == [.greet(String(repeating: "x", count: 5000))])
    }

    /// The rows of a text in a field of 46 columns, and where its cursor then is.
    struct Wrapped: Sendable {
        let rows: [String]
        let cursor: (row: Int, column: Int)
    }

    private static let sentence = "We are closed because of a drill. Please call back."

    @Test(arguments: [
        Row(
            "at its end", sentence,
            Wrapped(rows: ["We are closed because of a drill. Please call", "back."], cursor: (1, 5))),
        Row(
            "at its beginning", sentence + "<home>",
            Wrapped(rows: ["We are closed because of a drill. Please call", "back."], cursor: (0, 0))),
        Row(
            "at the first character of a row", sentence + String(repeating: "<left>", count: 5),
            Wrapped(rows: ["We are closed because of a drill. Please call", "back."], cursor: (1, 0))),
        Row(
            "at the space before it", sentence + String(repeating: "<left>", count: 6),
            Wrapped(rows: ["We are closed because of a drill. Please call", "back."], cursor: (0, 45))),
        Row(
            "a word longer than a row", String(repeating: "x", count: 50),
            Wrapped(rows: [String(repeating: "x", count: 45), "xxxxx"], cursor: (1, 5))),
        Row("a short text", "kort", Wrapped(rows: ["kort"], cursor: (0, 4))),
    ])
    func aLongTextIsBrokenAtItsWords(_ row: Row<String, Wrapped>) throws {
        var state = DashboardState.sample(size: Size(columns: 62, rows: 30))
        state.type("g\(row.input)")
        let label = try #require(state.screen.firstIndex { $0.contains("t Text ") })
        for (offset, text) in row.expected.rows.enumerated() {
            let shown = state.screen[label + offset].split(separator: "│", omittingEmptySubsequences: false)
            #expect(shown.dropFirst().first?.dropFirst(11).split(separator: " ").joined(separator: " ") == text)
        }
        let cursor = try #require(state.view().cursor)
        #expect(cursor.row == label + row.expected.cursor.row)
        #expect(cursor.column == 13 + row.expected.cursor.column)
    }

    @Test func theCursorStaysInSightOfALongText() throws {
        var state = DashboardState.sample(size: Size(columns: 50, rows: 10))
        state.type("g")
        state.receive(.paste(String(repeating: "lang ", count: 100)))
        let cursor = try #require(state.view().cursor)
        #expect((0..<10).contains(cursor.row) && (0..<50).contains(cursor.column))
        state.type("<tab>")
        #expect(state.view().cursor == nil)
    }
}
