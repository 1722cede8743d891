// SPDX-License-Identifier: Apache-2.0

import Calls

/// Tells why a call was decided as it was that needed more than the call itself, or more time than there was: the facts are
/// kept with it.
final class InformedReasoning: Reasoning {
    private let book: CompiledRules
    private let facts: CallFacts
    /// Whether the fallback went out, since the answer was late.
    private let isLate: Bool

    init(book: CompiledRules, facts: CallFacts, isLate: Bool = false) {
        self.book = book
        self.facts = facts
        self.isLate = isLate
    }

    package func words(for request: AssistantRequest, at now: Instant) -> String {
        isLate ? book.lateWords(for: request, facts: facts, at: now) : book.words(for: request, facts: facts, at: now)
    }

    package func steps(for request: AssistantRequest, at now: Instant) -> [Step] {
        book.steps(for: request, facts: facts, at: now)
    }

    package func lookups(for request: AssistantRequest, at now: Instant) -> [Step] {
        book.lookups(for: request, facts: facts, at: now)
    }
}
