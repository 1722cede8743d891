// SPDX-License-Identifier: Apache-2.0

import Calls

extension CallFilter: CustomStringConvertible {
    /// The filter in its own language; reading it gives the same filter, whatever the time.
    package var description: String { terms.map(\.description).joined(separator: " ") }
}

extension CallFilter.Term: CustomStringConvertible {
    package var description: String { (isNegated ? "\(FilterKey.negation):" : "") + condition.words }
}

extension CallFilter.Condition {
    fileprivate var words: String {
        switch self {
        case .from(let number): "from:" + number.words
        case .to(let number): "to:" + number.words
        case .group(let name): "group:" + name.quoted
        case .state(.known(let state)): "state:" + state.rawValue
        case .state(.status(let status)): "state:" + status.quoted
        case .answer(.kind(let kind)): "answer:" + kind.rawValue
        case .answer(.none): "answer:none"
        case .answer(.words(let words)): "answer:" + words.quoted
        case .by(let name): "by:" + name.quoted
        case .answerTime(let range): "ms:" + AnswerTimeText.text(range)
        case .replica(let name): "replica:" + name.quoted
        case .since(let time): "since:" + time.iso8601Exact
        case .until(let time): "until:" + time.iso8601Exact
        case .trait(let trait): "is:" + trait.rawValue
        case .feature(let feature): "has:" + feature.rawValue
        case .text(let text): text.quoted
        }
    }
}

extension NumberMatch {
    fileprivate var words: String {
        switch self {
        case .withheld: "withheld"
        case .exactly(.number(let number)): "\(Self.exactSign)\(number)"
        case .exactly(let party): "\(Self.exactSign)\(FilterText(party.description).quoted)"
        case .begins(let prefix): prefix.description
        case .digits(let text), .text(let text): text.quoted
        }
    }
}

extension FilterText {
    /// In quotation marks, since without them it may be a number, a key or several words.
    package var quoted: String { "\"" + text.escaped + "\"" }
}
