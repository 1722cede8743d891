// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

/// What the next caller of a line gets, worked out by answering a caller of whom nothing is known.
///
/// It is answered as a real call would be, so that the screen cannot say anything else than what happens.
extension CallPolicy {
    /// What a call that has not happened would get.
    private enum DryRunResult {
        case answer(Decision, reply: [UInt8], words: String)
        /// Another server would be asked.
        case otherServer(name: String, by: Decider)
        case unknown

        /// Who decides.
        var by: Decider {
            switch self {
            case .answer(let decision, _, _): decision.by
            case .otherServer(_, let by): by
            case .unknown: .otherwise
            }
        }

        /// What the caller hears, read from the bytes that would go out.
        var firstMessage: FirstMessage {
            switch self {
            case .answer(_, let reply, _): ReplyText.heard(reply)
            case .otherServer(let name, _): .otherServer(name)
            case .unknown: .assistant
            }
        }

        /// The answer in words, and who decides.
        var words: String {
            switch self {
            case .answer(let decision, _, let words): "\(words) by \(decision.by)"
            case .otherServer(let name, let by): "what \(name) answers by \(by)"
            case .unknown: "?"
            }
        }
    }

    /// The state of each line: what its next caller hears, what decides it, until when, and what comes after.
    package func lineStatuses(at now: Instant) -> [LineStatus] {
        compiled.rules.lines.map { lineStatus(of: $0, at: now) }
    }

    /// The state of one line.
    package func lineStatus(of line: PhoneLine, at now: Instant) -> LineStatus {
        let result = dryRun(for: line.number, at: now)
        let until = end(of: line, at: now)
        let next = until.map { until in
            let later = dryRun(for: line.number, at: until)
            return LineStatus.Next(state: state(of: line, later, at: until), by: later.by)
        }
        let clock = line.hours.map { compiled.rules.hours[$0].clock(line.zone) } ?? line.zone
        return LineStatus(
            number: line.number, name: line.name, group: line.group, state: state(of: line, result, at: now),
            by: result.by, says: result.firstMessage, until: until,
            untilOffset: until.map { clock.offset(at: $0) } ?? 0,
            next: next, nextChange: compiled.nextChange(of: line, after: now),
            wordsUntil: wordsUntil(of: line, by: result.by, at: now))
    }

    /// Lists the lines whose unknown callers get another answer from one policy than from another, and which.
    static func differences(
        from old: CallPolicy, to new: CallPolicy, at now: Instant
    ) -> [(line: PhoneNumber, change: NamedChange)] {
        var names: [PhoneNumber: String] = [:]
        for line in old.compiled.rules.lines + new.compiled.rules.lines { names[line.number] = line.name }
        return names.sorted { $0.key.digits < $1.key.digits }.compactMap {
            number, name -> (line: PhoneNumber, change: NamedChange)? in
            let before = old.dryRun(for: number, at: now).words
            let after = new.dryRun(for: number, at: now).words
            let title = name.isEmpty ? number.description : name
            guard before != after else { return nil }
            return (line: number, change: (name: title, words: "\(after) instead of \(before)"))
        }
    }

    /// What an unknown caller of a line gets.
    func outlook(for number: PhoneNumber, at now: Instant) -> Outlook {
        let result = dryRun(for: number, at: now)
        let isOpen =
            switch result {
            case .answer(let decision, _, _): decision.kind != .rejected
            case .otherServer, .unknown: true
            }
        return Outlook(isOpen: isOpen, words: result.words)
    }

