// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What rules are evaluated on: a call, its line, the moment, and the facts that were looked up.
///
/// It is a class because it is passed to every rule and to the answer.
package final class EvaluationContext: Sendable {
    package let call: AssistantRequest
    let called: CalledLine
    package let now: Instant
    let facts: CallFacts
    /// Whether the call is decided already and only explained: facts that were never looked up then stay unknown.
    let isExplained: Bool
    /// Whether the line is open and when that changes, where the answer says it.
    let outlook: LineOutlook?
    /// The language of the text that is filled, where it is not the line's.
    private let textLanguage: String?

    init(
        call: AssistantRequest, called: CalledLine, now: Instant, facts: CallFacts, isExplained: Bool,
        outlook: LineOutlook? = nil, textLanguage: String? = nil
    ) {
        self.call = call
        self.called = called
        self.now = now
        self.facts = facts
        self.isExplained = isExplained
        self.outlook = outlook
        self.textLanguage = textLanguage
    }

    /// The same call with an outlook.
    func with(_ outlook: LineOutlook) -> EvaluationContext {
        EvaluationContext(
            call: call, called: called, now: now, facts: facts, isExplained: isExplained, outlook: outlook)
    }

    /// The same call, for a text in a language.
    func speaking(_ language: String) -> EvaluationContext {
        EvaluationContext(
            call: call, called: called, now: now, facts: facts, isExplained: isExplained, outlook: outlook,
            textLanguage: language)
    }

    /// The language in which times are said.
    var language: String? { textLanguage ?? line?.language }

    package var line: PhoneLine? { called.line }

    /// The clock for hours tables without their own.
    package var zone: Zone { called.zone }

    /// Today on the line's clock.
    var date: CivilDate { zone.local(now).date }

    /// The caller as the contact sources know them; `nil` where the caller shows no number.
    func contact() throws(MissingFact) -> Contact? {
        guard call.caller.number != nil else { return nil }
        switch facts.contact {
        case .known(let lookup): return lookup.contact
        case .unasked:
            guard isExplained else { throw .contact }
            return nil
        }
    }

    /// Whether the contact sources know the caller.
    func contactStanding() throws(MissingFact) -> ContactStanding {
        guard call.caller.number != nil else { return .unknown }
        switch facts.contact {
        case .known(let lookup):
            if lookup.contact != nil { return .known }
            return lookup.isIncomplete ? .unavailable : .unknown
        case .unasked:
            guard isExplained else { throw .contact }
            return .unavailable
        }
    }

    /// An attribute of the contact, if it is certain what it is.
    enum AttributeValue {
        /// `nil` where there is no contact, or the contact has no such attribute.
        case value(String?)
        case unavailable
    }

    /// The contact's attribute; `key` is in lower case.
    func attribute(_ key: String) throws(MissingFact) -> AttributeValue {
        switch try contactStanding() {
        case .unknown: return .value(nil)
        case .unavailable: return .unavailable
        case .known:
            guard case .known(let lookup) = facts.contact, let contact = lookup.contact else { return .unavailable }
            let value = contact[key]
            return value == nil && lookup.mayLackAttributes ? .unavailable : .value(value)
        }
    }

    /// The country and language of the caller's number.
    func origin() throws(MissingFact) -> NumberOrigin? {
        guard call.caller.number != nil else { return nil }
        switch facts.origin {
        case .known(let origin): return origin
        case .unasked:
            guard isExplained else { throw .origin }
            return nil
        }
    }

    /// The contact, if it was looked up and a source knows the caller.
    var knownContact: Contact? {
        if case .known(let lookup) = facts.contact { lookup.contact } else { nil }
    }

    /// The origin of the caller's number, if it was looked up.
    var knownOrigin: NumberOrigin? {
        if case .known(let origin) = facts.origin { origin } else { nil }
    }

    /// Throws what an answer's placeholders need and nobody looked up yet.
    func check(_ answer: CompiledAnswer) throws(MissingFact) {
        if answer.needsContact { _ = try contact() }
        if answer.needsOrigin { _ = try origin() }
        for phrase in answer.phrases { try checkPhrase(phrase) }
    }
}
