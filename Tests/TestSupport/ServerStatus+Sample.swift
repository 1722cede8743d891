// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

extension ServerStatus {
    /// A signed server with four lines that are open until 17:30.
    package static func sample(
        closure: Override? = nil, greeting: Override? = nil, overrides: [Override] = [], lines: [LineStatus]? = nil,
        address: String = "127.0.0.1:8787", webhookURL: String = "http://127.0.0.1:8787/webhook",
        isSigned: Bool = true,
        closingTexts: [String] = [
            "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren.",
            "We are closed because of a fire drill. Please call back in an hour.",
        ],
        greetingTexts: [String] = [], undo: ServerStatus.Undo? = nil, warnings: [String] = []
    ) -> ServerStatus {
        let overrides = [closure, greeting].compactMap(\.self) + overrides
        return ServerStatus(
            overrides: overrides, lines: (lines ?? .sample()).under(overrides),
            server: ServerInfo(
                address: address, webhookURL: webhookURL, isSigned: isSigned, answerWithinMilliseconds: 4000),
            closingTexts: closingTexts, greetingTexts: greetingTexts, undo: undo, warnings: warnings,
            timeZone: "Europe/Amsterdam")
    }
}

extension [LineStatus] {
    /// The lines with overrides in force, as a server reports them; those that an override decides already stay.
    fileprivate func under(_ overrides: [Override]) -> [LineStatus] {
        let active = ActiveOverrides(overrides)
        return map { line in
            if case .override = line.by { return line }
            guard line.state != .forcedOpen else { return line }
            let rest = LineStatus.WithoutOverrides(
                state: line.state, by: line.by, turn: line.turn,
                forcedOpen: LineStatus.Next(state: .forcedOpen, by: .otherwise))
            if let speaker = active.speaker(on: line, at: .sample), let text = speaker.kind.text {
                let rejects = active.closing(of: line, at: .sample)?.rejects == true
                return line.with(
                    rejects ? .closed : .inform, by: .override(speaker.scope), says: .text(text), until: speaker.until,
                    then: rest)
            }
            if active.skipsHours(of: line.number, group: line.group, at: .sample) {
                let end = active.openings.first { $0.scope.covers(line) }?.until
                return line.with(
                    .forcedOpen, by: .otherwise, says: active.heard(on: line) ?? .assistant, until: end, then: rest)
            }
            return active.heard(on: line).map(line.saying) ?? line
        }
    }

    /// Four lines, the first `open` of them open, all of them until 17:30 in Amsterdam.
    package static func sample(open: Int = 4, untilInSeconds seconds: Int64 = 12_600) -> [LineStatus] {
        let lines = [
            ("+31850835037", "HMS Sovereign Demo", "demo"), ("+31201234567", "Front desk", "amsterdam"),
            ("+31201234568", "Billing", "amsterdam"), ("+31701234569", "Press", "hague"),
        ]
        return lines.enumerated().compactMap { index, line in
            PhoneNumber(line.0).map { number in
                let isOpen = index < open
                let change = Instant.sample.advanced(bySeconds: seconds)
                return LineStatus(
                    number: number, name: line.1, group: line.2, state: isOpen ? .open : .closed,
                    by: isOpen ? .otherwise : .hours("office"),
                    says: isOpen ? .assistant : .text("Sorry, we zijn op dit moment gesloten."),
                    until: change, untilOffset: 7200,
                    next: isOpen
                        ? LineStatus.Next(state: .closed, by: .hours("office"))
                        : LineStatus.Next(state: .open, by: .otherwise), nextChange: change)
            }
        }
    }
}

extension LineStatus {
    /// The line in a state of an override, and after its end as before.
    fileprivate func with(
        _ state: State, by: Decider, says: FirstMessage, until: Instant?, then rest: WithoutOverrides
    ) -> LineStatus {
        var ahead = changes.filter { $0.at > until ?? $0.at }
        if let until { ahead.insert(Change(at: until, offset: 7200, state: rest.state, by: rest.by), at: 0) }
        return LineStatus(
            number: number, name: name, group: group, state: state, by: by, says: says, until: ahead.first?.at,
            untilOffset: 7200, next: ahead.first.map { Next(state: $0.state, by: $0.by) }, nextChange: nextChange,
            changes: ahead, withoutOverrides: rest)
    }
}

extension ActiveOverrides {
    /// The forced greeting that callers of a line hear, unless another server answers them.
    fileprivate func heard(on line: LineStatus) -> FirstMessage? {
        if case .otherServer = line.says { return nil }
        return line.isOpen ? greeting(on: line, at: .sample)?.kind.text.map(FirstMessage.text) : nil
    }
}

extension LineStatus {
    /// The same line with another first message.
    fileprivate func saying(_ text: FirstMessage) -> LineStatus {
        LineStatus(
            number: number, name: name, group: group, state: state, by: by, says: text, until: until,
            untilOffset: untilOffset, next: next, nextChange: nextChange, changes: changes,
            withoutOverrides: withoutOverrides)
    }
}

extension Override {
    private static let maria = Operator(user: "maria", terminal: "pts/1", host: "desk1")

    /// All lines closed two minutes into the sample hour.
    package static func closed(
        says: String = "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren.", scope: Scope = .all,
        reason: String = "", until: Instant? = nil, id: Int = 1
    ) -> Override {
        .sample(
            .closed(says: says), scope, id: id, reason: reason, since: .sample.advanced(bySeconds: 120), until: until,
            who: maria)
    }

    /// The hours are skipped.
    package static let forcedOpen = sample(.forcedOpen, id: 2, since: .sample.advanced(bySeconds: 120), who: maria)

    /// Everybody is greeted with the text.
    package static func greeting(_ text: String = "Er is een storing in het noorden. Hoe kan ik u helpen?") -> Override
    {
        .sample(.greeting(text), id: 3, since: .sample.advanced(bySeconds: 300), who: maria)
    }
}
