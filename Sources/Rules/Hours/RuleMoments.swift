// SPDX-License-Identifier: Apache-2.0

import Calls

/// The moments at which the conditions of rules may turn because of the time: hours, dates and days of the week.
struct RuleMoments: Sendable {
    /// The tables that conditions ask for.
    private let tables: [HoursTable]
    /// Days since 1970 on which a span of dates begins, or the one before has ended.
    private let dates: [Int]
    /// Whether any midnight may count.
    private let turnsDaily: Bool

    init(_ rules: RuleSet) {
        var found = Found()
        for rule in rules.rules { found.look(at: rule.condition) }
        tables = found.tables.sorted().map { rules.hours[$0] }
        dates = found.dates.sorted()
        turnsDaily = found.turnsDaily
    }

    /// Returns the first moment after this one at which a condition may turn on a line.
    func next(on line: PhoneLine, after now: Instant) -> Instant? {
        var moments = tables.map { $0.nextChange(after: now, zone: $0.clock(line.zone)) }
        let today = line.zone.local(now).date.daysSince1970
        if turnsDaily { moments.append(start(ofDay: today + 1, in: line.zone, after: now)) }
        if let date = dates.first(where: { $0 > today }) {
            moments.append(start(ofDay: date, in: line.zone, after: now))
        }
        return moments.compactMap(\.self).min()
    }

    /// The first second of a day on a clock.
    private func start(ofDay day: Int, in zone: Zone, after now: Instant) -> Instant {
        let midnight = Int64(day) * 86_400
        let guess = Instant(seconds: midnight - Int64(zone.offset(at: Instant(seconds: midnight))))
        // Where the clock jumps around midnight, the day may begin with the jump.
        let near = Instant(seconds: midnight - Int64(zone.offset(at: guess)))
        let jump = zone.transition(after: min(guess, near).seconds - 86_400).map { Instant(seconds: $0) }
        let starts = [guess, near, jump].compactMap(\.self).filter { moment in
            moment > now && zone.local(moment).date.daysSince1970 >= day
        }
        return starts.min() ?? max(guess, now.advanced(bySeconds: 1))
    }

    /// What conditions ask about the time.
    private struct Found {
        var tables: Set<Int> = []
        var dates: Set<Int> = []
        var turnsDaily = false

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
                for pattern in member.values {
                    switch pattern {
                    case .span(let span):
                        dates.insert(span.first.daysSince1970)
                        dates.insert(span.last.daysSince1970 + 1)
                    // On which days these fall is asked day by day.
                    case .yearly, .easter, .weekday: turnsDaily = true
                    }
                }
            case .caller, .callerCountry, .callerLanguage, .contactKnown, .contact, .line, .lineFact, .group, .callType,
                .calls, .liveCalls, .seenBefore:
                break
            }
        }
    }
}
