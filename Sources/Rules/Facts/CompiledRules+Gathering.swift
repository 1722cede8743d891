// SPDX-License-Identifier: Apache-2.0

package import Calls

extension CompiledRules {
    /// Decides a call and fills its answer; each fact is fetched at most once, and only when a rule or the answer asks.
    ///
    /// Where the source throws, `facts` holds what was gathered until then. Most calls ask for nothing and need no source.
    package func answer<Source: FactSource>(
        _ call: AssistantRequest, gathering facts: inout CallFacts, from source: @autoclosure () -> Source, id: String,
        at now: Instant
    ) throws(Source.Failure) -> (Decision, [UInt8]) {
        while true {
            let missing: MissingFact
            do throws(MissingFact) {
                return try answer(call, facts: facts, id: id, at: now)
            } catch {
                missing = error
            }
            try gather(missing, of: call, into: &facts, from: source())
        }
    }

    private func gather<Source: FactSource>(
        _ missing: MissingFact, of call: AssistantRequest, into facts: inout CallFacts, from source: Source
    ) throws(Source.Failure) {
        switch missing {
        case .contact:
            guard let number = call.caller.number else { return facts.contact = .known(.nobody) }
            facts.contact = .known(try source.contact(of: number))
        case .origin:
            guard let number = call.caller.number else { return facts.origin = .known(nil) }
            facts.origin = .known(try source.origin(of: number))
        case .reply(let upstream): facts.reply = .known(try source.reply(of: upstream))
        }
    }
}
