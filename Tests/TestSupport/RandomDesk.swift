// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides
package import Rules

/// Three lines on clocks of their own, with everything that opens or closes them; nothing changes but on a quarter.
package struct RandomDesk: CustomStringConvertible {
    package let policy: CallPolicy
    package let overrides: [Override]
    package let now: Instant
    package let seed: UInt64
    package let lines: [LineStatus]

    package static let offset = 7200
    static let quarter: Int64 = 900
    /// Hours repeat every week, and overrides last five days at most.
    static let days: Int64 = 13

    package static func clock(_ instant: Instant) -> LocalTime { instant.local(offset: offset) }

    package init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let now = Instant.sample.advanced(bySeconds: .random(in: 0..<700, using: &random) * Self.quarter)
        let overrides = Self.overrides(at: now, &random)
        self.init(Self.rules(at: now, &random), overrides, now, seed)
    }

    private init(_ rules: RuleSet, _ overrides: [Override], _ now: Instant, _ seed: UInt64) {
        policy = CallPolicy(rules: rules, overrides: ActiveOverrides(overrides))
        self.overrides = overrides
        self.now = now
        self.seed = seed
        lines = policy.lineStatuses(at: now)
    }

    /// The same desk with other overrides.
    package func with(_ overrides: [Override]) -> RandomDesk { RandomDesk(policy.compiled.rules, overrides, now, seed) }

    package var description: String {
        let set = overrides.map {
            "\($0.id) \($0.kind) \($0.scope) until \($0.until.map { Self.clock($0).text } ?? "-")"
        }
        return "seed \(seed), \(Self.clock(now).text)\n" + set.joined(separator: "\n")
    }

    private static func rules(at now: Instant, _ random: inout SeededGenerator) -> RuleSet {
        let tables = (0..<2).map { index in
            HoursTable(
                name: "hours \(index)", zone: nil, weekly: (0..<7).map { _ in windows(&random) }, dates: [:],
                closedAnswer: 0)
        }
        // The clock of one line jumps in two days.
        let jump = Zone.Transition(at: now.seconds / 86_400 * 86_400 + 2 * 86_400 + 3600, offset: 0)
        let zones = [
            Zone(name: "Desk", firstOffset: offset, transitions: []),
            Zone(name: "West", firstOffset: 3600, transitions: [jump]),
            Zone(name: "East", firstOffset: 20_700, transitions: []),
        ]
        let lines = (0..<3).map { place in
            PhoneLine(
                number: numbers[place], name: "Line \(place)", group: place < 2 ? "north" : nil,
                hours: [nil, 0, 0, 1, 1].randomElement(using: &random) ?? nil,
                zone: zones.randomElement(using: &random) ?? zones[0], assistantID: nil)
        }
        let conditions: [Condition] = [
            .member(DayOfWeek(), [.saturday]),
            .all([.member(DayOfWeek(), [.monday, .friday]), .test(.during(OpenHours(1)))]),
            .member(
                Today(),
                [.span(DateSpan(first: clock(now).date, last: clock(now.advanced(bySeconds: 86_400)).date))]),
        ]
        var rules = conditions.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }.enumerated()
            .map { (rule: RuleSet.SampleRule("rule \($0.offset)", $0.element), answer: Answer.rejection("by rule")) }
        // A rule that decides before closures, and one whose answer takes no greeting.
        if Int.random(in: 0..<4, using: &random) == 0 {
            let answer: Answer = Bool.random(using: &random) ? .greeting("by rule") : .rejection("by rule")
            let condition = Condition.all([
                .member(Line(), [numbers[1]]), conditions[Int.random(in: 0..<3, using: &random)],
            ])
            rules.append((rule: RuleSet.SampleRule("first", condition, bypasses: true), answer: answer))
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
            let raw = Answer.raw(TextTemplate(literal: #"{"assistant":{"first_message":"as written"}}"#))
            rules.append((rule: RuleSet.SampleRule("raw", .member(Line(), [numbers[2]])), answer: raw))
        }
        return .sample(
            lines: lines, hours: tables, answers: ["closed": .rejection("hours")], rules: rules,
            otherwise: .greeting("hello"), tags: false)
    }

    package static let numbers: [PhoneNumber] = ["+31201111111", "+31202222222", "+31203333333"]

    private static func windows(_ random: inout SeededGenerator) -> [MinuteWindow] {
        (0..<Int.random(in: 0...2, using: &random)).map { _ in
            MinuteWindow(
                start: Int.random(in: 0..<96, using: &random) * 15, end: Int.random(in: 0...96, using: &random) * 15)
        }
    }

    /// At most one closure and one greeting a scope.
    private static func overrides(at now: Instant, _ random: inout SeededGenerator) -> [Override] {
        let scopes: [Scope] = [.all, .group("north")] + numbers.map(Scope.line)
        var set: [Override] = []
        for id in 1...6 where Bool.random(using: &random) {
            let kinds: [Override.Kind] = [
                .closed(says: "text \(id)"), .inform(says: "text \(id)"), .forcedOpen, .greeting("text \(id)"),
            ]
            let seconds = Int64.random(in: 1...480, using: &random) * quarter
            let override = Override.sample(
                kinds.randomElement(using: &random) ?? .forcedOpen, scopes.randomElement(using: &random) ?? .all,
                id: id,
                since: now, until: Bool.random(using: &random) ? now.advanced(bySeconds: seconds) : nil)
            set.removeAll { $0.scope == override.scope && $0.kind.isClosure == override.kind.isClosure }
            set.append(override)
        }
        return set
    }
}

