// SPDX-License-Identifier: Apache-2.0

/// Explains in words what was decided, with every step that was considered.
///
/// Deciding is pure, so words and steps are worked out again from the same rules, overrides and moment when somebody
/// asks; the answering path spends nothing on them.
package protocol Reasoning: AnyObject, Sendable {
    /// Returns the answer in words, such as `greeting "Hello Jan"`; may hold text from outside.
    func words(of call: DecidedCall) -> String

    /// Returns the steps in the order in which they were considered; the last one that held decided.
    func steps(of call: DecidedCall) -> [Step]

    /// Returns the steps that report what other sources and servers said; none where none were asked.
    func lookups(of call: DecidedCall) -> [Step]

    /// What the contact sources said of the caller; `nil` where they were not asked, or it is not known any more.
    var contact: ContactLookup? { get }
}

extension Reasoning {
    package var contact: ContactLookup? { nil }
}

/// A call with the answer that it got, as far as explaining it needs.
package struct DecidedCall: Sendable {
    package let request: AssistantRequest
    package let at: Instant
    package let by: Decider
    package let kind: AnswerKind
    /// The answer as it went out, byte for byte.
    package let reply: [UInt8]

    package init(request: AssistantRequest, at: Instant, decision: Decision, reply: [UInt8]) {
        self.request = request
        self.at = at
        by = decision.by
        kind = decision.kind
        self.reply = reply
    }
}

/// One thing that a decision considered.
package struct Step: Hashable, Sendable {
    /// What was asked, such as `rule vip` or `override all`.
    package let what: String
    package let held: Bool
    /// Why it held or did not, for the person who reads it.
    package let why: String
    /// Whether it neither held nor failed, since what it asks for could not be had; `held` is false then.
    package let isUndetermined: Bool

    package init(what: String, held: Bool, why: String, isUndetermined: Bool = false) {
        self.what = what
        self.held = held
        self.why = why
        self.isUndetermined = isUndetermined
    }
}

/// The words and steps of a decision that was made earlier, or by another process.
package final class RecordedReasoning: Reasoning {
    private let words: String
    private let steps: [Step]
    private let lookups: [Step]
    package let contact: ContactLookup?

    package init(words: String, steps: [Step], lookups: [Step], contact: ContactLookup? = nil) {
        self.contact = contact
        self.words = words
        self.steps = steps
        self.lookups = lookups
    }

    package func words(of call: DecidedCall) -> String { words }

    package func steps(of call: DecidedCall) -> [Step] { steps }

    package func lookups(of call: DecidedCall) -> [Step] { lookups }
}
