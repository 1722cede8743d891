// SPDX-License-Identifier: Apache-2.0

import Calls

/// Tells why a call was decided as it was that needed more than the call itself: the facts are kept with it.
final class InformedReasoning: Reasoning {
    private let book: AnsweringBook
    private let facts: CallFacts

    init(book: AnsweringBook, facts: CallFacts) {
        self.book = book
        self.facts = facts
    }

    package func steps(for request: AssistantRequest, at now: Instant) -> [Step] {
        book.steps(for: request, facts: facts, at: now)
    }

    package func lookups(for request: AssistantRequest, at now: Instant) -> [Step] {
        book.lookups(for: request, facts: facts, at: now)
    }
}
