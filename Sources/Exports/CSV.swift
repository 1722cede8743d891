// SPDX-License-Identifier: Apache-2.0

import Calls
package import EventLog
import Screen

/// One column of a CSV export; the names and their order stay (docs/operator.md).
package struct CSVColumn: Sendable {
    package let name: String
    /// What it holds, for the docs.
    package let help: String
    /// A text of people, in which numbers are masked if asked for.
    fileprivate let isText: Bool
    fileprivate let value: @Sendable (CallRow) -> String?

    /// The columns; a new one is appended.
    package static let all: [CSVColumn] = [
        CSVColumn("id", "the platform's id of the call") { $0.id },
        CSVColumn("received_at", "when the call came, in UTC", isText: false) { $0.heardAt.iso8601 },
        CSVColumn("from", "the caller's number, or `withheld`") { $0.caller },
        CSVColumn("to", "the number called") { $0.called },
        CSVColumn("line", "the name of the phone line") { $0.line },
        CSVColumn("state", "what has become of the call") { $0.state },
        CSVColumn("answer", "the kind of answer; empty where there was none", isText: false) { $0.answer },
        CSVColumn("words", "the answer in words") { $0.words },
        CSVColumn("by", "what decided") { $0.decider },
        CSVColumn("applied", "whether the platform applied the answer", isText: false) { $0.applied },
        CSVColumn("latency_ms", "how long the answer took", isText: false) { $0.milliseconds },
        CSVColumn("seconds", "the length of the call", isText: false) { $0.seconds.map(String.init) },
        CSVColumn("reason", "why the call failed or ended") { $0.reason },
        CSVColumn("summary", "the platform's summary of the call") { $0.summary },
        CSVColumn("webhooks", "how many webhooks of the call came", isText: false) { String($0.webhooks) },
        CSVColumn("notes", "what operators wrote about the call, who and when") { $0.notes },
        CSVColumn("marked", "who marked the call, and when") { $0.mark },
        CSVColumn("replica", "the replica that answered, on a desk of several servers", isText: false) { $0.replica },
    ]

    private init(
        _ name: String, _ help: String, isText: Bool = true, _ value: @escaping @Sendable (CallRow) -> String?
    ) {
        self.name = name
        self.help = help
        self.isText = isText
        self.value = value
    }

    /// The cell as lines of text have it.
    func plain(_ call: CallRow, _ options: ExportOptions) -> String {
        let text = value(call) ?? ""
        return CleanText.clean(isText ? options.shown(text) : text)
    }
}

extension CallRow {
    fileprivate var milliseconds: String? {
        microseconds.map { "\($0 / 1000)." + padded(Int($0 % 1000), to: 3) }
    }
}

/// Calls as lines of text with tabs between the cells, for programs that read lines.
package enum TabbedText {
    package static func line(_ call: CallRow, _ options: ExportOptions) -> String {
        CSVColumn.all.map { $0.plain(call, options) }.joined(separator: "\t")
    }
}

/// Cells and rows as RFC 4180 has them.
enum CSVText {
    /// Spreadsheets cut longer cells without a word.
    private static let longest = 32_000

    static func row(_ cells: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (place, cell) in cells.enumerated() {
            if place > 0 { bytes.append(comma) }
            append(quoted: cell, to: &bytes)
        }
        return bytes + [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    /// Appends a call as a row.
    static func append(_ call: CallRow, _ options: ExportOptions, to bytes: inout [UInt8]) {
        var isFirst = true
        for column in CSVColumn.all {
            if !isFirst { bytes.append(comma) }
            isFirst = false
            guard let text = column.value(call), !text.isEmpty else { continue }
            guard column.isText else {
                bytes.append(contentsOf: text.utf8)
                continue
            }
            let shown = options.shown(text)
            if !appendPlain(shown, to: &bytes) { append(quoted: safe(shown), to: &bytes) }
        }
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Appends a text that needs no care, as nearly all do; `false` if it may need some.
    private static func appendPlain(_ text: String, to bytes: inout [UInt8]) -> Bool {
        var text = text
        return text.withUTF8 { units in
            guard let first = units.first, units.count < longest,
                isLetterOrDigit(first) || isNumber(units),
                units.allSatisfy({ (0x20...0x7E).contains($0) && $0 != quote && $0 != comma && $0 != semicolon })
            else { return false }
            bytes.append(contentsOf: units)
            return true
        }
    }

    /// A telephone number as it is written nearly everywhere: a plus sign and up to fifteen digits.
    private static func isNumber(_ units: UnsafeBufferPointer<UInt8>) -> Bool {
        (9...16).contains(units.count) && units[0] == UInt8(ascii: "+") && units[1] != UInt8(ascii: "0")
            && units.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isLetterOrDigit(_ unit: UInt8) -> Bool {
        switch unit {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    // What makes a cell one in quotation marks.
    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let semicolon = UInt8(ascii: ";")

    /// Appends a cell, in quotation marks where it needs them; by bytes, since a mark with an accent is one character.
    private static func append(quoted cell: String, to bytes: inout [UInt8]) {
        guard cell.utf8.contains(where: needsQuotes) else {
            bytes.append(contentsOf: cell.utf8)
            return
        }
        bytes.append(quote)
        for byte in cell.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case quote, comma, semicolon, UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: "\t"): true
        default: false
        }
    }

    /// A text that no spreadsheet takes for a formula and no terminal obeys, on one line.
    ///
    /// A telephone number with its plus sign stays as it is, so that programs and people can use it: it calculates nothing.
    static func safe(_ text: String) -> String {
        var text = CleanText.clean(text)
        if text.count > longest { text = text.prefix(longest) + "…" }
        guard let first = text.unicodeScalars.first(where: { $0 != " " }), formula.contains(first), !isNumber(text)
        else {
            return text
        }
        return "'" + text
    }

    /// Their full-width forms count too: some programs read them as ASCII.
    private static let formula: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "|", "%",
    ]

    private static func isNumber(_ text: String) -> Bool { PhoneNumber(text) != nil }
}
