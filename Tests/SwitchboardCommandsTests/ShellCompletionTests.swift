// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@testable import SwitchboardCommands

/// terminal.md, row 19.
@Suite struct ShellCompletionTests {
    private static let desk = CompletedDesk([
        ("+31850835037", "Front desk", "hotel"), ("+31850835038", "Bar", "hotel"), ("+31850835039", "bar", nil),
        ("+31850835040", "$(reboot)", "`id`"), ("+31850835041", "", nil), ("+31850835042", "Küche & Büro", "Süd"),
    ])

    @Test func aNameThatLeadsToOneLineIsOffered() {
        let names = [
            "Front desk", "+31850835038", "+31850835039", "+31850835040", "+31850835041", "Küche & Büro",
        ]
        for prefix in ["", "F", "\"Fr"] { #expect(Self.desk.lines(beginning: prefix) == names) }
    }

    @Test(arguments: ["+", "+3185", "0", "'+"]) func numbersWhereOneIsBegun(_ prefix: String) {
        #expect(Self.desk.lines(beginning: prefix).allSatisfy { $0.hasPrefix("+") })
        #expect(Self.desk.lines(beginning: prefix).count == 6)
    }

    @Test func eachGroupOnce() {
        #expect(Self.desk.groups == ["hotel", "Süd"])
    }

    @Test(arguments: [
        "$HOME", "`id`", "a\"b", "it's", "a\\b", "~root", "{a,b}", "<(id)", "a*", "a:b", "a\nb", "", "a;b", "a|b",
        "\u{1B}[31m",
    ]) func nothingIsOfferedThatAShellWouldExpand(_ name: String) {
        #expect(!ShellCompletion.isPlain(name))
    }

    static let words: [Row<[String], String?>] = [
        Row("apart", ["explain", "--config", "a.yaml", "--to", ""], "a.yaml"),
        Row("joined", ["explain", "--config=a.yaml", "--to"], "a.yaml"),
        Row("as bash splits it", ["explain", "--config", "=", "a.yaml", "--to"], "a.yaml"),
        Row("missing", ["explain", "--to", ""], nil),
        Row("without its value", ["explain", "--config", "--to", ""], nil),
        Row("at the end", ["explain", "--config"], nil),
        Row("twice", ["--config", "a.yaml", "--config", "b.yaml"], "b.yaml"),
    ]

    @Test(arguments: words) func theFileIsReadOutOfTheWords(_ row: Row<[String], String?>) {
        #expect(CompletedWords(row.input)["--config"] == row.expected)
    }
}
