// SPDX-License-Identifier: Apache-2.0

/// Detects secrets, so that they are reported and never shown.
enum SecretDetector {
    private static let keyEndings = [
        "apikey", "secret", "token", "password", "passwd", "passphrase", "authorization", "privatekey", "credential",
        "credentials",
    ]
    /// The prefixes of the keys of well-known services.
    private static let beginnings = [
        "sk-", "sk_live_", "sk_test_", "rk_live_", "xoxb-", "xoxp-", "xapp-", "ghp_", "gho_", "ghs_", "ghu_",
        "github_pat_", "glpat-", "whsec_", "AKIA", "AIza", "hf_",
    ]
    /// Shorter words are names, not keys.
    private static let shortest = 16

    /// Whether a key names a secret, such as `api_key` or `Authorization`.
    static func isKeyOfSecret(_ key: String) -> Bool {
        let name = key.lowercased().filter { $0.isLetter || $0.isNumber }
        return keyEndings.contains { name.hasSuffix($0) }
    }

    /// Whether a text contains the key of a well-known service, a bearer token or a private key.
    static func areIn(_ text: String) -> Bool {
        text.contains("PRIVATE KEY-----") || !places(in: Array(text.unicodeScalars)).isEmpty
    }

    /// Whether the text is empty or only a placeholder of the platform.
    static func isPlaceholder(_ text: String) -> Bool {
        let inner = text.filter { !$0.isWhitespace }
        let value = inner.lowercased().hasPrefix("bearer") ? inner.dropFirst(6) : inner[...]
        return value.isEmpty || value.hasPrefix("{{") && value.hasSuffix("}}")
    }

    /// The text with each letter of a secret replaced by a star, so that columns stay the same.
    static func masked(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        for place in places(in: scalars) + valuesOfKeys(in: scalars) {
            for index in place where !scalars[index].properties.isWhitespace { scalars[index] = "*" }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// The ranges of words that are secrets.
    private static func places(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var followsBearer = false
        return words(in: scalars).filter { range in
            let word = String(String.UnicodeScalarView(scalars[range]))
            defer { followsBearer = word.lowercased() == "bearer" }
            return followsBearer && range.count >= 8 || isSecret(word)
        }
    }

    private static func isSecret(_ word: String) -> Bool {
        if word.hasPrefix("eyJ"), word.count(where: { $0 == "." }) == 2 { return word.count > 40 }
        return word.count >= shortest && word.contains(where: \.isNumber)
            && beginnings.contains { word.hasPrefix($0) }
    }

    /// The rest of a line after a key whose value is a secret.
    private static func valuesOfKeys(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        for word in words(in: scalars) where isKeyOfSecret(String(String.UnicodeScalarView(scalars[word]))) {
            let colon = scalars[word.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
            guard colon.first == ":" else { continue }
            let value = colon.dropFirst().drop(while: \.properties.isWhitespace)
            // A mapping is not itself a secret.
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
