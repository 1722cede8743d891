// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import EventLog
import Screen

/// Lays out the pages of one call.
struct DetailPage {
    let width: Int
    let glyphs: Glyphs
    let clock: LocalClock
    let texts: CallTexts

    func lines(of call: CallRecord, tab: DetailTab) -> [StyledLine] {
        let lines =
            switch tab {
            case .timeline: timeline(of: call)
            case .request: request(of: call)
            case .answer: answer(of: call)
            case .why: why(of: call)
            case .report: report(of: call)
            }
        guard lines.count > Detail.mostLines else { return lines }
        // How many more there are is not known: nobody laid them out.
        let rest = "more than \(Text.number(Detail.mostLines)) lines; the rest is not shown"
        return lines.prefix(Detail.mostLines) + [StyledLine(rest, .muted)]
    }

    /// Wrapped text, indented.
    func wrapped(_ text: String, indent: Int = 0, as role: Role = .text) -> [StyledLine] {
        TextWrap.lines(text, width: width - indent, most: Detail.mostLines + 1).map { line in
            StyledLine(String(repeating: " ", count: indent) + line, role)
        }
    }
}

extension DetailPage {
    /// The request of the platform.
    func request(of call: CallRecord) -> [StyledLine] {
        if let answered = call.answered {
            if answered.body.isEmpty, let replica = call.replica {
                return wrapped("Not here: replica \(replica) has the request.", as: .muted)
            }
            guard !answered.body.isEmpty else { return notKept("The request is not kept.", of: call) }
            return heading("\(answered.body.count) bytes") + document(answered.body)
        }
        guard let first = call.timeline.first else { return wrapped("Nothing is kept of this call.", as: .muted) }
        if first.body.isEmpty, let replica = call.replica {
            return wrapped(
                "Not asked: no assistant-request came for this call. Replica \(replica) has its first webhook.",
                as: .muted)
        }
        guard !first.body.isEmpty else {
            return notKept(
                "Not asked: no assistant-request came for this call. Its first webhook is not kept.", of: call)
        }
        return wrapped("Not asked: no assistant-request came for this call. Its first webhook:", as: .muted)
            + heading("\(first.event.wireName), \(first.body.count) bytes") + document(first.body)
    }

    /// Our answer: the exact bytes, then the same laid out.
    func answer(of call: CallRecord) -> [StyledLine] {
        guard let answered = call.answered else {
            return wrapped("Not asked, so nothing was answered.", as: .muted)
        }
        let time = "in \(glyphs.time(microseconds: answered.microseconds))"
        guard !answered.reply.isEmpty else {
            return notKept("The answer, which went out \(time), is not kept.", of: call)
        }
        let exact = heading("\(answered.reply.count) bytes, exactly, \(time)") + raw(answered.reply)
        guard answered.reply != Array("{}".utf8) else {
            return exact + [StyledLine("", .text)] + wrapped("{} means the saved assistant, unchanged.", as: .muted)
        }
        return exact + [StyledLine("", .text)] + heading("laid out") + document(answered.reply)
    }

    /// That there are no bytes, or that they went with the number of the call.
    func notKept(_ words: String, of call: CallRecord) -> [StyledLine] {
        wrapped(call.isForgotten ? "Forgotten, with a number of the call." : words, as: .muted)
    }

    func heading(_ words: String) -> [StyledLine] {
        [StyledLine(words, .header)]
    }

    /// A document laid out, or as received if it is not JSON.
    private func document(_ bytes: [UInt8]) -> [StyledLine] {
        guard let lines = JSONText.laidOut(bytes, width: width, most: Detail.mostLines + 1) else {
            return [StyledLine("Not JSON; as received:", .failed)] + raw(bytes)
        }
        return lines
    }

    private func raw(_ bytes: [UInt8]) -> [StyledLine] {
        JSONText.exactly(bytes, width: width, most: Detail.mostLines + 1)
    }
}

extension DetailPage {
    /// Every step that was considered; the last one that applied decided.
    func why(of call: CallRecord) -> [StyledLine] {
        guard let answered = call.answered else {
            return wrapped("Not asked, so nothing was decided.", as: .muted)
        }
        let steps = answered.steps
        let decided = steps.lastIndex { $0.held }
        let column = min(28, steps.map { DisplayWidth.of($0.what) }.max() ?? 0)
        var lines = steps.indices.flatMap { index in
            step(steps[index], column: column, decided: index == decided)
        }
        lines.append(StyledLine("", .text))
        lines += wrapped("Decided by \(answered.decision.by): \(texts[call].answer)", as: .title)
        return lines + wrapped("decision \(answered.decision.id)", as: .muted)
    }

