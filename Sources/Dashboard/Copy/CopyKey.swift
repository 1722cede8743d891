// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON
import Overrides
import Screen

/// Taking something of a call along.
enum CopyKey: CaseIterable, Sendable {
    case choose

    var binding: Binding {
        switch self {
        case .choose:
            Binding(
                [.character("y")], "y", "copy", "copy the number, row, request, answer or a curl command of the call",
                in: .calls, contexts: [.list, .detail], word: "copy")
        }
    }
}

/// How a text gets to the clipboard.
package enum Clipboard: Hashable, Sendable {
    /// The terminal is asked (OSC 52); it does not say whether it obeys.
    case terminal
    /// tmux keeps it and asks its terminals.
    case tmux
    /// Nothing here takes it, for this reason.
    case unavailable(String)
}

/// What of a call can be copied.
enum Copyable: String, CaseIterable, Sendable {
    case number, row, request, answer, curl

    var key: Character { Character(String((Self.allCases.firstIndex(of: self) ?? 0) + 1)) }

    fileprivate var note: String {
        switch self {
        case .number: "the caller"
        case .row: "as the list shows it"
        case .request: "JSON"
        case .answer: "JSON"
        case .curl: "repeats the request"
        }
    }
}

/// Why something cannot be copied.
private struct CannotCopy: Error {
    let words: String
}

extension DashboardState {
    /// Terminals take about this many bytes.
    private static let mostBytes = 54_000

    mutating func runCopy(_ key: CopyKey) {
        switch key {
        case .choose:
            guard callToCopy != nil else { return remark("no call is selected") }
            let rows = Copyable.allCases.map { Menu.Row(key: $0.key, name: $0.rawValue, note: $0.note) }
            menu = Menu(title: "Copy", purpose: .copy, rows: rows, place: 0)
        }
    }

    mutating func copy(at place: Int) -> [DashboardEffect] {
        guard Copyable.allCases.indices.contains(place) else { return [] }
        return copy(Copyable.allCases[place])
    }

    mutating func copy(_ what: Copyable) -> [DashboardEffect] {
        do throws(CannotCopy) {
            let text = try text(to: what)
            guard text.utf8.count <= Self.mostBytes else {
                throw CannotCopy(
                    words: "the \(what.rawValue) has \(Text.number(text.utf8.count)) bytes, a clipboard takes about "
                        + "\(Text.number(Self.mostBytes)); export it instead")
            }
            switch clipboard {
            case .unavailable(let words): throw CannotCopy(words: words)
            case .tmux: return [.local(.copyInTmux(text: text, what: what.rawValue))]
            case .terminal:
                say("\(what.rawValue) sent to the terminal's clipboard; not every terminal takes it")
                return [.copy(base64: Base64.text(Array(text.utf8)))]
            }
        } catch {
            say(error.words, isAlert: true)
            return []
        }
    }

    /// The columns of a screen that has room for what a list shows.
    private static let rowWidth = 202

    private var callToCopy: CallRecord? { detail?.call ?? list.selected.flatMap { shown[$0] } }

    private func text(to what: Copyable) throws(CannotCopy) -> String {
        guard let call = callToCopy else { throw CannotCopy(words: "no call is selected") }
        let text =
            switch what {
            case .number: try number(of: call)
            case .row:
                CallTable(
                    CallColumns(width: Self.rowWidth, chosen: columnNames, contents: list.contents), glyphs: glyphs,
                    clock: clock, now: shownNow
                ).row(call)
            case .request: try plain(request(of: call), what)
            case .answer: try plain(answer(of: call), what)
            case .curl: try curl(call)
            }
        return masksNumbers ? NumberMask.masked(text) : text
    }

    private func number(of call: CallRecord) throws(CannotCopy) -> String {
        if let why = call.caller.whyNoNumber { throw CannotCopy(words: why) }
        return call.caller.description
    }

    private func request(of call: CallRecord) throws(CannotCopy) -> [UInt8] {
        guard let body = call.answered?.body, !body.isEmpty else {
            throw CannotCopy(words: "no request is kept of this call")
        }
        return Array(body)
    }

    private func answer(of call: CallRecord) throws(CannotCopy) -> [UInt8] {
        guard let answered = call.answered else {
            throw CannotCopy(words: "this call was not asked, so it has no answer")
        }
        return Array(answered.reply)
    }

    /// The bytes as text that is safe to paste into a terminal.
    private func plain(_ bytes: [UInt8], _ what: Copyable) throws(CannotCopy) -> String {
        let isSafe = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        guard isSafe, let text = String(validating: bytes, as: UTF8.self),
            !text.unicodeScalars.contains(where: { (0x80...0x9F).contains($0.value) })
        else { throw CannotCopy(words: "the \(what.rawValue) has control characters; export it instead") }
        return text
    }

    /// A command that sends the request again; it signs with the secret of the shell that runs it.
    private func curl(_ call: CallRecord) throws(CannotCopy) -> String {
        guard !masksNumbers else {
            throw CannotCopy(words: "numbers are masked, and a request without its numbers is another one")
        }
        guard let url = status?.webhookURL, !url.isEmpty, record == nil else {
            throw CannotCopy(words: "a record has no server to send the request to")
        }
        let body = try plain(request(of: call), .curl)
        let head = "body=\(Self.quoted(body))\n"
        let post = "curl -sS \(Self.quoted(url)) -H 'Content-Type: application/json'"
        guard status?.server.isSigned == true else { return head + "\(post) --data-binary \"$body\"\n" }
        return head + """
            at=$(date +%s)
            sig=$(printf %s "$at.$body" | openssl dgst -sha256 -hmac "$SWITCHBOARD_WEBHOOK_SECRET" -r | cut -d' ' -f1)
            \(post) -H "X-Webhook-Timestamp: $at" -H "X-Webhook-Signature: sha256=$sig" --data-binary "$body"

            """
    }

    /// A word that a shell takes as it is.
    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
