// SPDX-License-Identifier: Apache-2.0

import Calls

/// Placeholders that say something of the caller's last call; each is empty for a caller without one.
package enum LastCallPlaceholder: String, CaseIterable, Hashable, Sendable {
    /// Date, time and offset on the line's clock.
    case at = "last_call.at"
    case date = "last_call.date"
    case weekday = "last_call.weekday"
    case clock = "last_call.clock"
    /// How many midnights have passed since: 0 for today.
    case daysAgo = "last_call.days_ago"
    case line = "last_call.line"
    /// How long it lasted, in seconds.
    case seconds = "last_call.seconds"
    /// The platform's reason for its end.
    case ended = "last_call.ended"
    case summary = "last_call.summary"

    /// Whether it is said in words, and so needs a language.
    package var needsLanguage: Bool {
        switch self {
        case .date, .weekday, .clock: true
        case .at, .daysAgo, .line, .seconds, .ended, .summary: false
        }
    }

    /// A value as a call may have it.
    package var sample: String {
        switch self {
        case .at: "2026-07-01T10:00:00+02:00"
        case .date: "1 July"
        case .weekday: "Monday"
        case .clock: "10:00"
        case .daysAgo: "3"
        case .line: "Front \"desk\""
        case .seconds: "184"
        case .ended: "customer-ended-call"
        case .summary: "Asked for \"the\" invoice."
        }
    }
}

extension EvaluationContext {
    /// The value of a placeholder; `nil` where the caller has no last call, or nothing is known of this.
    func value(of placeholder: LastCallPlaceholder) -> String? {
        guard let last = facts.earlier.last else { return nil }
        let then = zone.local(last.at)
        let language = placeholder.needsLanguage ? SpokenLanguage(code: language, region: line?.region) : nil
        return switch placeholder {
        case .at: last.at.iso8601(offset: zone.offset(at: last.at))
        case .date: language?.date(then.date)
        case .weekday: language?.weekday(then.date)
        case .clock: language?.clock(then)
        case .daysAgo: String(max(0, zone.local(now).date.daysSince1970 - then.date.daysSince1970))
        case .line: last.line
        case .seconds: last.report?.seconds.map { String($0) }
        case .ended: last.report?.endReason
        case .summary: last.report?.summary
        }
    }
}
