// SPDX-License-Identifier: Apache-2.0

import Calls
import DryRuns
import JSON
import Overrides
import Rules

extension RulesReader {
    /// A case of `tests`, while it is read.
    struct CaseDraft {
        fileprivate var name: String?
        fileprivate var call: CallDraft?
        fileprivate var circumstances = Circumstances()
        fileprivate var expectation: RuleCase.Expectation?
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
        "at": { reader, entry, call in call.at = reader.readMoment(entry.value) },
        "type": { reader, entry, call in
            call.type = reader.findings.text(entry.value, of: "`type`") ?? call.type
        },
        "id": { reader, entry, call in call.id = reader.findings.text(entry.value, of: "`id`") ?? call.id },
    ])

    /// What a case expects.
    static let expectationKeys = KeyTable<RuleCase.Expectation>([
        "by": { reader, entry, expected in
            expected.by = reader.findings.text(entry.value, of: "`by`")
            if let by = expected.by { reader.checkDecider(by, at: entry.value.position) }
        },
        "answer": { reader, entry, expected in expected.answer = reader.readWholeAnswer(entry.value) },
        "answer_has": { reader, entry, expected in expected.part = reader.readAnswerPart(entry.value) },
    ])

    /// Reads `tests`; moments without an offset are on the clock of the file.
    mutating func readCases(_ node: YAMLNode, zone: Zone, rules: [Rule]) -> [RuleCase] {
        caseClock = LocalClock { zone.offset(at: $0) }
        deciders = DeciderNames(rules: rules, lines: lines, groups: groups, hours: hours)
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
        let with = test.circumstances
        let overrides = with.overrides(at: at)
        if overrides == nil { checkNeedsNoOverride(MappingReader.of(node)?["expect"]) }
        let earlier = with.earlierCalls(before: at)
        let line = request.called.number.flatMap { linesByNumber[$0] }.map { lines[$0].name }
        let last = earlier.first.map { LastCall(id: CallID("earlier"), at: $0, line: line) }
        let hypothetical = HypotheticalCall(
            request: request, at: at, contact: with.contact ?? .nobody,
            earlier: EarlierCalls(fromCaller: earlier, toLine: earlier, fromCallerToLine: earlier, last: last),
            live: with.live, reply: with.reply, overrides: overrides)
        return RuleCase(
            name: name, line: node.position.line, call: hypothetical, asksContacts: with.contact == nil,
            expected: expectation)
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

    /// Reads a date and a time; without an offset it is on the clock of the file.
    mutating func readMoment(_ node: YAMLNode) -> Instant? {
        if let text = node.scalarText, let instant = MomentText.absolute(text, clock: caseClock) { return instant }
        findings.error(
            .invalidTimestamp,
            "expected a date and time such as \"2026-07-01 22:00\" or \"2026-07-01T22:00:00+02:00\", found "
                + node.described, at: node.position)
        return nil
    }

    private mutating func readExpectation(_ node: YAMLNode) -> RuleCase.Expectation? {
        var expectation = RuleCase.Expectation()
        guard let fields = read(node, of: "`expect`", Self.expectationKeys, into: &expectation) else { return nil }
        if fields.entries.isEmpty {
            findings.error(.missingKey, "`expect` needs `by`, `answer` or `answer_has`", at: node.position)
        }
        return expectation
    }

    /// Reads an answer as it goes out, which is always an object.
    private mutating func readWholeAnswer(_ node: YAMLNode) -> JSONValue {
        if node.entries == nil {
            findings.warning(
                .wrongType,
                "no answer is \(node.kindInWords); expected its JSON as a mapping, such as {} for the default assistant",
                at: node.position)
        }
        return readJSON(node)
    }

    private mutating func readAnswerPart(_ node: YAMLNode) -> JSONValue? {
        if node.entries?.isEmpty == true {
            findings.warning(.emptyValue, "every answer has this part, which is empty", at: node.position)
        }
        if node.entries != nil { return readJSON(node) }
        findings.error(
            .wrongType, "`answer_has` must be a mapping with a part of the answer, found \(node.kindInWords)",
            at: node.position)
        return nil
    }

    /// Warns of a case that expects an override and has none.
    private mutating func checkNeedsNoOverride(_ expected: YAMLNode?) {
        guard let by = expected.flatMap({ MappingReader.of($0) })?["by"], let name = by.scalarText,
            name.hasPrefix("override "), deciders.problem(with: name) == nil
        else { return }
        findings.warning(
            .unknownDecider,
            "this case has no override that could decide; add one, such as with: { overrides: [{ closed: Bye. }] }",
            at: by.position)
    }

    /// Warns of a `by` that nothing in the file can be.
    private mutating func checkDecider(_ name: String, at position: SourcePosition) {
        guard let problem = deciders.problem(with: name) else { return }
        findings.warning(.unknownDecider, problem, at: position)
    }
}

/// Every `by` that calls of a rules file can have.
struct DeciderNames {
    private let names: [String]
    /// The arms of the rules that split their calls, by `rule NAME`.
    private let arms: [String: [String]]

    init(rules: [Rule], lines: [PhoneLine], groups: Set<String>, hours: [HoursTable]) {
        var names: [String] = []
        var arms: [String: [String]] = [:]
        for rule in rules {
            switch rule.outcome {
            case .answer: names.append(Decider.rule(rule.name).description)
            case .split(let split):
                let own = split.arms.map { Decider.arm($0.name, ofRule: rule.name).description }
                arms[Decider.rule(rule.name).description] = own
                names += own
            }
        }
        let scopes = [Scope.all] + groups.sorted().map(Scope.group) + lines.map { Scope.line($0.number) }
        names += scopes.map { Decider.override($0).description }
        names += hours.filter { $0.closing != nil }.map { Decider.hours($0.name).description }
        names += [Decider.unknownLine, .noNumber, .otherwise].map(\.description)
        self.names = names
        self.arms = arms
    }

    /// Describes what is wrong with a name; `nil` for one that a call can have.
    func problem(with name: String) -> String? {
        if names.contains(name) { return nil }
        if let arms = arms[name] {
            return "`\(name)` splits its calls, so one of its arms decides; write "
                + arms.map { "`\($0)`" }.joined(separator: " or ")
        }
        let bare = ["rule ", "hours ", "override ", "override group ", "override line "].map { $0 + name }
        let meant = bare.first(where: names.contains) ?? bare.lazy.compactMap { arms[$0]?.first }.first
        let hint =
            meant.map { "; did you mean `\($0)`?" } ?? Suggestion.hint(for: name, among: names)
        return "nothing in this file is called `\(name)`"
            + (hint.isEmpty ? "; expected a name such as \(examples)" : hint)
    }

    /// A name of each kind.
    private var examples: String {
        let kinds = ["rule ", "hours ", "override "].compactMap { kind in names.first { $0.hasPrefix(kind) } }
        return kinds.map { "`\($0)`" }.joined(separator: ", ") + " or `otherwise`"
    }
}
