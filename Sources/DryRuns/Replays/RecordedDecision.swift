// SPDX-License-Identifier: Apache-2.0

package import Calls
import Rules

/// A call that was answered, with what deciding it again needs.
package struct RecordedDecision: Sendable {
    package let request: AssistantRequest
    package let at: Instant
    package let by: Decider
    /// The answer in words, as it was.
    package let words: String
    /// The answer as it went out.
    package let reply: [UInt8]
    /// What the contact sources said; `nil` where they were not asked, or it is not known any more.
    package let contact: ContactLookup?
    package let earlier: EarlierCalls
    package let live: LiveCallCounts

    package init(
        request: AssistantRequest, at: Instant, by: Decider, words: String, reply: [UInt8], contact: ContactLookup?,
        earlier: EarlierCalls = .none, live: LiveCallCounts = .none
    ) {
        self.request = request
        self.at = at
        self.by = by
        self.words = words
        self.reply = reply
        self.contact = contact
        self.earlier = earlier
        self.live = live
    }

    /// The same call with what is known of the contact.
    package func with(_ contact: ContactLookup) -> RecordedDecision {
        RecordedDecision(
            request: request, at: at, by: by, words: words, reply: reply, contact: contact, earlier: earlier,
            live: live)
    }
}

/// Why a call is not decided again.
package enum Undecided: Hashable, Sendable {
    /// It came without an assistant-request.
    case notAsked
    /// Its answer was late, whatever the rules said.
    case late
    /// An operator's override decided it, and the record does not have that.
    case overridesUnknown
    /// The new rules ask for the contact, which nobody looked up then.
    case contactUnknown
    /// The new rules ask another server.
    case asksServer
    /// The record does not have the bytes of the answer any more.
    case answerUnknown

    /// The reason in a few words.
    package var words: String {
        switch self {
        case .notAsked: "the call came without an assistant-request"
        case .late: "the answer was late"
        case .overridesUnknown: "an override decided, which the record does not have"
        case .contactUnknown: "the new rules need the contact, which the record does not have"
        case .asksServer: "the new rules ask another server"
        case .answerUnknown: "the record does not have the answer"
        }
    }
}

/// What deciding a call again gave.
package enum Redecision: Sendable {
    case undecided(Undecided)
    /// The caller gets the same; another rule may give it.
    case same(by: Decider)
    /// The caller gets something else.
    case different(by: Decider, words: String, answer: [UInt8])
}

extension DryRun {
    /// Decides a recorded call again, by the rules and overrides of this dry run.
    ///
    /// Answers are compared without our tag: its id and revision always differ.
    package func again(_ call: RecordedDecision) -> Redecision {
        if case .deadline = call.by { return .undecided(.late) }
        guard !call.reply.isEmpty else { return .undecided(.answerUnknown) }
        let decided = decide(
            HypotheticalCall(
                request: call.request, at: call.at, contact: call.contact ?? .nobody, earlier: call.earlier,
                live: call.live))
        if decided.asksServer { return .undecided(.asksServer) }
        if decided.usesContact, call.contact == nil, call.request.caller.number != nil {
            return .undecided(.contactUnknown)
        }
        if AnswerComparison.areSame(call.reply, decided.answer) { return .same(by: decided.decision.by) }
        let words = decided.decision.reasoning.words(
            of: DecidedCall(request: call.request, at: call.at, decision: decided.decision, reply: decided.answer))
        return .different(by: decided.decision.by, words: words, answer: decided.answer)
    }
}
