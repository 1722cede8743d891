// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

extension DashboardState {
    /// How long the message of what somebody else did stays, in seconds.
    private static let newsSeconds: Int64 = 30

    /// Makes a message of each thing that was done since the last look, unless it was done here.
    mutating func noteDeskNews() {
        defer { seenDeskNews = log.deskNews }
        guard let seenDeskNews, log.deskNews > seenDeskNews else { return }
        let news = log.deskEvents.suffix(log.deskNews - seenDeskNews).filter(isByOthers)
        for event in news { messages.keep(message(of: event), at: now) }
        // An alert stays until a key is pressed.
        guard let newest = news.last, statusMessage?.isAlert != true else { return }
        let message = message(of: newest)
        let more =
            news.count > 1 || !message.details.isEmpty
            ? " \(glyphs.dot) \(keymap.text(of: .program(.messages)).prefix { $0 != " " }) shows more" : ""
        statusMessage = StatusMessage(
            text: message.title + more, isAlert: false, until: now.advanced(bySeconds: Self.newsSeconds))
    }

    private func isByOthers(_ event: DeskEvent) -> Bool {
        // The server's own dashboard gets the result of each reload, with more to it.
        guard isAttached || event.reload == nil else { return false }
        return event.who.map { !$0.isNamed(as: operatorHere) } ?? true
    }

    /// Who did what; the details say until when, why, and what callers hear.
    private func message(of event: DeskEvent) -> OperatorMessage {
        let rows = AuditRow.rows(of: event).filter { row in
            if case .change(.replaced, _) = row.deed { false } else { true }
        }
        guard rows.count == 1, let row = rows.first else {
            return OperatorMessage(named(event), details: rows.map(details))
        }
        let end = row.end(on: clock, now: now)
        let rest = [row.quote, row.reason].filter { !$0.isEmpty }
        return OperatorMessage(named(event) + (end.isEmpty ? "" : " \(end)"), details: rest)
    }

    private func details(_ row: AuditRow) -> String {
        [row.what(in: status).text, row.end(on: clock, now: now), row.quote, row.reason].filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    /// The words of the event; somebody with the same name as the operator here is named with terminal and host.
    private func named(_ event: DeskEvent) -> String {
        guard let who = event.who, who.user == operatorHere?.user, event.deed != event.words else {
            return withNames(event.words, of: event)
        }
        return "\(who) \(withNames(event.deed, of: event))"
    }

    /// The words with the names of lines; what somebody noted stays as it was written.
    private func withNames(_ words: String, of event: DeskEvent) -> String {
        let isNote = event.audit.contains { entry in
            switch entry.content {
            case .note, .remark: true
            case .change, .caller, .forgottenCaller: false
            }
        }
        return isNote ? words : named(words)
    }
}
