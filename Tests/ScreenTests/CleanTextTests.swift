// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

@Suite struct CleanTextTests {
    @Test(arguments: [
        Row("plain text is left alone", "Front desk", "Front desk"),
        Row("letters with accents stay", "Zoë Müller", "Zoë Müller"),
        Row("an escape sequence is only letters", "\u{1B}[31mred", "·[31mred"),
        Row("a C1 control is a dot", "a\u{9B}31m", "a·31m"),
        Row("delete and null are dots", "a\u{7F}b\u{0}", "a·b·"),
        Row("line breaks and tabs are spaces", "a\nb\tc\r\nd", "a b c  d"),
        Row("separators of lines and paragraphs are dots", "a\u{2028}b\u{2029}", "a·b·"),
        Row("text cannot turn the direction", "\u{202E}gnp\u{2066}.exe\u{200F}", "·gnp·.exe·"),
        Row("joined emoji fall apart", "👩‍👧", "👩👧"),
        Row("skin tones and variants go", "👍🏽 ❤️", "👍 ❤"),
        Row("flags are two letters", "🇳🇱", "NL"),
        Row("invisible characters go", "a\u{200B}b\u{FEFF}c\u{E0041}", "abc"),
        Row("a mark without a letter goes", "\u{301}a", "a"),
        Row("a letter carries four marks", "a\u{301}\u{302}\u{303}\u{304}\u{305}b", "a\u{301}\u{302}\u{303}\u{304}b"),
    ])
    func whatIsShown(_ row: Row<String, String>) {
        let shown = CleanText.clean(row.input)
        #expect(Array(shown.unicodeScalars) == Array(row.expected.unicodeScalars))
    }

    @Test(
        "what is printed line by line keeps its lines",
        arguments: [
            Row("line breaks and tabs stay", "a\n\tb\r\nc", "a\n\tb\nc"),
            Row("a return alone overwrites nothing", "good\rbad", "goodbad"),
            Row("escape, bell, C1, delete", "\u{1B}]0;x\u{07}\u{9B}31m\u{7F}\u{85}", "·]0;x··31m··"),
            Row("text cannot turn the direction", "\u{202E}gnp\u{2066}", "·gnp·"),
            Row("emoji stay as they are", "👩‍👧 👍🏽 ·", "👩‍👧 👍🏽 ·"),
        ])
    func printedText(_ row: Row<String, String>) {
        #expect(Array(CleanText.lines(row.input).unicodeScalars) == Array(row.expected.unicodeScalars))
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
