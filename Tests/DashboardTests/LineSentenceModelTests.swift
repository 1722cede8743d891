// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Overrides
import Rules
import Screen
import TestSupport
import Testing

/// Every sentence about lines, with random hours, rules, overrides and moments, against callers that are answered one
/// after the other.
@Suite struct LineSentenceModelTests {
    @Test(arguments: 1...16 as ClosedRange<UInt64>) func headerAndStatusSayWhatCallersGet(seed: UInt64) {
        let desk = RandomDesk(seed: seed)
        let summary = LinesSummary(desk.lines, overrides: desk.overrides, at: desk.now)
        let expected = desk.expectedSummary()
        #expect(summary.words(at: desk.now, dot: "·", on: RandomDesk.clock) == expected, "\(desk)")
        #expect(desk.dashboard().screen[0].contains(expected), "\(desk)")
    }

    @Test(arguments: 41...54 as ClosedRange<UInt64>) func theLinesViewSaysWhatCallersGet(seed: UInt64) {
        let desk = RandomDesk(seed: seed)
        var state = desk.dashboard()
        state.type("<tab>")
        for place in desk.lines.indices {
            let row = state.screen.first { $0.dropFirst(2).hasPrefix("Line \(place) ") } ?? ""
            let expected = desk.expectedState(of: place)
            #expect(row.contains(CleanText.cut(expected, to: 36, ellipsis: "…")), "\(desk)\n\(row)")
            state.type("<enter>")
            #expect(state.screen.contains { $0.hasSuffix(" " + expected) }, "\(expected): \(state.text)")
            state.type("<esc>j")
        }
    }

    @Test(arguments: 71...170 as ClosedRange<UInt64>) func barsQuoteWhatCallersHear(seed: UInt64) {
        let desk = RandomDesk(seed: seed)
        for override in desk.overrides {
            guard let text = override.kind.text else { continue }
            let reach = OverrideReach(override, lines: desk.lines, overrides: desk.overrides, at: desk.now)
            let silent = Set(
                reach.limits.compactMap { limit -> String? in
                    if case .rejected = limit.cause { nil } else { limit.line.name }
                })
            for (place, line) in desk.lines.enumerated() where override.scope.covers(line) {
                let hears = desk.reply(to: place, at: desk.now).contains("\"\(text)\"")
                #expect(hears != silent.contains(line.name), "\(override.kind) on \(line.name): \(desk)")
            }
        }
    }

    @Test(arguments: 171...270 as ClosedRange<UInt64>) func dialogsForetellWhatCallersGet(seed: UInt64) {
        let desk = RandomDesk(seed: seed)
        var status = ServerStatus.sample(lines: [])
        (status.lines, status.overrides) = (desk.lines, desk.overrides)
        let scopes: [Scope] = [.all, .group("north"), .line(desk.lines[0].number)]
        for (scope, ending) in scopes.flatMap({ [($0, OverrideForecast.Ending.closures), ($0, .openings)] }) {
            let forecast = OverrideForecast(ending: ending, of: scope, in: status, at: desk.now)
            let left = desk.overrides.filter { override in
                let isMeant = ending == .closures ? override.kind.closes : override.kind == .forcedOpen
                let covered = desk.lines.filter { override.scope.covers($0) }
                return !(isMeant && override.scope.lies(in: scope, covered))
            }
            let after = desk.with(left)
            let expected = desk.lines.indices.filter { scope.covers(desk.lines[$0]) && after.isOpen($0, at: desk.now) }
            #expect(forecast.open.map(\.name) == expected.map { desk.lines[$0].name }, "\(scope) \(ending): \(desk)")
        }
    }

    @Test func row2TheEndOfOneLineIsNeverTheEndOfAll() {
        let closures = [
            Override.closed(scope: .group("amsterdam"), id: 1),
            .closed(scope: .line("+31850835037"), until: .sample.advanced(bySeconds: 7200), id: 2),
            .closed(scope: .line("+31701234569"), id: 3),
        ]
        let summary = LinesSummary(ServerStatus.sample(overrides: closures), at: .sample)
        let words = summary.words(at: .sample, dot: "·") { $0.local(offset: 7200) }
        #expect(words == "ALL 4 CLOSED · first opens 16:00 (HMS Sovereign Demo)")
    }
}

extension Scope {
    /// Whether it covers nothing outside another one, by the lines that it covers.
    fileprivate func lies(in outer: Scope, _ covered: [LineStatus]) -> Bool {
        switch (self, outer) {
        case (_, .all): true
        case (.all, _): false
        case (.group, .line), (.line, .line), (.group, .group): self == outer
        case (.line, .group): covered.allSatisfy { outer.covers($0) }
        }
    }
}

/// Three lines on clocks of their own, with everything that opens or closes them; nothing changes but on a quarter.
private struct RandomDesk: CustomStringConvertible {
    let policy: CallPolicy
    let overrides: [Override]
    let now: Instant
    let seed: UInt64
    let lines: [LineStatus]

    private static let offset = 7200
    private static let quarter: Int64 = 900
    /// Hours repeat every week, and overrides last five days at most.
    private static let days: Int64 = 13

    static func clock(_ instant: Instant) -> LocalTime { instant.local(offset: offset) }

