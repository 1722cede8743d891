// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A rules file, ready to answer: every answer is bytes already, every line is found by its number.
///
/// A file is compiled once, when it is read. Overrides are not part of it; ``CallPolicy`` adds them without compiling
/// anything again. It is a struct so that a policy holds the fields themselves: a call then follows one reference less.
package struct CompiledRules: Sendable {
    package let rules: RuleSet
    /// The answers, by their index in `rules.answers`.
    let answers: AnswerTable
    /// The saved assistant as it is, for answers that would be late.
    let standard = AnswerTable.Spellings(.standard, tags: false)
    /// When rules may decide otherwise because of the time.
    let moments: RuleMoments
    /// Whether callers may hear other words by the clock alone, apart from hours that open or close a line.
    let followsClock: Bool
    /// What has to be counted and remembered for rules and texts.
    package let counting: CallCounting
    private let linesByNumber: [PhoneNumber: CalledLine]
    private let unknownLine: CalledLine

    package init(_ rules: RuleSet) {
        self.rules = rules
        answers = AnswerTable(rules.answers.map(\.answer), tags: rules.tagsAnswers)
        moments = RuleMoments(rules)
        followsClock = !moments.isEmpty || rules.saysTime
        counting = rules.counting(withLastCall: answers.needLastCall)
        let book = PhraseBook(phrases: rules.phrases, hours: rules.hours)
        linesByNumber = Dictionary(
            rules.lines.map { ($0.number, CalledLine($0, book: book)) }, uniquingKeysWith: { first, _ in first })
        unknownLine = CalledLine(unknownIn: rules.zone, book: book)
    }

    /// The group of the line that a number belongs to.
    package func group(of number: PhoneNumber?) -> String? { line(number).line?.group }

    /// The line that a number belongs to, or the stand-in for numbers of no line.
    func line(_ number: PhoneNumber?) -> CalledLine {
        number.flatMap { linesByNumber[$0] } ?? unknownLine
    }
}

/// The line that a call came in on, with what is prepared for it.
///
/// A class, since calls on all event loops use it at once, and each count of a reference that they share moves memory
/// between the cores.
final class CalledLine: Sendable {
    /// `nil` for a number that is in no line of the file.
    let line: PhoneLine?
    /// The clock for hours tables without a zone of their own: the line's, else the file's.
    let zone: Zone
    /// How the assistant block of an answer begins.
    let openings: AnswerTable.Openings
    /// The phrases of the file.
    let book: PhraseBook

    init(_ line: PhoneLine, book: PhraseBook) {
        self.line = line
        self.book = book
        zone = line.zone
        openings = AnswerTable.Openings(assistantID: line.assistantID)
    }

    /// Stands in for the line of a number that the file does not list.
    init(unknownIn zone: Zone, book: PhraseBook) {
        line = nil
        self.book = book
        self.zone = zone
        openings = AnswerTable.Openings(assistantID: nil)
    }
}

extension CompiledRules {
    /// What callers hear where the file has no closing text without placeholders.
    package static let lastClosingText = "Sorry, we are closed at the moment. Please call back later."

    /// The rejections of the file without placeholders, for the dialog that closes lines; never empty.
    ///
    /// The answer named `closed` and the answers outside business hours come first: they say that the line is closed,
    /// others may say anything.
    package var closingTexts: [String] {
        let named = rules.answers.filter { $0.name == "closed" }
        let usual = rejections(of: named + rules.hours.flatMap { $0.closing?.all ?? [] }.map { rules.answers[$0] })
        return (usual.isEmpty ? [Self.lastClosingText] : usual)
            + rejections(of: rules.answers).filter { !usual.contains($0) }
    }

    private func rejections(of answers: [RuleSet.NamedAnswer]) -> [String] {
        plain(
            answers.map { answer in
                if case .reject(let text) = answer.answer { text } else { nil }
            })
    }

    /// The greetings of the file's named answers without placeholders.
    package var greetingTexts: [String] {
        plain(
            rules.answers.filter { $0.name != nil }.map { answer in
                if case .assistant(let assistant) = answer.answer { assistant.greeting } else { nil }
            })
    }

    /// The texts that need nothing filled in, each once.
    private func plain(_ templates: [TextTemplate?]) -> [String] {
        templates.reduce(into: []) { texts, template in
            guard let text = template?.literalText, !text.isEmpty, !texts.contains(text) else { return }
            texts.append(text)
        }
    }
}
