// SPDX-License-Identifier: Apache-2.0

/// A rules file, read and checked: everything that a decision needs, and nothing that waits.
package struct RuleBook: Equatable, Sendable {
    /// A short hash of the file's bytes; it stands in the tag of each answer.
    package let revision: String
    /// The clock of the file.
    package let zone: Zone
    package let lines: [Line]
    /// The answer for a number that is in no line; `nil` sends such calls through the rules.
    package let unknownLine: Int?
    package let hours: [HoursTable]
    /// Every answer of the file, named and inline; the others refer to it by index.
    package let answers: [NamedAnswer]
    package let rules: [Rule]
    package let otherwise: Int
    /// Whether answers carry our tag in `metadata.switchboard`.
    package let tagsAnswers: Bool

    package init(
        revision: String, zone: Zone, lines: [Line], unknownLine: Int?, hours: [HoursTable], answers: [NamedAnswer],
        rules: [Rule], otherwise: Int, tagsAnswers: Bool
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
