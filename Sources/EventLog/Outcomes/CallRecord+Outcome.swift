// SPDX-License-Identifier: Apache-2.0

package import Calls

extension CallRecord {
    /// When the newest webhook of the call came.
    package var lastHeardAt: Instant { timeline.last?.at ?? firstHeardAt }

    /// Since when the call was in progress, if it ever was.
    package var liveSince: Instant? {
        if case .live(let since) = state { return since }
        return timeline.first { $0.event.progress.isLive }?.at
    }

    /// What the newest webhook makes of the call, however long ago that came.
    var lastOutcome: CallOutcome {
        switch state {
        case .ended: .ended
        case .failed: .failed
        case .rejected: .rejected(answered?.decision.by.rejects ?? remembered?.rejects ?? .rule)
        case .ringing, .live, .other: state.phase < .live ? .ringing : .live
        }
    }

    /// From when on the call counts as without news, unless a webhook comes before; `nil` once it is over.
    package var newsDeadline: Instant? {
        switch lastOutcome {
        case .ended, .failed, .rejected, .noNews: return nil
        case .ringing: return NewsLimit.ringingEnd(lastHeardAt)
        case .live:
            let most = answered?.mostSeconds ?? remembered?.mostSeconds ?? NewsLimit.live
            let end = (liveSince ?? firstHeardAt).advanced(bySeconds: most)
            return NewsLimit.end(max(end, lastHeardAt), NewsLimit.grace)
        }
    }

    /// What has become of the call by now.
    package func outcome(at now: Instant) -> CallOutcome {
        let last = lastOutcome
        // Most calls are over, or too young for the longer look.
        guard last.isOnLine, now.microseconds(since: lastHeardAt) >= NewsLimit.ringing * 1_000_000,
            let newsDeadline, now >= newsDeadline
        else { return last }
        return .noNews
    }
}

extension [TimelineEntry] {
    /// Whole seconds from the first webhook with the call in progress to that with its end; `nil` without both.
    package var secondsInProgress: Int? {
        guard let start = firstIndex(where: { $0.event.progress.isLive }),
            let end = self[start...].first(where: { $0.event.progress.isEnd })
        else { return nil }
        return Int(Swift.max(0, end.at.microseconds(since: self[start].at)) / 1_000_000)
    }
}

extension Webhook.Event.Progress {
    /// Whether the webhook is the status with which a call ended.
    fileprivate var isEnd: Bool { if case .reaches(let status, _) = self { status.phase == .over } else { false } }

    /// Whether the webhook shows that the call is in progress.
    var isLive: Bool {
        switch self {
        case .reaches(let status, _): status == .inProgress
        case .none, .over: false
        }
    }
}

extension Answered {
    /// The longest time that the answer lets the call last, in seconds; `nil` where it sets none.
    ///
    /// Read from the bytes: only a call in progress needs it, minutes later.
    var mostSeconds: Int64? { decision.mayLimitDuration ? DurationLimit.seconds(in: reply) : nil }
}