extension RandomDesk {
    /// The status of its server.
    package var status: ServerStatus {
        var status = ServerStatus.sample(lines: [])
        (status.lines, status.overrides) = (lines, overrides)
        status.bypasses = policy.compiled.rules.bypasses(at: now)
        return status
    }

    /// The same desk after a command, with the override of a kind on a scope in place of what it replaces.
    package func with(_ kind: Override.Kind, on scope: Scope) -> RandomDesk {
        let kept = overrides.filter { $0.scope != scope || $0.kind.isClosure != kind.isClosure }
        return with(kept + [.sample(kind, scope, id: 100, since: now, until: nil)])
    }
}

/// What a caller gets, and what is true of the lines because of it.
extension RandomDesk {
    package func decision(_ place: Int, at moment: Instant) -> (Decision, String) {
        let call = AssistantRequest.sample(from: nil, to: Self.numbers[place].description)
        guard let (decision, bytes) = try? policy.answer(call, id: "d", at: moment) else {
            preconditionFailure("nothing has to be looked up")
        }
        return (decision, String(decoding: bytes, as: UTF8.self))
    }

    package func reply(to place: Int, at moment: Instant) -> String { decision(place, at: moment).1 }

    package func isOpen(_ place: Int, at moment: Instant) -> Bool {
        let (decision, reply) = decision(place, at: moment)
        if case .override = decision.by { return false }
        return !reply.hasPrefix(#"{"error""#)
    }

    package func word(_ place: Int, at moment: Instant) -> String {
        let (decision, reply) = decision(place, at: moment)
        if reply.hasPrefix(#"{"error""#) { return "CLOSED" }
        if case .override = decision.by { return "INFORM" }
        let forced = overrides.contains { override in
            override.kind == .forcedOpen && (override.until.map { moment < $0 } ?? true)
                && (override.scope == .all || override.scope == .line(Self.numbers[place])
                    || (override.scope == .group("north") && place < 2))
        }
        return forced ? "FORCED OPEN" : "OPEN"
    }

    /// The first quarter at which something else is true.
    package func first<Value: Equatable>(_ value: (Instant) -> Value) -> Instant? {
        let start = value(now)
        return (1...Self.days * 96).lazy.map { now.advanced(bySeconds: $0 * Self.quarter) }.first { value($0) != start }
    }

    package func time(_ instant: Instant) -> String {
        let (then, today) = (Self.clock(instant), Self.clock(now))
        let days = then.date.daysSince1970 - today.date.daysSince1970
        return days == 0
            ? then.clock : days < 7 ? "\(then.date.weekday.shortName) \(then.clock)" : "\(then.date) \(then.clock)"
    }

    /// The time on the line's own clock, where that is another one.
    package func there(_ place: Int, _ instant: Instant) -> String? {
        let rules = policy.compiled.rules
        let own = rules.lines[place].zone.local(instant)
        guard own != Self.clock(instant) else { return nil }
        let day = own.date == Self.clock(instant).date ? "" : "\(own.date.weekday.shortName) "
        return "\(day)\(own.clock) there"
    }
}
