// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

/// What holds for any bytes, torn anywhere.
@Suite struct KeyDecoderPropertyTests {
    private static let rounds = Thoroughness.isFull ? 40_000 : 3000
    private static let begin = Array("\u{1B}[200~".utf8)
    private static let end = Array("\u{1B}[201~".utf8)
    /// Bytes that mean something are more frequent than chance has them.
    private static let telling =
        Array("\u{1B}\u{1B}\u{1B}[[[OOMPp]0012~~;<?$cqy\r\u{07}\\".utf8) + [0x9B, 0x8F, 0xC2, 0xE9, 0xA9, 0xF0]

    private static func bytes(_ most: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...most, using: &generator)).map { _ in
            Bool.random(using: &generator)
                ? UInt8.random(in: 0...255, using: &generator) : telling.randomElement(using: &generator) ?? 0x1B
        }
    }

    /// Reads bytes in pieces, with pauses at random where `pausing`.
    private static func decode(
        _ bytes: [UInt8], _ decoder: inout KeyDecoder, pausing: Bool, _ generator: inout SeededGenerator
    ) -> [TerminalInput] {
        var inputs: [TerminalInput] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...7, using: &generator))
            rest = rest.dropFirst(piece.count)
            inputs += decoder.read(piece)
            if pausing, Int.random(in: 0..<3, using: &generator) == 0 {
                for _ in 0..<Int.random(in: 1...20, using: &generator) { inputs += decoder.pause() }
            }
        }
        return inputs
    }

    @Test func whatIsPastedIsNeverKeys() {
        var generator = SeededGenerator(seed: 27)
        for _ in 0..<Self.rounds {
            let text = Self.bytes(40, &generator)
            // Terminals leave the end mark out of what they paste.
            guard !(text + Self.end).starts(with: Self.end), Self.places(of: Self.end, in: text + Self.end).count == 1
            else { continue }
            var decoder = KeyDecoder()
            let inputs = Self.decode(Self.begin + text + Self.end, &decoder, pausing: true, &generator)
            let pastes = inputs.filter { if case .paste = $0 { true } else { false } }
            #expect(pastes.count == 1 && inputs.last == pastes.first)
            // Torn behind its first byte, the beginning is the Escape key; nothing else can be read out of it.
            #expect(inputs.dropLast().allSatisfy { $0 == .key(.escape) } && inputs.count <= 2, "\(text)")
            #expect(!decoder.isInPaste && !decoder.isUndecided)
        }
    }

    @Test func howBytesAreCutChangesNothing() {
        var generator = SeededGenerator(seed: 28)
        for _ in 0..<Self.rounds {
            let bytes = Self.bytes(40, &generator)
            var whole = KeyDecoder()
            var torn = KeyDecoder()
            let inputs = whole.read(bytes)
            #expect(Self.decode(bytes, &torn, pausing: false, &generator) == inputs, "\(bytes)")
            #expect(torn.isUndecided == whole.isUndecided && torn.isInPaste == whole.isInPaste)
        }
    }

    @Test func whateverIsReadADecisionIsNearAndKeysWorkAfterIt() {
        var generator = SeededGenerator(seed: 29)
        for _ in 0..<Self.rounds {
            var decoder = KeyDecoder()
            _ = Self.decode(Self.bytes(40, &generator), &decoder, pausing: true, &generator)
            var pauses = 0
            while decoder.isUndecided, pauses < 50 {
                _ = decoder.pause()
                pauses += 1
            }
            #expect(pauses < 50)
            // ^C, which is a signal, ends what is left open; so do the keys that a sequence or a mouse report takes.
            if decoder.isInPaste { decoder.reset() }
            let inputs = decoder.read(Array("qqqqq".utf8))
            #expect(inputs.last == .key(.character("q")))
        }
    }

    private static func places(of part: [UInt8], in bytes: [UInt8]) -> [Int] {
        bytes.indices.filter { bytes[$0...].starts(with: part) }
    }
}
