// SPDX-License-Identifier: Apache-2.0

/// A rules file, read and checked: everything that a decision needs, and nothing that waits.
package struct RuleSet: Equatable, Sendable {
    /// A short hash of the file's bytes; it stands in the tag of each answer.
    package let revision: String
    /// The clock of the file.
    package let zone: Zone
    package let lines: [PhoneLine]
    /// The answer for a number that is in no line; `nil` sends such calls through the rules.
    package let unknownLine: Int?
    package let hours: [HoursTable]
    /// Every answer of the file, named and inline; the others refer to it by index.
    package let answers: [NamedAnswer]
    package let rules: [Rule]
    package let otherwise: Int
    /// Whether answers carry our tag in `metadata.switchboard`.
    package let tagsAnswers: Bool
    /// Which webhooks are sent on.
    package let forwarding: Forwarding
    /// How many of the newest calls of a caller and of a line have to be remembered for the rules that count; 0 for none.
    package let rememberedCalls: Int
    /// The rules that are asked before overrides and hours.
    let bypassing: RuleIndex
    /// The rules that are asked behind them.
    let ordinary: RuleIndex

    package init(
        revision: String, zone: Zone, lines: [PhoneLine], unknownLine: Int?, hours: [HoursTable],
        answers: [NamedAnswer],
        rules: [Rule], otherwise: Int, tagsAnswers: Bool, forwarding: Forwarding = .none
    ) {
        self.revision = revision
        self.zone = zone
        self.lines = lines
        self.unknownLine = unknownLine
        self.hours = hours
        self.answers = answers
        self.rules = rules
        self.otherwise = otherwise
        self.tagsAnswers = tagsAnswers
        self.forwarding = forwarding
        rememberedCalls = rules.map(\.condition.rememberedCalls).max() ?? 0
        let numbers = Dictionary(grouping: lines.filter { $0.group != nil }) { $0.group ?? "" }
            .mapValues { $0.map(\.number) }
        bypassing = RuleIndex(rules, lines: numbers) { $0.bypassesClosures }
        ordinary = RuleIndex(rules, lines: numbers) { !$0.bypassesClosures }
    }

    /// An answer, and its name where it stands under `answers`.
    package struct NamedAnswer: Equatable, Sendable {
        package let name: String?
        package let answer: Answer

        package init(name: String?, answer: Answer) {
            self.name = name
            self.answer = answer
        }
    }
}

extension Condition {
    /// How many of the newest calls of a caller or line the condition counts.
    fileprivate var rememberedCalls: Int {
        switch self {
        case .callsFromCaller(let limit), .callsToLine(let limit): limit.moreThan + 1
        case .seenBefore: 1
        case .all(let conditions), .any(let conditions): conditions.map(\.rememberedCalls).max() ?? 0
        case .not(let condition): condition.rememberedCalls
        case .always, .callerIs, .callerBegins, .callerWithheld, .callerListed, .callerCountry, .callerLanguage,
            .contactKnown, .contact, .line, .group, .during, .date, .callType:
            0
        }
    }
}
