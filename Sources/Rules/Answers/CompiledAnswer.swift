// SPDX-License-Identifier: Apache-2.0

import Calls

/// An answer as bytes with holes: answering copies the bytes and fills the holes.
///
/// It never changes, and is behind one reference, since calls on all event loops use it at once.
final class CompiledAnswer: Sendable {
    let kind: AnswerKind
    /// The answer in words, for rows and exports.
    let words: TextTemplate
    /// Whether the tag stands in it.
    let isTagged: Bool
    /// What is the same for every call.
    let bytes: [UInt8]
    /// What comes between the bytes, in order.
    let cuts: [Cut]
    let holes: [Hole]
    /// About how many bytes the filled answer has.
    let expectedSize: Int
    /// Whether a hole asks for the contact.
    let needsContact: Bool
    /// Whether a hole asks where the caller's number belongs.
    let needsOrigin: Bool

    init(
        kind: AnswerKind, words: TextTemplate, isTagged: Bool, bytes: [UInt8], cuts: [Cut], holes: [Hole],
        needsContact: Bool, needsOrigin: Bool
    ) {
        self.kind = kind
        self.words = words
        self.isTagged = isTagged
        self.bytes = bytes
        self.cuts = cuts
        self.holes = holes
        expectedSize = cuts.reduce(bytes.count) { $0 + $1.insert.expectedSize }
        self.needsContact = needsContact
        self.needsOrigin = needsOrigin
    }

    /// A place in the bytes where something of the call comes in.
    struct Cut: Sendable {
        /// How many of the bytes stand before it.
        let at: Int
        let insert: Insert

        /// What comes in.
        enum Insert: Sendable {
            /// A value of the call inside a JSON string; an index into `holes`.
            case hole(Int)
            /// `"assistant":{`, or `"assistant_id":"...","assistant_override":{` on a line that names an assistant.
            case opening
            /// The object that the platform echoes: decision id, who decided, revision of the rules.
            case tag

            fileprivate var expectedSize: Int {
                switch self {
                case .hole: Hole.expectedSize
                case .opening: 100
                case .tag: 96
                }
            }
        }
    }

    /// A value of the call, and what stands there when the call has none.
    struct Hole: Sendable {
        let placeholder: Placeholder
        let fallback: String

        fileprivate static let expectedSize = 24
    }
}
