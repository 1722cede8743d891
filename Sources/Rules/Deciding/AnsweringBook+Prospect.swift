// SPDX-License-Identifier: Apache-2.0

import Calls

extension AnsweringBook {
    /// What a call that has not happened would get.
    enum Prospect {
        case answer(Decision, reply: [UInt8])
        /// Another server would be asked.
        case otherServer(name: String, by: Decider)
        case unknown
    }

    /// Answers a caller of whom nothing is known: no contact, no country, no earlier call.
    func prospect(for number: PhoneNumber, at now: Instant) -> Prospect {
        let situation = situation(of: Self.unknownCaller(of: number), facts: .none, at: now, isExplained: true)
        var trace = NoTrace()
        do throws(MissingFact) {
            let verdict = try rules.decide(situation, switches: switches, trace: &trace)
            if let ask = ask(verdict.answer) { return .otherServer(name: ask.backEnd.name, by: verdict.by) }
            let (decision, reply) = AnswerWriter(book: self, situation: situation, id: "?")
                .fill(compiled(verdict.answer, for: situation), by: verdict.by)
            return .answer(decision, reply: reply)
        } catch {
            // An explained situation takes what is missing for unknown and asks for nothing.
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
