// SPDX-License-Identifier: Apache-2.0

package import Calls

extension DeskStatus {
    /// A signed desk with four lines that are open until 17:30.
    package static func sample(
        closure: Override? = nil, greeting: Override? = nil, lines: [LineStatus]? = nil,
        address: String = "127.0.0.1:8787", webhookURL: String = "http://127.0.0.1:8787/webhook",
        isSigned: Bool = true,
        closingTexts: [String] = [
            "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren.",
            "We are closed because of a fire drill. Please call back in an hour.",
        ]
    ) -> DeskStatus {
        DeskStatus(
            closure: closure, greeting: greeting, lines: lines ?? .sample(), address: address,
            webhookURL: webhookURL, isSigned: isSigned, closingTexts: closingTexts, answerWithinMilliseconds: 4000)
    }
}

extension [LineStatus] {
    /// Four lines, the first `open` of them open, all of them until 17:30 in Amsterdam.
    package static func sample(open: Int = 4, untilInSeconds seconds: Int64 = 12_600) -> [LineStatus] {
        let lines = [
            ("+31850835037", "HMS Sovereign Demo"), ("+31201234567", "Front desk"), ("+31201234568", "Billing"),
            ("+31701234569", "Press"),
        ]
        return lines.enumerated().compactMap { index, line in
            PhoneNumber(line.0).map { number in
                LineStatus(
                    number: number, name: line.1, isOpen: index < open, by: .hours("office"),
                    until: Instant.sample.advanced(bySeconds: seconds), untilOffset: 7200)
            }
        }
    }
}

extension Override {
    /// All lines closed two minutes into the sample hour.
    package static func closed(says: String = "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren.")
        -> Override
    {
        Override(kind: .closed(says: says), scope: .all, since: .sample.advanced(bySeconds: 120), who: "maria")
    }

    /// The hours are skipped.
    package static let forcedOpen = Override(
        kind: .forcedOpen, scope: .all, since: .sample.advanced(bySeconds: 120), who: "maria")

    /// Everybody is greeted with the text.
    package static func greeting(_ text: String = "Er is een storing in het noorden. Hoe kan ik u helpen?") -> Override
    {
        Override(kind: .greeting(text), scope: .all, since: .sample.advanced(bySeconds: 300), who: "maria")
    }
}
