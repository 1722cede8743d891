// SPDX-License-Identifier: Apache-2.0

/// How the last word of a filter can go on: a key, or a value of its key.
package struct FilterCompletion: Hashable, Sendable {
    /// The words that begin with what is typed, as they are typed, sorted.
    package let candidates: [String]
    /// The text with as much of the last word as all candidates have in common.
    package let text: String

    /// - Parameters:
    ///   - text: A filter up to the cursor.
    ///   - values: Values of a key that are known besides its words, such as the names of lines.
    package init(of text: String, values: (FilterKey) -> [String]) {
        let begun = Self.lastWord(of: text)
        let signs = begun.prefix { $0 == "-" }
        let word = begun.dropFirst(signs.count)
        let ends =
            if let colon = word.firstIndex(of: ":"), let key = FilterKey.named(String(word[..<colon])) {
                Self.values(of: key, values, beginningWith: word[word.index(after: colon)...])
                    .map { String(word[...colon]) + $0 }
            } else {
                Self.keys(beginningWith: word)
            }
        candidates = ends.sorted().map { String(signs) + $0 }
        self.text = String(text.dropLast(begun.count)) + (Self.common(candidates, from: String(begun)) ?? String(begun))
    }

    /// What follows the last white space outside of quotation marks.
    private static func lastWord(of text: String) -> Substring {
        var (start, isQuoted, isEscaped) = (text.startIndex, false, false)
        for place in text.indices {
            switch text[place] {
            case _ where isEscaped: isEscaped = false
            case "\\" where isQuoted: isEscaped = true
            case "\"": isQuoted.toggle()
            case let character where character.isWhitespace && !isQuoted: start = text.index(after: place)
            default: break
            }
        }
        return text[start...]
    }

    /// The names of keys, else the other names of them.
    private static func keys(beginningWith word: Substring) -> [String] {
        let typed = word.lowercased()
        let names = (FilterKey.all.map { $0.name + ":" } + [FilterKey.negation]).filter { $0.hasPrefix(typed) }
        guard names.isEmpty else { return names }
        return FilterKey.all.flatMap(\.aliases).map { $0 + ":" }.filter { $0.hasPrefix(typed) }
    }

    private static func values(
        of key: FilterKey, _ others: (FilterKey) -> [String], beginningWith begun: Substring
    ) -> [String] {
        let typed = begun.drop { $0 == "\"" }.lowercased()
        let known = Set(key.words + others(key)).filter { $0.lowercased().hasPrefix(typed) }
        return known.map { value in
            let isPlain = value.allSatisfy { !$0.isWhitespace && $0 != "\"" && $0 != "\\" } && !value.isEmpty
            return isPlain && !begun.hasPrefix("\"") ? value : FilterText(value).quoted
        }
    }

    /// What all candidates begin with, of a single one all; `nil` if that is less than what was typed.
    private static func common(_ candidates: [String], from typed: String) -> String? {
        guard let first = candidates.first else { return nil }
        if candidates.count == 1 { return first.hasSuffix(":") ? first : first + " " }
        let shared = candidates.sharedBeginning
        return shared.count >= typed.count ? shared : nil
    }
}

extension [String] {
    /// What all of them begin with; they are sorted.
    package var sharedBeginning: String {
        // In sorted order, the first and the last differ earliest.
        String(zip(first ?? "", last ?? "").prefix { $0 == $1 }.map(\.0))
    }
}
