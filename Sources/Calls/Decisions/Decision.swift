// SPDX-License-Identifier: Apache-2.0

/// The decision on a call, and what made it.
package struct Decision: Sendable {
    /// The id in the tag, unique across restarts.
    package let id: String
    package let by: Decider
    package let kind: AnswerKind
    /// The configured name of the line, if the called number is one.
    package let lineName: String?
    /// Whether the answer carries a tag that the platform will echo.
    package let isTagged: Bool
    /// Whether the answer may set the longest time that the call lasts.
    package let mayLimitDuration: Bool
    /// Explains the decision later.
    package let reasoning: any Reasoning
    /// The memory that `reasoning` keeps for this call alone, in bytes; it counts towards `keep.bytes`.
    package let keptBytes: Int

    package init(
        id: String, by: Decider, kind: AnswerKind, lineName: String?, isTagged: Bool, mayLimitDuration: Bool = true,
        reasoning: any Reasoning, keptBytes: Int = 0
    ) {
        self.id = id
        self.by = by
        self.kind = kind
        self.lineName = lineName
        self.isTagged = isTagged
        self.mayLimitDuration = mayLimitDuration
        self.reasoning = reasoning
        self.keptBytes = keptBytes
    }
}

/// What decided an answer; `description` is the `by` of every output.
package enum Decider: Hashable, Sendable {
    case rule(String)
    /// An arm of a rule that splits its calls.
    case arm(String, ofRule: String)
    case override(Scope)
    /// An operator blocked the caller.
    case block
    case hours(String)
    case unknownLine
    /// The webhook named no called number.
    case noNumber
    case otherwise
    /// The answer was late and the fallback went out instead.
    case deadline
}

extension Decider: CustomStringConvertible {
    package var description: String {
        switch self {
        case .rule(let name): "rule \(name)"
        case .arm(let arm, let rule): "rule \(rule)/\(arm)"
        case .override(let scope): "override \(scope)"
        case .block: "block"
        case .hours(let name): "hours \(name)"
        case .unknownLine: "unknown line"
        case .noNumber: "no number"
        case .otherwise: "otherwise"
        case .deadline: "deadline"
        }
    }
}

/// What an answer does to a call, in one word for rows, filters and metrics.
package enum AnswerKind: String, Hashable, Sendable, CaseIterable {
    /// The saved assistant, as it is.
    case standard = "default"
    case greeting
    /// Blocks of the assistant are replaced: model, speech, settings.
    case override
    case analysis
    case limit
    case rejected
    case raw
}

extension AnswerKind {
    /// The place in `allCases`, for counting without a hash.
    package var place: Int {
        switch self {
        case .standard: 0
        case .greeting: 1
        case .override: 2
        case .analysis: 3
        case .limit: 4
        case .rejected: 5
        case .raw: 6
        }
    }
}
