// SPDX-License-Identifier: Apache-2.0

import Calls
import DryRuns
import EventLog
import Overrides
import RecentCalls
import Rules

/// Decides the calls of a record again, one after the other.
struct Replay {
    private(set) var report = ReplayReport()
    /// Whether the overrides of each call's time were known.
    private(set) var knowsOverrides = true
    private let record: any DeskRecord
    private let rules: CompiledRules
    private var period: Period?
    private let recent = RecentCalls()
    /// How calls ended, for texts that say something of the last call.
    private var reports: [CallID: CallReport] = [:]
    /// The calls that may still be going on, where rules count those.
    private var open: [CallRecord] = []

    /// The time in which the same overrides are in force.
    private struct Period {
        let range: Range<Instant>
        let policy: CallPolicy
        let knowsOverrides: Bool
    }

    init(_ record: any DeskRecord, by rules: CompiledRules) {
        self.record = record
        self.rules = rules
    }

    /// Decides a call again, and counts the result; the oldest come first.
    mutating func add(_ call: CallRecord) {
        guard let answered = call.answered else { return report.add(.notAsked) }
        let period = period(at: answered.receivedAt)
        defer { remember(call) }
        if !period.knowsOverrides { knowsOverrides = false }
        if answered.decision.by.isOverride, !period.knowsOverrides { return report.add(.overridesUnknown) }
        // Numbers as the new file reads them, with its country.
        let request = rules.rules.parties.read(answered.request, by: ConfigurationSource.numbers)
        let counting = rules.counting
        let decision = RecordedDecision(
            request: request, at: answered.receivedAt, by: answered.decision.by, words: answered.words,
            reply: answered.reply, contact: answered.knownContact,
            earlier: counting.memory.isNone ? .none : earlier(request, counting.memory),
            live: counting.isLive ? live(on: request.called.number, at: answered.receivedAt) : .none)
        let dryRun = DryRun(policy: period.policy, numbers: ConfigurationSource.numbers)
        var result = dryRun.again(decision)
        if case .undecided(.contactUnknown) = result,
            let contact = record.contact(of: request, at: answered.receivedAt)
        {
            result = dryRun.again(decision.with(contact))
        }
        report.add(decision, line: call.lineName, result)
    }

    /// The policy of a moment: the rules of the file, with the overrides of then.
    private mutating func period(at moment: Instant) -> Period {
        if let period, period.range.contains(moment) { return period }
        let (overrides, range) = record.overrides(at: moment)
        let new = Period(
            range: range, policy: CallPolicy(rules, overrides: overrides ?? ActiveOverrides()),
            knowsOverrides: overrides != nil)
        period = new
        return new
    }

    private func earlier(_ call: AssistantRequest, _ memory: CallMemory) -> EarlierCalls {
        var earlier = recent.earlier(caller: call.caller.number, called: call.called.number, memory)
        if let last = earlier.last { earlier.last?.report = reports[last.id] }
        return earlier
    }

    private mutating func remember(_ call: CallRecord) {
        let counting = rules.counting
        if !counting.memory.isNone {
            _ = recent.note(
                NotedCall(
                    id: call.id, caller: call.caller.number, called: call.called.number, line: call.lineName,
                    at: call.firstHeardAt), counting.memory)
        }
        if counting.memory.keepsLastCall { reports[call.id] = call.report }
        if counting.isLive { open.append(call) }
    }

    private mutating func live(on line: PhoneNumber?, at moment: Instant) -> LiveCallCounts {
        open.removeAll { !($0.asOf(moment)?.outcome(at: moment).isOnLine ?? true) }
        let group = rules.group(of: line)
        return LiveCallCounts(
            onLine: open.count { $0.called.number == line },
            inGroup: group == nil ? 0 : open.count { rules.group(of: $0.called.number) == group })
    }
}

extension Decider {
    /// Whether an operator decided.
    fileprivate var isOverride: Bool {
        switch self {
        case .override, .block: true
        case .rule, .arm, .hours, .unknownLine, .noNumber, .otherwise, .deadline: false
        }
    }
}

extension Answered {
    /// What was known of the contact; sources that did not know the caller are in every kind of record.
    fileprivate var knownContact: ContactLookup? {
        if let contact { return contact }
        guard let step = lookups.first(where: { $0.what == "contact" }), !step.held, !step.isUndetermined else {
            return nil
        }
        return .nobody
    }
}
