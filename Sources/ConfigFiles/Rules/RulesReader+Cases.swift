// SPDX-License-Identifier: Apache-2.0

import Calls
import DryRuns
import JSON
import Rules

extension RulesReader {
    /// A case of `tests`, while it is read.
    struct CaseDraft {
        fileprivate var name: String?
        fileprivate var call: CallDraft?
        fileprivate var circumstances = Circumstances()
        fileprivate var expectation: Expectation?
    }

    static let caseKeys = KeyTable<CaseDraft>([
        "name": { reader, entry, test in test.name = reader.findings.text(entry.value, of: "`name`") },
        "call": { reader, entry, test in test.call = reader.readCall(entry.value) },
        "with": { reader, entry, test in
            reader.read(entry.value, of: "`with`", circumstanceKeys, into: &test.circumstances)
        },
        "expect": { reader, entry, test in test.expectation = reader.readExpectation(entry.value) },
    ])

    /// The call of a case, while it is read.
    struct CallDraft {
        fileprivate var from: EndDraft?
        fileprivate var to: EndDraft?
        fileprivate var at: Instant?
        fileprivate var type = "inbound_phone_call"
        fileprivate var id = "a-case"
    }

    /// An end of the call; which country a national spelling belongs to shows once both are there.
    fileprivate struct EndDraft {
        let node: YAMLNode
        /// `nil` if no number is given.
        let text: String?
    }

    static let callKeys = KeyTable<CallDraft>([
        "from": { reader, entry, call in call.from = reader.readEnd(entry.value) },
        "to": { reader, entry, call in call.to = reader.readEnd(entry.value) },
        "at": { reader, entry, call in call.at = reader.readTimestamp(entry.value) },
        "type": { reader, entry, call in
            call.type = reader.findings.text(entry.value, of: "`type`") ?? call.type
        },
        "id": { reader, entry, call in call.id = reader.findings.text(entry.value, of: "`id`") ?? call.id },
    ])

    /// The facts of a case.
    struct Circumstances {
        /// The caller, as the contact sources know them.
        fileprivate var contact: Contact?
        /// When the caller called this line before.
        fileprivate var earlier: [Instant] = []
        /// The reply of the upstream server that the answer asks.
        fileprivate var reply = UpstreamReply.failed(.notAsked)
    }

    static let circumstanceKeys = KeyTable<Circumstances>([
        "contact": { reader, entry, facts in facts.contact = reader.readCaseContact(entry.value) },
        "earlier_calls": { reader, entry, facts in
            facts.earlier = entry.value.oneOrMore.compactMap { reader.readTimestamp($0) }
        },
        "reply": { reader, entry, facts in facts.reply = reader.readReply(entry.value) },
    ])

    /// What a case expects.
    struct Expectation {
        fileprivate var by: String?
        fileprivate var answer: JSONValue?
    }

    static let expectationKeys = KeyTable<Expectation>([
        "by": { reader, entry, expected in expected.by = reader.findings.text(entry.value, of: "`by`") },
        "answer": { reader, entry, expected in expected.answer = reader.readJSON(entry.value) },
    ])

    /// Reads `tests`.
    mutating func readCases(_ node: YAMLNode) -> [RuleCase] {
        guard let items = node.items else {
            findings.error(
                .wrongType, "`tests` must be a list of mappings with `name`, `call` and `expect`", at: node.position)
            return []
        }
        return items.compactMap { readCase($0) }
    }

    private mutating func readCase(_ node: YAMLNode) -> RuleCase? {
        var test = CaseDraft()
        guard let fields = read(node, of: "a case", Self.caseKeys, into: &test) else { return nil }
        require("name", "call", "expect", in: fields, of: "a case")
        guard let name = test.name, let expectation = test.expectation, let call = test.call, let at = call.at,
            let (caller, called) = readParties(of: call)
        else { return nil }
        let request = AssistantRequest(
            callID: CallID(call.id), callType: call.type, caller: caller, called: called, calledName: nil,
            dialect: .snakeCase)
        let earlier = test.circumstances.earlier.sorted(by: >)
        let hypothetical = HypotheticalCall(
            request: request, at: at, contact: ContactLookup(contact: test.circumstances.contact, reports: []),
            earlier: EarlierCalls(fromCaller: earlier, toLine: earlier), reply: test.circumstances.reply)
        return RuleCase(
            name: name, line: node.position.line, call: hypothetical, by: expectation.by, answer: expectation.answer)
    }

    private mutating func readCall(_ node: YAMLNode) -> CallDraft? {
        var call = CallDraft()
        guard let fields = read(node, of: "`call`", Self.callKeys, into: &call) else { return nil }
        require("from", "to", "at", in: fields, of: "`call`")
        return call
    }

    /// Reads both numbers as the server does: a national spelling belongs to the country of the called line.
    private mutating func readParties(of call: CallDraft) -> (caller: Party, called: Party)? {
        guard let from = call.from, let to = call.to else { return nil }
        let parties = PartyReader(
            country: country, lines: lines.map { ($0.number, $0.country) }, withheldWords: withheldWords)
        let plan = plan
        let called = readParty(to) { parties.called($0, by: plan) }
        let caller = readParty(from) { parties.caller($0, callingOn: called ?? .withheld, by: plan) }
        guard let called, let caller else { return nil }
        return (caller, called)
    }

    private mutating func readEnd(_ node: YAMLNode) -> EndDraft? {
        if node.isNull { return EndDraft(node: node, text: nil) }
        let text = numberText(node, of: "a phone number", example: "+31201234567")
        return text.map { EndDraft(node: node, text: $0) }
    }

    private mutating func readParty(_ end: EndDraft, _ read: (String) -> Party) -> Party? {
        guard let text = end.text else { return .withheld }
        switch read(text) {
        case .number(let number): return .number(number)
        case .withheld: return .withheld
        case .unusual:
            _ = readNumber(end.node)
            return nil
        }
    }

    private mutating func readTimestamp(_ node: YAMLNode) -> Instant? {
        if let text = node.scalarText, let instant = Instant(iso8601: text) { return instant }
        findings.error(
            .invalidTimestamp,
            "expected a date, time and offset such as \"2026-07-01T22:00:00+02:00\", found \(node.described)",
            at: node.position)
        return nil
    }

    private mutating func readCaseContact(_ node: YAMLNode) -> Contact? {
        var attributes: [String: String] = [:]
        for entry in findings.mapping(node, of: "`contact`") ?? [] {
            attributes[entry.key] = findings.text(entry.value, of: "`\(entry.key)`")
        }
        return attributes.isEmpty ? nil : Contact(attributes: attributes)
    }

    /// Reads the reply of an upstream server: JSON as a mapping, or how it fails.
    private mutating func readReply(_ node: YAMLNode) -> UpstreamReply {
        switch node.scalarText {
        case nil: return .answered(readJSON(node).bytes)
        case "timed out": return .failed(.timedOut)
        case "unreachable": return .failed(.unreachable("no connection"))
        case .some:
            findings.error(
                .unknownWord,
                "`reply` must be the server's JSON as a mapping, `timed out` or `unreachable`, found "
                    + node.described, at: node.position)
            return .failed(.notAsked)
        }
    }

    private mutating func readExpectation(_ node: YAMLNode) -> Expectation? {
        var expectation = Expectation()
        guard let fields = read(node, of: "`expect`", Self.expectationKeys, into: &expectation) else { return nil }
        if fields.entries.isEmpty {
            findings.error(.missingKey, "`expect` needs `by`, `answer` or both", at: node.position)
        }
        return expectation
    }
}
