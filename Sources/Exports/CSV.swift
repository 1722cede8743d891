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
    private let isText: Bool
    private let value: @Sendable (CallRecord, ExportOptions) -> String?

    /// The columns; a new one is appended.
    package static let all: [CSVColumn] = [
        CSVColumn("id", "the platform's id of the call") { call, _ in call.id.text },
        CSVColumn("received_at", "when the call came, in UTC", isText: false) { call, _ in call.firstHeardAt.iso8601 },
        CSVColumn("from", "the caller's number, or `withheld`") { call, _ in call.caller.description },
        CSVColumn("to", "the number called") { call, _ in call.called == .withheld ? nil : call.called.description },
        CSVColumn("line", "the name of the phone line") { call, _ in call.lineName },
        CSVColumn("state", "what has become of the call") { call, options in
            call.stateWord(at: options.now)
        },
        CSVColumn("answer", "the kind of answer; empty where there was none", isText: false) { call, _ in
            call.answered?.decision.kind.rawValue
        },
        CSVColumn("words", "the answer in words") { call, _ in call.answered?.words },
        CSVColumn("by", "what decided") { call, _ in call.answered?.decision.by.description },
        CSVColumn("applied", "whether the platform applied the answer", isText: false) { call, _ in
            call.confirmation.rawValue
        },
        CSVColumn("latency_ms", "how long the answer took", isText: false) { call, _ in call.milliseconds },
        CSVColumn("seconds", "the length of the call", isText: false) { call, _ in call.seconds },
        CSVColumn("reason", "why the call failed or ended") { call, _ in call.reason },
        CSVColumn("summary", "the platform's summary of the call") { call, _ in call.report?.summary },
        CSVColumn("webhooks", "how many webhooks of the call came", isText: false) { call, _ in "\(call.revision)" },
        CSVColumn("notes", "what operators wrote about the call") { call, options in
            options.notes(call.id).joined(separator: " / ")
        },
    ]

    private init(
        _ name: String, _ help: String, isText: Bool = true,
        _ value: @escaping @Sendable (CallRecord, ExportOptions) -> String?
    ) {
        self.name = name
        self.help = help
        self.isText = isText
        self.value = value
    }

    /// The cell as a spreadsheet can take it.
    func cell(_ call: CallRecord, _ options: ExportOptions) -> String {
        let text = value(call, options) ?? ""
        return isText ? CSVText.safe(options.shown(text)) : text
    }

    /// The cell as lines of text have it.
    func plain(_ call: CallRecord, _ options: ExportOptions) -> String {
        CleanText.clean(isText ? options.shown(value(call, options) ?? "") : value(call, options) ?? "")
    }
}

extension CallRecord {
    /// The state in one word, or `no news`.
    fileprivate func stateWord(at now: Instant) -> String {
        outcome(at: now) == .noNews ? CallOutcome.noNews.words : state.word
    }

    fileprivate var milliseconds: String? {
        answered.map { "\($0.microseconds / 1000)." + padded(Int($0.microseconds % 1000), to: 3) }
    }

    fileprivate var seconds: String? {
        if case .ended(let seconds?) = state { "\(seconds)" } else { report?.seconds.map(String.init) }
    }

    fileprivate var reason: String? { if case .failed(let reason?) = state { reason } else { report?.endReason } }
}

/// Calls as lines of text with tabs between the cells, for programs that read lines.
package enum TabbedText {
    package static func line(_ call: CallRecord, _ options: ExportOptions) -> String {
        CSVColumn.all.map { $0.plain(call, options) }.joined(separator: "\t")
    }
}

/// Cells and rows as RFC 4180 has them.
enum CSVText {
    /// Spreadsheets cut longer cells without a word.
    private static let longest = 32_000

    static func row(_ cells: [String]) -> [UInt8] {
        Array((cells.map(quoted).joined(separator: ",") + "\r\n").utf8)
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.unicodeScalars.contains(where: { "\",\r\n;\t".unicodeScalars.contains($0) }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
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
