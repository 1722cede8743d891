// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import PhoneNumbers
import Rules
import TestSupport
import Testing
import TimeZones

/// Files with one caller a line.
@Suite struct CallerListTests {
    private func read(_ bytes: [UInt8]) -> RulesFile.Outcome {
        let rules = """
            version: 1
            country: NL
            rules: [{ name: r, when: { caller: { in: list.txt } }, answer: { reject: No. } }]
            """
        return RulesFile.read(
            Array(rules.utf8), name: "rules.yaml", zones: TimeZones.zone, files: { _ in .bytes(bytes) },
            plan: WorldNumberingPlan())
    }

    static let spellings: [Row<String, Set<PhoneNumber>>] = [
        Row("row 17: invisible characters, dashes", "\u{202A}+31\u{2011}6\u{2011}12345678\u{202C}", ["+31612345678"]),
        Row("row 17: full-width digits", "＋３１６１２３４５６７８", ["+31612345678"]),
        Row("row 18: an extension", "+31 20 555 0143 x12", ["+31205550143"]),
        Row("row 18: two numbers and a comma", "+31612345678, 0612345679", ["+31612345678", "+31612345679"]),
        Row("row 18: two numbers and a semicolon", "+31612345678;+31612345679", ["+31612345678", "+31612345679"]),
        Row("row 18: two numbers and a space", "+31612345678 +31612345679", ["+31612345678", "+31612345679"]),
        Row("row 18: two numbers and colons", "+31612345678 ::: +31612345679", ["+31612345678", "+31612345679"]),
        Row("row 19: a formula", "=\"+31612345678\"", ["+31612345678"]),
        Row("row 20: a byte order mark", "\u{FEFF}+31612345678", ["+31612345678"]),
        Row("row 4: national", "06-12345678\r\n0031612345679\r\n", ["+31612345678", "+31612345679"]),
        Row("row 4: addresses", "tel:+31612345678\nsip:0612345679@host;user=phone", ["+31612345678", "+31612345679"]),
        Row("ask 3: a remark", "# friends\n+31612345678  # moves away", ["+31612345678"]),
        Row("the same number twice", "+31612345678\n0612345678", ["+31612345678"]),
    ]

    @Test(arguments: spellings) func readsEverySpelling(_ row: Row<String, Set<PhoneNumber>>) throws {
        let outcome = read(Array(row.input.utf8))
        #expect(outcome.findings == [])
        let condition = Condition.callerListed(file: "list.txt", row.expected)
        #expect(try #require(outcome.file).rules.rules[0].condition == condition)
    }

    @Test func prefixesRangesWithheldAndEndsAreEntries() throws {
        let day = try #require(CivilDate("2026-12-31"))
        var entries = CallerEntries()
        entries.add("+4930" as PhonePrefix)
        entries.add("+3120" as PhonePrefix)
        entries.add(try #require(PhoneRange(first: "+31201234500", last: "+31201234599")))
        entries.addWithheld()
        entries.add("+31612345678" as PhoneNumber, until: day)
        let text = "+4930*  # office\n020*\n0201234500-99\nanonymous\n06 12345678 until 2026-12-31 # moves"
        let outcome = read(Array(text.utf8))
        #expect(outcome.findings == [], "ask 3")
        let expected = Condition.member(Caller(), .list(CallerList(file: "list.txt", entries)))
        #expect(try #require(outcome.file).rules.rules[0].condition == expected, "ask 3, row 21")
    }

    @Test(arguments: [
        Row("row 18: a power of ten", "3.16123E+10", ["not-a-number"]),
        Row("row 25: a number that does not exist", "5550143", ["no-such-number"]),
        Row("row 1: two readings", "0612345678\n4915112345678", ["ambiguous-number"]),
        Row("row 18: one of two numbers", "+31612345678, 3161234567890123", ["not-a-number"]),
        Row("row 18: two numbers, one of which does not exist", "+31612345678; 5550143", ["no-such-number"]),
        Row("row 21: a prefix without a plus sign", "4930*", ["not-a-number"]),
        Row("row 21: a prefix without a star", "+4930", ["no-such-number"]),
        Row("ask 3: a wrong date", "+31612345678 until 31-12-2026", ["invalid-date"]),
        Row("ask 3: a reversed range", "+31201234599-00", ["not-a-number"]),
        Row("a word", "Jan", ["not-a-number"]),
        Row("ten and then a count", String(repeating: "Jan\n", count: 25), Array(repeating: "not-a-number", count: 11)),
    ])
    func namesTheLine(_ row: Row<String, [String]>) {
        let outcome = read(Array(row.input.utf8))
        #expect(outcome.findings.map(\.code.rawValue) == row.expected)
        #expect(outcome.findings.allSatisfy { $0.severity == .warning && $0.message.contains("list.txt") })
        #expect(outcome.file != nil)
    }

    @Test(arguments: [
        [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00], Array("BEGIN:VCARD\nTEL:+31612345678\n".utf8),
    ])
    func aFileOfAnotherKindIsNamedOnce(_ bytes: [UInt8]) {
        let outcome = read(bytes)
        #expect(outcome.findings.map(\.code.rawValue) == ["unreadable-file"], "row 20")
        #expect(outcome.file != nil, "it was accepted once")
    }

    @Test(arguments: [[0xFF, 0xFE], [0xFE, 0xFF], [0x2B, 0x00]] as [[UInt8]])
    func utf16IsRefused(_ start: [UInt8]) {
        let findings = read(start + [0x2B, 0x00, 0x33, 0x00]).findings
        #expect(findings.map(\.code.rawValue) == ["unreadable-file"], "row 20")
        #expect(findings.allSatisfy { $0.message.contains("UTF-16") })
    }
}
