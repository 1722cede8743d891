// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Selects calls: those for which every term holds; without terms, every call (docs/filters.md).
///
/// The terms and their conditions are open, so that a database can turn those that it has an index for into its own
/// conditions and leave the rest to ``holds(for:in:)``.
package struct CallFilter: Hashable, Sendable {
    package let terms: [Term]

    package init(_ terms: [Term] = []) {
        self.terms = terms
    }

    /// A condition that must hold, or must not.
    package struct Term: Hashable, Sendable {
        package let condition: Condition
        package let isNegated: Bool

        package init(_ condition: Condition, isNegated: Bool = false) {
            self.condition = condition
            self.isNegated = isNegated
        }
    }

    /// What a term asks about one call.
    package enum Condition: Hashable, Sendable {
        case from(NumberMatch)
        /// The number called, or the name of its phone line.
        case to(NumberMatch)
        case group(FilterText)
        case state(CallStateWord)
        case answer(AnswerMatch)
        /// A part of the decider's words.
        case by(FilterText)
        /// The time that the answer took, in microseconds.
        case answerTime(ClosedRange<UInt64>)
        /// The replica of the desk that the call reached.
        case replica(FilterText)
        /// The call came at this moment or later.
        case since(Instant)
        /// The call came before this moment.
        case until(Instant)
        case trait(CallTrait)
        case feature(CallFeature)
        /// A part of any text that is shown for the call.
        case text(FilterText)
    }

    /// Calls that came in a period.
    package init(in period: Period) {
        self.init([period.since.map { Term(.since($0)) }, period.until.map { Term(.until($0)) }].compactMap(\.self))
    }

    /// The moments between which the calls came, as far as terms say it.
    package var period: Period {
        var (since, until) = (Instant?.none, Instant?.none)
        for term in terms where !term.isNegated {
            if case .since(let time) = term.condition { since = max(since ?? time, time) }
            if case .until(let time) = term.condition { until = min(until ?? time, time) }
        }
        return Period(since: since, until: until)
    }

    /// The filter without the moments between which calls came.
    package var withoutPeriod: CallFilter {
        CallFilter(
            terms.filter { term in
                switch term.condition {
                case .since, .until: term.isNegated
                case .from, .to, .group, .state, .answer, .by, .answerTime, .replica, .trait, .feature, .text: true
                }
            })
    }

    /// Calls that meet both filters.
    package static func + (left: CallFilter, right: CallFilter) -> CallFilter { CallFilter(left.terms + right.terms) }
}

/// What `state:` names.
package enum CallStateWord: Hashable, Sendable {
    case known(Known)
    /// A status of the platform that we do not know, as it was sent.
    case status(FilterText)

    package enum Known: String, CaseIterable, Hashable, Sendable {
        case ringing, live, ended, failed, rejected
        case noNews = "no-news"
    }
}

/// What `answer:` names.
package enum AnswerMatch: Hashable, Sendable {
    case kind(AnswerKind)
    /// The call was never asked about: only later webhooks came.
    case none
    /// A part of the answer in words.
    case words(FilterText)
}

/// What `is:` names.
package enum CallTrait: String, CaseIterable, Hashable, Sendable {
    case bad, live, ringing, ended, failed, rejected
    case noNews = "no-news"
    case late, slow, applied
    case notApplied = "not-applied"
    case unconfirmed, withheld, marked

    /// What it selects, for the docs.
    package var words: String {
        switch self {
        case .bad: "failed, late, not applied, without news, or answered in more than a second"
        case .live: "in progress"
        case .ringing: "not in progress yet"
        case .ended: "ended without an error"
        case .failed: "ended with an error of the platform"
        case .rejected: "rejected by the answer"
        case .noNews: "without a webhook for longer than is likely"
        case .late: "answered with the fallback, since the answer was late"
        case .slow: "answered in more than a second"
        case .applied: "the platform applied the answer"
        case .notApplied: "the platform did not apply the answer"
        case .unconfirmed: "not known yet whether the platform applied the answer"
        case .withheld: "the caller hides the number"
        case .marked: "marked by an operator"
        }
    }
}

/// What `has:` names.
package enum CallFeature: String, CaseIterable, Hashable, Sendable {
    case answer, note, report, retry, summary, tools

    /// What it selects, for the docs.
    package var words: String {
        switch self {
        case .answer: "calls that were answered, not only heard of"
        case .note: "calls with a note of an operator"
        case .report: "calls with the platform's report at their end"
        case .retry: "calls whose assistant-request came more than once"
        case .summary: "calls with a summary"
        case .tools: "calls that used tools"
        }
    }
}
