// SPDX-License-Identifier: Apache-2.0

/// Tells in words what was decided, and every step that was considered.
///
/// Deciding is pure, so words and steps are worked out again from the same rules, switches and instant when somebody asks,
/// and the answering path spends nothing on them.
package protocol Reasoning: AnyObject, Sendable {
    /// Returns the answer in words, such as `greeting "Hello Jan"`; may hold text from outside.
    func words(for request: AssistantRequest, at now: Instant) -> String

    /// Returns the steps in the order in which they were considered; the last one that held decided.
    func steps(for request: AssistantRequest, at now: Instant) -> [Step]

    /// Returns those of the steps that tell what other sources and servers said; none where nobody was asked.
    func lookups(for request: AssistantRequest, at now: Instant) -> [Step]
}
