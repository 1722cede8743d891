// SPDX-License-Identifier: Apache-2.0

import Calls

/// The language in which a simulated caller speaks.
enum SimulatedLanguage: CaseIterable, Hashable {
    case dutch
    case english
    case german

    /// Guesses the language from the country of a number.
    init(of caller: CallerNumber) {
        guard case .text(let text) = caller else {
            self = .dutch
            return
        }
        self =
            switch text.prefix(3) {
            case "+49", "+43", "+41": .german
            case "+44", "+35", "+1": .english
            default: .dutch
            }
    }

    /// What callers of this language ring for.
    var conversations: [Conversation] {
        switch self {
        case .dutch: Self.dutchConversations
        case .english: Self.englishConversations
        case .german: Self.germanConversations
        }
    }
}

extension SimulatedLanguage {
    private static let dutchConversations = [
        conversation(
            "Beller vroeg naar de openingstijden op zaterdag.", "Zijn jullie zaterdag open?",
            "Ja, van tien tot twee.", intent: "hours"),
        conversation(
            "Afspraak verzet van dinsdag naar donderdag 14:30.", "Ik wil mijn afspraak verzetten.",
            "Donderdag om half drie is vrij. Zal ik die vastleggen?", tool: "book_appointment", intent: "appointment"),
        conversation(
            "Klant meldt dat pakket 4471 niet is aangekomen; terugbellen gewenst.", "Waar blijft mijn pakket?",
            "Ik zoek het voor u op.", tool: "find_order", intent: "complaint"),
        conversation("Beller hing op zonder iets te zeggen.", "", "Hallo? Bent u daar nog?", intent: "none"),
    ]
    private static let englishConversations = [
        conversation(
            "The caller asked whether deliveries reach London on Fridays.", "Do you deliver on Fridays?",
            "Yes, before noon.", intent: "delivery"),
        conversation(
            "Booked a demo for next Tuesday at 11:00.", "I'd like to see a demo.", "Tuesday at eleven?",
            tool: "book_appointment", intent: "appointment"),
        conversation(
            "Wrong number; the caller apologised.", "Is this the dentist?", "I am afraid it is not.", intent: "none"),
    ]
    private static let germanConversations = [
        conversation(
            "Anrufer möchte die Rechnung für März noch einmal erhalten.",
            "Können Sie mir die Rechnung noch einmal schicken?",
            "Gerne, an welche Adresse?", tool: "send_invoice", intent: "billing"),
        conversation(
            "Rückfrage zu Öffnungszeiten über Pfingsten, beantwortet.", "Haben Sie über Pfingsten geöffnet?",
            "Am Montag sind wir geschlossen.", intent: "hours"),
    ]

    private static func conversation(
        _ summary: String, _ caller: String, _ assistant: String, tool: String? = nil, intent: String
    ) -> Conversation {
        let said = caller.isEmpty ? [] : [Conversation.Turn(.user, caller)]
        return Conversation(
            summary: summary, turns: said + [.init(.assistant, assistant)], tool: tool, intent: intent)
    }
}
