// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

extension DetailPage {
    /// The columns in front of what an entry says; where it is narrow, the time has a line to itself.
    private var indent: Int { width < 60 ? 2 : 14 }

    /// One paragraph a webhook: its time, its type, what it said.
    func timeline(of call: CallRecord) -> [StyledLine] {
        var lines = wrapped("call \(call.id.text)", as: .muted)
        var known = Confirmation.notExpected
        for entry in call.timeline {
            lines += paragraph(entry, of: call, news: entry.confirmation == known ? nil : entry.confirmation)
            known = entry.confirmation
        }
        if call.droppedEntries > 0 {
            lines += wrapped("\(Words.count(call.droppedEntries, "more webhook")) came and are not kept", as: .muted)
        }
        return lines + outlook(of: call)
    }

    private func paragraph(_ entry: TimelineEntry, of call: CallRecord, news: Confirmation?) -> [StyledLine] {
        let said = words(entry, of: call)
        let role = role(of: entry, news: news)
        var first = said.first ?? ""
        if let news, news != .unconfirmed { first += " \(glyphs.dash) \(confirmed(news))" }
        let rest = said.dropFirst().flatMap { wrapped($0, indent: indent) }
        let time = Span(Words.precise(entry.at, on: clock), .muted)
        guard indent > 2 else {
            return [StyledLine([time, Span("  \(entry.event.wireName)", role)])]
                + wrapped(first, indent: indent, as: role) + rest
        }
        var lines = wrapped("\(entry.event.wireName): \(first)", indent: indent, as: role)
        lines[0].replaceIndent(with: time)
        return lines + rest
    }

    private func role(of entry: TimelineEntry, news: Confirmation?) -> Role {
        if news == .applied { return .answered }
        if news == .notApplied { return .failed }
        switch entry.event {
        case .status(.endedWithError, reason: _): return .failed
        case .assistantRequest, .status, .toolCalls, .report, .other: return .text
        }
    }

    private func confirmed(_ confirmation: Confirmation) -> String {
        switch confirmation {
        case .notExpected: "no echo to wait for"
        case .unconfirmed: "unconfirmed"
        case .applied: "override echoed back: applied"
        case .notApplied: "the call runs without our answer: not applied"
        }
    }

    /// What a webhook said: the first one stands behind its type, the others below it.
    private func words(_ entry: TimelineEntry, of call: CallRecord) -> [String] {
        switch entry.event {
        case .assistantRequest: entry.isRepeat ? ["asked again, got the same answer again"] : answered(call)
        case .status(let status, let reason): [status.text + (reason.map { ", \($0)" } ?? "")]
        case .toolCalls(let names):
            [names.isEmpty ? "no tools named" : names.joined(separator: ", ") + " (no tools are served here)"]
        case .report(let report): told(report)
        case .other: ["not a type that we know; answered {}"]
        }
    }

    private func answered(_ call: CallRecord) -> [String] {
        guard let exchange = call.exchange else { return ["not answered"] }
        let budget = Words.number(Latency.budgetMilliseconds)
        let time =
            "answered in \(Words.milliseconds(exchange.microseconds)) ms of \(budget) ms, \(exchange.decision.by)"
        return [time, call.answerWords(glyphs, short: false)]
    }

    private func told(_ report: CallReport) -> [String] {
        var facts: [String] = []
        if let seconds = report.seconds { facts.append("the call took \(Words.length(seconds: seconds))") }
        if let reason = report.endReason { facts.append("ended by \(reason)") }
        let head = facts.isEmpty ? "the call is over" : facts.joined(separator: ", ")
        return report.summary.isEmpty ? [head] : [head, "\"\(report.summary)\""]
    }

    /// What may still be expected of the call.
    private func outlook(of call: CallRecord) -> [StyledLine] {
        switch call.state {
        case .rejected: wrapped("the platform tells no more of a call that was rejected", indent: indent, as: .muted)
        case .ringing where call.confirmation == .unconfirmed:
            wrapped("waiting for the platform to echo our answer", indent: indent, as: .muted)
        case .ringing, .live, .ended, .failed, .other: []
        }
    }
}
