// SPDX-License-Identifier: Apache-2.0

import Calls

/// A text of which one version is chosen for each call.
package struct Phrase: Equatable, Sendable {
    /// Its name under `phrases`; `nil` for a text by language that an answer spells out.
    package let name: String?
    package let versions: Versions

    package init(name: String?, _ versions: Versions) {
        self.name = name
        self.versions = versions
    }

    /// The versions of a text.
    package enum Versions: Equatable, Sendable {
        /// The first whose condition holds.
        case byCondition([Version])
        /// The one in the caller's language, by its code in lower case.
        case byLanguage([String: TextTemplate], otherwise: TextTemplate?)
    }

    /// A version with its condition.
    package struct Version: Equatable, Sendable {
        package let condition: Condition
        package let text: TextTemplate

        package init(_ condition: Condition, _ text: TextTemplate) {
            self.condition = condition
            self.text = text
        }
    }

    /// The texts of its versions.
    var texts: [TextTemplate] {
        switch versions {
        case .byCondition(let versions): versions.map(\.text)
        case .byLanguage(let texts, let otherwise): Array(texts.values) + (otherwise.map { [$0] } ?? [])
        }
    }

    /// Whether a version says something of the caller's last call.
    var isOfLastCall: Bool { texts.contains { $0.holes.contains(where: \.placeholder.isOfLastCall) } }

    /// The conditions of its versions.
    var conditions: [Condition] {
        switch versions {
        case .byCondition(let versions): versions.map(\.condition)
        case .byLanguage: []
        }
    }

    /// Whether a call could get no version, or an empty one.
    func mayBeEmpty(_ phrases: [Phrase]) -> Bool {
        switch versions {
        case .byCondition(let versions):
            versions.last?.condition != .always || versions.contains { $0.text.mayBeEmpty(phrases) }
        case .byLanguage(let texts, let otherwise):
            (otherwise?.mayBeEmpty(phrases) ?? true) || texts.values.contains { $0.mayBeEmpty(phrases) }
        }
    }
}

/// The phrases of a file, with what choosing among their versions needs.
final class PhraseBook: Sendable {
    let phrases: [Phrase]
    let hours: [HoursTable]
    /// The phrases that say when a line opens or closes.
    private let withOutlook: Set<Int>

    init(phrases: [Phrase], hours: [HoursTable]) {
        self.phrases = phrases
        self.hours = hours
        withOutlook = Set(phrases.indices.filter { Self.saysOutlook($0, phrases) })
    }

    /// Whether any of these phrases says when the line opens or closes.
    func needsOutlook(_ indices: [Int]) -> Bool { indices.contains(where: withOutlook.contains) }

    private static func saysOutlook(_ index: Int, _ phrases: [Phrase]) -> Bool {
        phrases[index].texts.flatMap(\.holes).contains { hole in
            switch hole.placeholder {
            // A phrase contains only texts by language, and these no phrases that contain it.
            case .phrase(let inner): inner != index && saysOutlook(inner, phrases)
            case .callerNumber, .callerCountry, .contact, .lineName, .lineNumber, .lineFact, .callID, .timeHour,
                .moment, .lastCall:
                hole.placeholder.needsOutlook
            }
        }
    }
}

/// The version of a phrase that a call gets.
struct ChosenVersion {
    let text: TextTemplate
    /// The language for which it was chosen, if it was.
    var language: String?
}

extension EvaluationContext {
    /// Chooses a version of a phrase; `nil` where none suits the call.
    func choose(_ index: Int) throws(MissingFact) -> ChosenVersion? {
        switch called.book.phrases[index].versions {
        case .byCondition(let versions):
            for version in versions
            where try version.condition.truth(in: self, hours: called.book.hours) == .holds {
                return ChosenVersion(text: version.text)
            }
            return nil
        case .byLanguage(let texts, let otherwise):
            if let match = try language(among: texts) { return ChosenVersion(text: match.text, language: match.code) }
            return otherwise.map { ChosenVersion(text: $0) }
        }
    }

    /// Explains why a version of a phrase was chosen.
    func reason(ofVersionOf index: Int) throws(MissingFact) -> String {
        switch called.book.phrases[index].versions {
        case .byCondition(let versions):
            for version in versions
            where try version.condition.truth(in: self, hours: called.book.hours) == .holds {
                return version.condition == .always
                    ? "no version before it held" : try version.condition.reason(in: self, hours: called.book.hours)
            }
            return "no version suits the call"
        case .byLanguage(let texts, let otherwise):
            if let match = try language(among: texts) { return "\(match.code) is the language of the \(match.source)" }
            return otherwise == nil ? "no version suits the call" : "no version in the caller's language"
        }
    }

    /// Finds the text in the language of the contact, else of the caller's number, else of the line.
    private func language(
        among texts: [String: TextTemplate]
    ) throws(MissingFact) -> (text: TextTemplate, code: String, source: String)? {
        if let code = LanguageCode.of(try contact()?["language"]), let text = texts[code] {
            return (text, code, "contact")
        }
        if let code = try origin()?.language, let text = texts[code] { return (text, code, "caller's number") }
        if let code = LanguageCode.of(line?.language), let text = texts[code] { return (text, code, "line") }
        return nil
    }

    /// Throws the first fact that a text needs and that was not looked up yet.
    func check(_ text: TextTemplate) throws(MissingFact) {
        for case .hole(let hole) in text.pieces {
            switch hole.placeholder {
            case .contact: _ = try contact()
            case .callerCountry: _ = try origin()
            case .phrase(let index): try checkPhrase(index)
            case .callerNumber, .lineName, .lineNumber, .lineFact, .callID, .timeHour, .moment, .lastCall: break
            }
        }
    }

    /// Throws the first fact that choosing and filling a phrase needs and that was not looked up yet.
    func checkPhrase(_ index: Int) throws(MissingFact) {
        if let version = try choose(index) { try check(version.text) }
    }
}

/// Codes of languages, as people write them.
package enum LanguageCode {
    /// Takes `nl` out of `nl`, `NL` or `nl-BE`.
    package static func of(_ text: String?) -> String? {
        guard let text, let code = text.split(whereSeparator: { $0 == "-" || $0 == "_" }).first else { return nil }
        return code.lowercased()
    }
}
