// SPDX-License-Identifier: Apache-2.0

/// A number in the wrapping that telephone networks and spreadsheets give it: `"Jan" <sip:+316...@host;user=phone>`,
/// `tel:+316...;ext=7` (RFC 3261, RFC 3966), `="+316..."`.
struct Address {
    private var text: String

    /// What is inside.
    enum Number {
        /// `context` is the number before it, as `;phone-context=` has it.
        case text(String, context: String?)
        /// RFC 3323: the caller's privacy is kept.
        case anonymous
        /// A URI that names a host and no user.
        case host
    }

    /// The text has no characters but plain ones: see `CharacterForms`.
    init(_ text: String) {
        self.text = text
        takeSpreadsheetMarks()
    }

    /// A spreadsheet keeps a number as text in `="..."`, or after an apostrophe.
    private mutating func takeSpreadsheetMarks() {
        if text.hasPrefix("=\""), text.hasSuffix("\""), text.count > 3 {
            text = String(text.dropFirst(2).dropLast())
        }
        if text.hasPrefix("'") { text.removeFirst() }
        // A formula without quotation marks; a question mark is what old encodings leave of an invisible character.
        if let first = text.first, "=`\u{B4}?".contains(first), text.contains(where: \.isDigit) { text.removeFirst() }
        if text.hasPrefix("\""), text.hasSuffix("\""), text.count(where: { $0 == "\"" }) == 2 {
            text = String(text.dropFirst().dropLast())
        }
        text = String(text.trimmed)
    }

    /// Removes the name in front of angle brackets, and returns it in lower case.
    mutating func takeDisplayName() -> String? {
        guard let open = text.lastIndex(of: "<") else { return nil }
        let inner = text[text.index(after: open)...].prefix { $0 != ">" }
        let name = text[..<open].filter { $0 != "\"" }.trimmed.lowercased()
        text = String(inner.trimmed)
        return name.isEmpty ? nil : name
    }

    /// The number inside the URI, if it is one.
    func number() -> Number {
        guard let colon = text.firstIndex(of: ":") else { return userOrNumber(text) }
        let rest = String(text[text.index(after: colon)...].trimmed)
        let scheme = text[..<colon].lowercased()
        switch scheme {
        case "sip", "sips": return user(of: rest)
        case "tel", "callto": return dialled(rest)
        // `whatsapp:+31612345678`, and whatever other platforms write in front.
        case _ where scheme.allSatisfy(\.isLetter) && (rest.hasPrefix("+") || rest.hasPrefix("%")):
            return userOrNumber(rest)
        default: return userOrNumber(text)
        }
    }

    private func userOrNumber(_ text: String) -> Number { text.contains("@") ? user(of: text) : dialled(text) }

    /// The user of a SIP address; its parameters may be in the user or after the host.
    private func user(of address: String) -> Number {
        let parts = address.prefix { $0 != "?" }
        guard let at = parts.lastIndex(of: "@") else {
            if Self.isAnonymous(host: parts) { return .anonymous }
            let first = parts.prefix { $0 != ";" && $0 != ":" }
            return first.contains(".") || !first.contains(where: \.isDigit) ? .host : dialled(String(parts))
        }
        let host = parts[parts.index(after: at)...]
        if Self.isAnonymous(host: host) { return .anonymous }
        let user = parts[..<at].prefix { $0 != ":" }
        let context = Self.parameter("phone-context", in: host)
        return dialled(String(user), context: context)
    }

    private static func isAnonymous(host: Substring) -> Bool {
        host.prefix { $0 != ";" && $0 != ":" }.lowercased() == "anonymous.invalid"
    }

    /// A number and its parameters.
    private func dialled(_ encoded: String, context: String? = nil) -> Number {
        let text = Self.decoded(encoded)
        let number = text.prefix { $0 != ";" }
        let parameters = text[number.endIndex...]
        // What begins with a letter is a parameter; `;12` is not.
        guard parameters.dropFirst().first?.isLetter ?? true else { return .text(text, context: context) }
        return .text(String(number.trimmed), context: Self.parameter("phone-context", in: parameters) ?? context)
    }

    private static func parameter(_ name: String, in text: Substring) -> String? {
        for parameter in text.split(separator: ";") {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == name { return String(parts[1]) }
        }
        return nil
    }

    /// Decodes `%2B` and its like.
    private static func decoded(_ text: String) -> String {
        guard text.contains("%") else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
