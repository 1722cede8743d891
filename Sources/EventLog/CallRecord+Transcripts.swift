// SPDX-License-Identifier: Apache-2.0

import Calls

extension CallRecord {
    /// The call without what was said on it.
    package var withoutTranscript: CallRecord {
        with(answered, timeline.map(\.withoutTranscript), report?.withoutTranscript, parts.map(\.withoutTranscript))
    }

    /// The call as other replicas get it: without what was said on it, and without webhooks byte for byte.
    package var forOthers: CallRecord {
        with(
            answered.map { $0.withoutBody(reply: $0.reply) }, timeline.map(\.withoutBody.withoutTranscript),
            report?.withoutTranscript, parts.map(\.forOthers))
    }

    /// The call without its answer and its assistant-request byte for byte.
    package var withoutReply: CallRecord {
        var record = self
        record.answered = answered.map { $0.withoutBody(reply: []) }
        return record
    }

    private func with(
        _ answered: Answered?, _ timeline: [TimelineEntry], _ report: CallReport?, _ parts: [CallRecord]
    ) -> CallRecord {
        var record = self
        (record.answered, record.timeline, record.report) = (answered, timeline, report)
        record.parts = parts
        return record
    }
}

extension Answered {
    /// Without the request byte for byte, and with this answer.
    fileprivate func withoutBody(reply: [UInt8]) -> Answered {
        Answered(
            request: request, body: [], decision: decision, reply: reply, receivedAt: receivedAt,
            microseconds: microseconds)
    }
}

extension TimelineEntry {
    fileprivate var withoutTranscript: TimelineEntry {
        guard event.bodyContents == .transcript else { return self }
        return TimelineEntry(
            at: at, event: event.withoutTranscript, isRepeat: isRepeat, confirmation: confirmation, body: [],
            leftOut: leftOut)
    }

    fileprivate var withoutBody: TimelineEntry {
        TimelineEntry(
            at: at, event: event, isRepeat: isRepeat, confirmation: confirmation, body: [],
            leftOut: leftOut ?? (body.isEmpty ? nil : body.count))
    }
}
