// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog
import Overrides
import Screen

/// What the dashboard does when somebody should look.
package enum AlarmKind: String, CaseIterable, Hashable, Sendable {
    case none
    /// The terminal's bell.
    case bell
    /// A notice of the desktop, where the terminal passes it on.
    case notice
}

/// A call for attention, for the terminal.
package enum AlarmSignal: Hashable, Sendable {
    case bell
    /// Clean text.
    case notice(String)
}

/// What has gone bad since somebody looked, and what was said of it.
struct Alarm: Sendable {
    /// The time between two signals, in seconds.
    static let pause: Int64 = 2
    /// How long before its end an override is announced, in seconds.
    static let notice: Int64 = 300

    /// The counts of bad calls, as of the last look; `nil` before the first.
    private var seen: BadCalls?
    /// Whether there were calls at the last look.
    private var hasSeenCalls = false
    private var lastAt: Instant?
    /// What is to be said once the pause is over.
    private(set) var waiting: String?
    /// The overrides whose end was announced, by their ids and ends.
    private var announced: Set<Ending> = []
    /// What the title of the terminal shows until a key is pressed.
    private(set) var mark: String?

    private struct Ending: Hashable {
        let id: Int
        let until: Instant
    }

    /// Somebody looked.
    mutating func acknowledge() { mark = nil }

    /// Notes calls that went bad since the last look; what an attached dashboard finds first was there before it came.
    mutating func note(_ totals: Totals, isAttached: Bool) {
        let now = BadCalls(totals)
        defer { (seen, hasSeenCalls) = (now, totals.calls > 0) }
        guard hasSeenCalls || !isAttached, let seen, let words = now.words(since: seen) else { return }
        raise(words)
    }

    /// Notes overrides whose end is near; `words` names them.
    mutating func note(_ status: ServerStatus, at now: Instant, words: (Override) -> String) {
        for override in status.overrides {
            guard let until = override.until, until > now, until.microseconds(since: now) <= Self.notice * 1_000_000,
                announced.insert(Ending(id: override.id, until: until)).inserted
            else { continue }
            raise(words(override))
        }
        if announced.count > 1000 { announced = announced.filter { $0.until > now } }
    }

    private mutating func raise(_ words: String) {
        waiting = waiting.map { "\($0); \(words)" } ?? words
        mark = waiting
    }

    /// What to say now; `nil` if there is nothing, or the last was said just before.
    mutating func take(at now: Instant) -> String? {
        guard let words = waiting else { return nil }
        // A clock that is set back must not silence it.
        if let lastAt, now >= lastAt, now < lastAt.advanced(bySeconds: Self.pause) { return nil }
        waiting = nil
        lastAt = now
        return words
    }

    /// When it has to be looked at without a message: the end of the pause.
    var wakeAt: Instant? { waiting == nil ? nil : lastAt?.advanced(bySeconds: Self.pause) }
}

/// The calls that are bad, as the filter `is:bad` has them, by how.
private struct BadCalls: Sendable {
    private let counts: [(count: Int, one: String, more: String)]

    init(_ totals: Totals) {
        let slow = totals.answerTimes.count - totals.answers(within: 1_000_000)
        counts = [
            (totals.outcomes.failed, "call failed", "calls failed"),
            (totals.outcomes.late, "late answer", "late answers"),
            (totals.outcomes.notApplied, "answer not applied", "answers not applied"),
            (totals.outcomes.noNews, "call without news", "calls without news"),
            (slow, "slow answer", "slow answers"),
        ]
    }

    func words(since old: BadCalls) -> String? {
        let new = zip(counts, old.counts).filter { $0.count > $1.count }.map { now, before in
            let more = now.count - before.count
            return "\(Text.number(more)) \(more == 1 ? now.one : now.more)"
        }
        return new.isEmpty ? nil : new.joined(separator: ", ")
    }
}

extension DashboardState {
    /// Looks whether something went bad, and signals it.
    mutating func lookForAlarms() -> [DashboardEffect] {
        guard settings.alarm != .none, record == nil else { return [] }
        alarm.note(log.totals, isAttached: isAttached)
        if let status, noContactSince == nil {
            let (now, clock, glyphs) = (now, clock, glyphs)
            alarm.note(status, at: now) { override in
                let text = OverrideText(override, status: status, now: now, clock: clock, glyphs: glyphs)
                return "\(text.title) ends \(override.until.map { Text.moment($0, on: clock, now: now) } ?? "soon")"
            }
        }
        guard let words = alarm.take(at: wallClock) else { return [] }
        switch settings.alarm {
        case .none: return []
        case .bell: return [.alarm(.bell)]
        case .notice: return [.alarm(.notice(masked(words)))]
        }
    }

    /// The title of the terminal; `nil` where it is left alone.
    package var title: String? {
        guard settings.alarm != .none else { return nil }
        return alarm.mark.map { "! switchboard: \(masked($0))" } ?? "switchboard"
    }

    private func masked(_ words: String) -> String {
        let shown = look.isASCII ? ASCIIText.of(words) : words
        let clean = CleanText.cut(CleanText.clean(shown), to: 120, ellipsis: "...")
        return masksNumbers ? NumberMask.masked(clean) : clean
    }

    /// When an alarm is due though nothing changes.
    package var alarmAt: Instant? {
        guard settings.alarm != .none else { return nil }
        let now = now
        let ends = (status?.overrides ?? []).compactMap { $0.until?.advanced(bySeconds: -Alarm.notice) }
        return (ends.filter { $0 > now } + [alarm.wakeAt].compactMap(\.self)).min()
    }
}
