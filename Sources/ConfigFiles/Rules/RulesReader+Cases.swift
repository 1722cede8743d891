// SPDX-License-Identifier: Apache-2.0

import Calls
import Rehearsal

extension RulesReader {
    /// Reads `tests`.
    mutating func readCases(_ node: YAMLNode) -> [RuleCase] {
        guard let items = node.items else {
            findings.error(
                "`tests` must be a list of cases, each with a `name`, a `call` and an `expect`", at: node.position)
            return []
        }
        return items.compactMap { readCase($0) }
    }

    private mutating func readCase(_ node: YAMLNode) -> RuleCase? {
        let known = ["name", "call", "with", "expect"]
        guard let fields = findings.fields(node, of: "a case", known: known) else { return nil }
        let name = fields.required("name", of: "a case", &findings).flatMap { findings.text($0, of: "`name`") }
        let expectation = fields.required("expect", of: "a case", &findings).flatMap { readExpectation($0) }
        guard let place = fields.required("call", of: "a case", &findings), let call = readCall(place, fields["with"]),
            let name, let expectation
        else { return nil }
        return RuleCase(
            name: name, line: node.position.line, call: call, by: expectation.by, answer: expectation.answer)
    }

    private mutating func readCall(_ node: YAMLNode, _ with: YAMLNode?) -> RehearsedCall? {
        let known = ["from", "to", "at", "type", "id"]
        guard let fields = findings.fields(node, of: "`call`", known: known) else { return nil }
        let caller = fields.required("from", of: "`call`", &findings).flatMap { readParty($0) }
        let called = fields.required("to", of: "`call`", &findings).flatMap { readParty($0) }
        let at = fields.required("at", of: "`call`", &findings).flatMap { readMoment($0) }
        let type = fields["type"].flatMap { findings.text($0, of: "`type`") } ?? "inbound_phone_call"
        let id = fields["id"].flatMap { findings.text($0, of: "`id`") } ?? "a-case"
        guard let caller, let called, let at else { return nil }
        let (contact, earlier) = with.map { readCircumstances($0) } ?? ([:], [])
        let request = AssistantRequest(
            callID: CallID(id), callType: type, caller: caller, called: called, calledName: nil, dialect: .snakeCase)
        return RehearsedCall(
            request: request, at: at,
            contact: ContactLookup(contact: contact.isEmpty ? nil : Contact(attributes: contact), reports: []),
            earlier: EarlierCalls(fromCaller: earlier, toLine: earlier))
    }

    private mutating func readParty(_ node: YAMLNode) -> Party? {
        node.scalarText == "withheld" ? .withheld : readNumber(node).map(Party.number)
    }

    private mutating func readMoment(_ node: YAMLNode) -> Instant? {
        if let text = node.scalarText, let instant = Instant(iso8601: text) { return instant }
        findings.error(
            "\(node.described) is no moment; write date, time and offset, such as \"2026-07-01T22:00:00+02:00\"",
            at: node.position)
        return nil
    }

    /// Reads what the contact sources say of the caller, and when the caller called this line before.
    private mutating func readCircumstances(_ node: YAMLNode) -> ([String: String], [Instant]) {
        guard let fields = findings.fields(node, of: "`with`", known: ["contact", "earlier_calls"]) else {
            return ([:], [])
        }
        var contact: [String: String] = [:]
        for entry in fields["contact"].flatMap({ findings.block($0, of: "`contact`") }) ?? [] {
            contact[entry.key] = findings.text(entry.value, of: "`\(entry.key)`")
        }
        let earlier = (fields["earlier_calls"]?.oneOrMore ?? []).compactMap { readMoment($0) }
        return (contact, earlier.sorted(by: >))
    }

    private mutating func readExpectation(_ node: YAMLNode) -> (by: String?, answer: JSONValue?)? {
        guard let fields = findings.fields(node, of: "`expect`", known: ["by", "answer"]) else { return nil }
        if fields.entries.isEmpty {
            findings.error("`expect` needs `by`, `answer` or both", at: node.position)
        }
        return (fields["by"].flatMap { findings.text($0, of: "`by`") }, fields["answer"].map { readJSON($0) })
    }
}
