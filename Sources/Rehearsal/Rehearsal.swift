// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Rules

/// Decides calls that have not happened, as the answering path would.
package struct Rehearsal: Sendable {
    private let book: AnsweringBook
    private let numbers: any NumberPlan

    package init(rules: RuleBook, numbers: any NumberPlan) {
        self.init(book: AnsweringBook(rules: rules, switches: Switches()), numbers: numbers)
    }

    /// Decides with rules and switches as they are somewhere in use.
    package init(book: AnsweringBook, numbers: any NumberPlan) {
        self.book = book
        self.numbers = numbers
    }

    /// Decides a call and tells every step.
    package func explain(_ call: RehearsedCall) -> Explanation {
        var facts = CallFacts.none
        facts.earlier = call.earlier
        let source = RehearsedFacts(contact: call.contact, reply: call.reply, numbers: numbers)
        let (decision, answer) = book.answer(
            call.request, gathering: &facts, from: source, id: "d-0", at: call.at)
        let line = book.rules.lines.first { .number($0.number) == call.request.called }
        return Explanation(
            by: decision.by, answer: answer, steps: book.steps(for: call.request, facts: facts, at: call.at),
            line: line.map { book.lineStatus(of: $0, at: call.at) })
    }
}

/// The facts as the rehearsed call gives them.
private struct RehearsedFacts: FactSource {
    let contact: ContactLookup
    let reply: BackEndReply
    let numbers: any NumberPlan

    func contact(of number: PhoneNumber) -> ContactLookup { contact }

    func origin(of number: PhoneNumber) -> NumberOrigin? { numbers.origin(of: number) }

    func reply(of backEnd: BackEnd) -> BackEndReport { BackEndReport(reply: reply, milliseconds: 0) }
}
