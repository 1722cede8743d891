// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

@testable import CursesDisplay

/// What becomes of bytes that come at certain times.
@Suite struct TypedInputTests {
    /// Reads pieces of text, each after a pause in milliseconds; decides before each what has waited for long enough.
    private func events(_ pieces: [(pause: Int64, text: String)], then pause: Int64 = 0) -> [TerminalEvent] {
        var input = TypedInput(KeyDecoder(), escapeDelay: 100)
        var now: Int64 = 1000
        var events: [TerminalEvent] = []
        for piece in pieces {
            now += piece.pause
            events += input.decide(at: now)
            events += input.read(Array(piece.text.utf8), at: now)
        }
        return events + input.decide(at: now + pause)
    }

    private static let begin = "\u{1B}[200~"

    @Test func aPasteThatIsNeverEndedGivesTheKeysBack() {
        let late = events([(0, Self.begin + "close all"), (3000, "q")])
        #expect(late == [.paste("close all"), .key(.character("q"))])
        #expect(events([(0, Self.begin + "close"), (2999, "q")]) == [])
        #expect(events([(0, Self.begin + "close"), (2000, "d")], then: 3000) == [.paste("closed")])
    }

    private static let end = "\u{1B}[201~"

    @Test func whatFollowsTheEndOfAPasteAtOnceIsText() {
        let order: [Key] = [.character("c"), .tab, .enter]
        #expect(
            events([(0, Self.begin + "Dear" + Self.end + "c\t\r")]) == [.paste("Dear"), .burst(order)])
        #expect(
            events([(0, Self.begin + "Dear" + Self.end), (40, "c"), (40, "\t"), (50, "\r")])
                == [.paste("Dear")] + order.map { .burst([$0]) })
        #expect(
            events([(0, Self.begin + "Dear" + Self.end), (51, "c")]) == [.paste("Dear"), .key(.character("c"))])
        #expect(
            events([(0, "j" + Self.begin + "a" + Self.end + "x" + Self.begin + "b" + Self.end)]) == [
                .key(.character("j")), .paste("a"), .burst([.character("x")]), .paste("b"),
            ])
    }

    @Test func marksInAPasteThatBelongTogetherAreText() {
        let text = Self.begin + "a" + Self.begin + "b" + Self.end + "c\t\r" + Self.end
        #expect(events([(0, text)]) == [.paste("a·[200~b·[201~c  ")])
        // The first byte comes alone and late, and is a key until the next one.
        let torn: [TerminalEvent] = [.key(.escape), .paste("a·[200~b·[201~c  ")]
        #expect(events(text.map { (300, String($0)) }) == torn)
    }

    /// Escape, and what follows it when it was taken for a key already; an empty piece is a look at the clock.
    static let afterEscape: [Row<[(pause: Int64, text: String)], [Key]>] = [
        Row("the rest of an arrow, late", [(0, "\u{1B}"), (100, ""), (50, "[A")], [.escape]),
        Row("a bracket alone", [(0, "\u{1B}"), (100, ""), (50, "["), (1000, "")], [.escape, .character("[")]),
        Row(
            "a bracket and another key", [(0, "\u{1B}"), (100, ""), (50, "["), (50, "i")],
            [.escape, .character("["), .character("i")]),
        Row(
            "a bracket after a while", [(0, "\u{1B}"), (100, ""), (1000, ""), (50, "[q")],
            [.escape, .character("["), .character("q")]),
        Row(
            "two brackets", [(0, "\u{1B}"), (100, ""), (50, "["), (50, "[")],
            [.escape, .character("["), .character("[")]),
        Row(
            "numbers after it", [(0, "\u{1B}"), (100, ""), (50, "["), (50, "2"), (50, "5"), (50, "q")],
            [.escape, .character("["), .character("2"), .character("5"), .character("q")]),
        Row(
            "numbers that stop", [(0, "\u{1B}"), (100, ""), (50, "["), (50, "20"), (1000, "")],
            [.escape, .character("["), .character("2"), .character("0")]),
    ]

    @Test(arguments: afterEscape) func anEscapeThatActedTakesNoKeysWithIt(
        _ row: Row<[(pause: Int64, text: String)], [Key]>
    ) {
        #expect(events(row.input) == row.expected.map { .key($0) })
    }

    @Test func interruptIsTheWayOutOfAPasteThatIsNeverEnded() {
        #expect(
            events([(0, Self.begin + "x"), (300, "\u{3}"), (300, "q")]) == [
                .key(.control("c")), .key(.character("q")),
            ])
        #expect(events([(0, Self.begin + "x"), (300, "\u{3}"), (300, "\u{3}")]).count == 2)
        // Within the text it is text, wherever the paste was torn.
        #expect(events([(0, Self.begin + "x"), (10, "\u{3}"), (10, "y\u{1B}[201~")]) == [.paste("x·y")])
        #expect(events([(0, Self.begin + "x"), (300, "\u{3}cAll"), (10, "\u{1B}[201~")]) == [.paste("x·cAll")])
    }

    static let bursts: [Row<[(pause: Int64, text: String)], Bool>] = [
        Row("a sentence", [(0, "close all lines now, please")], true),
        Row("lines, as from a file", [(0, "calls\nare open\nquit now\n")], true),
        Row("with colors", [(0, "\u{1B}[31merror:\u{1B}[0m cannot open file")], true),
        Row("a held key", [(0, String(repeating: "j", count: 60))], false),
        Row("two held keys", [(0, String(repeating: "jk", count: 30))], false),
        Row("a macro of the kind that closes", [(0, "c\tclose\r")], false),
        Row("sixteen keys, one after the other", "close all lines no".map { (30, String($0)) }, false),
    ]

    @Test(arguments: bursts) func manyKeysAtOnceAreABurst(_ row: Row<[(pause: Int64, text: String)], Bool>) {
        let events = events(row.input)
        #expect(events.contains { if case .burst = $0 { true } else { false } } == row.expected, "\(events)")
        #expect(events.count == 1 || !row.expected)
    }

    @Test func theRestOfABurstBelongsToIt() {
        let text = "please close all lines of the desk "
        let rest = events([(0, text), (40, "qy")])
        #expect(rest.last == .burst([.character("q"), .character("y")]))
        #expect(events([(0, text), (40, "q")]).last == .key(.character("q")), "one key may be typed")
        #expect(events([(0, text), (60, "qy")]).last == .key(.character("y")))
        // As much as is read at once: more was waiting.
        let cut = String(String(repeating: text, count: 10).prefix(256))
        #expect(events([(0, cut), (1, "q")]).last == .burst([.character("q")]))
    }
}