    init(seed: UInt64) {
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
    func with(_ overrides: [Override]) -> RandomDesk { RandomDesk(policy.compiled.rules, overrides, now, seed) }

    var description: String {
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

    private static let numbers: [PhoneNumber] = ["+31201111111", "+31202222222", "+31203333333"]

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

    func dashboard() -> DashboardState {
        var status = ServerStatus.sample(lines: [])
        (status.lines, status.overrides) = (lines, overrides)
        var state = DashboardState.sample(
            size: Size(columns: 200, rows: 50), calls: [], status: nil, clock: .fixed(Self.offset))
        state.receive(.tick(now))
        state.receive(.status(status))
        return state
    }
}

/// What a caller gets, and what is true of the lines because of it.
extension RandomDesk {
    private func decision(_ place: Int, at moment: Instant) -> (Decision, String) {
        let call = AssistantRequest.sample(from: nil, to: Self.numbers[place].description)
        guard let (decision, bytes) = try? policy.answer(call, id: "d", at: moment) else {
            preconditionFailure("nothing has to be looked up")
        }
        return (decision, String(decoding: bytes, as: UTF8.self))
    }

    func reply(to place: Int, at moment: Instant) -> String { decision(place, at: moment).1 }

    func isOpen(_ place: Int, at moment: Instant) -> Bool {
        let (decision, reply) = decision(place, at: moment)
        if case .override = decision.by { return false }
        return !reply.hasPrefix(#"{"error""#)
    }

    private func word(_ place: Int, at moment: Instant) -> String {
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
    private func first<Value: Equatable>(_ value: (Instant) -> Value) -> Instant? {
        let start = value(now)
        return (1...Self.days * 96).lazy.map { now.advanced(bySeconds: $0 * Self.quarter) }.first { value($0) != start }
    }

    private func time(_ instant: Instant) -> String {
        let (then, today) = (Self.clock(instant), Self.clock(now))
        let days = then.date.daysSince1970 - today.date.daysSince1970
        return days == 0
            ? then.clock : days < 7 ? "\(then.date.weekday.shortName) \(then.clock)" : "\(then.date) \(then.clock)"
    }

    /// The time on the line's own clock, where that is another one.
    private func there(_ place: Int, _ instant: Instant) -> String? {
        let rules = policy.compiled.rules
        let own = rules.lines[place].zone.local(instant)
        guard own != Self.clock(instant) else { return nil }
        let day = own.date == Self.clock(instant).date ? "" : "\(own.date.weekday.shortName) "
        return "\(day)\(own.clock) there"
    }

    func expectedState(of place: Int) -> String {
        let word = word(place, at: now)
        guard let change = first({ self.word(place, at: $0) }) else {
            let isOperators =
                word != "OPEN" && !reply(to: place, at: now).contains("by rule")
                && !reply(to: place, at: now).contains("hours")
            let isSettled = first { decision(place, at: $0).0.by.description + reply(to: place, at: $0) } == nil
            guard isOperators, isSettled else { return word }
            return word == "FORCED OPEN" ? "\(word) until removed" : "\(word) until reopened"
        }
        let local = there(place, change).map { " (\($0))" } ?? ""
        return "\(word) until \(time(change))\(local), then \(self.word(place, at: change))"
    }

    func expectedSummary() -> String {
        let words = (0..<3).map { word($0, at: now) }
        let open = (0..<3).filter { isOpen($0, at: now) }
        var parts: [String] = []
        switch open.count {
        case 3: parts.append(words.allSatisfy { $0 == "FORCED OPEN" } ? "ALL 3 FORCED OPEN" : "ALL 3 OPEN")
        case 0: parts.append(words.allSatisfy { $0 == "INFORM" } ? "ALL 3 CLOSED (INFORM)" : "ALL 3 CLOSED")
        default: parts.append("\(open.count) of 3 open")
        }
        let special = ["INFORM", "FORCED OPEN"].compactMap { word in
            let count = words.count { $0 == word }
            return (1...2).contains(count) ? "\(count) \(word)" : nil
        }
        if !special.isEmpty { parts.append(special.joined(separator: ", ")) }
        let turns = (0..<3).compactMap { place in first { isOpen(place, at: $0) }.map { (place: place, at: $0) } }
        guard let at = turns.map(\.at).min() else { return parts.joined(separator: " · ") }
        let turning = turns.filter { $0.at == at }.map(\.place)
        let names = turning.count > 1 ? "Line \(turning[0]) and \(turning.count - 1) more" : "Line \(turning[0])"
        let local = turning.count == 1 ? there(turning[0], at) : nil
        let verb = open.count == 3 ? "close" : "open"
        switch open.count {
        case 0 where turning.count == 3, 3 where turning.count == 3: parts.append("all \(verb) \(time(at))")
        default: break
        }
        return parts.joined(separator: " · ")
            + rest(open, turning, names, local, verb, at)
    }

    private func rest(
        _ open: [Int], _ turning: [Int], _ names: String, _ local: String?, _ verb: String, _ at: Instant
    ) -> String {
        if open.count == 0 || open.count == 3 {
            guard turning.count < 3 else { return "" }
            return " · first \(verb)s \(time(at)) (\(names)\(local.map { ", \($0)" } ?? ""))"
        }
        let (closing, opening) = (turning.filter(open.contains), turning.filter { !open.contains($0) })
        let texts = [(closing, "close"), (opening, "open")].filter { !$0.0.isEmpty }.map { lines, verb in
            lines.count == 1 ? "Line \(lines[0]) \(verb)s" : "Line \(lines[0]) and \(lines.count - 1) more \(verb)"
        }
        return " · next: \(texts.joined(separator: ", ")) \(time(at))\(local.map { " (\($0))" } ?? "")"
    }
}
