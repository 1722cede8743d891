// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Rules

/// Decides calls that have not happened, as the answering path would.
package struct Rehearsal: Sendable {
    private let book: AnsweringBook
    private let numbers: any NumberPlan

    package init(rules: RuleBook, numbers: any NumberPlan) {
        book = AnsweringBook(rules: rules, switches: Switches())
        self.numbers = numbers
    }

    /// Decides a call and tells every step.
    package func explain(_ call: RehearsedCall) -> Explanation {
        var facts = CallFacts.none
        facts.earlier = call.earlier
        while true {
            do throws(MissingFact) {
                let (decision, answer) = try book.answer(call.request, facts: facts, id: "d-0", at: call.at)
                return Explanation(
                    by: decision.by, words: decision.words, answer: answer,
                    steps: book.steps(for: call.request, facts: facts, at: call.at), until: until(call))
            } catch {
                switch error {
                case .contact: facts.contact = .known(call.contact)
                case .origin: facts.origin = .known(call.request.caller.number.flatMap { numbers.origin(of: $0) })
                }
            }
        }
    }

    /// When the hours of the line next change.
    private func until(_ call: RehearsedCall) -> Instant? {
        guard let number = call.request.called.number else { return nil }
        return book.lineStatuses(at: call.at).first { $0.number == number }?.until
    }

    /// Returns how far the clocks of a called number's line are ahead of UTC, in seconds.
    package func offset(at instant: Instant, called: Party) -> Int {
        let line = book.rules.lines.first { .number($0.number) == called }
        return (line?.zone ?? book.rules.zone).offset(at: instant)
    }
}
