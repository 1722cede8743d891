// SPDX-License-Identifier: Apache-2.0

package import Calls

extension CallFilter {
    /// The longest filter, in bytes, and the most terms of one.
    package static let longest = 2000
    package static let mostTerms = 64

    /// Reads a filter (docs/filters.md) for the calls of a period, which becomes a part of it.
    package init(
        _ text: String, _ setting: FilterSetting, in period: Period = Period()
    ) throws(FilterError) {
        guard text.utf8.count <= Self.longest else {
            throw FilterError(
                .tooLong, 0..<text.unicodeScalars.count, "the filter has more than \(Self.longest) bytes")
        }
        guard !Self.isNumber(text) else {
            self = CallFilter([Term(.text(FilterText(String(text.trimmed))))]) + CallFilter(in: period)
            return
        }
        let tokens = Self.joined(try FilterToken.tokens(of: text))
        var terms: [Term] = []
        for token in tokens {
            guard terms.count < Self.mostTerms else {
                throw FilterError(.tooLong, token.range, "the filter has more than \(Self.mostTerms) terms")
            }
            terms.append(try Self.term(token, setting))
        }
        self = CallFilter(try Self.endingAfterTheirBegin(terms, tokens, setting, period)) + CallFilter(in: period)
    }

    /// The terms, in which a time of day after `until:` is the first one after the beginning.
    private static func endingAfterTheirBegin(
        _ terms: [Term], _ tokens: [FilterToken], _ setting: FilterSetting, _ period: Period
    ) throws(FilterError) -> [Term] {
        let begin = (CallFilter(terms) + CallFilter(in: period)).period.since
        var read: [Term] = []
        for (term, token) in zip(terms, tokens) {
            switch term.condition {
            case .until(let written) where !term.isNegated:
                let text = token.withoutNegation.token.value.text
                let end = MomentText.end(text, of: begin, now: setting.now, clock: setting.clock) ?? written
                try check(begin, isBefore: end, token, setting)
                read.append(Term(.until(end)))
            case .since(let begin) where !term.isNegated:
                try check(begin, isBefore: period.until, token, setting)
                read.append(term)
            case .since, .until, .from, .to, .group, .state, .answer, .by, .answerTime, .replica, .trait, .feature,
                .text:
                read.append(term)
            }
        }
        return read
    }

    /// Refuses the term that makes a period end before it begins: no call would be in it.
    private static func check(
        _ begin: Instant?, isBefore end: Instant?, _ token: FilterToken, _ setting: FilterSetting
    ) throws(FilterError) {
        guard let begin, let end, begin >= end else { return }
        let times = [begin, end].map { setting.clock.local($0).words }.joined(separator: " to ")
        throw FilterError(.badTime, token.range, "the period must end after it begins, found \(times)")
    }

    /// A filter as it was typed, with one more word, or without it where it has it; the rest stays as it was typed.
    package static func toggling(_ word: String, in text: String) throws(FilterError) -> String {
        // A number in several words is one term only while it is alone.
        guard !isNumber(text) else { return "\"\(text.trimmed)\" \(word)" }
        let scalars = Array(text.unicodeScalars)
        var kept = String.UnicodeScalarView()
        var end = 0
        let found = try FilterToken.tokens(of: text).filter { !$0.isQuoted && $0.text == word }.map(\.range)
        for range in found {
            kept.append(contentsOf: scalars[end..<range.lowerBound])
            end = scalars[range.upperBound...].firstIndex { !$0.properties.isWhitespace } ?? scalars.count
        }
        kept.append(contentsOf: scalars[end...])
        let rest = String(kept).trimmed
        return found.isEmpty ? (rest.isEmpty ? word : "\(rest) \(word)") : String(rest)
    }

    /// Whether a text is a number in some spelling, such as `06-12345678 x12` or `tel:+31612345678`.
    fileprivate static func isNumber(_ text: String) -> Bool {
        guard !text.contains("\""), !text.hasPrefix("-"), NumberSearch.part(spelled: text) != nil else { return false }
        // A word without a digit is a term of its own, and so is one with a key.
        return text.split(whereSeparator: \.isWhitespace).allSatisfy { word in
            let start = word.prefix { $0.isLetter }.lowercased()
            return word.contains(where: \.isNumber) && FilterKey.named(start) == nil && start != FilterKey.negation
        }
    }

    /// Puts numbers and times together that are written with spaces, such as `06 1234 5678` and `yesterday 18:00`.
    private static func joined(_ tokens: [FilterToken]) -> [FilterToken] {
        tokens.reduce(into: []) { joined, token in
            guard !token.isQuoted, let last = joined.last, continues(last, with: token) else {
                return joined.append(token)
            }
            joined[joined.count - 1] = last.joined(with: token)
        }
    }

    private static func continues(_ token: FilterToken, with next: FilterToken) -> Bool {
        guard !token.isQuoted, !next.text.hasPrefix("-"), !next.text.hasPrefix("+") else { return false }
        let bare = token.withoutNegation.token
        guard let key = bare.key, key.sign == ":" else {
            return NumberMatch.isNumeric(bare.text) && NumberMatch.isNumeric(next.text)
        }
        let value = bare.value.text
        switch FilterKey.named(key.name)?.values {
        case .number: return NumberMatch.isNumeric(value) && NumberMatch.isNumeric(next.text)
        // A day and its time.
        case .time: return !value.isEmpty && !value.contains(":") && !value.contains(" ") && next.isTimeOfDay
        case .name, .part, .word, .milliseconds, nil: return false
        }
    }

