// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import DryRuns

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

    private mutating func readCall(_ node: YAMLNode, _ with: YAMLNode?) -> HypotheticalCall? {
        let known = ["from", "to", "at", "type", "id"]
        guard let fields = findings.fields(node, of: "`call`", known: known) else { return nil }
        let caller = fields.required("from", of: "`call`", &findings).flatMap { readParty($0) }
        let called = fields.required("to", of: "`call`", &findings).flatMap { readParty($0) }
        let at = fields.required("at", of: "`call`", &findings).flatMap { readMoment($0) }
        let type = fields["type"].flatMap { findings.text($0, of: "`type`") } ?? "inbound_phone_call"
        let id = fields["id"].flatMap { findings.text($0, of: "`id`") } ?? "a-case"
        guard let caller, let called, let at else { return nil }
        let circumstances = with.map { readCircumstances($0) } ?? Circumstances()
        let request = AssistantRequest(
            callID: CallID(id), callType: type, caller: caller, called: called, calledName: nil, dialect: .snakeCase)
        return HypotheticalCall(
            request: request, at: at,
            contact: ContactLookup(contact: circumstances.contact, reports: []),
            earlier: EarlierCalls(fromCaller: circumstances.earlier, toLine: circumstances.earlier),
            reply: circumstances.reply)
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

    /// What holds beside the call.
    private struct Circumstances {
        /// What the contact sources say of the caller.
        var contact: Contact?
        /// When the caller called this line before, the newest first.
        var earlier: [Instant] = []
        /// What the server says that the answer asks.
        var reply = UpstreamReply.failed(.notAsked)
    }

    private mutating func readCircumstances(_ node: YAMLNode) -> Circumstances {
        let known = ["contact", "earlier_calls", "reply"]
        guard let fields = findings.fields(node, of: "`with`", known: known) else { return Circumstances() }
        var attributes: [String: String] = [:]
        for entry in fields["contact"].flatMap({ findings.block($0, of: "`contact`") }) ?? [] {
            attributes[entry.key] = findings.text(entry.value, of: "`\(entry.key)`")
        }
        let earlier = (fields["earlier_calls"]?.oneOrMore ?? []).compactMap { readMoment($0) }
        return Circumstances(
            contact: attributes.isEmpty ? nil : Contact(attributes: attributes), earlier: earlier.sorted(by: >),
            reply: fields["reply"].map { readReply($0) } ?? .failed(.notAsked))
    }

    /// Reads what a server answers: JSON as a block, or how it fails.
    private mutating func readReply(_ node: YAMLNode) -> UpstreamReply {
        switch node.scalarText {
        case nil: return .answered(readJSON(node).bytes)
        case "timed out": return .failed(.timedOut)
        case "unreachable": return .failed(.unreachable("no connection"))
        case .some:
            findings.error(
                "`reply` must be what the server answers, as a block, or `timed out` or `unreachable`",
                at: node.position)
            return .failed(.notAsked)
        }
    }

    private mutating func readExpectation(_ node: YAMLNode) -> (by: String?, answer: JSONValue?)? {
        guard let fields = findings.fields(node, of: "`expect`", known: ["by", "answer"]) else { return nil }
        if fields.entries.isEmpty {
            findings.error("`expect` needs `by`, `answer` or both", at: node.position)
        }
        return (fields["by"].flatMap { findings.text($0, of: "`by`") }, fields["answer"].map { readJSON($0) })
    }
}
