// SPDX-License-Identifier: Apache-2.0

/// People who ring: an endless row of calls, the same ones for the same seed.
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
        // The smaller of two: some ring again and again, others seldom.
        let first = Int.random(in: numbers.indices, using: &random)
        let second = Int.random(in: numbers.indices, using: &random)
        return .text(numbers[min(first, second)])
    }

    private mutating func conversation(with caller: CallerNumber, hostile: String?) -> Conversation {
        let choices = CallerLanguage(of: caller).conversations
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
