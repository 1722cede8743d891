// SPDX-License-Identifier: Apache-2.0

/// What was decided for a call, and by whom.
package struct Decision: Sendable {
    /// The id in the tag, unique across restarts.
    package let id: String
    package let by: Decider
    package let kind: AnswerKind
    /// The configured name of the line, if the called number is one.
    package let lineName: String?
    /// Whether the answer carries a tag that the platform will echo.
    package let isTagged: Bool
    /// The rules and switches that decided, kept to tell what and why.
    package let reasoning: any Reasoning

    package init(
        id: String, by: Decider, kind: AnswerKind, lineName: String?, isTagged: Bool,
        reasoning: any Reasoning
    ) {
        self.id = id
        self.by = by
        self.kind = kind
        self.lineName = lineName
        self.isTagged = isTagged
        self.reasoning = reasoning
    }
}
