// SPDX-License-Identifier: Apache-2.0

/// What telephone networks send in place of a number that the caller hides.
enum WithheldNumber {
    /// Whether the spelling means a hidden number.
    static func isMeant(by spelling: NumberSpelling) -> Bool {
        if let name = spelling.displayName, namesThatHide.contains(name) { return true }
        switch spelling.content {
        case .word(let word): return words.contains(word)
        case .empty: return spelling.displayName.map(words.contains) ?? false
        case .dialled, .unreadable: return false
        }
    }

    /// Whether the text is just one of the words.
    static func isWord(_ text: String) -> Bool { words.contains(text.lowercased()) }

    /// Whether the spelling says that there is no number.
    static func isNothing(_ spelling: NumberSpelling) -> Bool {
        switch spelling.content {
        case .empty: true
        case .word(let word): wordsForNothing.contains(word)
        // Carriers that must send digits send zeros.
        case .dialled(let digits): digits.allSatisfy { $0 == "0" || $0 == "+" }
        case .unreadable: false
        }
    }

    /// Carriers dial the letters of ANONYMOUS, UNAVAILABLE, RESTRICTED, BLOCKED and UNKNOWN.
    static func isPseudo(_ digits: UInt64) -> Bool {
        switch digits {
        case 266_696_687, 86_282_452_253, 7_378_742_833, 2_562_533, 8_656_696, 464: true
        default: false
        }
    }

    private static let words: Set<String> = [
        "anonymous", "private", "restricted", "unknown", "unavailable", "withheld", "blocked", "hidden",
        "anonymous caller", "private caller", "unknown caller", "restricted caller", "blocked caller", "hidden caller",
        "private number", "unknown number", "blocked number", "restricted number", "withheld number", "hidden number",
        "number withheld", "number unavailable", "not available", "id unavailable", "caller id unavailable",
        "caller id withheld", "caller id blocked", "no caller id", "caller unknown", "out of area",
        "private name", "name unavailable", "id withheld", "id blocked", "blocked id", "unavailable number",
        "anoniem", "afgeschermd", "onbekend", "privénummer", "privé nummer", "geheim nummer", "anoniem nummer",
        "onbekend nummer", "nummer onbekend", "afgeschermd nummer", "nummer afgeschermd", "anonieme beller",
        "anonym", "unbekannt", "unterdrückt", "unterdrueckt", "anonymer anrufer", "anonyme nummer",
        "unbekannter anrufer", "unbekannte nummer", "nummer unbekannt", "unbekannte rufnummer", "private nummer",
        "unterdrückte nummer", "nummer unterdrückt", "unterdrückte rufnummer", "rufnummer unterdrückt",
        "rufnummer unbekannt",
        "anonyme", "masqué", "inconnu", "privé", "numéro masqué", "appel masqué", "numéro inconnu", "numéro privé",
        "appelant inconnu", "appel anonyme",
        "anónimo", "oculto", "privado", "desconocido", "número oculto", "número privado", "número desconocido",
        "llamada anónima",
        "anonimo", "sconosciuto", "privato", "numero privato", "numero sconosciuto", "numero anonimo", "nascosto",
        "desconhecido", "número desconhecido",
    ]

    /// Names by which callers hide although their number is there; *unknown* means that the network knows no name.
    private static let namesThatHide: Set<String> = [
        "anonymous", "private", "restricted", "withheld", "blocked", "hidden", "anonymous caller", "private caller",
        "private number", "withheld number", "number withheld",
    ]

    private static let wordsForNothing: Set<String> = [
        "null", "none", "nil", "undefined", "n/a", "-", "+", "no number",
    ]
}

extension PhoneNumber {
    /// Whether a carrier sends it in place of a number that the caller hides.
    package var standsForWithheld: Bool { WithheldNumber.isPseudo(digits) }
}
