// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What an operator asks for.
package enum OverrideCommand: Hashable, Sendable {
    /// Begin an override of this kind in each of the scopes.
    case begin(Override.Kind, scopes: [Scope], reason: String, until: Until)
    /// End the closures of the scopes, and of the scopes within them.
    case open([Scope])
    /// End the forced openings of the scopes: their lines follow their hours again.
    case followHours([Scope])
    /// End the forced greetings of the scopes, and of the scopes within them.
    case clearGreeting([Scope])
    /// Begin an override of this kind on each of the callers.
    case beginOnCallers(CallerOverride.Kind, callers: [PhoneNumber], reason: String, until: Until)
    /// End the overrides on the callers.
    case clearCallers([PhoneNumber])
    /// End one override of any kind.
    case end(id: Int)
    /// Undo the last change that still has an effect.
    case undo
    /// Write a note into the audit, for those who take over.
    case note(String)
    /// Mark a call, write a note on it, or take that back.
    case remark(RemarkChange, on: CallID)
}

/// What an operator says of one call.
package enum RemarkChange: Hashable, Sendable {
    case mark
    case unmark
    case note(String)
    /// Give the operator's newest note on the call another text; without one it is removed.
    case rewriteNote(String?)
    case removeNotes

    /// The text of a note that is written.
    package var text: String? {
        switch self {
        case .note(let text): text
        case .rewriteNote(let text): text
        case .mark, .unmark, .removeNotes: nil
        }
    }
}

/// The end of an override as an operator gives it.
package enum Until: Hashable, Sendable {
    case time(Instant)
    case lasting(seconds: Int64)
    /// The next moment at which the hours of one of the lines open or close it.
    case nextChange
    /// Until an operator ends it.
    case reopened
}

/// The result of a command that was carried out: it is on disk and in force.
package struct OverrideResult: Hashable, Sendable {
    /// What was done, such as `closed group amsterdam`.
    package let words: String
    /// The overrides that it began.
    package let begun: [Override]
    /// The overrides that it ended.
    package let ended: [Override]
    /// What it did to callers.
    package let callers: CallerChanges
    /// Warnings, a sentence each, such as that a wider override takes precedence.
    package let caveats: [String]
    /// What it did to the lines; `nil` where nobody worked it out, as older servers do not.
    package let effect: OverrideEffect?
    /// Which replicas it has reached; `nil` where there is only one.
    package let reach: ChangeReach?

    package init(
        words: String, begun: [Override], ended: [Override], callers: CallerChanges = .none, caveats: [String] = [],
        effect: OverrideEffect? = nil, reach: ChangeReach? = nil
    ) {
        self.words = words
        self.begun = begun
        self.ended = ended
        self.callers = callers
        self.caveats = caveats
        self.effect = effect
        self.reach = reach
    }

    /// The result with one more warning.
    package func adding(caveat: String) -> OverrideResult {
        OverrideResult(
            words: words, begun: begun, ended: ended, callers: callers, caveats: caveats + [caveat], effect: effect,
            reach: reach)
    }

    /// The result with what it did to the lines.
    package func adding(_ effect: OverrideEffect) -> OverrideResult {
        OverrideResult(
            words: words, begun: begun, ended: ended, callers: callers, caveats: caveats, effect: effect,
            reach: reach)
    }

    /// The result with the replicas that it has reached.
    ///
    /// Replicas that do not obey are a warning.
    package func adding(_ reach: ChangeReach) -> OverrideResult {
        OverrideResult(
            words: words, begun: begun, ended: ended, callers: callers,
            caveats: reach.isComplete ? caveats : [reach.words] + caveats, effect: effect, reach: reach)
    }

    /// Whether it changed anything in force.
    package var isEmpty: Bool { begun.isEmpty && ended.isEmpty && callers.isEmpty }
}
