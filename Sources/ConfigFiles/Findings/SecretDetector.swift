// SPDX-License-Identifier: Apache-2.0

/// Knows what looks like a secret, so that one is found and never shown.
enum SecretDetector {
    private static let keyEndings = [
        "apikey", "secret", "token", "password", "passwd", "passphrase", "authorization", "privatekey", "credential",
        "credentials",
    ]
    /// What the keys of well-known services begin with.
    private static let beginnings = [
        "sk-", "sk_live_", "sk_test_", "rk_live_", "xoxb-", "xoxp-", "xapp-", "ghp_", "gho_", "ghs_", "ghu_",
        "github_pat_", "glpat-", "whsec_", "AKIA", "AIza", "hf_",
    ]
    /// Shorter words are names and not keys.
    private static let shortest = 16

    /// Whether a key says that its value is a secret, such as `api_key` or `Authorization`.
    static func isKeyOfSecret(_ key: String) -> Bool {
        let name = key.lowercased().filter { $0.isLetter || $0.isNumber }
        return keyEndings.contains { name.hasSuffix($0) }
    }

    /// Whether a text holds the key of a well-known service, a bearer's token or a private key.
    static func areIn(_ text: String) -> Bool {
        text.contains("PRIVATE KEY-----") || !places(in: Array(text.unicodeScalars)).isEmpty
    }

    /// Whether nothing but a placeholder of the platform stands here, or nothing at all.
    static func isPlaceholder(_ text: String) -> Bool {
        let inner = text.filter { !$0.isWhitespace }
        let value = inner.lowercased().hasPrefix("bearer") ? inner.dropFirst(6) : inner[...]
        return value.isEmpty || value.hasPrefix("{{") && value.hasSuffix("}}")
    }

    /// The text with a star for each letter of a secret, so that columns stay.
    static func masked(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        for place in places(in: scalars) + valuesOfKeys(in: scalars) {
            for index in place where !scalars[index].properties.isWhitespace { scalars[index] = "*" }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Where words that are secrets stand.
    private static func places(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var isBorne = false
        return words(in: scalars).filter { range in
            let word = String(String.UnicodeScalarView(scalars[range]))
            defer { isBorne = word.lowercased() == "bearer" }
            return isBorne && range.count >= 8 || isSecret(word)
        }
    }

    private static func isSecret(_ word: String) -> Bool {
        if word.hasPrefix("eyJ"), word.count(where: { $0 == "." }) == 2 { return word.count > 40 }
        return word.count >= shortest && word.contains(where: \.isNumber)
            && beginnings.contains { word.hasPrefix($0) }
    }

    /// Where the rest of a line stands behind a key whose value is a secret.
    private static func valuesOfKeys(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        for word in words(in: scalars) where isKeyOfSecret(String(String.UnicodeScalarView(scalars[word]))) {
            let colon = scalars[word.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
            guard colon.first == ":" else { continue }
            let value = colon.dropFirst().drop(while: \.properties.isWhitespace)
            // A block of keys is no secret itself.
            if let first = value.first, first != "{", first != "[" { return [value.indices] }
        }
        return []
    }

    private static func words(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        for (index, scalar) in (scalars + [" "]).enumerated() {
            let belongs =
                scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains(scalar))
            if belongs {
                start = start ?? index
            } else if let first = start {
                words.append(first..<index)
                start = nil
            }
        }
        return words
    }
}
