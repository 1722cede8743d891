// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog

/// What filters ask besides the record of a call.
package struct FilterFacts: Sendable {
    /// The moment at which calls are looked at.
    package let now: Instant
    /// The group of a phone line, by the rules in use.
    package let group: @Sendable (PhoneNumber) -> String?

    package init(now: Instant, group: @escaping @Sendable (PhoneNumber) -> String? = { _ in nil }) {
        self.now = now
        self.group = group
    }

    /// With the groups of these lines.
    package init(now: Instant, lines: some Sequence<some ScopedLine>) {
        let groups = Dictionary(lines.map { ($0.number, $0.group) }) { first, _ in first }
        self.init(now: now) { groups[$0] ?? nil }
    }
}

extension CallFilter {
    /// Whether the filter selects a call.
    package func holds(for call: CallRecord, in facts: FilterFacts) -> Bool {
        holds(for: call, in: facts) { call.answered?.words }
    }

    /// The same for who has the words of the answer already: working them out means deciding the call again.
    package func holds(for call: CallRecord, in facts: FilterFacts, words: () -> String?) -> Bool {
        terms.allSatisfy { $0.condition.holds(for: call, in: facts, words: words) != $0.isNegated }
    }
}

extension CallFilter.Condition {
    /// Whether the condition holds for a call.
    package func holds(for call: CallRecord, in facts: FilterFacts) -> Bool {
        holds(for: call, in: facts) { call.answered?.words }
    }

    fileprivate func holds(for call: CallRecord, in facts: FilterFacts, words answer: () -> String?) -> Bool {
        switch self {
        case .from(let number): number.holds(for: call.caller, sent: call.asSent?.caller)
        case .to(let number):
            number.holds(for: call.called, sent: call.asSent?.called) || number.holds(forName: call.lineName)
        case .group(let name): name.isSame(as: call.called.number.flatMap(facts.group))
        case .state(let state): state.holds(for: call, at: facts.now)
        case .answer(.kind(let kind)): call.answered?.decision.kind == kind
        case .answer(.none): call.answered == nil
        case .answer(.words(let words)): words.isPart(of: answer())
        case .by(let name): name.isPart(of: call.answered?.decision.by.description)
        case .answerTime(let range): call.answered.map { range.contains($0.microseconds) } ?? false
        case .replica(let name): name.isSame(as: call.replica)
        case .since(let time): call.firstHeardAt >= time
        case .until(let time): call.firstHeardAt < time
        case .trait(let trait): trait.holds(for: call, in: facts)
        case .feature(let feature): feature.holds(for: call, in: facts)
        // The words of the answer come last: finding them means deciding the call again.
        case .text(let text): call.hasText(facts, where: text.isPart) || text.isPart(of: answer())
        }
    }
}

extension CallStateWord {
    fileprivate func holds(for call: CallRecord, at now: Instant) -> Bool {
        switch self {
        case .known(let known): call.outcome(at: now).matches(known)
        case .status(let status): status.isSame(as: call.state.word)
        }
    }
}

extension CallOutcome {
    fileprivate func matches(_ known: CallStateWord.Known) -> Bool {
        switch (self, known) {
        case (.ringing, .ringing), (.live, .live), (.ended, .ended), (.failed, .failed), (.rejected, .rejected),
            (.noNews, .noNews):
            true
        case (.ringing, _), (.live, _), (.ended, _), (.failed, _), (.rejected, _), (.noNews, _): false
        }
    }
}

extension CallTrait {
    /// An answer that took longer is slow, in microseconds.
    package static let slowest: UInt64 = 1_000_000

    fileprivate func holds(for call: CallRecord, in facts: FilterFacts) -> Bool {
        switch self {
        case .bad:
            [.failed, .noNews].contains(call.outcome(at: facts.now))
                || [CallTrait.late, .notApplied, .slow].contains { $0.holds(for: call, in: facts) }
        case .live: call.outcome(at: facts.now) == .live
        case .ringing: call.outcome(at: facts.now) == .ringing
        case .ended: call.outcome(at: facts.now) == .ended
        case .failed: call.outcome(at: facts.now) == .failed
        case .rejected: call.outcome(at: facts.now).matches(.rejected)
        case .noNews: call.outcome(at: facts.now) == .noNews
        case .late: call.answered?.decision.by == .deadline
        case .slow: call.answered.map { $0.microseconds > Self.slowest } ?? false
        case .applied: call.confirmation == .applied
        case .notApplied: call.confirmation == .notApplied
        case .unconfirmed: call.confirmation == .unconfirmed
        case .withheld: call.caller == .withheld
        case .marked: call.isMarked
        }
    }
}

extension CallFeature {
    fileprivate func holds(for call: CallRecord, in facts: FilterFacts) -> Bool {
        switch self {
        case .answer: call.answered != nil
        case .note: call.hasNote
        case .report: call.report != nil
        case .retry: call.timeline.contains(where: \.isRepeat)
        case .summary: call.report.map { !$0.summary.isEmpty } ?? false
        case .tools:
            call.timeline.contains { entry in
                if case .toolCalls = entry.event { true } else { false }
            }
        }
    }
}

extension CallRecord {
    /// Whether one of the texts that are shown for the call, besides its answer in words, is looked for.
    ///
    /// One after the other, since thousands of calls are asked for each letter that is typed; those that are at hand as texts
    /// come before those that are made.
    fileprivate func hasText(_ facts: FilterFacts, where isFound: (String?) -> Bool) -> Bool {
        isFound(lineName) || isFound(answered?.decision.kind.rawValue) || isFound(state.word) || isFound(id.text)
            || confirmation != .notExpected && isFound(confirmation.rawValue)
            || isFound(replica) || isFound(asSent?.caller) || isFound(asSent?.called)
            || isFound(outcome(at: facts.now).words)
            || isFound(caller.description) || isFound(called.description)
            || isFound(answered?.decision.by.description)
            || isFound(failure) || isFound(endReason) || remarks.contains { isFound($0.text) }
    }

    /// Why the call failed, as the platform said it.
    private var failure: String? { if case .failed(let reason) = state { reason } else { nil } }
}
