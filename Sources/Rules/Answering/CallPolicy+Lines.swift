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
        lineStatuses(of: compiled.rules.lines, at: now)
    }

    /// The states of some lines.
    package func lineStatuses(of lines: [PhoneLine], at now: Instant) -> [LineStatus] {
        let bare = BarePolicies(compiled)
        let search = ChangeSearch(lines: lines.count)
        return lines.map { lineStatus(of: $0, at: now, bare, search) }
    }

    private func lineStatus(
        of line: PhoneLine, at now: Instant, _ bare: BarePolicies, _ search: ChangeSearch
    ) -> LineStatus {
        let current = outcome(on: line, at: now)
        let changes = changes(of: line, from: current, after: now, search)
        let first = changes.first
        return LineStatus(
            number: line.number, name: line.name, group: line.group, state: current.state, by: current.by,
            says: current.says, until: first?.at, untilOffset: first?.offset ?? 0,
            next: first.map { LineStatus.Next(state: $0.state, by: $0.by) },
            nextChange: compiled.nextChange(of: line, after: now), changes: changes,
            withoutOverrides: withoutOverrides(line, current, changes, at: now, bare, search),
            wordsUntil: wordsUntil(of: line, by: current.by, at: now))
    }

    /// What the line would do without its closures and openings; `nil` where it has none and its hours keep it open.
    private func withoutOverrides(
        _ line: PhoneLine, _ current: Outcome, _ changes: [LineStatus.Change], at now: Instant, _ bare: BarePolicies,
        _ search: ChangeSearch
    ) -> LineStatus.WithoutOverrides? {
        if overrides.decideHours(of: line, at: now) { return bare.withoutOverrides(line, at: now, search) }
        guard case .hours = current.by else { return nil }
        let forced = bare.forcedOpen.outcome(on: line, at: now)
        return LineStatus.WithoutOverrides(
            state: current.state, by: current.by, turn: changes.first { $0.state.isOpen != current.state.isOpen },
            forcedOpen: LineStatus.Next(state: forced.state, by: forced.by))
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
        dryRun(verdict(for: number, at: now))
    }

    private func dryRun(_ decided: Decided?) -> DryRunResult {
        guard let (context, verdict) = decided else { return .unknown }
        if let ask = ask(verdict.answer) { return .otherServer(name: ask.upstream.name, by: verdict.by) }
        let filling = filling(verdict.answer, for: context)
        let writer = AnswerWriter(
            context: context, id: "?", revision: compiled.rules.revision, explainer: Explainer(self))
        let (decision, reply) = writer.fill(filling, by: verdict.by)
        let words = filling.answer.words(for: filling.context ?? context, greeting: filling.greeting)
        return .answer(decision, reply: reply, words: words)
    }

    /// A decided call.
    private typealias Decided = (context: EvaluationContext, verdict: Verdict)

    /// Decides the call of such a caller.
    private func verdict(for number: PhoneNumber, at now: Instant) -> Decided? {
        let call = AssistantRequest(
            callID: CallID("?"), callType: "inbound_phone_call", caller: .unusual("?"), called: .number(number),
            calledName: nil, dialect: .snakeCase)
        var context = context(of: call, facts: .none, at: now, isExplained: true)
        var trace = NoTrace()
        do throws(MissingFact) {
            let verdict = try compiled.rules.decide(&context, overrides: overrides, trace: &trace)
            return (context, verdict)
        } catch {
            // An explained context takes missing facts for unknown and never throws.
            return nil
        }
    }
}

/// What changes on a line by itself.
extension CallPolicy {
    /// What callers of a line get at a moment, as far as a screen shows it.
    private struct Outcome: Equatable {
        let state: LineStatus.State
        let by: Decider
        let says: FirstMessage
    }

    /// How far changes are looked for.
    private struct ChangeSearch {
        /// How far ahead, in seconds.
        static let horizon: Int64 = 366 * 86_400

        /// After this many moments only the ends of overrides are looked at.
        ///
        /// Hours and rules that change nothing for a line could name any number of them. Of many lines each gets fewer.
        let moments: Int
        /// More changes than this are not kept, apart from the one that opens or closes the line.
        var changes = 16
        /// Whether the first change is enough.
        var stopsAtFirst = false

        init(lines: Int) {
            moments = min(200, max(20, 20_000 / max(1, lines)))
        }

        /// A search for the first change of one line.
        static var first: ChangeSearch {
            var search = ChangeSearch(lines: 1)
            search.stopsAtFirst = true
            return search
        }
    }

    private func outcome(on line: PhoneLine, at now: Instant) -> Outcome {
        outcome(on: line, at: now, verdict(for: line.number, at: now))
    }

    private func outcome(on line: PhoneLine, at now: Instant, _ decided: Decided?) -> Outcome {
        let result = dryRun(decided)
        return Outcome(state: state(of: line, result, at: now), by: result.by, says: result.firstMessage)
    }

    /// What an outcome follows from: as long as it is the same, a caller need not be answered to know that nothing
    /// changed.
    private struct Ground: Equatable {
        let verdict: Verdict?
        let greeting: Int?
        let skipsHours: Bool
    }

    private func ground(of line: PhoneLine, at now: Instant, _ decided: Decided?) -> Ground {
        Ground(
            verdict: decided?.verdict, greeting: overrides.greeting(for: line, at: now),
            skipsHours: overrides.skipsHours(for: line, at: now))
    }

