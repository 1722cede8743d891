// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

// The answers outside hours.
extension RulesReader {
    /// Answers outside hours, while they are read.
    struct ClosingDraft {
        fileprivate var otherwise: Int?
        fileprivate var languages: [String: Int] = [:]
        fileprivate var windows: [ClosingAnswers.Window] = []
    }

    /// The keys of `closed` where it has several answers.
    static let closingKeys = KeyTable<ClosingDraft>([
        "at": { reader, entry, closing in closing.windows = reader.readClosingWindows(entry.value) },
        "language": readClosingLanguages,
        "otherwise": readClosingOtherwise,
    ])

    /// The keys of an answer for a time of the day that has several languages.
    static let closingChoiceKeys = KeyTable<ClosingDraft>([
        "language": readClosingLanguages, "otherwise": readClosingOtherwise,
    ])

    private static let readClosingLanguages: KeyTable<ClosingDraft>.Read = { reader, entry, closing in
        closing.languages = reader.readByLanguage(entry.value)
    }
    private static let readClosingOtherwise: KeyTable<ClosingDraft>.Read = { reader, entry, closing in
        closing.otherwise = reader.readFinalAnswer(entry.value)
    }

    /// Reads `closed`: an answer, or several by time of the day and by language.
    mutating func readClosing(_ node: YAMLNode) -> ClosingAnswers? {
        guard let draft = readClosingDraft(node, Self.closingKeys, of: "`closed`") else {
            return readFinalAnswer(node).map { ClosingAnswers($0) }
        }
        // Where it is missing, that is reported; that the hours had no answer at all would not be true.
        let otherwise = draft.otherwise ?? standard()
        return ClosingAnswers(otherwise: .init(otherwise, languages: draft.languages), windows: draft.windows)
    }

    /// Reads a mapping with the keys of several answers; `nil` for a single answer.
    private mutating func readClosingDraft(
        _ node: YAMLNode, _ keys: KeyTable<ClosingDraft>, of what: String
    ) -> ClosingDraft? {
        guard node.entries?.contains(where: { keys.names.contains($0.key) }) == true else { return nil }
        var draft = ClosingDraft()
        guard let fields = read(node, of: what, keys, into: &draft) else { return draft }
        require("otherwise", in: fields, of: what)
        return draft
    }

    /// Reads answers by time of the day, such as `"12:30-13:00"` or `"mon-fri 12:30-13:00"`.
    private mutating func readClosingWindows(_ node: YAMLNode) -> [ClosingAnswers.Window] {
        var windows: [ClosingAnswers.Window] = []
        for entry in findings.mapping(node, of: "`at`") ?? [] {
            let choice = readClosingChoice(entry.value)
            let start = entry.key.firstIndex(where: \.isDigit) ?? entry.key.startIndex
            let days = entry.key[..<start].trimmed
            guard let weekdays = days.isEmpty ? Set(Weekday.allCases) : DayText.read(String(days)) else {
                findings.error(.invalidDay, invalidDay(String(days)), at: entry.keyPosition)
                continue
            }
            switch WindowText.read(String(entry.key[start...])) {
            case .window(let window):
                guard let choice else { continue }
                windows.append(ClosingAnswers.Window(days: weekdays, window, choice))
            case .problem(let problem):
                findings.error(
                    .invalidWindow, problem + ", or with days, \"mon-fri 12:30-13:00\"", at: entry.keyPosition)
            }
        }
        return windows
    }

    private mutating func readClosingChoice(_ node: YAMLNode) -> ClosingAnswers.Choice? {
        guard let draft = readClosingDraft(node, Self.closingChoiceKeys, of: "an answer under `at`") else {
            return readFinalAnswer(node).map { ClosingAnswers.Choice($0) }
        }
        return draft.otherwise.map { ClosingAnswers.Choice($0, languages: draft.languages) }
    }

    /// Reads answers by the language of the line.
    private mutating func readByLanguage(_ node: YAMLNode) -> [String: Int] {
        var answers: [String: Int] = [:]
        for entry in findings.mapping(node, of: "`language`") ?? [] {
            let answer = readFinalAnswer(entry.value)
            guard let language = LanguageText.read(entry.key) else {
                findings.error(.invalidCode, LanguageText.problem(entry.key), at: entry.keyPosition)
                continue
            }
            closingLanguages.append((hours: hours.count, language: language, position: entry.keyPosition))
            answers[language] = answer
        }
        return answers
    }

    /// Warns of answers in a language that no line with these hours speaks.
    mutating func checkClosingLanguages() {
        guard !hoursAreMisspelled else { return }
        for (index, language, position) in closingLanguages {
            let spoken = Set(lines.filter { $0.hours == index }.compactMap(\.language))
            guard !spoken.isEmpty, !spoken.contains(language) else { continue }
            findings.warning(
                .noEffect,
                "no line with these hours speaks `\(language)`, only \(spoken.sorted().joined(separator: ", ")); set "
                    + "`language` of a line", at: position)
        }
    }
}

// Placeholders that say a time.
extension RulesReader {
    /// Notes the placeholders of a text that are empty on a line whose language has no words for them.
    mutating func noteSpokenMoments(in template: TextTemplate, at position: SourcePosition) {
        for hole in template.holes where hole.writtenFallback == nil {
            guard case .moment(let moment) = hole.placeholder, moment.needsLanguage else { continue }
            spokenMoments.append((moment, position))
        }
    }

    /// Warns of those placeholders, once all lines are read.
    mutating func checkSpokenMoments() {
        let silent = lines.first { line in
            line.language.map { !MomentPlaceholder.languages.contains($0) } ?? true
        }
        guard let silent else { return }
        let languages = MomentPlaceholder.languages.joined(separator: ", ")
        for (placeholder, position) in spokenMoments {
            let name = placeholder.rawValue
            findings.warning(
                .noLanguage,
                "`{{\(name)}}` is empty on the line \(silent.name), whose language is none of \(languages); set "
                    + "`language` there, or add a fallback such as {{\(name)|\(placeholder.exampleFallback)}}",
                at: position)
        }
    }
}

extension MomentPlaceholder {
    /// A word that could be said in its place.
    fileprivate var exampleFallback: String {
        switch self {
        case .opens, .opensDay, .opensTime, .closes, .closesDay, .closesTime: "soon"
        case .date, .weekday: "today"
        case .clock: "now"
        case .part: "day"
        case .greeting: "Hello"
        case .isOpen: "true"
        }
    }
}

/// Reads the code of a language.
enum LanguageText {
    /// Returns the two letters of ISO 639-1 of `de`, `DE` or `de-AT`; `nil` for anything else.
    static func read(_ text: String) -> String? {
        let code = text.prefix { $0 != "-" && $0 != "_" }.lowercased()
        guard code.utf8.count == 2, code.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
        return code
    }

    /// Returns the country of `en-GB` or `en_GB` (ISO 3166-1); `nil` where the text has none.
    static func region(_ text: String) -> String? {
        let parts = text.split { $0 == "-" || $0 == "_" }
        guard parts.count == 2, parts[1].utf8.count == 2, parts[1].allSatisfy({ $0.isASCII && $0.isLetter }) else {
            return nil
        }
        return parts[1].uppercased()
    }

    static func problem(_ text: String) -> String {
        "invalid language `\(text.prefix(40))`; expected two letters such as nl, or nl-BE"
    }
}
