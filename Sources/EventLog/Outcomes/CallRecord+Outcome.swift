// SPDX-License-Identifier: Apache-2.0

package import Calls

extension CallRecord {
    /// When the newest webhook of the call came.
    package var lastHeardAt: Instant { timeline.last?.at ?? firstHeardAt }

    /// Since when the call was in progress, if it ever was.
    package var liveSince: Instant? {
        if case .live(let since) = state { return since }
        return timeline.first { $0.event.isInProgress }?.at
    }

    /// What the newest webhook makes of the call, however long ago that came.
    var lastOutcome: CallOutcome {
        switch state {
        case .ended: .ended
        case .failed: .failed
        case .rejected: .rejected(answered?.decision.by.rejects ?? .rule)
        case .ringing, .live, .other: state.phase < .live ? .ringing : .live
        }
    }

    /// When the call counts as without news, unless a webhook comes before; `nil` once it is over.
    package var newsDeadline: Instant? {
        switch lastOutcome {
        case .ended, .failed, .rejected, .noNews: return nil
        case .ringing: return lastHeardAt.advanced(bySeconds: NewsLimit.ringing)
        case .live:
            let most = answered?.mostSeconds ?? NewsLimit.live
            let end = (liveSince ?? firstHeardAt).advanced(bySeconds: most)
            return max(end, lastHeardAt).advanced(bySeconds: NewsLimit.grace)
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

extension Webhook.Event {
    /// Whether the webhook shows that the call is in progress.
    fileprivate var isInProgress: Bool {
        switch self {
        case .status(let status, _): status == .inProgress
        // Only a call in progress calls tools.
        case .toolCalls: true
        case .assistantRequest, .report, .other: false
        }
    }
}

extension Answered {
    /// The longest time that the answer lets the call last, in seconds; `nil` where it sets none.
    ///
    /// Read from the bytes: only a call in progress needs it, minutes later. Inside a string the quotation mark after the
    /// key would be escaped, so no text that is spoken can pass for one.
    var mostSeconds: Int64? {
        let found = ["\"max_duration_seconds\"", "\"maxDurationSeconds\""].compactMap { reply.number(after: $0.utf8) }
        return found.max()
    }
}

extension [UInt8] {
    /// The largest number that follows a key and a colon.
    fileprivate func number(after key: String.UTF8View) -> Int64? {
        let key = Array(key)
        guard count > key.count else { return nil }
        var found: Int64?
        for start in 0..<count - key.count where self[start] == key[0] && self[start..<start + key.count] == key[...] {
            let rest = self[(start + key.count)...].drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
            guard rest.first == UInt8(ascii: ":") else { continue }
            let digits = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
                .prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            // A day is the platform's most; nine digits cannot overflow.
            guard let number = Int64(String(decoding: digits.prefix(9), as: UTF8.self)) else { continue }
            found = Swift.max(found ?? 0, number)
        }
        return found
    }
}
