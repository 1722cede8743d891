// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import EventLog
import CallAnswering
import Overrides
import Rules
import Synchronization
import TestSupport
import Testing

/// Random commands, new hours, restarts and jumps of the clock: callers get what a few lines of plain code say.
@Suite struct OverrideModelTests {
    private static let steps = 300
    private static let seeds: ClosedRange<UInt64> = Thoroughness.isFull ? 1...24 : 1...2

    @Test(arguments: seeds) func callersGetWhatTheModelSays(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var bench = Bench()
        for step in 1...Self.steps {
            let did = try bench.act(&random)
            let problems = bench.differences()
            #expect(problems.isEmpty, "seed \(seed), step \(step), after \(did): \(problems)")
            if !problems.isEmpty { return }
        }
    }
}

/// The real service and its model, side by side.
private struct Bench {
    private static let scopes: [Scope] = [
        .all, .group("north"), .group("south"), .line(Self.numbers[0]), .line(Self.numbers[1]), .line(Self.numbers[2]),
    ]
    static let numbers: [PhoneNumber] = ["+31201111111", "+31202222222", "+31203333333"]
    static let groups = ["north", "north", "south"]

    private let clock = ManualClock(.sample)
    private let store = RememberingStore()
    private var hours = 0
    private var service: OverrideService
    private var model = Model()

    init() {
        service = Self.service(hours: 0, clock: clock, store: store)
    }

    private static func service(hours: Int, clock: ManualClock, store: RememberingStore) -> OverrideService {
        let current = CurrentRules(CompiledRules(rules(hours: hours)))
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 16))
        return OverrideService(rules: current, log: log, clock: clock.wallClock, store: store, state: store.state)
    }

    /// Three lines with one table of hours; the number turns the hours of the day.
    static func rules(hours: Int) -> RuleSet {
        let window = MinuteWindow(start: hours * 60, end: hours * 60 + 480)
        let table = HoursTable(
            name: "office", zone: nil, weekly: Array(repeating: [window], count: 7), dates: [:], closedAnswer: 0)
        let lines = zip(numbers, groups).map { number, group in
            PhoneLine.sample(number: number, name: number.description, group: group, hours: 0)
        }
        return .sample(
            lines: lines, hours: [table], answers: ["closed": .rejection("hours")], otherwise: .greeting("hello"),
            tags: false)
    }

    /// Does something to both, and says what it was.
    mutating func act(_ random: inout SeededGenerator) throws -> String {
        switch Int.random(in: 0..<14, using: &random) {
        case 0..<5: return try begin(&random)
        case 5: return carryOut(.open([scope(&random)]), on: &random) { $0.open($1, now: $2) }
        case 6: return carryOut(.clearGreeting([scope(&random)]), on: &random) { $0.clearGreeting($1, now: $2) }
        case 7: return carryOut(.undo, on: &random) { model, _, now in model.undo(now: now) }
        case 8:
            hours = Int.random(in: 0..<16, using: &random)
            service.use(Self.rules(hours: hours), contacts: ContactDirectory(sources: []))
            return "hours from \(hours)"
        case 9:
            service = Self.service(hours: hours, clock: clock, store: store)
            service.expire()
            model.sweep(now: clock.wallClock.now())
            return "restart"
        default:
            let jump = Int64.random(in: -15_000_000...20_000_000, using: &random)
            clock.advance(milliseconds: jump)
            service.expire()
            model.sweep(now: clock.wallClock.now())
            return "clock by \(jump) ms"
        }
    }

    private func scope(_ random: inout SeededGenerator) -> Scope {
        Self.scopes.randomElement(using: &random) ?? .all
    }

    private mutating func begin(_ random: inout SeededGenerator) throws -> String {
        let text = "text \(UInt16.random(in: 0...999, using: &random))"
        let kinds: [Override.Kind] = [.closed(says: text), .inform(says: text), .forcedOpen, .greeting(text)]
        let kind = kinds.randomElement(using: &random) ?? .forcedOpen
        let seconds = Int64.random(in: 1...20_000, using: &random)
        let end = clock.wallClock.now().advanced(bySeconds: seconds)
        let ends: [(Until, Instant?)] = [
            (.reopened, nil), (.lasting(seconds: seconds), end), (.time(end), end),
            (.nextChange, Model.nextChange(hours: hours, after: clock.wallClock.now())),
        ]
        let (until, moment) = ends.randomElement(using: &random) ?? ends[0]
        let scope = scope(&random)
        return carryOut(.begin(kind, scopes: [scope], reason: "", until: until), on: &random) { model, _, now in
            model.begin(kind, scope, until: moment?.inWholeMilliseconds, now: now)
        }
    }

    /// Gives both the same command; both carry it out, or both refuse it.
    private mutating func carryOut(
        _ order: OverrideCommand, on random: inout SeededGenerator, _ modelled: (inout Model, Scope, Instant) -> Bool
    ) -> String {
        let scope: Scope =
            switch order {
            case .open(let scopes), .clearGreeting(let scopes), .followHours(let scopes): scopes.first ?? .all
            case .begin, .beginOnCallers, .clearCallers, .end, .undo, .note, .remark: .all
            }
        let now = clock.wallClock.now()
        model.sweep(now: now)
        let isExpected = modelled(&model, scope, now)
        do throws(OverrideError) {
            _ = try service.carryOutBlocking(order, by: Operator(user: "anna"))
            #expect(isExpected, "\(order) was done, the model refuses it")
        } catch {
            #expect(!isExpected, "\(order) was refused: \(error)")
        }
        return "\(order)"
    }

    /// Where service and model differ.
    func differences() -> [String] {
        let now = clock.wallClock.now()
        let statuses = service.policy.lineStatuses(at: now)
        return zip(Self.numbers, Self.groups).enumerated().compactMap { index, line in
            let expected = model.answer(line.0, group: line.1, hours: hours, now: now)
            let call = AssistantRequest.sample(to: line.0.description)
            let answer = (try? service.policy.answer(call, id: "d", at: now).1).map {
                String(decoding: $0, as: UTF8.self)
            }
            let status = statuses[index]
            guard answer == expected.json, status.state == expected.state, status.says == .text(expected.says) else {
                return "\(line.0) gets \(answer ?? "nothing") (\(status.state), \(status.says)), not \(expected)"
            }
            return nil
        }
    }
}

