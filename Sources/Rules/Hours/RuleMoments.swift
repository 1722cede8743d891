// SPDX-License-Identifier: Apache-2.0

import Calls

/// The moments at which the conditions of rules may turn because of the time: hours, dates and days of the week.
struct RuleMoments: Sendable {
    /// The tables that conditions ask for.
    private let tables: [HoursTable]
    /// Days since 1970 on which dates begin, or the ones before have ended, in order.
    private let dates: [Int]
    private let turnsDaily: Bool
    /// Dates that return every year are looked up in these; after them, any midnight may be one.
    ///
    /// 2024-01-01 to 2053-12-31, in days since 1970.
    private static let known = 19_723..<30_681
    private let hasReturningDates: Bool

    init(_ rules: RuleSet) {
        var found = Found()
        for condition in rules.conditions { found.look(at: condition) }
        tables = found.tables.sorted().map { rules.hours[$0] }
        dates = found.dates.sorted()
        turnsDaily = found.turnsDaily
        hasReturningDates = found.hasReturningDates
    }

    /// Whether no condition depends on the time.
    var isEmpty: Bool { tables.isEmpty && dates.isEmpty && !turnsDaily && !hasReturningDates }

    /// Returns the first moment after this one at which a condition may turn on a line.
    func next(on line: PhoneLine, after now: Instant) -> Instant? {
        var moments = tables.map { $0.nextChange(after: now, zone: $0.clock(line.zone)) }
        let today = line.zone.local(now).date.daysSince1970
        if turnsDaily || hasReturningDates && today >= Self.known.upperBound {
            moments.append(line.zone.start(ofDay: today + 1, after: now))
        }
        let next = dates.partitioningIndex { $0 > today }
        if next < dates.endIndex { moments.append(line.zone.start(ofDay: dates[next], after: now)) }
        return moments.compactMap(\.self).min()
    }

    /// What conditions ask about the time.
    private struct Found {
        var tables: Set<Int> = []
        var dates: Set<Int> = []
        var turnsDaily = false
        var hasReturningDates = false

        mutating func look(at condition: Condition) {
            switch condition {
            case .always: break
            case .all(let conditions), .any(let conditions): for condition in conditions { look(at: condition) }
            case .not(let condition): look(at: condition)
            case .test(let test): look(at: test)
            }
        }

        private mutating func look(at test: Condition.Test) {
            switch test {
            case .during(let hours): tables.insert(hours.table)
            case .weekday: turnsDaily = true
            case .date(let member):
                for pattern in member.values { look(at: pattern) }
            case .caller, .callerCountry, .callerLanguage, .contactKnown, .contact, .line, .lineFact, .group, .callType,
                .calls, .liveCalls, .seenBefore:
                break
            }
        }

        private mutating func look(at pattern: DatePattern) {
            if case .span(let span) = pattern {
                dates.insert(span.first.daysSince1970)
                dates.insert(span.last.daysSince1970 + 1)
                return
            }
            hasReturningDates = true
            var wasIn = false
            for day in RuleMoments.known {
                let isIn = pattern.contains(CivilDate(daysSince1970: day))
                if isIn != wasIn { dates.insert(day) }
                wasIn = isIn
            }
        }
    }
}

extension Zone {
    /// The first second of a day, in days since 1970, which is later than a moment.
    func start(ofDay day: Int, after now: Instant) -> Instant {
        let midnight = Int64(day) * 86_400
        let guess = Instant(seconds: midnight - Int64(offset(at: Instant(seconds: midnight))))
        // Where the clock jumps around midnight, the day may begin with the jump.
        let near = Instant(seconds: midnight - Int64(offset(at: guess)))
        let jump = transition(after: min(guess, near).seconds - 86_400).map { Instant(seconds: $0) }
        let starts = [guess, near, jump].compactMap(\.self).filter { moment in
            moment > now && local(moment).date.daysSince1970 >= day
        }
        return starts.min() ?? max(guess, now.advanced(bySeconds: 1))
    }
}
