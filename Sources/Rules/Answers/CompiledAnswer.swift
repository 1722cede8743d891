// SPDX-License-Identifier: Apache-2.0

import Calls

/// An answer as bytes with placeholders: answering copies the bytes and fills the placeholders.
///
/// A class, since calls on all event loops use it at once.
final class CompiledAnswer: Sendable {
    let kind: AnswerKind
    /// The answer in words, for rows and exports; without the forced greeting, which comes first.
    let words: TextTemplate
    /// Whether it has a place for a greeting that an operator forces.
    let hasForcedGreeting: Bool
    /// Whether it carries our tag.
    let isTagged: Bool
    /// Whether it may set the longest time that the call lasts.
    let mayLimitDuration: Bool
    /// What is the same for every call.
    let bytes: [UInt8]
    /// What is inserted between the bytes, in order.
    let cuts: [Cut]
    let holes: [TextTemplate.Hole]
    /// Whether the assistant of the line is all that is inserted.
    let needsOnlyReference: Bool
    /// About how many bytes the filled answer has.
    let expectedSize: Int
    /// Whether a placeholder needs the contact.
    let needsContact: Bool
    /// Whether a placeholder needs the country of the caller's number.
    let needsOrigin: Bool
    /// Whether a placeholder says something of the caller's last call.
    let needsLastCall: Bool
    /// The phrases that it contains.
    let phrases: [Int]
    /// Whether a placeholder says when the line opens or closes.
    let needsOutlook: Bool

    init(
        kind: AnswerKind, words: TextTemplate, isTagged: Bool, bytes: [UInt8], cuts: [Cut],
        holes: [TextTemplate.Hole], needsContact: Bool, needsOrigin: Bool, needsOutlook: Bool,
        needsLastCall: Bool, phrases: [Int]
    ) {
        hasForcedGreeting = cuts.contains { $0.insert == .greeting }
        needsOnlyReference = cuts.allSatisfy { if case .reference(nil, _) = $0.insert { true } else { false } }
        self.kind = kind
        self.words = words
        self.isTagged = isTagged
        mayLimitDuration = DurationLimit.isNamed(in: bytes)
        self.bytes = bytes
        self.cuts = cuts
        self.holes = holes
        expectedSize = cuts.reduce(bytes.count) { $0 + $1.insert.expectedSize }
        self.needsContact = needsContact
        self.needsOrigin = needsOrigin
        self.phrases = phrases
        self.needsOutlook = needsOutlook
        self.needsLastCall = needsLastCall
    }

    /// A position in the bytes where something of the call is inserted.
    struct Cut: Sendable {
        /// How many of the bytes come before it.
        let at: Int
        let insert: Insert

        /// What is inserted.
        enum Insert: Equatable, Sendable {
            /// A value of the call inside a JSON string; an index into `holes`.
            case hole(Int)
            /// `"assistant":{`, or `"assistant_id":"...","assistant_override":{` with the id of the answer, if it has one
            /// for the call, else of the line.
            case opening(TextTemplate?)
            /// `"assistant_id":"..."` with such an id, after a comma if something comes before it; nothing without one.
            case reference(TextTemplate?, follows: Bool)
            /// The object that the platform echoes: decision id, who decided, revision of the rules.
            case tag
            /// The greeting that an operator forces, inside a JSON string.
            case greeting

            fileprivate var expectedSize: Int {
                switch self {
                case .hole: 24
                case .opening: 100
                case .reference: 0
                case .tag: 96
                case .greeting: 0
                }
            }
        }
    }
}
