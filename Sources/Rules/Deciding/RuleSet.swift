// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A rules file, read and checked: everything that deciding needs, without any I/O.
package struct RuleSet: Equatable, Sendable {
    /// A short hash of the file's bytes; part of each answer's tag.
    package internal(set) var revision: String
    /// The clock of the file.
    package let zone: Zone
    package let lines: [PhoneLine]
    /// The answer for a number that is not a line of the file; `nil` sends such calls through the rules.
    package let unknownLine: Int?
    /// The answer for a call without a called number; `nil` sends such calls through the rules.
    package let noNumber: Int?
    /// Reads the numbers of calls.
    package let parties: PartyReader
    package let hours: [HoursTable]
    /// Every answer of the file, named and inline; the others refer to it by index.
    package let answers: [NamedAnswer]
    /// The texts that are chosen for each call; placeholders refer to them by index.
    package let phrases: [Phrase]
    package let rules: [Rule]
    package let otherwise: Int
    /// Whether answers carry our tag in `metadata.switchboard`.
    package let tagsAnswers: Bool
    /// Whether telephone numbers are masked where people read them.
    package let masksNumbers: Bool
    /// The servers that webhooks are forwarded to.
    package let forwarding: Forwarding
    /// The answers that ask other servers, by their index in `answers`.
    let asks: [Int: Ask]
    /// The rules that are asked before overrides and hours.
    let bypassing: RuleIndex
    /// The rules that are asked after them.
    let ordinary: RuleIndex

    package init(
        revision: String, zone: Zone, lines: [PhoneLine], unknownLine: Int?, hours: [HoursTable],
        answers: [NamedAnswer],
        rules: [Rule], otherwise: Int, tagsAnswers: Bool, forwarding: Forwarding = .none,
        phrases: [Phrase] = [], noNumber: Int? = nil, country: String? = nil, withheldWords: [String] = [],
        masksNumbers: Bool = false
    ) {
        self.masksNumbers = masksNumbers
        self.revision = revision
        self.zone = zone
        self.lines = lines
        self.unknownLine = unknownLine
        self.noNumber = noNumber
        parties = PartyReader(
            country: country, lines: lines.map { ($0.number, $0.country) }, withheldWords: withheldWords)
        self.hours = hours
        self.answers = answers
        self.phrases = phrases
        self.rules = rules
        self.otherwise = otherwise
        self.tagsAnswers = tagsAnswers
        self.forwarding = forwarding
        asks = Dictionary(
            uniqueKeysWithValues: answers.enumerated().compactMap { index, named in
                if case .ask(let ask) = named.answer { (index, ask) } else { nil }
            })
        let references = RuleReferences(lines: lines, hours: hours)
        bypassing = RuleIndex(rules, references) { $0.bypassesClosures }
        ordinary = RuleIndex(rules, references) { !$0.bypassesClosures }
    }

    /// What has to be counted for rules and phrases; with the last call of a caller, if answers say something of it.
    func counting(withLastCall answersNeedIt: Bool) -> CallCounting {
        var counting = CallCounting.all(conditions.map(\.counting))
        if answersNeedIt || phrases.contains(where: \.isOfLastCall) {
            counting.memory = counting.memory.union(CallMemory(keepsLastCall: true, seconds: Self.lastCallSeconds))
        }
        return counting
    }

    /// How far back a last call is looked for: a year.
    private static let lastCallSeconds = 366 * 86_400

    /// The conditions of rules, and of the versions of phrases.
    var conditions: [Condition] { Self.conditions(rules, phrases) }

    private static func conditions(_ rules: [Rule], _ phrases: [Phrase]) -> [Condition] {
        rules.map(\.condition) + phrases.flatMap(\.conditions)
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