    private func step(_ step: Step, column: Int, decided: Bool) -> [StyledLine] {
        let role: Role = decided ? .answered : step.held ? .text : .muted
        let sign = decided ? glyphs.marker : step.held ? glyphs.check : step.isUndetermined ? "?" : glyphs.dot
        let what = CleanText.cut(step.what, to: column, ellipsis: glyphs.ellipsis)
        let gap = String(repeating: " ", count: column - DisplayWidth.of(what) + 2)
        let indent = column + 4
        guard width - indent >= 16 else {
            return wrapped("\(sign) \(step.what)", as: role) + wrapped(step.why, indent: 4, as: role)
        }
        var lines = wrapped(step.why, indent: indent, as: role)
        lines[0].replaceIndent(with: Span("\(sign) \(what)\(gap)", role))
        return lines
    }
}

extension DetailPage {
    /// The columns before the text of an entry; on a narrow screen the time has a line of its own.
    private var indent: Int { width < 60 ? 2 : 14 }

    /// One paragraph per webhook: its time, its type, its content.
    func timeline(of call: CallRecord) -> [StyledLine] {
        let replica = call.replica.map { ", replica \($0)" } ?? ""
        var lines = wrapped("call \(call.id.text)\(replica)", as: .muted)
        if !call.oddNumbers.isEmpty { lines += wrapped(call.oddNumbers, as: .muted) }
        lines += remarks(of: call)
        var known = Confirmation.notExpected
        for entry in call.timeline {
            lines += paragraph(entry, of: call, confirmation: entry.confirmation == known ? nil : entry.confirmation)
            known = entry.confirmation
        }
        if call.droppedEntries > 0 {
            lines += wrapped(
                "\(Text.count(call.droppedEntries, "more webhook")) came and are not kept", as: .muted)
        }
        return lines + outlook(of: call)
    }

    private func paragraph(
        _ entry: TimelineEntry, of call: CallRecord, confirmation: Confirmation?
    ) -> [StyledLine] {
        let facts = facts(of: entry, of: call)
        let role = role(of: entry, confirmation)
        var first = facts.first ?? ""
        if let confirmation, confirmation != .unconfirmed { first += " \(glyphs.dash) \(proof(confirmation))" }
        let rest = facts.dropFirst().flatMap { wrapped($0, indent: indent) }
        let time = Span(Text.precise(entry.at, on: clock), .muted)
        guard indent > 2 else {
            return [StyledLine([time, Span("  \(entry.event.wireName)", role)])]
                + wrapped(first, indent: indent, as: role) + rest
        }
        var lines = wrapped("\(entry.event.wireName): \(first)", indent: indent, as: role)
        lines[0].replaceIndent(with: time)
        return lines + rest
    }

    private func role(of entry: TimelineEntry, _ confirmation: Confirmation?) -> Role {
        if confirmation == .applied { return .answered }
        if confirmation == .notApplied { return .failed }
        if case .status(.endedWithError, reason: _) = entry.event { return .failed }
        return .text
    }

    private func proof(_ confirmation: Confirmation) -> String {
        switch confirmation {
        case .notExpected: "nothing to confirm"
        case .unconfirmed: "unconfirmed"
        case .applied: "applied: the platform confirmed our answer"
        case .notApplied: "not applied: the call runs without our answer"
        }
    }

    /// What a webhook reported: the first fact follows its type, the others are below it.
    private func facts(of entry: TimelineEntry, of call: CallRecord) -> [String] {
        let leftOut = entry.leftOut.flatMap { count in
            // The others never get the bytes of a webhook.
            call.replica == nil ? "\(Text.number(count)) bytes of it are not kept" : nil
        }
        guard case .assistantRequest = entry.event else { return entry.event.words + [leftOut].compactMap(\.self) }
        return entry.isRepeat ? ["repeated request, same answer"] + [leftOut].compactMap(\.self) : answered(call)
    }

    private func answered(_ call: CallRecord) -> [String] {
        guard let answered = call.answered else { return ["not answered"] }
        let limit = glyphs.time(microseconds: UInt64(PlatformLimits.answerMilliseconds) * 1000)
        let time =
            "answered in \(glyphs.time(microseconds: answered.microseconds)) of \(limit), \(answered.decision.by)"
        return [time, "\(call.answerSign(glyphs)) \(texts[call].answer)"]
    }

    /// What is still expected of the call.
    private func outlook(of call: CallRecord) -> [StyledLine] {
        switch call.state {
        // Some platforms do send something, and the page shows it.
        case .rejected where call.timeline.contains { $0.event.kind != .assistantRequest }: []
        case .rejected: wrapped("The platform sends nothing further for rejected calls.", indent: indent, as: .muted)
        case .ringing where call.confirmation == .unconfirmed:
            wrapped("waiting for the platform to confirm our answer", indent: indent, as: .muted)
        case .ringing, .live, .ended, .failed, .other: []
        }
    }
}

extension CallRecord {
    /// What the platform sent instead of E.164 numbers; empty where it sent those.
    fileprivate var oddNumbers: String {
        if case .unusual = called { return "the called number cannot be read as a phone number" }
        let texts = [("caller", asSent?.caller, caller), ("called number", asSent?.called, called)].compactMap {
            name, sent, read in sent.flatMap { $0 == read.description ? nil : "\(name) sent as \($0)" }
        }
        return texts.joined(separator: ", ")
    }
}
