// SPDX-License-Identifier: Apache-2.0

package import Calls

/// An answer as bytes with holes: answering copies the bytes and fills the holes.
package struct CompiledAnswer: Equatable, Sendable {
    package let kind: AnswerKind
    /// The answer in words, for rows and exports.
    let words: TextTemplate
    /// Whether the tag stands in it.
    package let isTagged: Bool
    let segments: [Segment]
    /// About how many bytes the filled answer has.
    let expectedSize: Int
    /// Whether a hole asks for the contact.
    let needsContact: Bool
    /// Whether a hole asks where the caller's number belongs.
    let needsOrigin: Bool

    /// A stretch of the answer.
    enum Segment: Equatable, Sendable {
        case bytes([UInt8])
        /// A value of the call inside a JSON string.
        case hole(Placeholder, fallback: String)
        /// `"assistant":{`, or `"assistant_id":"...","assistant_override":{` on a line that names an assistant.
        case opening
        /// The object that the platform echoes: decision id, who decided, revision of the rules.
        case tag
    }
}
