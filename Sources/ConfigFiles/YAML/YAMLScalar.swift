// SPDX-License-Identifier: Apache-2.0

/// What a scalar means under the core schema of YAML 1.2.
///
/// The traps of YAML 1.1 are left out on purpose: `yes`, `off` and `12:30` are strings here.
enum YAMLScalar: Equatable, Sendable {
    case null
    case bool(Bool)
    /// A number as JSON writes it.
    case number(String)
    /// `.inf` or `.nan`, which JSON cannot write.
    case notFinite
    case string(String)

    /// Reads a node; `nil` when it is not a scalar.
    init?(_ node: YAMLNode) {
        guard case .scalar(let text, let isPlain) = node.content else { return nil }
        self = isPlain ? Self.plain(text) : .string(text)
    }

    /// Whether YAML 1.1 reads this plain text as true or false, so that writer and reader may disagree.
    static func isOldTruthValue(_ text: String) -> Bool {
        ["yes", "no", "on", "off"].contains(text.lowercased())
    }

    /// Describes what YAML 1.1 makes of a plain string; `nil` where it reads the same string.
    static func oldReading(_ node: YAMLNode) -> String? {
        guard case .scalar(let text, isPlain: true) = node.content, case .string = plain(text) else { return nil }
        if isOldTruthValue(text) { return ["yes", "on"].contains(text.lowercased()) ? "true" : "false" }
        if let number = Sexagesimal.value(of: text) { return "the number \(number)" }
        let digits = text.filter { $0 != "_" }
        return digits.count < text.count && number(digits) != nil && text.first != "_" ? "the number \(digits)" : nil
    }

    private static func plain(_ text: String) -> YAMLScalar {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        case ".nan", ".NaN", ".NAN": .notFinite
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF": .notFinite
        default: number(text).map(YAMLScalar.number) ?? .string(text)
        }
    }

    private static func number(_ text: String) -> String? {
        if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16).map(String.init) }
        if text.hasPrefix("0o") { return UInt64(text.dropFirst(2), radix: 8).map(String.init) }
        return decimal(text)
    }

    /// Writes a decimal number as JSON has it: no plus sign, digits on both sides of the point.
    ///
    /// A number with a leading zero stays a string: it is an identifier more often than a quantity.
    private static func decimal(_ text: String) -> String? {
        var rest = Substring(text)
        var sign = ""
        if let first = rest.first, first == "-" || first == "+" {
            sign = first == "-" ? "-" : ""
            rest.removeFirst()
        }
        let whole = rest.takeDigits()
        var fraction = ""
        var hasPoint = false
        if rest.first == "." {
            hasPoint = true
            rest.removeFirst()
            fraction = rest.takeDigits()
        }
        guard !whole.isEmpty || !fraction.isEmpty, whole.count < 2 || whole.first != "0" else { return nil }
        guard let exponent = exponent(&rest), rest.isEmpty else { return nil }
        return sign + (whole.isEmpty ? "0" : whole) + (hasPoint ? "." + (fraction.isEmpty ? "0" : fraction) : "")
            + exponent
    }

    private static func exponent(_ rest: inout Substring) -> String? {
        guard rest.first == "e" || rest.first == "E" else { return "" }
        rest.removeFirst()
        var sign = ""
        if let first = rest.first, first == "-" || first == "+" { sign = String(rest.removeFirst()) }
        let digits = rest.takeDigits()
        return digits.isEmpty ? nil : "e" + sign + digits
    }
}

extension Substring {
    fileprivate mutating func takeDigits() -> String {
        let digits = prefix { $0.isASCII && $0.isWholeNumber }
        removeFirst(digits.count)
        return String(digits)
    }
}

/// Numbers to base 60, which YAML 1.1 sees in `12:30`.
private enum Sexagesimal {
    /// Returns the number that older YAML reads; `nil` for what it reads as a string, such as `09:30`.
    static func value(of text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...4).contains(parts.count), let first = parts.first, (1...9).contains(first.count), first.first != "0",
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isWholeNumber } })
        else { return nil }
        var value = Int(first) ?? 0
        for part in parts.dropFirst() {
            guard let digits = Int(part), (1...2).contains(part.count), digits < 60 else { return nil }
            value = value * 60 + digits
        }
        return value
    }
}