    /// Answers a caller of whom nothing is known: no contact, no country, no earlier call.
    private func dryRun(for number: PhoneNumber, at now: Instant) -> DryRunResult {
        let call = AssistantRequest(
            callID: CallID("?"), callType: "inbound_phone_call", caller: .unusual("?"), called: .number(number),
            calledName: nil, dialect: .snakeCase)
        var context = context(of: call, facts: .none, at: now, isExplained: true)
        var trace = NoTrace()
        do throws(MissingFact) {
            let verdict = try compiled.rules.decide(&context, overrides: overrides, trace: &trace)
            if let ask = ask(verdict.answer) { return .otherServer(name: ask.upstream.name, by: verdict.by) }
            let filling = filling(verdict.answer, for: context)
            let writer = AnswerWriter(
                context: context, id: "?", revision: compiled.rules.revision, explainer: Explainer(self))
            let (decision, reply) = writer.fill(filling, by: verdict.by)
            let words = filling.answer.words(for: filling.context ?? context, greeting: filling.greeting)
            return .answer(decision, reply: reply, words: words)
        } catch {
            // An explained context takes missing facts for unknown and never throws.
            return .unknown
        }
    }

    /// When an override or the hours next change a line.
    private func end(of line: PhoneLine, at now: Instant) -> Instant? {
        let greeting = overrides.greeting(for: line, at: now).flatMap { overrides.greetings[$0].until }
        if let index = overrides.closure(for: line, at: now) {
            let closure = overrides.closures[index]
            return closure.kind == .forcedOpen ? earlier(closure.until, greeting) : closure.until
        }
        return earlier(greeting, compiled.nextChange(of: line, after: now))
    }

    /// When the words of a line may change by the clock alone: each minute where rules or texts depend on it, and where
    /// an answer outside the hours begins or ends.
    private func wordsUntil(of line: PhoneLine, by decider: Decider, at now: Instant) -> Instant? {
        if compiled.followsClock { return now.advanced(bySeconds: Int64(60 - line.zone.local(now).second)) }
        guard case .hours = decider, let table = line.hours.map({ compiled.rules.hours[$0] }) else { return nil }
        return table.nextClosingWindow(after: now, zone: table.clock(line.zone))
    }

    private func earlier(_ one: Instant?, _ other: Instant?) -> Instant? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }

    private func state(of line: PhoneLine, _ result: DryRunResult, at now: Instant) -> LineStatus.State {
        let closure = overrides.closure(for: line, at: now).map { overrides.closures[$0].kind }
        if case .override = result.by, case .inform = closure { return .inform }
        if case .answer(let decision, _, _) = result, decision.kind == .rejected { return .closed }
        return closure == .forcedOpen ? .forcedOpen : .open
    }
}

extension CompiledRules {
    /// Returns when the hours next open or close a line; `nil` for a line that they do not close.
    package func nextChange(of line: PhoneLine, after now: Instant) -> Instant? {
        guard let index = line.hours, rules.hours[index].closing != nil else { return nil }
        let table = rules.hours[index]
        return table.nextChange(after: now, zone: table.clock(line.zone))
    }
}

extension RuleSet {
    /// Whether callers may hear other words by the clock alone, apart from hours that open or close a line.
    var followsClock: Bool {
        let conditions = rules.map(\.condition) + phrases.flatMap(\.conditions)
        let texts = phrases.flatMap(\.texts) + answers.flatMap(\.answer.spoken)
        return conditions.contains(where: \.asksClock)
            || texts.contains { $0.holes.contains(where: \.placeholder.saysTime) }
    }
}

extension Answer {
    /// What callers may hear first.
    fileprivate var spoken: [TextTemplate] {
        switch self {
        case .assistant(let assistant): assistant.greeting.map { [$0] } ?? []
        case .reject(let text), .raw(let text): [text]
        case .standard, .ask: []
        }
    }
}

extension Condition {
    /// Whether any part asks for the date, the day or hours.
    fileprivate var asksClock: Bool {
        switch self {
        case .test(let test):
            switch test.kind {
            case .date, .weekday, .during: true
            case .caller, .callerCountry, .callerLanguage, .contactKnown, .contact, .line, .group, .lineFact, .callType,
                .calls, .seenBefore, .liveCalls:
                false
            }
        case .always: false
        case .all(let conditions), .any(let conditions): conditions.contains(where: \.asksClock)
        case .not(let condition): condition.asksClock
        }
    }
}