    /// The same rules without any override, and with nothing but the hours skipped.
    private struct BarePolicies {
        let plain: CallPolicy
        let forcedOpen: CallPolicy

        init(_ compiled: CompiledRules) {
            plain = CallPolicy(compiled)
            let opening = Override(
                id: 0, kind: .forcedOpen, scope: .all, reason: "", who: Operator(user: ""),
                since: Instant(microseconds: 0), until: nil)
            forcedOpen = CallPolicy(compiled, overrides: ActiveOverrides([opening]))
        }

        func withoutOverrides(
            _ line: PhoneLine, at now: Instant, _ search: ChangeSearch
        ) -> LineStatus.WithoutOverrides {
            let current = plain.outcome(on: line, at: now)
            let turn = plain.changes(of: line, from: current, after: now, search)
                .first { $0.state.isOpen != current.state.isOpen }
            let forced = forcedOpen.outcome(on: line, at: now)
            return LineStatus.WithoutOverrides(
                state: current.state, by: current.by, turn: turn,
                forcedOpen: LineStatus.Next(state: forced.state, by: forced.by))
        }
    }

    /// The first change of a line, if there is one within a year.
    package func firstChange(of line: PhoneLine, after now: Instant) -> LineStatus.Change? {
        changes(of: line, from: outcome(on: line, at: now), after: now, .first).first
    }

    /// The changes of a line up to the one that opens or closes it: at each moment at which anything could change, a
    /// caller is answered and compared with the one before.
    private func changes(
        of line: PhoneLine, from current: Outcome, after now: Instant, _ search: ChangeSearch
    ) -> [LineStatus.Change] {
        let clock = line.hours.map { compiled.rules.hours[$0].clock(line.zone) } ?? line.zone
        let end = now.advanced(bySeconds: ChangeSearch.horizon)
        var changes: [LineStatus.Change] = []
        var latest = current
        var ground = ground(of: line, at: now, verdict(for: line.number, at: now))
        var reached = now
        var count = 0
        while let next = moment(of: line, after: reached, endsOnly: count >= search.moments), next <= end {
            reached = next
            count += 1
            let decided = verdict(for: line.number, at: next)
            let changed = self.ground(of: line, at: next, decided)
            // A phrase may have another version though the same answer is given.
            guard changed != ground || !compiled.rules.phrases.isEmpty else { continue }
            ground = changed
            let outcome = outcome(on: line, at: next, decided)
            guard outcome != latest else { continue }
            latest = outcome
            let isTurn = outcome.state.isOpen != current.state.isOpen
            if isTurn || changes.count < search.changes {
                changes.append(
                    LineStatus.Change(
                        at: next, offset: clock.offset(at: next), state: outcome.state, by: outcome.by))
            }
            if isTurn || search.stopsAtFirst { break }
        }
        return changes
    }

    /// The next moment at which an override of a line ends, its hours change or a rule may decide otherwise.
    private func moment(of line: PhoneLine, after now: Instant, endsOnly: Bool) -> Instant? {
        let end = overrides.nextEnd(on: line, after: now)
        return endsOnly ? end : [end, compiled.nextMoment(on: line, after: now)].compactMap(\.self).min()
    }

    /// When the words of a line may change by the clock alone: each minute where rules or texts depend on it, and where
    /// an answer outside the hours begins or ends.
    private func wordsUntil(of line: PhoneLine, by decider: Decider, at now: Instant) -> Instant? {
        if compiled.followsClock { return now.advanced(bySeconds: Int64(60 - line.zone.local(now).second)) }
        guard case .hours = decider, let table = compiled.hours(of: line) else { return nil }
        return table.nextClosingWindow(after: now, zone: table.clock(line.zone))
    }

    private func state(of line: PhoneLine, _ result: DryRunResult, at now: Instant) -> LineStatus.State {
        if case .override = result.by, overrides.closing(for: line, at: now)?.rejects == false { return .inform }
        if case .answer(let decision, _, _) = result, decision.kind == .rejected { return .closed }
        return overrides.skipsHours(for: line, at: now) ? .forcedOpen : .open
    }
}

extension CompiledRules {
    /// The hours that open and close a line; `nil` for a line that is always open.
    func hours(of line: PhoneLine) -> HoursTable? {
        guard let index = line.hours, rules.hours[index].closing != nil else { return nil }
        return rules.hours[index]
    }

    /// Returns when the hours next open or close a line; `nil` for a line that they do not close.
    package func nextChange(of line: PhoneLine, after now: Instant) -> Instant? {
        hours(of: line).flatMap { $0.nextChange(after: now, zone: $0.clock(line.zone)) }
    }

    /// Returns the next moment at which the answer on a line may change because of the time.
    func nextMoment(on line: PhoneLine, after now: Instant) -> Instant? {
        let window = hours(of: line).flatMap { $0.nextClosingWindow(after: now, zone: $0.clock(line.zone)) }
        return [nextChange(of: line, after: now), window, moments.next(on: line, after: now)].compactMap(\.self).min()
    }
}

extension RuleSet {
    /// Whether callers may hear texts that say the time.
    var saysTime: Bool {
        let texts = phrases.flatMap(\.texts) + answers.flatMap(\.answer.spoken)
        return texts.contains { $0.holes.contains(where: \.placeholder.saysTime) }
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
