// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import PhoneNumbers
import TestSupport
import Testing
import TimeZones

/// Row 22: characters that look like others, or cannot be seen, are named where they are.
@Suite struct OddCharacterTests {
    /// The places and the code points of findings about odd characters.
    private static func odd(_ text: String) -> [String] {
        RulesFile.readInTheWorld(text, name: "rules.yaml").findings.filter { $0.code == .oddCharacter }.map {
            "\($0.line):\($0.column) \($0.message.prefix(6))"
        }
    }

    @Test(arguments: [
        Row("row 22: a no-break space after a colon", "version: 1\ntimezone:\u{A0}UTC\nlines: []\n", ["2:10 U+00A0"]),
        Row(
            "row 22: a no-break space as indentation", "version: 1\nserver:\n\u{A0} listen: 127.0.0.1:0\n",
            ["3:1 U+00A0"]),
        Row("before a key", "version: 1\n\u{A0}timezone: UTC\n", ["2:1 U+00A0"]),
        Row("inside a key", "version: 1\nanswers: { a\u{200B}b: default }\n", ["2:13 U+200B"]),
        Row("a narrow space after a dash", "version: 1\nlines:\n  -\u{202F}number: x\n", ["3:4 U+202F"]),
        Row("a curly quote around a value", "version: 1\ntimezone: “UTC”\n", ["2:11 U+201C"]),
        Row("a curly quote that ends a straight one", "version: 1\ntimezone: \"UTC”\nlines: []\n", ["2:15 U+201D"]),
        Row("a curly quote around a key", "version: 1\n‘timezone’: UTC\n", ["2:1 U+2018"]),
        Row("a soft hyphen in a name", "version: 1\notherwise: wel\u{AD}come\n", ["2:15 U+00AD"]),
        Row("a byte order mark inside", "version: 1\n\u{FEFF}timezone: UTC\n", ["2:1 U+FEFF"]),
        Row("in quotes", "version: 1\ntimezone: \"\u{200B}UTC\"\n", ["2:12 U+200B"]),
    ])
    func isNamed(_ row: Row<String, [String]>) {
        #expect(Self.odd(row.input) == row.expected)
    }

    @Test(
        arguments: [
            Row("typography in a text", "Hi, I’m here — “now” or «\u{A0}later\u{A0}»\u{A0}?", []),
            Row("Persian", "می\u{200C}خواهم", []),
            Row("a mark in Hebrew", "שלום\u{200F}", []),
            Row("a family", "👨\u{200D}👩\u{200D}👧", []),
            Row("a no-break space between words", "10\u{A0}000 calls", []),
        ] as [Row<String, [String]>])
    func leavesGoodTypographyAlone(_ row: Row<String, [String]>) {
        #expect(Self.odd("version: 1\notherwise: { greeting: \"\(row.input)\" }\n") == row.expected)
        #expect(Self.odd("version: 1\notherwise:\n  greeting: \(row.input)\n") == row.expected)
    }

    /// Calls are found and counted by names, which SQLite would end at a NUL.
    @Test(arguments: [
        Row("the name of a line", "lines: [{ number: \"+31850835037\", name: \"De\\0sk\" }]\n", ["error U+0000"]),
        Row("its group", "lines: [{ number: \"+31850835037\", name: Desk, group: \"a\\e\" }]\n", ["error U+001B"]),
        Row("a rule", "rules: [{ name: \"v\\x7Fip\", when: {}, answer: default }]\n", ["error U+007F"]),
        Row("an answer", "answers: { \"a\\x9Bb\": default }\n", ["error U+009B"]),
        Row("hours", "hours: { \"a\\ab\": { weekly: { mon: 9:00-17:00 } } }\n", ["error U+0007"]),
        Row("a text", "otherwise: { greeting: \"Hi\\0.\" }\n", ["warning U+0000"]),
        Row("a text with line breaks", "otherwise: { greeting: \"Hi.\\n\\tBye.\\r\\n\" }\n", []),
    ])
    func controlCharactersAreNoPartOfNames(_ row: Row<String, [String]>) {
        let findings = RulesFile.readInTheWorld("version: 1\n" + row.input, name: "rules.yaml").findings
        let found = findings.filter { $0.code == .oddCharacter }
        #expect(found.map { "\($0.severity) \($0.message.prefix(6))" } == row.expected)
    }

    /// Row 17: in numbers they are passed over.
    @Test func passesOverThemInNumbers() {
        #expect(Self.odd("version: 1\nlines: [{ number: \"\u{202A}+31 20\u{2011}123\u{A0}4567\u{202C}\" }]\n") == [])
    }
}
