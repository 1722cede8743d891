// SPDX-License-Identifier: Apache-2.0

/// An endless sequence of calls; the same seed gives the same calls.
package struct SimulatedCallers: Sendable {
    private let lines: [SimulatedLine]
    private let numbers: [String]
    private var random: SplitMix64

    /// Creates callers who ring these lines from these numbers.
    package init(seed: UInt64, lines: [SimulatedLine], numbers: [String] = FictitiousNumbers.all) {
        random = SplitMix64(seed: seed)
        self.lines = lines
        self.numbers = numbers
    }

    /// Returns the next call with its timing, or `nil` when there is no line to ring.
    package mutating func next() -> CallPlan? {
        guard let line = lines.randomElement(using: &random) else { return nil }
        let hostile = random.oneIn(14) ? HostileText.all.randomElement(using: &random) : nil
        let caller = number(hostile: hostile)
        let conversation = conversation(with: caller, hostile: hostile)
        let call = SimulatedCall(
            id: identifier(), line: SimulatedLine(number: line.number, name: hostile ?? line.name), caller: caller,
            conversation: conversation)
        return CallPlan(living: call, using: &random)
    }

    private mutating func number(hostile: String?) -> CallerNumber {
        if let hostile, Bool.random(using: &random) { return .text(hostile) }
        if random.oneIn(8) || numbers.isEmpty {
            return [.null, .text("anonymous"), .absent, .text("")].randomElement(using: &random) ?? .null
        }
        // The smaller of two: some call often, others rarely.
        let first = Int.random(in: numbers.indices, using: &random)
        let second = Int.random(in: numbers.indices, using: &random)
        return .text(numbers[min(first, second)])
    }

    private mutating func conversation(with caller: CallerNumber, hostile: String?) -> Conversation {
        let choices = SimulatedLanguage(of: caller).conversations
        let chosen = choices[Int.random(in: choices.indices, using: &random)]
        guard let hostile else { return chosen }
        return Conversation(
            summary: hostile + " " + chosen.summary, turns: chosen.turns, tool: chosen.tool, intent: chosen.intent)
    }

    /// A text in the form of a version 4 UUID, as webhooks show them.
    private mutating func identifier() -> String {
        let high = random.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// Numbers that are not assigned to anybody, for simulated callers.
///
/// The United Kingdom (Ofcom) and Germany (Bundesnetzagentur) keep ranges for drama. The Netherlands and Belgium have
/// none; here they begin with a 0 after the area code, which their numbering plans do not assign.
package enum FictitiousNumbers {
    package static let all = netherlands + germany + belgium + unitedKingdom

    static let netherlands = [
        "+31605550112", "+31605550134", "+31605550156", "+31605550178", "+31605550190", "+31605550203",
        "+31200550117", "+31200550142", "+31300550165", "+31100550188",
    ]
    static let germany = [
        "+493023125014", "+493023125237", "+496990009120", "+494066969451", "+498999998077", "+4917139200042",
    ]
    static let belgium = ["+32400550119", "+32400550146", "+3220550173"]
    static let unitedKingdom = ["+442079460018", "+442079460391", "+447700900123", "+447700900876", "+441632960205"]
}

/// Texts that a screen, a log or a file must survive; some simulated calls carry one.
package enum HostileText {
    package static let all = [
        "\u{1B}[31mred\u{1B}[0m\u{7}\r\nsecond line",
        "日本語の名前 中文 한국어",
        "👩‍👩‍👧‍👦📞🏳️‍🌈",
        "\u{1B}]0;new title\u{7}\u{9B}2J",
        "\u{202E}gnp.exe\u{202C} \u{200B}zero\u{FEFF}width",
        "Z\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}algo",
        "\"quoted\" \\back\\ {{contact.name}} =1+1",
    ]
}
