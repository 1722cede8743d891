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
        guard decision.mayLimitDuration else { return nil }
        return reply.withUnsafeBytes { reply in
            var most: Int64?
            var place = 0
            while let found = Self.rareByte(in: reply, from: place) {
                place = found + 1
                guard let end = Self.endOfKey(in: reply, around: found) else { continue }
                most = Self.number(after: reply[end...]).map { max($0, most ?? 0) } ?? most
            }
            return most
        }
    }

    /// The next `x`: few texts have one, so looking for it passes over most bytes eight at a time.
    private static func rareByte(in reply: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        while place + 8 <= reply.count {
            // A byte that is `x` becomes 0. Subtracting 1 from each byte sets a top bit that was clear only if a byte is 0.
            let block = reply.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ 0x7878_7878_7878_7878
            if (block &- 0x0101_0101_0101_0101) & ~block & 0x8080_8080_8080_8080 != 0 { break }
            place += 8
        }
        while place < reply.count {
            if reply[place] == UInt8(ascii: "x") { return place }
            place += 1
        }
        return nil
    }

    /// Where a key with that `x` ends, after its quotation mark.
    private static func endOfKey(in reply: UnsafeRawBufferPointer, around place: Int) -> Int? {
        func holds(_ key: StaticString) -> Int? {
            let start = place - 3
            guard start >= 0, start + key.utf8CodeUnitCount <= reply.count else { return nil }
            let end = start + key.utf8CodeUnitCount
            return key.withUTF8Buffer { reply[start..<end].elementsEqual($0) } ? end : nil
        }
        return holds("\"max_duration_seconds\"") ?? holds("\"maxDurationSeconds\"")
    }

    /// The number after a colon.
    private static func number(after bytes: Slice<UnsafeRawBufferPointer>) -> Int64? {
        let rest = bytes.drop(while: isBlank)
        guard rest.first == UInt8(ascii: ":") else { return nil }
        let digits = rest.dropFirst().drop(while: isBlank).prefix { (0x30...0x39).contains($0) }
        // A day is the platform's most; nine digits cannot overflow.
        return Int64(String(decoding: digits.prefix(9), as: UTF8.self))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
