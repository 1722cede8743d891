// SPDX-License-Identifier: Apache-2.0

/// Who decided an answer; `description` is the `by` of every output.
package enum Decider: Hashable, Sendable {
    case rule(String)
    /// An arm of a rule that splits its calls.
    case arm(String, ofRule: String)
    case override(Scope)
    case hours(String)
    case unknownLine
    case otherwise
    /// The answer was not ready in time and the fallback went out instead.
    case deadline
}

extension Decider: CustomStringConvertible {
    package var description: String {
        switch self {
        case .rule(let name): "rule \(name)"
        case .arm(let arm, let rule): "rule \(rule)/\(arm)"
        case .override(let scope): "override \(scope)"
        case .hours(let name): "hours \(name)"
        case .unknownLine: "unknown line"
        case .otherwise: "otherwise"
        case .deadline: "deadline"
        }
    }
}
