// SPDX-License-Identifier: Apache-2.0

/// Guesses the language of a text by its small words, among those in which times are said.
enum TextLanguage {
    /// Small words and the words of closing texts, by ISO 639-1 code.
    private static let words: [String: Set<String>] = [
        "en": [
            "the", "we", "we're", "are", "is", "our", "you", "your", "please", "call", "closed", "open", "opens",
            "opening", "again",
            "and", "to", "at", "for", "this", "can", "help", "how", "sorry", "it", "it's", "today", "have", "reached",
            "from", "will",
            "be", "until", "hours", "thank", "thanks", "good", "back",
        ],
        "nl": [
            "het", "een", "wij", "we", "zijn", "onze", "u", "uw", "weer", "open", "gesloten", "bel", "belt", "graag",
            "en", "om",
            "van", "op", "kunt", "dit", "niet", "ons", "met", "voor", "vandaag", "de", "is", "wat", "ik", "kan", "doen",
            "vanaf",
        ],
        "de": [
            "der", "die", "das", "wir", "sind", "ist", "unser", "unsere", "sie", "ihnen", "bitte", "wieder",
            "geschlossen", "und",
            "um", "ab", "für", "rufen", "ein", "eine", "nicht", "heute", "mit", "von", "zu", "öffnen", "wie", "kann",
            "ich",
        ],
        "fr": [
            "le", "la", "les", "nous", "sommes", "vous", "votre", "notre", "est", "fermé", "fermés", "ouvre", "ouvrons",
            "rappelez",
            "et", "à", "de", "pour", "un", "une", "bonjour", "au", "du", "des", "sera", "ouvert", "aujourd'hui",
            "cabinet",
        ],
        "es": [
            "el", "la", "los", "las", "estamos", "abrimos", "cerrado", "cerrados", "por", "favor", "llame", "su", "y",
            "de", "para",
            "hola", "un", "una", "nuestro", "nuestra", "hoy", "en", "con", "abre", "horario",
        ],
    ]

    /// Returns the language of a text that is certainly not in `other`; `nil` where that is not clear.
    static func certain(of text: String, besides other: String) -> String? {
        var letters = text.lowercased()
        // The names of placeholders are English.
        while let opening = letters.firstRange(of: "{{"),
            let closing = letters[opening.upperBound...].firstRange(of: "}}")
        {
            letters.replaceSubrange(opening.lowerBound..<closing.upperBound, with: " ")
        }
        let found = Set(letters.split { !$0.isLetter && $0 != "'" }.map(String.init))
        let counts = words.mapValues { $0.intersection(found).count }
        let best = counts.filter { $0.key != other }.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard let best, best.value >= 2, best.value >= 2 * (counts[other] ?? 0) else { return nil }
        return best.key
    }
}
