// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// Text in Markdown documents.
enum MarkdownText {
    /// A text that stays a text: nothing in it is formatting, a link, a tag or the end of a cell.
    static func escaped(_ text: String, atMost length: Int = 400) -> String {
        let clean = CleanText.cut(text, to: length, ellipsis: "…")
        var escaped = ""
        var rest = clean[...]
        while let character = rest.first {
            // A masked number stays readable: nothing closes what its asterisks could open.
            if rest.hasPrefix("***"), rest.dropFirst(3).first?.isNumber == true, escaped.last?.isLetter != true,
                escaped.last?.isNumber != true
            {
                escaped += "***"
                rest = rest.dropFirst(3)
                continue
            }
            if isSpecial(character) || escaped.isEmpty && beginsBlock(rest) { escaped.append("\\") }
            escaped.append(character)
            rest.removeFirst()
        }
        // Renderers make links of bare addresses.
        return escaped.replacing("://", with: "\\://").replacing("www.", with: "www\\.")
    }

    /// By its first scalar: a mark with an accent is one character, and formatting all the same.
    private static func isSpecial(_ character: Character) -> Bool {
        character.unicodeScalars.first.map(special.contains) ?? false
    }

    private static let special = Set("\\`*_[]<>|~&@$".unicodeScalars)

    /// Whether a text at the start of a line would be a heading, a rule or a list.
    private static func beginsBlock(_ text: Substring) -> Bool {
        switch text.first {
        case "#", "=": true
        // A telephone number may begin with a plus sign.
        case "-", "+": text.dropFirst().first.map { !$0.isNumber } ?? true
        default: false
        }
    }
}

/// Calls as a table for people.
enum MarkdownTable {
    private static let columns: [(title: String, cell: @Sendable (CallRecord, ExportOptions) -> String)] = [
        ("time", { $1.clock.local($0.firstHeardAt).text.replacing("T", with: " ") }),
        ("caller", { text($0.caller.description, $1) }),
        ("line", { text($0.lineName ?? $0.called.description, $1) }),
        ("answer", { text($0.answered?.words ?? "not asked", $1, atMost: 80) }),
        ("by", { text($0.answered?.decision.by.description ?? "", $1) }),
        ("applied", { call, _ in call.confirmation == .notExpected ? "" : call.confirmation.rawValue }),
        ("ms", { call, _ in call.answered.map { MillisecondText.words(microseconds: $0.microseconds) } ?? "" }),
        ("state", { text($0.outcome(at: $1.now).words, $1) }),
        ("notes", { text($0.remarkWords, $1, atMost: 160) }),
    ]

    static var head: [UInt8] {
        let rule = columns.map { $0.title == "ms" ? "---:" : "---" }
        return Array((row(columns.map(\.title)) + row(rule)).utf8)
    }

    static func row(_ call: CallRecord, _ options: ExportOptions) -> [UInt8] {
        Array(row(columns.map { $0.cell(call, options) }).utf8)
    }

    static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    private static func text(_ text: String, _ options: ExportOptions, atMost length: Int = 60) -> String {
        MarkdownText.escaped(options.shown(text), atMost: length)
    }
}

extension CallRecord {
    /// What operators said of the call, such as `marked by anna; Call back (anna)`.
    var remarkWords: String {
        remarks.map { remark in remark.text.map { "\($0) (\(remark.by))" } ?? "marked by \(remark.by)" }
            .joined(separator: "; ")
    }
}

/// The time of an answer for people.
enum MillisecondText {
    /// Milliseconds, with more decimals the fewer they are, so that hardly any time is nothing.
    static func words(microseconds: UInt64) -> String {
        switch microseconds {
        case ..<100: "0.0\(microseconds / 10)"
        case ..<10_000: "\(microseconds / 1000).\(microseconds / 100 % 10)"
        default: "\(microseconds / 1000)"
        }
    }
}
