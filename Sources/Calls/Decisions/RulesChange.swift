// SPDX-License-Identifier: Apache-2.0

/// One difference between two versions of the rules in use, in words.
package struct RulesChange: Hashable, Sendable {
    package let kind: Kind
    /// What changed, such as the name of a rule; empty where there is only one.
    package let name: String
    package let words: String
    /// Whether it looks like a mistake, such as a list that lost most of its numbers.
    package let isAlert: Bool

    package init(_ kind: Kind, _ name: String, _ words: String, isAlert: Bool = false) {
        self.kind = kind
        self.name = name
        self.words = words
        self.isAlert = isAlert
    }

    /// What a difference is about; a format of `POST /v1/reload`.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A file that the rules file names, by its number of entries.
        case file
        /// A phone line answers an unknown caller differently now.
        case lineNow = "line_now"
        /// A phone line will, within 7 days.
        case lineLater = "line_later"
        case rule
        case answer
        case hours
        /// A phone line itself, such as its name or group.
        case line
        /// Anything else that can change an answer.
        case other
        /// A setting that needs a restart.
        case restart
    }
}

extension RulesChange: CustomStringConvertible {
    package var description: String {
        let subject = [kind.noun, name].filter { !$0.isEmpty }.joined(separator: " ")
        let sentence = subject.isEmpty ? words : "\(subject): \(words)"
        return isAlert ? "WARNING: \(sentence)" : sentence
    }
}

extension RulesChange.Kind {
    /// In front of a name, where the name alone does not say what it is.
    fileprivate var noun: String {
        switch self {
        case .rule: "rule"
        case .answer: "answer"
        case .hours: "hours"
        case .line: "line"
        case .file, .lineNow, .lineLater, .other, .restart: ""
        }
    }
}