    private static func term(_ token: FilterToken, _ setting: FilterSetting) throws(FilterError) -> Term {
        let (bare, isNegated) = token.withoutNegation
        guard !bare.pieces.isEmpty else {
            throw FilterError(.missingValue, token.range, "a word is missing: the text to look for is empty")
        }
        return Term(try condition(bare, setting), isNegated: isNegated)
    }

    private static func condition(_ token: FilterToken, _ setting: FilterSetting) throws(FilterError) -> Condition {
        guard let (name, sign) = token.key else { return .text(FilterText(token.text)) }
        guard let key = FilterKey.named(name) else {
            guard sign == ":", !isNumber(token.text) else { return .text(FilterText(token.text)) }
            throw unknown(name, in: token)
        }
        let isComparison = sign != ":"
        guard !isComparison || key.values == .milliseconds else {
            throw FilterError(
                .unknownKey, token.range,
                "only \"ms\" can be compared; write \(key.example) instead of \"\(token.text)\"")
        }
        let value = isComparison ? token.dropping(name.unicodeScalars.count) : token.value
        guard !value.text.trimmed.isEmpty else {
            throw FilterError(.missingValue, token.range, "\"\(key.name):\" has no value; example: \(key.example)")
        }
        return try key.read(value, setting)
    }

    private static func unknown(_ name: String, in token: FilterToken) -> FilterError {
        let start = token.pieces.first?.place ?? token.range.lowerBound
        let meant = NearMiss.word(nearest: name, among: FilterKey.names).map { "; did you mean \"\($0):\"?" }
        let keys = FilterKey.all.map(\.name).joined(separator: ", ")
        return FilterError(
            .unknownKey, start..<start + name.unicodeScalars.count,
            "unknown key \"\(name):\""
                + (meant ?? "; expected \(keys) or not; write it in quotation marks to search for the text"))
    }
}

extension FilterToken {
    /// The word without `-` or `not:` in front; twice `not:` is none.
    fileprivate var withoutNegation: (token: FilterToken, isNegated: Bool) {
        var (token, isNegated) = (self, false)
        var mayHaveDash = true
        while true {
            if mayHaveDash, token.pieces.count > 1, let first = token.pieces.first, first.scalar == "-", !first.isQuoted
            {
                (token, isNegated, mayHaveDash) = (token.dropping(1), !isNegated, false)
            } else if let key = token.key, key.sign == ":", key.name.lowercased() == FilterKey.negation {
                (token, isNegated) = (token.value, !isNegated)
            } else {
                return (token, isNegated)
            }
        }
    }

    /// What follows the key and its colon.
    fileprivate var value: FilterToken { dropping((key?.name.unicodeScalars.count ?? -1) + 1) }

    fileprivate var isTimeOfDay: Bool {
        let text = text
        return text.contains(":") && text.allSatisfy { $0.isDigit || $0 == ":" } && text.first?.isDigit == true
    }
}

/// A filter made of the arguments of a command.
package enum FilterArguments {
    /// Joins arguments, and puts back the quotation marks that the shell took away: an argument with spaces is one term
    /// unless it has several terms with keys.
    package static func joined(_ arguments: [String]) -> String {
        arguments.map(quoted).joined(separator: " ")
    }

    private static func quoted(_ argument: String) -> String {
        guard argument.contains(where: \.isWhitespace), !argument.contains("\"") else { return argument }
        let words = argument.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count > 1 else { return argument }
        // Only the first word may have a key: what follows belongs to it.
        guard !words.dropFirst().contains(where: hasKey) else { return argument }
        // A key that does not exist is a mistake that has to be said, and no part of a text.
        guard CallFilter.isNumber(argument) || !words.contains(where: hasUnknownKey) else { return argument }
        guard hasKey(words[0]), let colon = argument.firstIndex(of: ":") else {
            return words.allSatisfy(NumberMatch.isNumeric) ? argument : "\"" + argument.escaped + "\""
        }
        var end = argument.index(after: colon)
        if argument[..<colon].lowercased() == FilterKey.negation, let next = argument[end...].firstIndex(of: ":"),
            FilterKey.named(String(argument[end..<next])) != nil
        {
            end = argument.index(after: next)
        }
        return argument[..<end] + "\"" + String(argument[end...]).escaped + "\""
    }

    /// Whether a word is letters with a colon and a value, which is read as a term wherever it is a word of its own.
    private static func hasUnknownKey(_ word: String) -> Bool {
        var rest = word.hasPrefix("-") ? word.dropFirst() : word[...]
        while rest.lowercased().hasPrefix(FilterKey.negation + ":") {
            rest = rest.dropFirst(FilterKey.negation.count + 1)
        }
        guard let colon = rest.firstIndex(of: ":"), colon > rest.startIndex, rest.index(after: colon) < rest.endIndex
        else { return false }
        let name = rest[..<colon]
        return name.unicodeScalars.allSatisfy(\.properties.isAlphabetic) && FilterKey.named(String(name)) == nil
    }

    private static func hasKey(_ word: String) -> Bool {
        let word = word.hasPrefix("-") && word.count > 1 ? word.dropFirst() : word[...]
        guard let end = word.firstIndex(where: { ":<>=".contains($0) }) else { return false }
        return FilterKey.named(String(word[..<end])) != nil || word[..<end].lowercased() == FilterKey.negation
    }
}

extension String {
    /// The text as it is written between quotation marks.
    var escaped: String {
        var text = ""
        for character in self {
            if character == "\"" || character == "\\" { text.append("\\") }
            text.append(character)
        }
        return text
    }
}
