// SPDX-License-Identifier: Apache-2.0

import Calls

// Phone numbers, wherever the rules file has them.
extension RulesReader {
    /// Reads one number in any spelling; a national one belongs to `country`.
    mutating func readNumber(_ node: YAMLNode) -> PhoneNumber? {
        guard let text = numberText(node, of: "a phone number", example: "+31201234567") else { return nil }
        switch plan.read(text, country: country) {
        case .number(let number, let remark):
            if let remark { report(remark, number, at: node.position) }
            return number
        case .withheld, .none: report(.letters, text, at: node.position)
        case .unreadable(let problem): report(problem, text, at: node.position)
        }
        return nil
    }

    /// Reads a number and warns when no country has it.
    mutating func readExistingNumber(_ node: YAMLNode) -> PhoneNumber? {
        guard let number = readNumber(node) else { return nil }
        check(number, nil, at: node.position)
        return number
    }

    /// Reads the beginning of a number, with or without a star at its end.
    mutating func readPrefix(_ node: YAMLNode) -> PhonePrefix? {
        guard let text = numberText(node, of: "a prefix", example: "+49") else { return nil }
        guard text.contains(where: \.isWholeNumber), let prefix = plan.prefix(spelled: text, country: nil) else {
            findings.error(
                .notAPrefix, "`\(text)` is not a prefix of a number\(advice(forPrefix: text))", at: node.position)
            return nil
        }
        return prefix
    }

    /// Reads a word that means a hidden number, or a number that is sent in place of a hidden one.
    mutating func readWithheldWord(_ node: YAMLNode) -> String? {
        guard let text = findings.text(node, of: "`withheld_words`") else { return nil }
        switch plan.callers(text, country: country) {
        case .number(let number, _): return number.description
        case .prefix, .range:
            findings.warning(
                .notANumber, "`\(text)` names several numbers; write words and whole numbers", at: node.position)
            return nil
        case .withheld, .unreadable: return text
        }
    }

    /// Warns of a number that may be another one, or that no country has.
    mutating func check(
        _ number: PhoneNumber, _ remark: NumberRemark?, at position: SourcePosition, advice: String = ""
    ) {
        if let remark { report(remark, number, at: position) }
        guard let country = plan.countryWithout(number) else { return }
        let place = country.isEmpty ? "" : " in \(country)"
        findings.warning(
            .noSuchNumber, "\(number) does not exist\(place)\(advice.isEmpty ? typo(in: number) : advice)", at: position
        )
    }

    private mutating func report(_ remark: NumberRemark, _ number: PhoneNumber, at position: SourcePosition) {
        findings.warning(.ambiguousNumber, remark.words(for: number), at: position)
    }

    /// Reports a text that is not a number.
    mutating func report(_ problem: UnreadableNumber, _ text: String, at position: SourcePosition) {
        let advice =
            switch problem {
            case .noCountry, .withoutPlus: advice(for: text)
            case .letters, .symbols: "; expected a plus sign and at most 15 digits, such as \"+31201234567\""
            case .prefix: "; a prefix is possible under `caller` only"
            case .rounded, .several, .tooShort, .tooLong, .notInCountry, .unknownCountryCode, .badRange:
                ": \(problem); \(problem.advice)"
            }
        findings.error(.notANumber, "`\(text)` is not a phone number\(advice)", at: position)
    }

    /// Suggests the typo that would explain a number that does not exist.
    private func typo(in number: PhoneNumber) -> String {
        let digits = Array(number.description)
        let longer = (0...9).compactMap { PhoneNumber(String(digits) + "\($0)") }
        if longer.contains(where: plan.isValid) { return "; is a digit missing?" }
        let shorter = digits.indices.dropFirst().compactMap { place in
            PhoneNumber(String(digits[..<place] + digits[(place + 1)...]))
        }
        return shorter.contains(where: plan.isValid) ? "; is there a digit too many?" : ""
    }

    /// Returns the text of a number; YAML reads `+31...` without quotes as an integer and drops the plus sign.
    mutating func numberText(_ node: YAMLNode, of what: String, example: String) -> String? {
        guard let text = node.scalarText, !node.isNull else {
            findings.error(
                .wrongType, "\(what) must be a string such as \"\(example)\", found \(node.kindInWords)",
                at: node.position)
            return nil
        }
        if case .scalar(_, isPlain: true) = node.content, text.hasPrefix("+") {
            findings.warning(
                .unquotedNumber, "quote the number, \"\(text)\": YAML reads it as an integer", at: node.position)
        }
        return text
    }

    private func advice(for text: String) -> String {
        let digits = text.filter(\.isDigit)
        if digits.hasPrefix("0") {
            return "; replace the leading 0 by the country code, such as \"+31201234567\", or set `country`"
        }
        // An area code in brackets, or digits that are nobody's number with a plus sign: which country is meant is a guess.
        if text.hasSuffix("*"), !text.contains("("), let prefix = PhonePrefix("+" + digits) {
            return "; write \"\(prefix)*\""
        }
        guard !text.contains("("), let number = PhoneNumber("+" + digits), plan.isValid(number) else {
            return "; write it with the country code, such as \"+31201234567\", or set `country`"
        }
        return "; write \"\(number)\""
    }

    private func advice(forPrefix text: String) -> String {
        if let prefix = plan.prefix(spelled: text, country: country) { return "; write \"\(prefix)\"" }
        let digits = text.filter(\.isDigit)
        if digits.hasPrefix("0") { return "; write it with the country code, such as \"+4930\"" }
        guard !text.contains("(") else { return "; write it with the country code, such as \"+4930\"" }
        let written = PhonePrefix("+" + digits)?.description
        return written == nil || written == text
            ? "; expected a plus sign and the first digits, such as \"+4930\"" : "; write \"\(written ?? "")\""
    }
}

extension PhoneNumber {
    /// Advice on a number that is so short that it is rather the beginning of numbers; empty for others, and for one that
    /// was not written with a plus sign.
    func adviceForPrefix(writtenAs text: String) -> String {
        length < 8 && text.hasPrefix("+") ? "; for every number that begins with it, write \(self)*" : ""
    }
}
