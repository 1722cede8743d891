// SPDX-License-Identifier: Apache-2.0

import Calls

extension RulesReader {
    /// Reads a number in E.164 form.
    mutating func readNumber(_ node: YAMLNode) -> PhoneNumber? {
        guard let text = phoneText(node, of: "a number", example: "+31201234567") else { return nil }
        if let number = PhoneNumber(text) { return number }
        findings.error("`\(text)` is no number in international form\(advice(for: text))", at: node.position)
        return nil
    }

    /// Reads a number that people call or call from, and warns of one that no country has.
    mutating func readExistingNumber(_ node: YAMLNode) -> PhoneNumber? {
        guard let number = readNumber(node) else { return nil }
        if !plan.isValid(number) {
            let place = plan.origin(of: number).map { " in \($0.country)" } ?? ""
            findings.warning("\(number) is not a number that exists\(place)\(slip(in: number))", at: node.position)
        }
        return number
    }

    /// Asks for the slip that would explain a number that does not exist.
    private func slip(in number: PhoneNumber) -> String {
        let digits = Array(number.description)
        let longer = (0...9).compactMap { PhoneNumber(String(digits) + "\($0)") }
        if longer.contains(where: plan.isValid) { return "; is a digit missing?" }
        let shorter = digits.indices.dropFirst().compactMap { place in
            PhoneNumber(String(digits[..<place] + digits[(place + 1)...]))
        }
        return shorter.contains(where: plan.isValid) ? "; is a digit too many?" : "; check it"
    }

    /// Reads the beginning of a number.
    mutating func readPrefix(_ node: YAMLNode) -> PhonePrefix? {
        guard let text = phoneText(node, of: "a prefix", example: "+49") else { return nil }
        if let prefix = PhonePrefix(text) { return prefix }
        findings.error("`\(text)` is no beginning of a number\(advice(for: text))", at: node.position)
        return nil
    }

    /// Returns the text of a number; YAML would read `+31...` without quotes as a quantity and drop the plus sign.
    private mutating func phoneText(_ node: YAMLNode, of what: String, example: String) -> String? {
        guard let text = node.scalarText, !node.isNull else {
            findings.error(
                "\(what) must be a text such as \"\(example)\", but \(node.kindInWords) stands here", at: node.position)
            return nil
        }
        if case .scalar(_, isPlain: true) = node.content, text.hasPrefix("+") {
            findings.warning(
                "put the number in quotes, \"\(text)\": YAML takes it for a quantity without them", at: node.position)
        }
        return text
    }

    private func advice(for text: String) -> String {
        let digits = text.filter { $0.isASCII && $0.isWholeNumber }
        let candidate = text.hasPrefix("00") ? "+" + digits.dropFirst(2) : "+" + digits
        if text.hasPrefix("0"), !text.hasPrefix("00") {
            return "; write it with the country code instead of the leading 0, such as \"+31201234567\""
        }
        guard PhonePrefix(candidate) != nil, candidate != text else {
            return "; write a plus sign and at most 15 digits, such as \"+31201234567\""
        }
        return "; write \"\(candidate)\""
    }
}
