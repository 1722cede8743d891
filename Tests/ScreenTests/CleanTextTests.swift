// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing

@Suite struct CleanTextTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let what: String
        let text: String
        let shown: String

        var testDescription: String { what }
    }

    @Test(arguments: [
        Example(what: "plain text is left alone", text: "Front desk", shown: "Front desk"),
        Example(what: "letters with accents stay", text: "Zoë Müller", shown: "Zoë Müller"),
        Example(what: "an escape sequence is only letters", text: "\u{1B}[31mred", shown: "·[31mred"),
        Example(what: "a C1 control is a dot", text: "a\u{9B}31m", shown: "a·31m"),
        Example(what: "delete and null are dots", text: "a\u{7F}b\u{0}", shown: "a·b·"),
        Example(what: "line breaks and tabs are spaces", text: "a\nb\tc\r\nd", shown: "a b c  d"),
        Example(what: "separators of lines and paragraphs are dots", text: "a\u{2028}b\u{2029}", shown: "a·b·"),
        Example(what: "text cannot turn the direction", text: "\u{202E}gnp\u{2066}.exe\u{200F}", shown: "·gnp·.exe·"),
        Example(what: "joined emoji fall apart", text: "👩‍👧", shown: "👩👧"),
        Example(what: "skin tones and variants go", text: "👍🏽 ❤️", shown: "👍 ❤"),
        Example(what: "flags are two letters", text: "🇳🇱", shown: "NL"),
        Example(what: "invisible characters go", text: "a\u{200B}b\u{FEFF}c\u{E0041}", shown: "abc"),
        Example(what: "a mark without a letter goes", text: "\u{301}a", shown: "a"),
        Example(
            what: "a letter carries four marks", text: "a\u{301}\u{302}\u{303}\u{304}\u{305}b",
            shown: "a\u{301}\u{302}\u{303}\u{304}b"),
    ])
    func whatIsShown(_ example: Example) {
        let shown = CleanText.clean(example.text)
        #expect(Array(shown.unicodeScalars) == Array(example.shown.unicodeScalars))
    }

    @Test func cleaningTwiceChangesNothingMore() {
        for value in UInt32(0)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = CleanText.clean("a" + String(scalar) + "b")
            #expect(Array(CleanText.clean(once).unicodeScalars) == Array(once.unicodeScalars))
        }
    }

    @Test(arguments: [
        ("Front desk", 10, "Front desk"), ("Front desk", 9, "Front de…"), ("Front desk", 1, "…"), ("Front desk", 0, ""),
        ("Front desk", -3, ""), ("世界世界", 8, "世界世界"), ("世界世界", 6, "世界…"), ("世界世界", 5, "世界…"),
        ("世界世界", 4, "世…"),
    ])
    func aCutNeverSplitsAWideGlyph(text: String, width: Int, shown: String) {
        let cut = CleanText.cut(text, to: width, ellipsis: "…")
        #expect(cut == shown)
        #expect(DisplayWidth.of(cut) <= max(0, width))
    }

    @Test func anEllipsisThatIsTooWideIsCutToo() {
        #expect(CleanText.cut("Front desk", to: 2, ellipsis: "...") == "..")
    }
}
