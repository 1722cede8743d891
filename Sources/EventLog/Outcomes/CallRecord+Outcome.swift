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
        reply.withUnsafeBufferPointer { reply in
            var most: Int64?
            var place = 0
            while place + Self.longestKey < reply.count {
                defer { place += 1 }
                guard reply[place] == UInt8(ascii: "m"), place > 0, reply[place - 1] == UInt8(ascii: "\"") else {
                    continue
                }
                for key in Self.limitKeys where reply[place...].starts(with: key) {
                    most = Self.number(after: reply[(place + key.count)...]).map { max($0, most ?? 0) } ?? most
                }
            }
            return most
        }
    }

    private static let limitKeys = ["max_duration_seconds\"", "maxDurationSeconds\""].map { Array($0.utf8) }
    private static let longestKey = limitKeys.map(\.count).max() ?? 0

    /// The number after a colon.
    private static func number(after bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        let rest = bytes.drop(while: isBlank)
        guard rest.first == UInt8(ascii: ":") else { return nil }
        let digits = rest.dropFirst().drop(while: isBlank).prefix { (0x30...0x39).contains($0) }
        // A day is the platform's most; nine digits cannot overflow.
        return Int64(String(decoding: digits.prefix(9), as: UTF8.self))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
