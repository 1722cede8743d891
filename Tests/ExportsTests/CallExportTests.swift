// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Exports
import JSON
import TestSupport
import Testing
import WireFormat

@Suite struct CallExportTests {
    private static func record(_ call: CallSample) throws -> CallRecord {
        try #require(EventLog.sample([call]).snapshot()[0])
    }

    private static func options(masks: Bool = false, hides: Bool = false) -> ExportOptions {
        ExportOptions(
            masksNumbers: masks, hidesTranscripts: hides, clock: .fixed(7200), now: .sample.advanced(bySeconds: 90))
    }

    private static func text(_ format: ExportFormat, _ options: ExportOptions, _ call: CallSample) throws -> String {
        String(decoding: CallExport(format, options).row(try record(call)), as: UTF8.self)
    }

    @Test func jsonLinesAreThoseOfTheSession() throws {
        let call = try Self.record(CallSample("c-1").live().ended())
        #expect(CallExport(.jsonLines, Self.options()).row(call) == SessionExport.line(call) + [0x0A])
    }

    @Test func aCallIsOneRow() throws {
        let call = CallSample("c-1").greeted("Hallo, Jan").live().ended(
            seconds: 41, summary: "Said \"hi\",\nthen left."
        ).marked().noted("Call back")
        #expect(
            String(decoding: CallExport(.csv, Self.options()).head, as: UTF8.self)
                == "id,received_at,from,to,line,state,answer,words,by,applied,latency_ms,seconds,reason,summary,webhooks,"
                + "notes,marked,replica\r\n")
        #expect(
            try Self.text(.csv, Self.options(), call)
                == "c-1,2026-07-01T12:00:00.000Z,+31612345678,+31201234567,Front desk,ended,greeting,"
                + "\"greeting \"\"Hallo, Jan\"\"\",rule vip,applied,0.400,41,user_hangup,\"Said \"\"hi\"\", then left.\",4,"
                + "\"Call back (anna, 2026-07-01T12:01:30.000Z)\",\"anna, 2026-07-01T12:01:30.000Z\",\r\n")
    }

    @Test func aCallOfAReplicaNamesIt() throws {
        var call = try Self.record(CallSample("c-1"))
        call.replica = "eu-2"
        #expect(String(decoding: CallExport(.csv, Self.options()).row(call), as: UTF8.self).hasSuffix(",,,eu-2\r\n"))
    }

    /// A text of outside, and the cell that it is.
    static let cells = [
        Row("a formula", "=1+1", "'=1+1"), Row("a command", "@SUM(A1)", "'@SUM(A1)"), Row("a minus", "-2", "'-2"),
        Row("a plus that is no number", "+31 6+cmd", "'+31 6+cmd"), Row("a number", "+31612345678", "+31612345678"),
        Row("blanks in front", "  =1", "'  =1"), Row("a tab in front", "\t=1", "' =1"),
        Row("full-width", "＝1", "'＝1"), Row("a line break", "a\r\nb", "a  b"), Row("a bell", "a\u{7}b", "a·b"),
        Row("direction", "a\u{202E}b", "a·b"), Row("escape", "\u{1B}[2Jx", "·[2Jx"),
        Row("quotation marks", "say \"x\"", "\"say \"\"x\"\"\""),
        Row("a quotation mark with an accent", "a\"\u{301},b", "\"a\"\"\u{301},b\""),
        Row("a number", "+31612345678", "+31612345678"), Row("a sum", "+31+12345678", "'+31+12345678"),
        Row("no number", "+0316123456", "'+0316123456"), Row("a comma", "a,b", "\"a,b\""),
        Row("a semicolon", "a;b", "\"a;b\""), Row("plain", "東京", "東京"),
    ]

    @Test(arguments: cells) func aCellIsSafe(_ row: Row<String, String>) throws {
        let text = try Self.text(.csv, Self.options(), CallSample("c").with(\.calledName, row.input))
        #expect(text.contains("+31201234567,\(row.expected),ringing,"), "\(text)")
    }

    @Test func aLongCellIsCut() throws {
        let name = String(repeating: "x", count: 100_000)
        let text = try Self.text(.csv, Self.options(), CallSample("c").with(\.calledName, name))
        #expect(text.contains("x…,ringing"))
        #expect(text.utf8.count < 40_000)
    }

    @Test func withoutTranscriptsNothingOfTheCallIsThere() throws {
        let call = CallSample("c").live().ended(summary: "a secret thing")
        for format in ExportFormat.allCases {
            #expect(try !Self.text(format, Self.options(hides: true), call).contains("secret"))
        }
        #expect(try Self.text(.csv, Self.options(), call).contains("secret"))
    }

    /// Numbers in texts, and what stays of them.
    static let masks = [
        Row("E.164", "+31612345678", "***678"), Row("in words", "call +31 6 1234 5678 now", "call ***678 now"),
        Row("national", "06-12345678", "***678"), Row("in brackets", "(020) 123 4567", "(***567"),
        Row("two", "0612345678 or 0201234567", "***678 or ***567"),
        Row("without a break", "0612345678/0201234567", "***567"),
        Row("an id made of a number", "call31612345678x", "call***678x"),
        Row("a URI", "sip:31612345678@10.0.0.1", "sip:***678@10.0.0.1"),
        Row("a short one", "+3112", "***12"),
        Row("other digits", "\u{0660}\u{0666}\u{0661}\u{0662}\u{0663}\u{0664}\u{0665}", "***345"),
        Row("invisible characters", "+31\u{200B}612\u{200B}345678", "***678"),
        Row("a date", "2026-07-01", "2026-07-01"), Row("a moment", "2026-07-01T12:00:00", "2026-07-01T12:00:00"),
        Row("a date and a number", "2026-07-01 0612345678", "2026-07-01 ***678"),
        Row("a number and a date", "0612345678 2026-07-01", "***678 2026-07-01"),
        Row("few digits", "room 1234", "room 1234"), Row("no digits", "hello", "hello"),
        Row("a lone plus", "a + b", "a + b"),
        Row("an id", "5c4d030f-43e3-4e65-899e-8148521e660f", "5c4d030f-43e3-4e65-899e-8148521e660f"),
    ]

    @Test(arguments: masks) func numbersAreMasked(_ row: Row<String, String>) {
        #expect(NumberMask.masked(row.input) == row.expected)
    }

    @Test(arguments: ExportFormat.allCases) func aMaskedExportHasNoNumber(_ format: ExportFormat) throws {
        let call = CallSample("id-31612345678").with(\.sentFrom, "sip:0612345678@host").greeted("Bel +31 6 12345678")
            .with(\.by, .override(.line("+31612345678")))
            .with(\.reply, #"{"assistant":{"first_message":"Bel 06 12345678","n":31612345678,"\u002b31612345678":1}}"#)
            .then(.status(.ended, reason: "0612345678"), after: 2).ended(summary: "Call +31-6-1234-5678 back")
            .noted("0612345678")
        let text = try Self.text(format, Self.options(masks: true), call)
        let digits = text.filter(\.isNumber)
        #expect(!digits.contains("12345678"), "\(text)")
        #expect(text.contains("***678"))
        #expect(try Self.text(format, Self.options(), call).filter(\.isNumber).contains("12345678"))
    }

    @Test func aMaskedLineIsJSONAlsoWhereTheAnswerIsDeep() throws {
        let deep = String(repeating: #"{"a":["#, count: 40) + String(repeating: "]}", count: 40)
        for reply in [deep, #"{"a":[1,2.50]}"#, "no json"] {
            let line = CallExport(.jsonLines, Self.options(masks: true)).row(
                try Self.record(CallSample("c").with(\.reply, reply)))
            #expect(JSONReader.read(line)?["from"] == .string("***678"))
        }
    }

    @Test(arguments: [
        ("a|b", #"a\|b"#), ("<script>", #"\<script\>"#), ("[x](http://evil)", #"\[x\](http\://evil)"#),
        ("`x`", #"\`x\`"#),
        ("a\nb", "a b"), ("# x", "\\# x"), ("www.evil.com", #"www\.evil.com"#), ("a@b.com", #"a\@b.com"#),
        ("***678", "***678"), ("a***1 b***", #"a\*\*\*1 b\*\*\*"#),
    ])
    func markdownStaysText(_ text: String, _ escaped: String) throws {
        let row = try Self.text(.markdown, Self.options(), CallSample("c").with(\.calledName, text))
        #expect(row.contains("| \(escaped) |"), "\(row)")
        #expect(row.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        Row("almost nothing", 4, "0.00"), Row("hardly any", 40, "0.04"), Row("below a millisecond", 640, "0.6"),
        Row("a few", 9_960, "9.9"),
        Row("many", 4_200_999, "4200"),
    ])
    func markdownHasTheTimeOfAnAnswer(row: Row<UInt64, String>) throws {
        let text = try Self.text(.markdown, Self.options(), CallSample("c").with(\.microseconds, row.input))
        #expect(text.contains("| \(row.expected) |"), "\(text)")
    }

    /// docs/operator.md lists the columns.
    @Test func theColumnsAreDocumented() throws {
        let page = try Repository.read("docs/operator.md")
        for column in CSVColumn.all { #expect(page.contains("| `\(column.name)` | \(column.help) |")) }
    }
}
