// SPDX-License-Identifier: Apache-2.0

import Calls

extension CompiledRules {
    /// What a call that has not happened would get.
    enum DryRunResult {
        case answer(Decision, reply: [UInt8])
        /// Another server would be asked.
        case otherServer(name: String, by: Decider)
        case unknown
    }

    /// Answers a caller of whom nothing is known: no contact, no country, no earlier call.
    func prospect(for number: PhoneNumber, at now: Instant) -> DryRunResult {
        let context = context(of: Self.unknownCaller(of: number), facts: .none, at: now, isExplained: true)
        var trace = NoTrace()
        do throws(MissingFact) {
            let verdict = try rules.decide(context, switches: switches, trace: &trace)
            if let ask = ask(verdict.answer) { return .otherServer(name: ask.upstream.name, by: verdict.by) }
            let (decision, reply) = AnswerWriter(book: self, context: context, id: "?")
                .fill(compiled(verdict.answer, for: context), by: verdict.by)
            return .answer(decision, reply: reply)
        } catch {
            // An explained context takes what is missing for unknown and asks for nothing.
            return .unknown
        }
    }

    /// A call of which nothing is known but whom it is for.
    static func unknownCaller(of number: PhoneNumber) -> AssistantRequest {
        AssistantRequest(
            callID: CallID("?"), callType: "inbound_phone_call", caller: .unusual("?"), called: .number(number),
            calledName: nil, dialect: .snakeCase)
    }
}
