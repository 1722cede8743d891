// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import Calls

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
        ServerStatus(
            overrides: [closure, greeting].compactMap(\.self) + overrides, lines: lines ?? .sample(),
            server: ServerInfo(
                address: address, webhookURL: webhookURL, isSigned: isSigned, answerWithinMilliseconds: 4000),
            closingTexts: closingTexts, greetingTexts: greetingTexts, undo: undo, warnings: warnings,
            timeZone: "Europe/Amsterdam")
    }
}

extension [LineStatus] {
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
