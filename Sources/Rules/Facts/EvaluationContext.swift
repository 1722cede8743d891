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
    /// What servers that were asked for facts said of the caller; each is a contact source after those of the file.
    private let learned: [Learned]
    /// Whether the line is open and when that changes, where the answer says it.
    let outlook: LineOutlook?
    /// The language of the text that is filled, where it is not the line's.
    private let textLanguage: String?

    /// What one server said of the caller.
    private struct Learned: Sendable {
        let contact: Contact?
        let report: ContactLookup.Report
    }

    convenience init(call: AssistantRequest, called: CalledLine, now: Instant, facts: CallFacts, isExplained: Bool) {
        self.init(
            call: call, called: called, now: now, facts: facts, isExplained: isExplained, learned: [], outlook: nil,
            textLanguage: nil)
    }

    private init(
        call: AssistantRequest, called: CalledLine, now: Instant, facts: CallFacts, isExplained: Bool,
        learned: [Learned], outlook: LineOutlook?, textLanguage: String?
    ) {
        self.call = call
        self.called = called
        self.now = now
        self.facts = facts
        self.isExplained = isExplained
        self.learned = learned
        self.outlook = outlook
        self.textLanguage = textLanguage
    }

    /// The same call with an outlook.
    func with(_ outlook: LineOutlook) -> EvaluationContext {
        copy(learned: learned, outlook: outlook, textLanguage: textLanguage)
    }

    /// The same call, for a text in a language.
    func speaking(_ language: String) -> EvaluationContext {
        copy(learned: learned, outlook: outlook, textLanguage: language)
    }

    /// The same context for the rules after one that asked a server for facts.
    func learning(_ contact: Contact?, _ report: ContactLookup.Report) -> EvaluationContext {
        copy(
            learned: learned + [Learned(contact: contact, report: report)], outlook: outlook,
            textLanguage: textLanguage)
    }

    private func copy(learned: [Learned], outlook: LineOutlook?, textLanguage: String?) -> EvaluationContext {
        EvaluationContext(
            call: call, called: called, now: now, facts: facts, isExplained: isExplained, learned: learned,
            outlook: outlook, textLanguage: textLanguage)
    }

    /// The language in which times are said.
    var language: String? { textLanguage ?? line?.language }

    package var line: PhoneLine? { called.line }

    /// The clock for hours tables without their own.
    package var zone: Zone { called.zone }

    /// Today on the line's clock.
    var date: CivilDate { zone.local(now).date }

    /// The caller as the contact sources know them; where the caller shows no number, only asked servers do.
    func contact() throws(MissingFact) -> Contact? { try lookup()?.contact }

    /// What the contact sources and then the asked servers said; `nil` where nobody was asked.
    private func lookup() throws(MissingFact) -> ContactLookup? {
        guard case .unasked = facts.contact, call.caller.number != nil, !isExplained else { return knownLookup }
        throw .contact
    }

    /// What the contact sources and then the asked servers said, as far as it is known.
    var knownLookup: ContactLookup? {
        guard call.caller.number != nil else { return completed(.nobody) }
        if case .known(let lookup) = facts.contact { return completed(lookup) }
        return learned.contains { $0.contact != nil } ? completed(.nobody) : nil
    }

    private func completed(_ lookup: ContactLookup) -> ContactLookup {
        learned.reduce(lookup) { $0.adding($1.contact, $1.report) }
    }

    /// Whether the contact sources know the caller.
    func contactStanding() throws(MissingFact) -> ContactStanding {
        guard let lookup = try lookup() else { return .unavailable }
        if lookup.contact != nil { return .known }
        return lookup.isIncomplete ? .unavailable : .unknown
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
            guard let lookup = try lookup(), let contact = lookup.contact else { return .unavailable }
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
    var knownContact: Contact? { knownLookup?.contact }

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
