// SPDX-License-Identifier: Apache-2.0

import Calls

/// The words for one kind of override; every screen, output and audit takes them from here.
package struct OverridePhrases: Hashable, Sendable {
    /// The word in files and JSON; a format, never to be reworded.
    package let word: String
    /// In front of a scope: `the closure of` all lines.
    package let noun: String
    /// In front of a scope, for what is about to happen: `close` all lines.
    package let infinitive: String
    /// In front of a scope, for what was done: `closed` all lines.
    package let past: String
    /// In front of a scope, on a bar of a screen: `CLOSED` all lines.
    package let title: String
    /// In front of `by anna since 14:00`, for *why*.
    package let effect: String
}

extension Override.Kind {
    package var phrases: OverridePhrases {
        switch self {
        case .closed:
            OverridePhrases(
                word: "closed", noun: "the closure of", infinitive: "close", past: "closed", title: "CLOSED",
                effect: "closed")
        case .inform:
            OverridePhrases(
                word: "inform", noun: "the closure (inform) of", infinitive: "close (inform)", past: "closed (inform)",
                title: "CLOSED (INFORM)", effect: "closed (inform)")
        case .forcedOpen:
            OverridePhrases(
                word: "open", noun: "the forced opening of", infinitive: "force open", past: "forced open",
                title: "FORCED OPEN", effect: "forced open")
        case .greeting:
            OverridePhrases(
                word: "greeting", noun: "the forced greeting of", infinitive: "force a greeting on",
                past: "forced a greeting on", title: "FORCED GREETING", effect: "greeting forced")
        }
    }

    /// The word in files and JSON.
    package var word: String { phrases.word }

    /// The end of one that has none: opening lines ends closures only.
    package var withoutEnd: String { closes ? "until reopened" : "until removed" }
}

extension Override {
    /// The override as a noun, such as `the closure of group amsterdam`.
    package var words: String { "\(kind.phrases.noun) \([scope].words)" }

    /// What beginning it did, such as `closed group amsterdam`.
    package var deed: String { "\(kind.phrases.past) \([scope].words)" }

    /// What callers hear by it, for the audit's old and new words; a format.
    package var heard: String { kind.text ?? "the rules answer, whatever the hours" }
}

extension Scope {
    /// The scope as a sentence names it, such as `all lines`.
    package var words: String { [self].words }
}

extension [Scope] {
    /// The scopes as a sentence names them, such as `all lines` or `group amsterdam and line +31850835037`.
    package var words: String { map { $0 == .all ? "all lines" : $0.description }.formattedList }
}