/// What the service must do, in plain code.
private struct Model {
    private struct Slot: Hashable {
        let scope: Scope
        let isGreeting: Bool
    }

    private struct Entry: Equatable {
        let id: Int
        let kind: Override.Kind
        let until: Instant?

        func isInForce(at now: Instant) -> Bool { until.map { now < $0 } ?? true }
    }

    struct Answer {
        let json: String
        let state: LineStatus.State
        let says: String
    }

    private var slots: [Slot: Entry] = [:]
    private var past: [[Slot: Entry]] = []
    private var over: Set<Int> = []
    private var ids = 0

    /// What ended by itself never comes back, wherever the clock goes.
    mutating func sweep(now: Instant) {
        for entry in slots.values where !entry.isInForce(at: now) { over.insert(entry.id) }
        slots = slots.filter { !over.contains($0.value.id) }
    }

    mutating func begin(_ kind: Override.Kind, _ scope: Scope, until: Instant?, now: Instant) -> Bool {
        if kind == .forcedOpen, isClosed(widerThan: scope) { return false }
        if let until, until <= now.inWholeMilliseconds { return false }
        past.append(slots)
        ids += 1
        slots[Slot(scope: scope, isGreeting: !kind.isClosure)] = Entry(id: ids, kind: kind, until: until)
        return true
    }

    mutating func open(_ scope: Scope, now: Instant) -> Bool {
        end { slot, entry in !slot.isGreeting && entry.kind != .forcedOpen && Self.lies(slot.scope, in: scope) }
    }

    mutating func clearGreeting(_ scope: Scope, now: Instant) -> Bool {
        end { slot, _ in slot.isGreeting && Self.lies(slot.scope, in: scope) }
    }

    private mutating func end(_ isMeant: (Slot, Entry) -> Bool) -> Bool {
        let left = slots.filter { !isMeant($0.key, $0.value) }
        guard left.count < slots.count else { return false }
        past.append(slots)
        slots = left
        return true
    }

    mutating func undo(now: Instant) -> Bool {
        while let before = past.popLast()?.filter({ !over.contains($0.value.id) && $0.value.isInForce(at: now) }) {
            guard before != slots else { continue }
            slots = before
            return true
        }
        return false
    }

    func answer(_ number: PhoneNumber, group: String, hours: Int, now: Instant) -> Answer {
        let scopes: [Scope] = [.all, .group(group), .line(number)]
        let set = scopes.compactMap { slots[Slot(scope: $0, isGreeting: false)] }.sorted { $0.id > $1.id }
        let closing = set.filter { $0.kind != .forcedOpen }
        let greeting = scopes.compactMap { slots[Slot(scope: $0, isGreeting: true)] }.max { $0.id < $1.id }?.kind.text
        let second = Int(now.seconds % 86_400)
        let isOpen = (hours * 3600..<(hours + 8) * 3600).contains(second)
        if let text = closing.first?.kind.text {
            guard closing.allSatisfy({ if case .inform = $0.kind { true } else { false } }) else {
                return Answer(json: #"{"error":"\#(text)"}"#, state: .closed, says: text)
            }
            let json = #"{"assistant":{"first_message":"\#(text)"},"max_duration_seconds":60}"#
            return Answer(json: json, state: .inform, says: text)
        }
        guard !set.isEmpty || isOpen else {
            return Answer(json: #"{"error":"hours"}"#, state: .closed, says: "hours")
        }
        let says = greeting ?? "hello"
        return Answer(
            json: #"{"assistant":{"first_message":"\#(says)"}}"#, state: set.isEmpty ? .open : .forcedOpen, says: says)
    }

    /// The next opening or closing of hours that begin on the hour and last for eight, in UTC.
    static func nextChange(hours: Int, after now: Instant) -> Instant? {
        let day = now.seconds.flooredDivision(by: 86_400)
        let changes = (0...1).flatMap { later in
            [Int64(hours), Int64(hours) + 8].map { (day + later) * 86_400 + $0 * 3600 }
        }
        return changes.filter { $0 > now.seconds }.min().map { Instant(seconds: $0) }
    }

    private func isClosed(widerThan scope: Scope) -> Bool {
        let wide: [Scope] =
            switch scope {
            case .all: []
            case .group: [.all]
            case .line(let number): [.all, .group(Self.group(of: number))]
            }
        return wide.contains { slots[Slot(scope: $0, isGreeting: false)].map { $0.kind != .forcedOpen } ?? false }
    }

    private static func lies(_ inner: Scope, in outer: Scope) -> Bool {
        switch (outer, inner) {
        case (.all, _): true
        case (.group(let group), .line(let number)): Self.group(of: number) == group
        default: inner == outer
        }
    }

    private static func group(of number: PhoneNumber) -> String {
        zip(Bench.numbers, Bench.groups).first { $0.0 == number }?.1 ?? ""
    }
}

/// Keeps the state in memory, as a disk would over a restart.
private final class RememberingStore: OverrideStore {
    private let kept = Mutex(OverrideState())

    var state: OverrideState { kept.withLock { $0 } }

    func keep(_ state: OverrideState, audit: [AuditEntry]) {
        kept.withLock { $0 = state }
    }
}
