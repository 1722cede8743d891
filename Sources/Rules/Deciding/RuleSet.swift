// SPDX-License-Identifier: Apache-2.0

/// A rules file, read and checked: everything that deciding needs, without any I/O.
package struct RuleSet: Equatable, Sendable {
    /// A short hash of the file's bytes; part of each answer's tag.
    package let revision: String
    /// The clock of the file.
    package let zone: Zone
    package let lines: [PhoneLine]
    /// The answer for a number that is not a line of the file; `nil` sends such calls through the rules.
    package let unknownLine: Int?
    package let hours: [HoursTable]
    /// Every answer of the file, named and inline; the others refer to it by index.
    package let answers: [NamedAnswer]
    /// The texts that are chosen for each call; placeholders refer to them by index.
    package let phrases: [Phrase]
    package let rules: [Rule]
    package let otherwise: Int
    /// Whether answers carry our tag in `metadata.switchboard`.
    package let tagsAnswers: Bool
    /// The servers that webhooks are forwarded to.
    package let forwarding: Forwarding
    /// How many of the newest calls of a caller and of a line have to be remembered for the rules that count; 0 for none.
    package let rememberedCalls: Int
    /// The rules that are asked before overrides and hours.
    let bypassing: RuleIndex
    /// The rules that are asked after them.
    let ordinary: RuleIndex

    package init(
        revision: String, zone: Zone, lines: [PhoneLine], unknownLine: Int?, hours: [HoursTable],
        answers: [NamedAnswer],
        rules: [Rule], otherwise: Int, tagsAnswers: Bool, forwarding: Forwarding = .none,
        phrases: [Phrase] = []
    ) {
        self.revision = revision
        self.zone = zone
        self.lines = lines
        self.unknownLine = unknownLine
        self.hours = hours
        self.answers = answers
        self.phrases = phrases
        self.rules = rules
        self.otherwise = otherwise
        self.tagsAnswers = tagsAnswers
        self.forwarding = forwarding
        rememberedCalls = (rules.map(\.condition) + phrases.flatMap(\.conditions)).map(\.rememberedCalls).max() ?? 0
        let references = RuleReferences(lines: lines, hours: hours)
        bypassing = RuleIndex(rules, references) { $0.bypassesClosures }
        ordinary = RuleIndex(rules, references) { !$0.bypassesClosures }
    }

    /// An answer, with its name if it is one of `answers`.
    package struct NamedAnswer: Equatable, Sendable {
        package let name: String?
        package let answer: Answer

        package init(name: String?, answer: Answer) {
            self.name = name
            self.answer = answer
        }
    }
}
