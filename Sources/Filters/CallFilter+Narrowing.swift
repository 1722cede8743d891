// SPDX-License-Identifier: Apache-2.0

import Calls

// A filter that is typed letter by letter mostly selects fewer calls with each: only those have to be tested again.

extension CallFilter {
    /// Whether it selects only calls that another filter selects, as far as that is seen at a glance: it goes on where the
    /// other one ends.
    package func narrows(_ wider: CallFilter) -> Bool {
        guard let last = wider.terms.last, terms.count >= wider.terms.count else { return false }
        let before = wider.terms.count - 1
        return terms[..<before] == wider.terms[..<before] && terms[before].narrows(last)
    }
}

extension CallFilter.Term {
    fileprivate func narrows(_ wider: Self) -> Bool {
        self == wider || !isNegated && !wider.isNegated && condition.narrows(wider.condition)
    }
}

extension CallFilter.Condition {
    fileprivate func narrows(_ wider: Self) -> Bool {
        if case (.text(let text), .text(let part)) = (self, wider) { return text.contains(part) }
        if case (.by(let text), .by(let part)) = (self, wider) { return text.contains(part) }
        if case (.answer(.words(let text)), .answer(.words(let part))) = (self, wider) { return text.contains(part) }
        if case (.from(let number), .from(let part)) = (self, wider) { return number.narrows(part) }
        if case (.to(let number), .to(let part)) = (self, wider) { return number.narrows(part) }
        return false
    }
}

extension NumberMatch {
    fileprivate func narrows(_ wider: NumberMatch) -> Bool {
        switch (self, wider) {
        case (.begins(let prefix), .begins(let shorter)): prefix.begins(with: shorter)
        case (.digits(let text), .digits(let part)), (.text(let text), .text(let part)): text.contains(part)
        case (.withheld, _), (.exactly, _), (.begins, _), (.digits, _), (.text, _): false
        }
    }
}
