// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON
import Screen

extension DetailPage {
    /// The platform's report on the call: how it ended, what was said, what was extracted, which tools were called.
    func report(of call: CallRecord) -> [StyledLine] {
        let entry = call.timeline.last { $0.event.kind == .report }
        let contents = entry.flatMap { ReportContents($0.body) }
        let tools = call.timeline.flatMap(ToolCall.calls)
        guard let report = call.report else {
            return wrapped(missing(call), as: .muted) + part("Tool calls", toolCalls(tools, results: []))
        }
        guard !call.isForgotten else {
            return notKept("", of: call) + part("End", end(of: call, report, contents))
        }
        let isElsewhere = call.replica != nil && entry?.body.isEmpty ?? true
        if isElsewhere, report.summary.isEmpty {
            return wrapped("Not here: what was said stays at the replica that got the report.", as: .muted)
                + part("End", end(of: call, report, contents))
        }
        let summary = report.summary.isEmpty ? nothing("summary", of: entry, contents) : said(report.summary)
        return heading("Summary") + summary + part("End", end(of: call, report, contents))
            + part("Analysis", contents?.analysis.map(outline) ?? nothing("analysis", of: entry, contents))
            + part("Tool calls", toolCalls(tools, results: contents?.utterances ?? []))
            + part("Transcript", transcript(contents, entry))
    }

    /// A heading and what is below it; nothing if that is empty.
    private func part(_ title: String, _ lines: [StyledLine]) -> [StyledLine] {
        lines.isEmpty ? [] : [StyledLine("", .text)] + heading(title) + lines
    }

    /// Why there is no report.
    private func missing(_ call: CallRecord) -> String {
        switch call.state {
        case .rejected: "No report: the platform sends none for rejected calls."
        case .ringing, .live, .other: "No report yet; it comes when the call has ended."
        case .ended, .failed: "No report yet; the platform sends it some time after the end of a call, or not at all."
        }
    }

    /// Why a part of the report is not there.
    private func nothing(_ what: String, of entry: TimelineEntry?, _ contents: ReportContents?) -> [StyledLine] {
        if let contents {
            guard !contents.isMisread(what) else {
                return wrapped("The \(what) is not a text: the End part has it as it came.", indent: 2, as: .muted)
            }
            let words =
                contents.isWhole
                ? "The report has no \(what)."
                : "No \(what) in the report as it is kept; the journal keeps it with `transcripts: true` only."
            return wrapped(words, indent: 2, as: .muted)
        }
        if let leftOut = entry?.leftOut {
            let bytes = Text.number(leftOut)
            return wrapped(
                "Not kept: the report has \(bytes) bytes.", indent: 2, as: .muted)
        }
        return wrapped("Not kept: of the report only its summary and how it ended.", indent: 2, as: .muted)
    }

    private func end(of call: CallRecord, _ report: CallReport, _ contents: ReportContents?) -> [StyledLine] {
        var members: [JSONValue.Member] = []
        if let reason = report.endReason { members.append(.init("ended by", .string(reason))) }
        if let seconds = report.seconds {
            members.append(.init("lasted", .string(DurationText.clock(seconds: seconds))))
        }
        members += (contents?.others ?? []).map { JSONValue.Member($0.key, timed($0)) }
        return members.isEmpty ? wrapped("no facts", indent: 2, as: .muted) : outline(.object(members))
    }

    /// A time by the clock of the desk, as all others on the screen.
    private func timed(_ member: JSONValue.Member) -> JSONValue {
        guard ["started_at", "ended_at", "startedAt", "endedAt"].contains(member.key),
            let instant = member.value.string.flatMap({ Instant(iso8601: $0) })
        else { return member.value }
        return .string(clock.local(instant).clockWithSeconds)
    }

    private func outline(_ value: JSONValue) -> [StyledLine] {
        var outline = JSONOutline(width: width)
        outline.add(value, indent: 2)
        return outline.lines
    }

    /// A text of several lines, wrapped.
    private func said(_ text: String, indent: Int = 2) -> [StyledLine] {
        text.split(whereSeparator: \.isNewline).flatMap { wrapped(String($0), indent: indent) }
    }
}

extension DetailPage {
    private func toolCalls(_ calls: [ToolCall], results: [Utterance]) -> [StyledLine] {
        calls.flatMap { call in
            let time = Text.precise(call.at, on: clock)
            var lines = wrapped("\(time)  \(call.name)", indent: 2, as: .title)
            lines[0].replaceIndent(with: Span("  ", .text))
            var outline = JSONOutline(width: width)
            outline.add(name: "arguments", call.arguments ?? .string("not in the webhook as it is kept"), indent: 4)
            let found = results.first { $0.toolCallID != nil && $0.toolCallID == call.id }
            let result = found.map { JSONValue.string($0.text).unwrapped }
            outline.add(name: "result", result ?? .string("in no webhook so far"), indent: 4)
            return lines + outline.lines
        }
    }

    private func transcript(_ contents: ReportContents?, _ entry: TimelineEntry?) -> [StyledLine] {
        let utterances = contents?.utterances ?? []
        guard !utterances.isEmpty else {
            return contents?.transcript.map { said($0) } ?? nothing("transcript", of: entry, contents)
        }
        let hasTimes = utterances.contains { $0.time != nil }
        let note = hasTimes ? [] : wrapped("The platform sent no times with it.", indent: 2, as: .muted)
        return note + utterances.flatMap { lines(of: $0, hasTimes: hasTimes) }
    }

    /// Time and speaker, then what was said; on a narrow screen below them.
    private func lines(of utterance: Utterance, hasTimes: Bool) -> [StyledLine] {
        let time = hasTimes ? words(utterance.time).padded(to: 10) : ""
        let speaker = CleanText.cut(utterance.speaker.words, to: 10, ellipsis: glyphs.ellipsis).padded(to: 11)
        let head = "  " + time + speaker
        let indent = width < 60 ? 4 : DisplayWidth.of(head)
        let text =
            utterance.speaker == .system
            ? ["\(Text.count(utterance.text.count, "character")) of instructions, not shown"]
            : utterance.text.split(whereSeparator: \.isNewline).map(String.init)
        let role: Role = utterance.speaker == .system || utterance.speaker == .tool ? .muted : .text
        var lines = text.flatMap { wrapped($0, indent: indent, as: role) }
        let spans = [Span("  " + time, .muted), Span(speaker, utterance.speaker.role)]
        guard width >= 60, let first = lines.first else { return [StyledLine(spans)] + lines }
        let rest = Span(String((first.spans.first?.text ?? "").dropFirst(indent)), role)
        lines[0] = StyledLine(spans + [rest])
        return lines
    }

    private func words(_ time: Utterance.Time?) -> String {
        switch time {
        case .at(let instant): clock.local(instant).clockWithSeconds
        case .afterStart(let seconds): DurationText.clock(seconds: seconds)
        case nil: ""
        }
    }
}

extension Utterance.Speaker {
    fileprivate var role: Role {
        switch self {
        case .caller: .title
        case .assistant: .answered
        case .system, .tool, .other: .muted
        }
    }
}

extension String {
    /// The text with blanks up to a width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
    }
}
